import { describe, expect, test } from "vitest";
import type { Run, Trace } from "../verdict/run.ts";
import { bareRun } from "../verdict/test-run.ts";
import { bytes, count, duration, roughly, rounded } from "./figures.ts";
import { painter } from "./paint.ts";
import { printable } from "./printable.ts";
import { runText, summaryText } from "./run-text.ts";
import { traceLines } from "./trace-text.ts";
import { wrap } from "./wrap.ts";

const trace: Trace = {
  first: { state: {}, view: ["log: []"] },
  steps: [
    {
      action: "promise",
      choice: {},
      label: "promise(message: prepare{ballot: 1}, at: n2)",
      state: {},
      view: ["log: []"],
      changes: ["nodes[n2].promised: 0 → 1"],
      events: [],
    },
    {
      action: "lead",
      choice: {},
      label: "lead(at: n1)",
      state: {},
      view: ["log: [a]"],
      changes: [],
      events: ["PushOk"],
    },
    {
      action: "forget",
      choice: {},
      label: "forget()",
      state: {},
      view: ["log: []"],
      changes: [],
      events: [],
    },
  ],
};

const run: Run = {
  ...bareRun,
  target: "lamp",
  theorem: "the lamp burns",
  bounds: { uses: 3 },
  faults: { crash: 1 },
  workers: 2,
  properties: [{ name: "late", kind: "sometimes", verdict: "holds", why: null, trace }],
  states: 1_234_567,
  transitions: 7_654_321,
  depth: 12,
  seconds: 1.5,
  bytes: 5 * 2 ** 20,
  coverage: { actions: { flip: 1200, drop: 7 }, faults: {}, events: {} },
  repeat: "muchado check lamp",
};

const options = { width: undefined, paint: painter(false), hasCoverage: false };
const plain = (text: Partial<Run>): string => runText({ ...run, ...text }, options);

describe("the text of a run", () => {
  test("tells verdict, figures, theorem, witnesses and the command that repeats it", () => {
    expect(plain({})).toBe(
      `holds lamp (uses=3; faults: crash=1): 1,234,567 states, 7,654,321 steps, depth 12, 1.50 s with 2 workers, 823 k states/s, 5.00 MiB
  within these bounds: the lamp burns
  witnessed: late (after 3 steps)
  repeat: muchado check lamp
`,
    );
  });

  test("names what is still growing where a limit was met", () => {
    const levels = [0, 4, 8].map((depth) => ({ depth, size: depth }));
    const growing: Run["growing"] = [
      { field: "clock", unit: "number", least: -9, most: 9999, levels },
      { field: "log", unit: "elements", least: 0, most: 500, levels },
      { field: "text", unit: "characters", least: 0, most: null, levels },
    ];
    expect(plain({ verdict: "inconclusive", limit: "depth", growing })).toContain(
      `the rest
  still growing: clock (4 at depth 4, 8 at depth 8; its range is -9..9999)
  still growing: log (4 elements at depth 4, 8 at depth 8; at most 500)
  still growing: text (4 characters at depth 4, 8 at depth 8)
`,
    );
  });

  test("names what was checked where that is not the whole theorem", () => {
    const properties: Run["properties"] = [
      { name: "safe", kind: "always", verdict: "holds", why: null, trace: null },
    ];
    expect(plain({ theorem: null, properties })).toContain("\n  within these bounds: safe\n");
    expect(plain({ theorem: null, properties: [] })).toContain("\n  no property was checked");
  });

  test("never claims the theorem for a run that was cut, is vacuous, or failed", () => {
    const failure = {
      message: "boom",
      step: "flip()",
      state: { at: [1, 0] },
      fields: ["at: [n2, off]"],
      way: ["flip()", "flip()"],
    };
    const others = [
      plain({ verdict: "inconclusive", limit: "time" }),
      plain({ vacuous: ["action flip never happened"] }),
      plain({ verdict: "inconclusive", failure }),
    ];
    expect(others.map((text) => text.split(" ")[0])).toEqual(["inconclusive", "vacuous", "failed"]);
    for (const text of others) expect(text).not.toContain("within these bounds");
    expect(others[2]).toContain(
      "  at the step: flip()\n  in the state:\n    at: [n2, off]\n  reached by 2 steps:\n    1  flip()\n",
    );
  });

  test("lists coverage when asked to", () => {
    const text = runText(run, { ...options, hasCoverage: true });
    expect(text).toContain("\n  steps by action:\n    1,200  flip\n        7  drop\n");
  });

  test("is coloured by meaning", () => {
    expect(runText(run, { ...options, paint: painter(true) })).toContain("\x1b[32mholds\x1b[39m ");
  });

  test("lets no model move the cursor", () => {
    expect(plain({ theorem: "a\x1b[2Jb\u202ec\nd" })).toContain("a\\u{1b}[2Jb\\u{202e}c\\nd");
    expect(printable("na\u00efve → {x}")).toBe("na\u00efve → {x}");
  });
});

describe("the summary of several runs", () => {
  const document = { tool: { name: "muchado", version: "1" }, verdict: "holds", exitCode: 0 } as const;

  test("counts verdicts and says what was not begun", () => {
    const runs = [run, run, { ...run, verdict: "violated" as const }];
    expect(summaryText({ ...document, exitCode: 1, runs }, 3, 4.5)).toBe(
      "\n3 runs in 4.50 s: 2 hold, 1 violated (exit code 1)\n",
    );
    expect(summaryText({ ...document, exitCode: 130, runs }, 5, 1)).toContain(
      "interrupted, 2 runs not begun",
    );
  });

  test("ends with what follows from them", () => {
    const bounds = { bounds: { times: 2, lost: 1 }, clusterBounds: { nodes: 3 } };
    const composed = [{ program: "a", protocol: "b", theorem: "all is well over b", ...bounds }];
    const text = summaryText({ ...document, runs: [run, run], composed }, 2, 3);
    expect(text).toBe(`
2 runs in 3.00 s: 2 hold (exit code 0)

it follows, with each object on a cluster of its own, for every run within the bounds of both:
  all is well over b (times=2, lost=1; each cluster: nodes=3)
`);
  });

  test("is left out for a single run", () => {
    expect(summaryText({ ...document, runs: [run] }, 1, 1)).toBe("");
  });
});

describe("the text of a trace", () => {
  test("has the abstract level below the concrete one on a narrow terminal", () => {
    expect(traceLines(trace, { ...options, width: 80 }, "a was forgotten")).toEqual([
      "0  first state",
      "   │   log: []",
      "1  promise(message: prepare{ballot: 1}, at: n2)",
      "     nodes[n2].promised: 0 → 1",
      "2  lead(at: n1)",
      "   │ PushOk",
      "   │   log: [a]",
      "3  forget()",
      "   │ ✗ a was forgotten",
      "   │   log: []",
    ]);
  });

  test("has it beside the concrete one on a wide terminal, within its width", () => {
    const lines = traceLines(trace, { ...options, width: 100 });
    expect(lines[0]).toMatch(/^concrete +│ abstract$/);
    expect(lines).toContainEqual(expect.stringMatching(/^2 {2}lead\(at: n1\) +│ PushOk$/));
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(98);
  });

  test("is on one level where the property has no other", () => {
    const steps = trace.steps.map((step) => ({ ...step, view: null, events: [] }));
    const lines = traceLines({ first: { state: {}, view: null }, steps }, { ...options, width: 200 });
    expect(lines.join("\n")).not.toContain("│");
  });
});

test("text is wrapped at spaces, and words that are too long are cut", () => {
  expect(wrap("one two three", 8)).toEqual(["one two", "three"]);
  expect(wrap("abcdefghij", 4)).toEqual(["abcd", "efgh", "ij"]);
});

test("figures are short and keep their units", () => {
  expect([0, 999, 1000, 1234567].map(count)).toEqual(["0", "999", "1,000", "1,234,567"]);
  expect([7, 999, 1000, 12_345, 999_600, 3_210_000_000, 1e15].map(rounded)).toEqual([
    ...["7", "999", "1.00 k", "12.3 k", "1.00 M", "3.21 G", "1000 T"],
  ]);
  expect([512, 2 ** 20, 1.5 * 2 ** 30, 2 ** 50].map(bytes)).toEqual([
    ...["1 KiB", "1.00 MiB", "1.50 GiB", "1.00 PiB"],
  ]);
  expect([0.004, 12.34, 125, 3780].map(duration)).toEqual(["0.00 s", "12.3 s", "2 min 5 s", "1 h 3 min"]);
  expect([0.3, 12.3, 300, 10 ** 6, 10 ** 10].map(roughly)).toEqual([
    ...["less than a second", "about 12 s", "about 5 min", "about 12 days", "years"],
  ]);
});
