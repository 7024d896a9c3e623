import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { received } from "./received.ts";
import { bags, messages, option, range } from "./schema.ts";
import { Packed, Plain } from "./test-packed.ts";
import type { DraftOf } from "./type.ts";

/** A vote in an election of up to `ballots`, kept as one bit each or, with a capacity, as a sorted list. */
const networkOf = (ballots: number, capacity?: number) =>
  messages(
    { vote: { ballot: range(1, ballots), from: range(0, 1), value: option(range(0, 1)) } },
    capacity === undefined ? {} : { vote: capacity },
  );

const storages = [
  ["one word", networkOf(5)],
  ["several words", networkOf(40)],
  ["a sorted list", networkOf(40, 6)],
] as const;

describe("match", () => {
  const fields = {
    ballot: fc.integer({ min: 1, max: 5 }),
    from: fc.nat({ max: 1 }),
    value: fc.constantFrom(null, 0, 1),
  };
  const votes = fc.uniqueArray(fc.record(fields), { maxLength: 6, selector: (vote) => JSON.stringify(vote) });
  const patterns = fc.record(fields, { requiredKeys: [] });

  test.each(storages)("finds the first element with the given fields in %s", (_, network) => {
    const property = fc.property(votes, patterns, (votes, pattern) => {
      const packed = new Packed(network);
      const draft = packed.draft() as DraftOf<typeof network>;
      for (const vote of votes) draft.vote.send(vote);
      const fits = (vote: object): boolean =>
        Object.entries(pattern).every(
          ([name, sought]) => (vote as { [name: string]: unknown })[name] === sought,
        );
      expect(draft.vote.match(pattern)).toEqual(draft.vote.values().find(fits));
    });
    fc.assert(property, { numRuns: 300 });
  });

  test("refuses a field that no element can have", () => {
    const draft = new Packed(networkOf(5)).draft() as DraftOf<ReturnType<typeof networkOf>>;
    expect(() => draft.vote.match({ ballot: 6 })).toThrow("vote.ballot: 6 is not in 1..5");
  });
});

describe("a bag", () => {
  test("counts and lists every copy, and offers each different message once", () => {
    const mail = bags({ coin: { worth: range(1, 3) } }, 4);
    const coin = (worth: number) => ({ type: "coin", worth }) as const;
    const [packed, plain] = [new Packed(mail), new Plain(mail)];
    for (const draft of [packed.draft(), plain.draft] as DraftOf<typeof mail>[]) {
      for (const worth of [2, 1, 2]) draft.coin.send({ worth });
      expect(draft.coin.size).toBe(3);
      expect(draft.coin.values()).toEqual([coin(1), coin(2), coin(2)]);
      expect(draft.coin.count(({ worth }) => worth === 2)).toBe(2);
      draft.coin.take(coin(2));
      expect(draft.coin.values()).toEqual([coin(1), coin(2)]);
      draft.coin.send({ worth: 2 });
    }
    expect(() => (plain.draft as DraftOf<typeof mail>).coin.take(coin(3))).toThrow(
      "coin: no copy of coin{worth: 3} is in flight",
    );
    expect(() => (packed.draft() as DraftOf<typeof mail>).coin.take(coin(3))).toThrow(
      "coin: no copy of coin{worth: 3} is in flight",
    );
    const { coin: inFlight } = plain.value as { coin: unknown };
    expect(packed.value).toEqual(plain.value);
    expect(received(mail, "coin").choices(inFlight, undefined)).toEqual([coin(1), coin(2)]);
  });
});
