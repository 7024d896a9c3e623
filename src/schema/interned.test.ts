import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Dictionary, DictionaryFull, InternedType } from "./interned.ts";
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

describe("a dictionary of texts", () => {
  test("says when there is no room for more of them", () => {
    const dictionary = new Dictionary(64, undefined, 10);
    expect([dictionary.numberOf("12345"), dictionary.numberOf("6789")]).toEqual([0, 1]);
    expect(() => dictionary.numberOf("00")).toThrow(DictionaryFull);
    expect([dictionary.numberOf("6789"), dictionary.numberOf("0"), dictionary.size]).toEqual([1, 2, 3]);
  });

  test("comes back from what was written", () => {
    const [here, there] = [new Dictionary(64), new Dictionary(64)];
    for (const text of ["", "one", "two", "ein Bär"]) here.numberOf(text);
    const { size, length } = here;
    here.numberOf("later");
    for (const [i, part] of there.written(size, length).entries()) part.set(here.written(size, length)[i]!);
    there.refill(size, length);
    expect(["ein Bär", "new", "one"].map((text) => there.numberOf(text))).toEqual([3, 4, 1]);
  });
});

describe("an interned field", () => {
  test("has the same numbers after its values were forgotten", () => {
    const type = logs();
    const log = (n: number): Log => [[n, "x"]];
    const numbers = [0, 1, 2].map((n) => type.encode(log(n), ""));
    type.forget();
    expect([0, 1, 2].map((n) => type.encode(log(n), ""))).toEqual(numbers);
    expect(numbers.map((number) => type.decode(number))).toEqual([0, 1, 2].map(log));
  });

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
