/** For tests: what can be done to the draft of a type, as values. */

import fc from "fast-check";
import type { Fifo } from "./list.ts";
import { RecordValueType } from "./record-values.ts";
import type { Elements, SetPlace } from "./set.ts";
import { valuesOrOdd, type Written } from "./test-scalars.ts";
import type { AnyType, Scalar } from "./type.ts";

/** Something done to a draft: it gives a result, or throws. */
export interface Operation {
  readonly text: string;
  readonly writes: boolean;
  run(draft: unknown): unknown;
}

/** A random type, with its values and with what can be done to its draft, if it has one. */
export interface Sample<T extends AnyType = AnyType> extends Written<T> {
  readonly value: fc.Arbitrary<unknown>;
  readonly operation: fc.Arbitrary<Operation>;
}

/** Every way to look at a set. */
export function asking(set: SetPlace<unknown, Elements<unknown>>): fc.Arbitrary<Operation> {
  const { item } = set;
  const tests = fc.integer({ min: 1, max: 3 }).map((step) => ({
    text: `code % ${step} = 0`,
    test: (value: unknown): boolean => item.encode(value, "") % step === 0,
  }));
  return fc.oneof(
    fc.constant(reads<Elements<unknown>>(".size", (draft) => draft.size)),
    fc.constant(reads<Elements<unknown>>(".values()", (draft) => draft.values())),
    valuesOrOdd(item).map((value) =>
      reads<Elements<unknown>>(`.has(${fc.stringify(value)})`, (draft) => draft.has(value)),
    ),
    fc
      .tuple(fc.constantFrom("some", "every", "find", "count"), tests)
      .map(([method, { text, test }]) =>
        reads<Elements<unknown>>(`.${method}(${text})`, (draft) => draft[method as "some"](test)),
      ),
    patterns(item).map((fields) =>
      reads<Elements<object>>(`.match(${fc.stringify(fields)})`, (draft) => draft.match(fields)),
    ),
  );
}

/** Some fields of a value of a record or message, for others with the same fields. */
function patterns(item: Scalar<unknown>): fc.Arbitrary<object> {
  if (!(item instanceof RecordValueType)) return fc.constant({});
  const fields = item.fields.map(([name, type]) => [
    name,
    valuesOrOdd(type).map((value) => structuredClone(value)),
  ]);
  const wrong = { none: fc.constantFrom(0, undefined), type: fc.constantFrom("a", "b", undefined) };
  return fc.oneof(
    { weight: 4, arbitrary: fc.record(Object.fromEntries(fields), { requiredKeys: [] }) },
    { weight: 1, arbitrary: fc.record({ ...Object.fromEntries(fields), ...wrong }, { requiredKeys: [] }) },
  );
}

export function changing(item: Scalar<unknown>, method: "add" | "send" | "take"): fc.Arbitrary<Operation> {
  return valuesOrOdd(item).map((value) =>
    writes<{ [method: string]: (value: unknown) => void }>(`.${method}(${fc.stringify(value)})`, (draft) =>
      draft[method]!(value),
    ),
  );
}

/** What lists and channels have in common. */
export function queueing(item: Scalar<unknown>): fc.Arbitrary<Operation>[] {
  const position = fc.constantFrom(0, 1, 2, 5, -1, 0.5, Number.NaN);
  return [
    fc.constant(reads<Fifo<unknown>>(".length", (draft) => draft.length)),
    fc.constant(reads<Fifo<unknown>>(".values()", (draft) => draft.values())),
    fc.constant(writes<Fifo<unknown>>(".shift()", (draft) => draft.shift())),
    position.map((at) => reads<Fifo<unknown>>(`.at(${at})`, (draft) => draft.at(at))),
    fc
      .tuple(position, valuesOrOdd(item))
      .map(([at, value]) =>
        writes<Fifo<unknown>>(`.set(${at}, ${fc.stringify(value)})`, (draft) => draft.set(at, value)),
      ),
  ];
}

/** Ascending codes, then their values. */
export function elements(item: Scalar<unknown>, capacity: number, isBag = false): fc.Arbitrary<unknown> {
  const code = fc.nat({ max: item.size - 1 });
  const codes = isBag
    ? fc.array(code, { maxLength: capacity })
    : fc.uniqueArray(code, { maxLength: Math.min(capacity, item.size) });
  return codes.map((some) => some.sort((a, b) => a - b).map((each) => item.decode(each)));
}

export function arrayOf(item: fc.Arbitrary<unknown>, length: number): fc.Arbitrary<unknown[]> {
  return fc.array(item, { minLength: length, maxLength: length });
}

/** A sample that a failing test shows as it would be written. */
export function sample<S extends Sample>(parts: S): S {
  return { ...parts, [fc.toStringMethod]: () => parts.text };
}

export function reads<D>(text: string, run: (draft: D) => unknown): Operation {
  return operation(text, false, run as Operation["run"]);
}

export function writes<D>(text: string, run: (draft: D) => unknown): Operation {
  return operation(text, true, run as Operation["run"]);
}

export function within(place: string, { text, writes, run }: Operation, into: Operation["run"]): Operation {
  return operation(`${place}${text}`, writes, (draft) => run(into(draft)));
}

function operation(text: string, writes: boolean, run: Operation["run"]): Operation {
  return Object.assign({ text, writes, run }, { [fc.toStringMethod]: () => `s${text}` });
}

export function field(draft: unknown, name: string): unknown {
  return (draft as { [name: string]: unknown })[name];
}

/** What came of an operation, for comparison: its result, or its error as text. */
export function outcome({ run }: Operation, draft: unknown): { result: unknown } | { error: string } {
  try {
    return { result: run(draft) };
  } catch (error) {
    return { error: String(error) };
  }
}
