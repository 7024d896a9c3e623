import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { part } from "./record.ts";
import { Packed } from "./test-packed.ts";
import { states } from "./test-states.ts";

const stateAndValue = states.chain((state) => fc.tuple(fc.constant(state), state.value));

describe("the layout of any state", () => {
  test.prop([stateAndValue, fc.constantFrom(31, 32)])(
    "gives back the value that was stored",
    ([{ type }, value], wordBits) => {
      const packed = new Packed(type, wordBits);
      packed.value = value;
      expect(packed.value).toEqual(value);
    },
  );

  test.prop([stateAndValue])(
    "is canonical: storing decides every bit marked and no other",
    ([state, value]) => {
      const packed = new Packed(state.type);
      packed.words.fill(0);
      packed.value = value;
      const overZeros = packed.words.slice();
      packed.words.fill(-1);
      packed.value = value;
      const overOnes = packed.words.slice();
      expect(overZeros.map((bits, i) => bits & ~packed.mask[i]!)).toEqual(overZeros.map(() => 0));
      expect(overOnes.map((bits, i) => bits & packed.mask[i]!)).toEqual(overZeros);
      expect(overOnes.map((bits, i) => bits | packed.mask[i]!)).toEqual(overZeros.map(() => -1));
    },
  );

  test.prop([states])("keeps fields apart", ({ type }) => {
    const { address, words } = new Packed(type);
    const together = new Int32Array(words.length);
    for (const [name, field] of type.fields) {
      const mask = new Int32Array(words.length);
      field.mark(mask, part(address, name));
      expect(together.map((bits, i) => bits & mask[i]!)).toEqual(together.map(() => 0));
      for (const i of together.keys()) together[i]! |= mask[i]!;
    }
  });

  test.prop([states])("uses no more than 31 bits of a word where that is asked for", ({ type }) => {
    const { mask, words } = new Packed(type, 31);
    if (words.length <= 2 && mask.every((bits) => bits >= 0)) return;
    expect(new Packed(type, 32).words.length).toBeLessThanOrEqual(words.length);
  });
});
