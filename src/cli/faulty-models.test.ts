import { describe, expect, test } from "vitest";
import type { Document } from "../verdict/document.ts";
import { counting, folder, muchado } from "./test-command.ts";

/** What is said of a model that is at fault, without the first line. */
async function fault(parts: Parameters<typeof counting>[0], ...options: string[]): Promise<string> {
  const cwd = folder({ "model.ts": counting(parts) });
  const { exitCode, stdout } = await muchado(["check", "model.ts", ...options], { cwd });
  expect(stdout).toMatch(/^failed /);
  expect(exitCode).toBe(70);
  return stdout.split("\n").slice(2, -2).join("\n");
}

describe.concurrent("a model that is at fault", () => {
  test("is told which action does not end, with its state", async () => {
    const actions =
      "loop: action({ hand }, (s, { hand }) => { while (hand === 1 && s.hands.get(0) === 2); return false; })";
    expect(await fault({ actions }, "--step-seconds", "1")).toBe(
      [
        "  loop(hand: h2) did not end within 1 s",
        "  at the step: loop(hand: h2)",
        "  in the state:",
        "    hands: [h1: 2, h2: 0]",
      ].join("\n"),
    );
  });

  test("is told which property does not end, be it about a first state", async () => {
    const properties = "ends: always((s) => { while (s.hands.get(1) === 0); return true; })";
    expect(await fault({ properties }, "--step-seconds", "1")).toBe(
      ["  property ends did not end within 1 s", "  in the state:", "    hands: [h1: 0, h2: 0]"].join("\n"),
    );
  });

  test("is not one whose states have very many choices", async () => {
    const actions = `slow: action({ a: range(1, 15000) }, (s, { a }) => {
      let x = a;
      for (let i = 0; i < 30000; i++) x = (x * 31 + i) % 1009;
      return x < 0 || s.hands.get(0) === 0 ? false : undefined;
    })`;
    const cwd = folder({ "model.ts": counting({ actions, top: 1 }) });
    const command = ["check", "model.ts", "--step-seconds", "1", "--json"];
    const { stdout } = await muchado(command, { cwd });
    const { runs } = JSON.parse(stdout) as Document;
    expect(runs[0]).toMatchObject({ verdict: "holds", failure: null, states: 4 });
    expect(runs[0]!.seconds).toBeGreaterThan(1);
  });

  test("gives up where it is to stop at a state with very many choices", async () => {
    const actions = `slow: action({ a: range(1, 1000), b: range(1, 1000), c: range(1, 1000) }, (s, { a, b, c }) =>
      a + b + c === 0 ? undefined : false)`;
    const cwd = folder({ "model.ts": counting({ actions }) });
    const command = ["check", "model.ts", "--step-seconds", "1", "--max-seconds", "1", "--json"];
    const { exitCode, stdout } = await muchado(command, { cwd });
    const { runs } = JSON.parse(stdout) as Document;
    expect([exitCode, runs[0]]).toMatchObject([2, { verdict: "inconclusive", limit: "time", failure: null }]);
  });

  test("is told which property throws, and about which state, whatever its steps do", async () => {
    const actions =
      "leap: action({ hand }, (s, { hand }) => { if (s.hands.get(hand) === 3) throw new Error('far'); return false; })";
    const properties =
      "fine: always((s) => { if (s.hands.get(0) + s.hands.get(1) === 3) throw new Error('odd'); return true; })";
    expect(await fault({ actions, properties })).toMatch(
      /^ {2}property fine threw Error: odd \(model\.ts:\d+:\d+\)\n {2}in the state:\n {4}hands: \[h1: (0, h2: 3|1, h2: 2|2, h2: 1|3, h2: 0)\]\n {2}reached by 3 steps:\n {4}1 {2}count/,
    );
  });

  test("is told that bodies cannot be async", async () => {
    expect(await fault({ actions: "later: action({}, async () => {})" })).toMatch(
      /^ {2}action later answered a promise: a body cannot be async\n/,
    );
  });

  test.each([
    ["async () => {}", "answered a promise: a body cannot be async"],
    ["function* () {}", "answered a generator, which nobody runs"],
    [
      "(s) => { s.hands.set(0, 1); return false; }",
      "wrote to the state and then returned false (hands[h1]: 0 → 1)",
    ],
    ["(s) => { s.hands.set(0, Math.random() < 0.5 ? 1 : 2); }", "did something else when it was run again"],
  ])("is told what the choice of first states must not do: %s", async (body, what) => {
    const cwd = folder({ "model.ts": counting().replace("actions:", `init: action({}, ${body}), actions:`) });
    const { exitCode, stdout } = await muchado(["check", "model.ts"], { cwd });
    expect([exitCode, stdout]).toEqual([70, expect.stringContaining(`\n  action init ${what}`)]);
  });

  test.each([
    ["always(async () => true)", "a promise"],
    ["always(() => {})", "nothing"],
    ["always(() => null)", "null"],
    ["step(() => ({}))", "an object"],
    ["atEnd(() => 1)", "a number"],
  ])("is told that a test answers true, false or a text: %s", async (property, what) => {
    expect(await fault({ properties: `odd: ${property}` })).toContain(
      `property odd threw TypeError: the test answered ${what}: a test answers true, false, or what is wrong`,
    );
  });

  test.each([
    ["s.hands", "no plain object, but a part of the state or the like"],
    ["({ seen: new Set([s.hands.get(0)]) })", ".seen is a Set"],
    ["[1 / s.hands.get(0)]", "[0] is Infinity"],
    ["void s", "undefined"],
  ])("is told that views are compared as JSON: %s", async (view, what) => {
    const specification =
      "{ initial: () => undefined, explain: () => ({ why: 'no' }), events: [], print: () => [] }";
    const said = await fault({ properties: `fits: refines(${specification}, (s) => ${view})` });
    expect(said).toContain("property fits threw TypeError: the view");
    expect(said).toContain(what);
  });

  test.each([
    ["Promise.resolve(false)", "a promise"],
    ["undefined", "nothing"],
  ])("is told that a witness is true or false, not %s", async (answer, what) => {
    expect(await fault({ properties: `seen: sometimes(() => (${answer}))` })).toContain(
      `property seen threw TypeError: the test answered ${what}: that of a witness answers true or false`,
    );
  });

  test("is told that a specification has to explain a step or say why not", async () => {
    const specification =
      "{ initial: () => undefined, explain: () => ({ event: 'Up' }), events: [], print: () => [] }";
    expect(await fault({ properties: `fits: refines(${specification}, (s) => s.hands.get(0))` })).toContain(
      "property fits threw TypeError: explain answered neither events nor why",
    );
  });

  test("is told about which step a property throws", async () => {
    const properties =
      "calm: step((was, is) => { if (was.hands.get(0) === 1 && is.hands.get(0) === 2) throw new Error('up'); return true; })";
    expect(await fault({ properties })).toMatch(
      /^ {2}property calm threw Error: up \(model\.ts:\d+:\d+\)\n {2}at the step: count\(hand: h1\)\n {2}in the state:\n {4}hands: \[h1: 1, h2: \d\]\n {2}reached by (one|\d) steps?:\n {4}1 {2}count/,
    );
  });

  /** Two lamps in a row: one is lit only while the next one, where there is one, is `next`. */
  const lamps = (next: string): string => `import { array, model, range, record, system } from "muchado";
export default model({
  name: "lamps",
  about: "two lamps",
  theorem: "they are never both lit",
  bounds: {},
  system() {
    const at = range(1, 2);
    return system({ lamps: array(at, record({ isLit: range(0, 1) })) }, ({ action, always }) => ({
      actions: { light: action({ at }, (s, { at }) => {
        if (s.lamps[at].isLit === 1 || s.lamps[at + 1]${next} === 1) return false;
        s.lamps[at].isLit = 1;
      }) },
      properties: { dark: always((s) => s.lamps[1].isLit + s.lamps[2].isLit < 2) },
    }));
  },
});`;

  test("may look for a row that there is not", async () => {
    const cwd = folder({ "model.ts": lamps("?.isLit") });
    const { exitCode, stdout } = await muchado(["check", "model.ts"], { cwd });
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining("2  light(at: 2)")]);
  });

  test("is told which row there is not, where it looks no further than that", async () => {
    const cwd = folder({ "model.ts": lamps(".isLit") });
    const { exitCode, stdout } = await muchado(["check", "model.ts"], { cwd });
    expect([exitCode, stdout]).toEqual([
      70,
      expect.stringContaining("light(at: 2) threw OutOfRange: lamps.index: 3 is not in 1..2"),
    ]);
  });

  const spin = "function spin() { for (;;); }";
  test.each([
    ["was not loaded", "model.ts:1:", counting({ first: `${spin} spin();` })],
    [
      "system was not built",
      "model.ts:1:",
      counting({ first: spin }).replace("const hand =", "spin(); const hand ="),
    ],
  ])("is told where it is at if its file loops: it %s", async (what, place, text) => {
    const cwd = folder({ "model.ts": text });
    const words = ["check", "model.ts", "--step-seconds", "0.4"];
    const { exitCode, stdout, stderr } = await muchado(words, { cwd });
    expect(stderr).toMatch(/^muchado: .*\n$/);
    expect(stderr).toContain(`muchado: ${place}`);
    expect(stderr).toContain(`${what} within 0.4 s; does it loop for ever?`);
    expect([exitCode, stdout]).toEqual([70, ""]);
  });

  test("can be interrupted where its file loops", async () => {
    const cwd = folder({ "model.ts": counting({ first: 'console.log("loaded"); for (;;);' }) });
    let signal: NodeJS.Signals | null = null;
    const { stdout } = await muchado(["check", "model.ts"], {
      cwd,
      meanwhile(child) {
        child.stderr!.once("data", () => child.kill("SIGTERM"));
        child.once("exit", (_, by) => {
          signal = by;
        });
      },
    });
    expect([signal, stdout]).toEqual(["SIGTERM", ""]);
  });

  test.each([
    ["ends the process", "process.exit(0);", /^muchado: model\.ts:1:9: the process ended with exit code 0 /m],
    [
      "fails when nobody listens",
      'Promise.reject(new Error("late"));',
      /^muchado: the process ended with exit code 1 before there was an answer; does a model file end it\?$/m,
    ],
  ])("does not look as if it held where its file %s", async (_, first, says) => {
    const cwd = folder({ "model.ts": counting({ first, top: 2000 }) });
    const { exitCode, stdout, stderr } = await muchado(["check", "model.ts"], { cwd });
    expect(stdout).toBe("");
    expect(stderr).toMatch(says);
    expect(exitCode).toBe(70);
  });

  test("is refused if it waits while it is loaded", async () => {
    const cwd = folder({ "model.ts": `await new Promise(() => {});\n${counting()}` });
    const { exitCode, stderr } = await muchado(["check", "model.ts", "--step-seconds", "1"], { cwd });
    expect([exitCode, stderr]).toEqual([
      64,
      expect.stringContaining("model.ts: it was not loaded within 1 s; does it wait"),
    ]);
  });
});
