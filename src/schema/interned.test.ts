import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Dictionary, InternedType } from "./interned.ts";
import { record } from "./schema.ts";
import { Packed, Plain } from "./test-packed.ts";

type Log = readonly (readonly [number, string])[];
const logs = (capacity = 1000): InternedType<Log> => new InternedType<Log>([], capacity, JSON.stringify);

describe("a dictionary", () => {
  test("numbers texts as a map would, for all who share it", () => {
    const property = fc.property(fc.array(fc.string({ unit: "binary" })), (texts) => {
      const here = new Dictionary(64);
      const there = new Dictionary(64, here.buffer);
      const numbers = new Map<string, number>();
      for (const [i, text] of texts.entries()) {
        if (!numbers.has(text)) numbers.set(text, numbers.size);
        expect((i % 2 === 0 ? here : there).numberOf(text)).toBe(numbers.get(text));
      }
      for (const [text, number] of numbers) expect(there.textOf(number)).toBe(text);
      expect(there.size).toBe(numbers.size);
    });
    fc.assert(property, { numRuns: 6 });
  });
});

describe("an interned field", () => {
  test("gives back what was written, and equal values are equal states", () => {
    const values = fc.array(fc.array(fc.tuple(fc.nat({ max: 3 }), fc.string({ maxLength: 3 }))));
    const property = fc.property(values, (written) => {
      const type = record({ log: logs() });
      const [packed, plain] = [new Packed(type), new Plain(type)];
      const drafts = [packed.draft(), plain.draft] as { log: Log }[];
      const seen = new Map<string, string>();
      for (const log of written) {
        for (const draft of drafts) draft.log = log.map(([n, name]) => [n, name] as const);
        for (const draft of drafts) expect(draft.log).toEqual(log);
        const [words, text] = [packed.words.join(), JSON.stringify(log)];
        expect(seen.get(text) ?? words).toBe(words);
        seen.set(text, words);
      }
      expect(new Set(seen.values()).size).toBe(seen.size);
    });
    fc.assert(property, { numRuns: 6 });
  });

  test("cannot be changed behind its back", () => {
    const packed = new Packed(record({ log: logs() }));
    const draft = packed.draft() as { log: [number, string][] };
    const mine: [number, string][] = [[1, "a"]];
    draft.log = mine;
    expect(() => mine.push([2, "b"])).toThrow(TypeError);
    expect(() => draft.log[0]?.reverse()).toThrow(TypeError);
    expect(draft.log).toEqual([[1, "a"]]);
  });

  test("says when there are more values than were foreseen", () => {
    const packed = new Packed(record({ log: logs(2) }));
    const draft = packed.draft() as { log: Log };
    draft.log = [[1, "a"]];
    expect(() => {
      draft.log = [[2, "a"]];
    }).toThrow('log: "one more value" is not in at most 2 different values');
  });

  test("means the same to those who share its dictionary", () => {
    const [ours, theirs] = [logs(), logs()];
    const code = ours.encode([[1, "a"]], "");
    theirs.adopt(ours.dictionary.buffer);
    expect(theirs.decode(code)).toEqual([[1, "a"]]);
    expect(theirs.encode([[1, "a"]], "")).toBe(code);
    expect(ours.decode(theirs.encode([[7, "z"]], ""))).toEqual([[7, "z"]]);
  });
});
