/** For tests: random types of immutable values. */

import fc from "fast-check";
import { flag, node, oneOf, option, range, record, sequence, subset } from "./schema.ts";
import type { Scalar } from "./type.ts";
import type { RangeType } from "./values.ts";

/** A type and how it would be written. */
export interface Written<T> {
  readonly type: T;
  readonly text: string;
}

/** Values that are in the domain of few types or none. */
const oddValue = fc.constantFrom<unknown>(
  ...[
    null,
    undefined,
    -1,
    0.5,
    Number.NaN,
    4,
    2 ** 31,
    "x",
    "",
    true,
    [],
    [0, 1],
    [null],
    {},
    { type: "a" },
    { f0: 0, none: 0 },
  ],
);

export const shortRanges = fc
  .tuple(fc.integer({ min: -3, max: 3 }), fc.nat({ max: 6 }))
  .map(([low, span]) => written(range(low, low + span), `range(${low}, ${low + span})`));
const longRanges = fc
  .tuple(fc.integer({ min: -3, max: 3 }), fc.constantFrom(40, 70, 200, 70_000, 2 ** 31 - 1))
  .map(([low, span]) => written(range(low, low + span), `range(${low}, ${low + span})`));
export const nodes = fc
  .integer({ min: 1, max: 4 })
  .map((count): Written<RangeType> => written(node(count), `node(${count})`));
const names = fc.subarray(["x", "y", 'it\'s "z"'], { minLength: 1 });
const leaf: fc.Arbitrary<Written<Scalar<unknown>>> = fc.oneof(
  { weight: 4, arbitrary: shortRanges },
  { weight: 1, arbitrary: longRanges },
  nodes,
  names.map((some) => written(oneOf(...some), `oneOf(${some.map((name) => JSON.stringify(name))})`)),
  fc.constant(written(flag(), "flag()")),
) as fc.Arbitrary<Written<Scalar<unknown>>>;

/** A type of immutable values: one that stands alone, or one made of at most `depth` layers of others. */
export function scalars(depth = 2): fc.Arbitrary<Written<Scalar<unknown>>> {
  if (depth === 0) return leaf;
  const inner = scalars(depth - 1);
  const tuple = fc.array(inner, { maxLength: 3 });
  const made = fc.oneof(
    inner.map(
      ({ type, text }) =>
        () =>
          written(option(type), `option(${text})`),
    ),
    fc.tuple(inner, fc.nat({ max: 3 })).map(
      ([{ type, text }, max]) =>
        () =>
          written(sequence(type, max), `sequence(${text}, ${max})`),
    ),
    inner.map(
      ({ type, text }) =>
        () =>
          written(subset(type, { atMost: 2 }), `subset(${text}, { atMost: 2 })`),
    ),
    tuple.map((parts) => () => {
      const fields = parts.map(({ type }, i) => [`f${i}`, type] as const);
      const text = `record({ ${parts.map(({ text }, i) => `f${i}: ${text}`).join(", ")} })`;
      return written(record(Object.fromEntries(fields)).asScalar() as Scalar<unknown>, text);
    }),
  );
  const possible = made.map(attempt).filter((type) => type !== undefined);
  return fc.oneof(leaf, possible as fc.Arbitrary<Written<Scalar<unknown>>>);
}

/** What a type that may be too large makes, or nothing. */
function attempt<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** A value of a type, often one of the first, so that values are met again. */
export const valuesOf = (type: Scalar<unknown>): fc.Arbitrary<unknown> =>
  fc
    .oneof(fc.nat({ max: Math.min(2, type.size - 1) }), fc.nat({ max: type.size - 1 }))
    .map((code) => type.decode(code));

/** A value of a type or, now and then, one that may be none. */
export const valuesOrOdd = (type: Scalar<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 4, arbitrary: valuesOf(type) },
    { weight: 1, arbitrary: oddValue },
    { weight: 1, arbitrary: valuesOf(type).map((value) => withMore(value)) },
  );

/** A record with a name too many, or with another type; other values as they are. */
function withMore(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return "f0" in value && value.f0 === 0 ? { ...value, type: "b" } : { ...value, none: 0 };
}

export function written<T>(type: T, text: string): Written<T> {
  return { type, text };
}
