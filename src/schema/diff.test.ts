import { describe, expect, test } from "vitest";
import { diff } from "./diff.ts";
import { channels, interned, node, oneOf, option, range, record, sequence, subset } from "./schema.ts";

const entry = record({ round: range(0, 3), text: oneOf("a", "b", "c") });
const peer = node(2);
const state = record({
  log: sequence(entry, 3),
  best: option(entry),
  voters: subset(peer),
  links: channels(peer, peer, { go: { entry }, stop: {} }, 3),
});
const [a, b, c] = (["a", "b", "c"] as const).map((text, i) => ({ round: i, text }));

/** What changes when some fields of a fresh state do, given before and after. */
function changes(before: object, after: object): string[] {
  return diff(state, { ...state.initial, ...before }, { ...state.initial, ...after });
}

describe("what changed", () => {
  test("in a sequence is what left at its front, came at its end, or is another where it stands", () => {
    expect(changes({ log: [a] }, { log: [a, b] })).toEqual(["log: + {round: 1, text: b}"]);
    expect(changes({ log: [a, b] }, { log: [b, c] })).toEqual([
      "log: − {round: 0, text: a}",
      "log: + {round: 2, text: c}",
    ]);
    expect(changes({ log: [a] }, { log: [] })).toEqual(["log: − {round: 0, text: a}"]);
    expect(changes({ log: [a, b] }, { log: [a, { ...b, round: 3 }] })).toEqual(["log[1].round: 1 → 3"]);
  });

  test("in a sequence that is cut or turned is the whole of it", () => {
    expect(changes({ log: [a, b] }, { log: [a] })).toEqual([
      "log: [{round: 0, text: a}, {round: 1, text: b}] → [{round: 0, text: a}]",
    ]);
  });

  test("in a value that may be missing is its parts, unless it is missing", () => {
    expect(changes({ best: a }, { best: b })).toEqual(["best.round: 0 → 1", "best.text: a → b"]);
    expect(changes({}, { best: a })).toEqual(["best: none → {round: 0, text: a}"]);
  });

  test("in a subset is what came and went", () => {
    expect(changes({ voters: [0] }, { voters: [1] })).toEqual(["voters: − n1", "voters: + n2"]);
  });

  test("in a value of no known type is the printed parts that are others", () => {
    const type = interned({ parts: ["a"] }, { print: ({ parts }) => parts.join("; ") });
    const changed = (before: string[], after: string[]) =>
      diff(type, { parts: before }, { parts: after }, "x");
    expect(changed(["a", "b"], ["a", "c", "d"])).toEqual(["x: b → c; d"]);
    expect(changed(["a"], ["a", "b"])).toEqual(["x: + b"]);
    expect(changed(["a", "b"], ["b"])).toEqual(["x: − a"]);
    expect(changed(["a"], ["b"])).toEqual(["x: a → b"]);
    expect(changed(["a", "b"], ["b", "a"])).toEqual(["x: a; b → b; a"]);
  });

  test("in a channel is its messages, and parts of one that was replaced by its like", () => {
    const holding = (...messages: object[]) => ({
      links: [
        [[], messages],
        [[], []],
      ],
    });
    const go = { type: "go", entry: a };
    expect(changes(holding(go, { type: "stop" }), holding({ type: "stop" }))).toEqual([
      "links[n1][n2]: − go{entry: {round: 0, text: a}}",
    ]);
    expect(changes(holding(go), holding({ type: "go", entry: b }))).toEqual([
      "links[n1][n2][0].entry.round: 0 → 1",
      "links[n1][n2][0].entry.text: a → b",
    ]);
    expect(changes(holding(go), holding({ type: "stop" }))).toEqual([
      "links[n1][n2][0]: go{entry: {round: 0, text: a}} → stop{}",
    ]);
  });
});
