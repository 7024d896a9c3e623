import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { part } from "./record.ts";
import { Packed } from "./test-packed.ts";
import { states } from "./test-states.ts";
import { Allocator } from "./type.ts";

const stateAndValue = states.chain((state) => fc.tuple(fc.constant(state), state.value));

describe("the layout of any state", () => {
  test("gives back the value that was stored", () => {
    const property = fc.property(stateAndValue, fc.constantFrom(31, 32), ([{ type }, value], wordBits) => {
      const packed = new Packed(type, wordBits);
      packed.value = value;
      expect(packed.value).toEqual(value);
    });
    fc.assert(property);
  });

  test("is canonical: storing decides every bit marked and no other", () => {
    const property = fc.property(stateAndValue, ([{ type }, value]) => {
      const packed = new Packed(type);
      const storedOver = (bits: number): Int32Array => {
        packed.words.fill(bits);
        packed.value = value;
        return packed.words.slice();
      };
      const [overZeros, overOnes] = [storedOver(0), storedOver(-1)];
      expect(overZeros.map((bits, i) => bits & ~packed.mask[i]!)).toEqual(overZeros.map(() => 0));
      expect(overOnes.map((bits, i) => bits & packed.mask[i]!)).toEqual(overZeros);
      expect(overOnes.map((bits, i) => bits | packed.mask[i]!)).toEqual(overZeros.map(() => -1));
    });
    fc.assert(property);
  });

  test("keeps fields apart", () => {
    const property = fc.property(states, ({ type }) => {
      const { address, words } = new Packed(type);
      const together = new Int32Array(words.length);
      for (const [name, field] of type.fields) {
        const mask = new Int32Array(words.length);
        field.mark(mask, part(address, name));
        expect(together.map((bits, i) => bits & mask[i]!)).toEqual(together.map(() => 0));
        for (const i of together.keys()) together[i]! |= mask[i]!;
      }
    });
    fc.assert(property);
  });

  test("uses no more than 31 bits of a word where that is asked for and no field is wider", () => {
    const property = fc.property(states, ({ type }) => {
      const space = new Allocator(31);
      const address = type.allocate(space);
      const mask = new Int32Array(space.words);
      type.mark(mask, address);
      expect(space.wide || mask.every((bits) => bits >= 0)).toBe(true);
    });
    fc.assert(property);
  });
});
