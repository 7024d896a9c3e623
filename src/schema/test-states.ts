/** For tests: random types of whole states, with random values and random things to do to their drafts. */

import fc from "fast-check";
import type { Cells } from "./array.ts";
import type { ListDraft } from "./list.ts";
import { forget } from "./record.ts";
import { array, list, range, record, set, volatile } from "./schema.ts";
import type { SetDraft } from "./set.ts";
import { links, multisets, networks } from "./test-networks.ts";
import {
  arrayOf,
  asking,
  changing,
  elements,
  field,
  type Operation,
  queueing,
  reads,
  type Sample,
  sample,
  within,
  writes,
} from "./test-operations.ts";
import { nodes, scalars, shortRanges, valuesOf, valuesOrOdd, written } from "./test-scalars.ts";
import { type AnyType, type Place, Scalar } from "./type.ts";

export type RecordSample = Sample<ReturnType<typeof record>>;

const indices = fc.oneof(
  nodes,
  shortRanges,
  fc.integer({ min: 1, max: 40 }).map((count) => written(range(0, count - 1), `range(0, ${count - 1})`)),
);

const cells = fc.tuple(indices, scalars()).map(([index, item]) => {
  const position = valuesOrOdd(index.type as Scalar<unknown>);
  return sample({
    type: array(index.type, item.type),
    text: `array(${index.text}, ${item.text})`,
    value: arrayOf(valuesOf(item.type), index.type.size),
    operation: fc.oneof(
      position.map((at) => reads<Cells<unknown>>(`.get(${at})`, (draft) => draft.get(at as number))),
      fc.constant(reads<Cells<unknown>>(".values()", (draft) => draft.values())),
      fc
        .tuple(position, valuesOrOdd(item.type))
        .map(([at, value]) =>
          writes<Cells<unknown>>(`.set(${at}, ${fc.stringify(value)})`, (draft) =>
            draft.set(at as number, value),
          ),
        ),
    ),
  });
});

const capacities = fc.integer({ min: 1, max: 4 });

const sets = fc
  .tuple(scalars(), fc.option(capacities))
  .filter(([item, capacity]) => capacity !== null || item.type.size <= 100)
  .map(([item, capacity]) => {
    const type = set(item.type, capacity === null ? {} : { capacity });
    const remove = valuesOrOdd(item.type).map((value) =>
      writes<SetDraft<unknown>>(`.delete(${fc.stringify(value)})`, (draft) => draft.delete(value)),
    );
    const clear = fc.constant(writes<SetDraft<unknown>>(".clear()", (draft) => draft.clear()));
    return sample({
      type,
      text: `set(${item.text}, { capacity: ${capacity} })`,
      value: elements(item.type, capacity ?? item.type.size),
      operation: fc.oneof(asking(type), changing(item.type, "add"), remove, clear),
    });
  });

const lists = fc.tuple(scalars(), capacities).map(([item, max]) => {
  const cut = fc
    .constantFrom(0, 1, 2, 5, -1, 0.5, Number.NaN)
    .map((length) => writes<ListDraft<unknown>>(`.truncate(${length})`, (draft) => draft.truncate(length)));
  const push = valuesOrOdd(item.type).map((value) =>
    writes<ListDraft<unknown>>(`.push(${fc.stringify(value)})`, (draft) => draft.push(value)),
  );
  return sample({
    type: list(item.type, max),
    text: `list(${item.text}, ${max})`,
    value: fc.array(valuesOf(item.type), { maxLength: max }),
    operation: fc.oneof({ weight: 2, arbitrary: push }, cut, ...queueing(item.type)),
  });
});

function rows(depth: number): fc.Arbitrary<Sample> {
  const fromZero = indices.filter(({ type }) => type.low >= 0);
  return fc.tuple(fromZero, places(depth)).map(([index, row]) => {
    const position = valuesOf(index.type as Scalar<unknown>);
    return sample({
      type: array(index.type, row.type as Place<unknown, unknown>) as AnyType,
      text: `array(${index.text}, ${row.text})`,
      value: arrayOf(row.value, index.type.size),
      operation: fc
        .tuple(position, row.operation)
        .map(([at, op]) => within(`[${at}]`, op, (draft) => field(draft, String(at)))),
    });
  });
}

function samples(depth: number): fc.Arbitrary<Sample> {
  const scalar = scalars().map(
    (written): Sample => ({
      ...written,
      value: valuesOf(written.type),
      operation: fc.constant({ text: "", writes: false, run: (draft) => draft }),
    }),
  );
  if (depth === 0) return scalar;
  return fc.oneof({ weight: 2, arbitrary: scalar }, { weight: 3, arbitrary: places(depth) });
}

function places(depth: number): fc.Arbitrary<Sample> {
  const flat = [cells, sets, lists, networks, multisets, links];
  const nested = depth === 1 ? [] : [records(samples(depth - 1), 4), rows(depth - 1)];
  return fc.oneof(...flat, ...nested) as fc.Arbitrary<Sample>;
}

function records(fields: fc.Arbitrary<Sample>, maxLength: number): fc.Arbitrary<RecordSample> {
  const field = fc.tuple(fields, fc.boolean());
  return fc.array(field, { minLength: 1, maxLength }).map((fields): RecordSample => {
    const types = fields.map(([{ type }, isLost], i) => [`f${i}`, isLost ? volatile(type) : type]);
    const texts = fields.map(([{ text }, isLost], i) => `f${i}: ${isLost ? `volatile(${text})` : text}`);
    const values = fields.map(([{ value }], i) => [`f${i}`, value]);
    const operations = fields.flatMap(([sample], i) => fieldOperations(`f${i}`, sample));
    const crash = { text: ".forget()", writes: true, run: (draft: unknown) => forget(draft as object) };
    const isLossy = fields.some(([, isLost]) => isLost);
    return sample({
      type: record(Object.fromEntries(types)),
      text: `record({ ${texts.join(", ")} })`,
      value: fc.record(Object.fromEntries(values)),
      operation: fc.oneof(...operations, ...(isLossy ? [fc.constant<Operation>(crash)] : [])),
    });
  });
}

function fieldOperations(name: string, { type, operation }: Sample): fc.Arbitrary<Operation>[] {
  const inside = operation.map((op) => within(`.${name}`, op, (draft) => field(draft, name)));
  if (!(type instanceof Scalar)) return [inside];
  const write = valuesOrOdd(type).map(
    (value): Operation => ({
      text: `.${name} = ${fc.stringify(value)}`,
      writes: true,
      run: (draft) => {
        (draft as { [name: string]: unknown })[name] = value;
      },
    }),
  );
  return [inside, write];
}

/** A whole state: a record at the top. */
export const states: fc.Arbitrary<RecordSample> = records(samples(2), 4);

/** States of any sort and states of one part each, where more happens to that part. */
export const kindsOfStates = Object.entries({
  "of any sort": states,
  "of an array": records(cells as fc.Arbitrary<Sample>, 1),
  "of a set": records(sets as fc.Arbitrary<Sample>, 1),
  "of a list": records(lists as fc.Arbitrary<Sample>, 1),
  "of messages": records(networks, 1),
  "of bags": records(multisets, 1),
  "of channels": records(links as fc.Arbitrary<Sample>, 1),
});
