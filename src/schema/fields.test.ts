import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { diff } from "./diff.ts";
import { changedFields, printedFields } from "./fields.ts";
import { array, messages, node, range, record, sequence, set } from "./schema.ts";
import { states } from "./test-states.ts";

const acceptor = node(2);
const state = record({
  nodes: array(acceptor, record({ promised: range(0, 3), log: sequence(range(0, 3), 2) })),
  seen: set(acceptor),
  sent: messages({ prepare: { ballot: range(0, 3) } }),
});

describe("the printed fields of a value", () => {
  test("are its parts by path, sets by their elements", () => {
    expect(printedFields(state, { ...state.initial, seen: [1] })).toEqual([
      { path: "nodes[n1].promised", text: "0" },
      { path: "nodes[n1].log", text: "[]" },
      { path: "nodes[n2].promised", text: "0" },
      { path: "nodes[n2].log", text: "[]" },
      { path: "seen", elements: ["n2"] },
      { path: "sent.prepare", elements: [] },
    ]);
  });

  test("have changed wherever the difference says so, and nowhere else", () => {
    const twoValues = states.chain(({ type, value }) => fc.tuple(fc.constant(type), value, value));
    const property = fc.property(twoValues, ([type, before, after]) => {
      const changed = changedFields(type, before, after).map(({ path }) => path);
      const lines = diff(type, before, after);
      const isOf = (line: string, path: string) =>
        line.startsWith(path) && /^(: |[.[])/.test(line.slice(path.length));
      expect(lines.every((line) => changed.some((path) => isOf(line, path)))).toBe(true);
      expect(changed.every((path) => lines.some((line) => isOf(line, path)))).toBe(true);
    });
    fc.assert(property);
  });
});
