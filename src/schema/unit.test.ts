import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { range, record } from "./schema.ts";
import { outcome } from "./test-operations.ts";
import { Packed } from "./test-packed.ts";
import { kindsOfStates, type RecordSample, states } from "./test-states.ts";

/** A state, two values of it, and what is done to its draft. */
const scenesOf = (states: fc.Arbitrary<RecordSample>) =>
  states.chain((state) => {
    const operations = fc.array(state.operation, { minLength: 1, maxLength: 8 });
    return fc.tuple(fc.constant(state), state.value, state.value, operations);
  });
const scenes = scenesOf(states);

describe("a recording view", () => {
  test("reads what the draft of a body reads", () => {
    const property = fc.property(scenes, ([{ type }, value, _, operations]) => {
      const packed = new Packed(type);
      packed.value = value;
      const [body, view] = [packed.draft(), packed.draft(new Int32Array(packed.words.length))];
      for (const question of operations.filter(({ writes }) => !writes)) {
        expect(outcome(question, view)).toEqual(outcome(question, body));
      }
    });
    fc.assert(property);
  });

  test.each(kindsOfStates)("%s notes every bit that matters: the rest may be anything", (_, states) => {
    const property = fc.property(scenesOf(states), ([{ type }, value, other, operations]) => {
      const packed = new Packed(type);
      const touched = new Int32Array(packed.words.length);
      const view = packed.draft(touched);
      packed.value = other;
      const foreign = packed.words.slice();
      packed.value = value;
      const questions = operations.filter(({ writes }) => !writes);
      const answers = questions.map((question) => outcome(question, view));
      for (const [i, mask] of touched.entries()) {
        packed.words[i] = (packed.words[i]! & mask) | (foreign[i]! & ~mask);
      }
      expect(questions.map((question) => outcome(question, view))).toEqual(answers);
    });
    fc.assert(property, { numRuns: 150 });
  });

  test("refuses to be written to", () => {
    const property = fc.property(scenes, ([{ type }, value, _, operations]) => {
      const packed = new Packed(type);
      packed.value = value;
      const before = packed.words.slice();
      const view = packed.draft(new Int32Array(before.length));
      for (const operation of operations.filter(({ writes }) => writes)) {
        expect(() => operation.run(view)).toThrow("a property only looks");
      }
      expect(packed.words).toEqual(before);
    });
    fc.assert(property);
  });

  test("notes no more than it reads", () => {
    const type = record({ x: range(0, 3), y: range(0, 3) });
    const packed = new Packed(type);
    const touched = new Int32Array(1);
    const view = packed.draft(touched) as { y: number };
    expect(touched).toEqual(Int32Array.of(0));
    expect(view.y).toBe(0);
    expect(touched).toEqual(Int32Array.of(0b1100));
  });
});
