import { describe, expect, test } from "vitest";
import {
  array,
  channels,
  flag,
  interned,
  list,
  messages,
  node,
  option,
  range,
  record,
  sequence,
  set,
} from "./schema.ts";
import { gaugeOf } from "./sizes.ts";
import { Allocator } from "./type.ts";

const member = node(3);
const large = range(10, 1000);

/** All sizes in a value, each as `field: size unit, least..most`. */
function sizesIn(type: ReturnType<typeof record>, value: object): string[] {
  const space = new Allocator();
  const address = type.allocate(space);
  const words = new Int32Array(space.words);
  type.store(words, address, value as never, "");
  const sizes: string[] = [];
  gaugeOf(type, 100)?.(words, address, ({ field, unit, least, most }, size) => {
    sizes.push(`${field}: ${size} ${unit}, ${least}..${most}`);
  });
  return sizes;
}

describe("the sizes in a state", () => {
  test("are those of numbers, collections and interned values, wherever they stand", () => {
    const type = record({
      clock: large,
      nodes: array(member, record({ log: list(flag(), 200), last: option(large) })),
      counts: array(member, large),
      queue: sequence(range(0, 1), 20),
      tickets: set(large),
      sent: messages({ tick: { at: large, isLast: flag() } }, { tick: 5 }),
      links: channels(range(0, 0), range(0, 0), { a: { at: large }, b: { isLast: flag() } }, 2),
      notes: interned<readonly string[]>([]),
    });
    const state = {
      ...type.initial,
      clock: 17,
      nodes: [
        { log: [true, true], last: null },
        { log: [], last: 40 },
        { log: [false], last: 50 },
      ],
      counts: [11, 12, 13],
      tickets: [20, 30],
      sent: { tick: [{ type: "tick", at: 60, isLast: true }] },
      links: [
        [
          [
            { type: "b", isLast: true },
            { type: "a", at: 70 },
          ],
        ],
      ],
      notes: ["x", "y"],
    };
    expect(sizesIn(type as never, state)).toEqual([
      "clock: 17 number, 10..1000",
      "nodes[*].log: 2 elements, 0..200",
      "nodes[*].log: 0 elements, 0..200",
      "nodes[*].last: 40 number, 10..1000",
      "nodes[*].log: 1 elements, 0..200",
      "nodes[*].last: 50 number, 10..1000",
      "counts[*]: 11 number, 10..1000",
      "counts[*]: 12 number, 10..1000",
      "counts[*]: 13 number, 10..1000",
      "tickets: 2 elements, 0..991",
      "tickets[*]: 20 number, 10..1000",
      "tickets[*]: 30 number, 10..1000",
      "sent.tick[*].at: 60 number, 10..1000",
      "links[*][*][*].at: 70 number, 10..1000",
      "notes: 9 characters, 0..null",
    ]);
  });

  test("are none where nothing can become large", () => {
    const type = record({
      ballot: range(0, 9),
      node: option(node(200)),
      votes: set(record({ from: member, ballot: range(0, 99), for: range(0, 1) })),
    });
    expect(gaugeOf(type, 100)).toBeUndefined();
  });
});
