/** For tests: small models as plain data, which a property-based test can make up and a worker can build again. */

import fc from "fast-check";

/** A number below `size`, a set of such numbers, two of them, or a queue of at most two. */
export interface FieldPlan {
  readonly kind: "number" | "set" | "pair" | "queue";
  readonly size: number;
}

/** A number made of what a field tells (by its index), or of the parameter where there is none. */
export interface TermPlan {
  readonly field: number | undefined;
  readonly plus: number;
}

/** Whether a term modulo 3 is `remainder`, or is not. */
export interface GuardPlan {
  readonly term: TermPlan;
  readonly remainder: number;
  readonly is: boolean;
}

export interface ActionPlan {
  /** The parameter ranges over two numbers, or over the elements of the set with this index among the sets. */
  readonly parameter: "none" | "number" | number;
  readonly guards: readonly GuardPlan[];
  readonly writes: readonly { readonly field: number; readonly term: TermPlan }[];
  /** A budget makes it a fault. */
  readonly budget: number | undefined;
}

export interface ModelPlan {
  readonly fields: readonly FieldPlan[];
  readonly firsts: number;
  readonly actions: readonly ActionPlan[];
  /** A state is bad if all of them hold. */
  readonly bad: readonly GuardPlan[];
  /** Unused fields, to make the state wide. */
  readonly isPadded: boolean;
}

const sizes = fc.integer({ min: 1, max: 3 });

const terms = (fields: number): fc.Arbitrary<TermPlan> =>
  fc.record({
    field: fc.option(fc.nat({ max: fields - 1 }), { nil: undefined }),
    plus: fc.nat({ max: 3 }),
  });

const guards = (fields: number): fc.Arbitrary<GuardPlan> =>
  fc.record({ term: terms(fields), remainder: fc.nat({ max: 2 }), is: fc.boolean() });

const actions = (fields: number): fc.Arbitrary<ActionPlan> =>
  fc.record({
    parameter: fc.oneof(fc.constantFrom("none" as const, "number" as const), fc.nat({ max: 3 })),
    guards: fc.array(guards(fields), { maxLength: 2 }),
    writes: fc.array(fc.record({ field: fc.nat({ max: fields - 1 }), term: terms(fields) }), {
      maxLength: 3,
    }),
    budget: fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined, freq: 3 }),
  });

/** Models of a few hundred states at most. */
export const modelPlans: fc.Arbitrary<ModelPlan> = fc
  .array(fc.record({ kind: fc.constantFrom("number", "set", "pair", "queue"), size: sizes }), {
    minLength: 2,
    maxLength: 3,
  })
  .chain((fields) =>
    fc.record({
      fields: fc.constant(fields as FieldPlan[]),
      firsts: fc.integer({ min: 1, max: 3 }),
      actions: fc.array(actions(fields.length), { minLength: 2, maxLength: 4 }),
      bad: fc.array(guards(fields.length), { minLength: 1, maxLength: 3 }),
      isPadded: fc.boolean(),
    }),
  );
