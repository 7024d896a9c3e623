import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { xmlProblem } from "../report/test-exports.ts";
import { schemaErrors } from "../report/test-schemas.ts";
import { decodeTrace, encodeTrace } from "../trace/trace-bytes.ts";
import type { TraceDocument } from "../trace/trace-document.ts";
import { counting, expectRefused, folder, muchado } from "./test-command.ts";

const properties = 'small: always((s) => s.hands.get(1) < 2 || "h2 went\\x1b[2J too far")';
let cwd: string;
let document: TraceDocument;

beforeAll(async () => {
  cwd = folder({ "model.ts": counting({ properties }) });
  await muchado(["check", "model.ts", "--out", ".", "--quiet"], { cwd });
  document = decodeTrace(readFileSync(join(cwd, "model.ts-top=3-small.trace")));
  writeFileSync(join(cwd, "t.trace"), encodeTrace(document, "msgpack"));
  writeFileSync(join(cwd, "t.json"), encodeTrace(document, "json"));
  writeFileSync(join(cwd, "fixed.ts"), counting());
  const refusing = counting({ properties }).replace("=== top)", "=== 1)");
  writeFileSync(join(cwd, "refusing.ts"), refusing);
  const grown = counting({ properties }).replace("action({ hand }", "action({ hand, by: range(1, 1) }");
  writeFileSync(join(cwd, "grown.ts"), grown);
});

describe.concurrent("muchado show", () => {
  test("tells who did what, step by step, in any encoding", async () => {
    const [binary, json] = await Promise.all(
      ["t.trace", "t.json"].map((file) => muchado(["show", file], { cwd })),
    );
    expect(binary!.stdout.split("\n")).toEqual([
      "violated model.ts (top=3), after 2 steps",
      "  small: h2 went\\u{1b}[2J too far",
      "  0  first state",
      "  1  h2: count(hand: h2)",
      "       hands[h2]: 0 → 1",
      "  2  h2: count(hand: h2)",
      "       hands[h2]: 1 → 2",
      "       ✗ small: h2 went\\u{1b}[2J too far",
      "  repeat: muchado check model.ts --bound top=3",
      "  replay: muchado replay t.trace",
      "",
    ]);
    expect(json!.stdout).toBe(binary!.stdout.replace("t.trace", "t.json"));
    expect([binary!.exitCode, json!.exitCode]).toEqual([0, 0]);
  });

  test("tells whole states, some steps, or the document, where that is asked for", async () => {
    const [full, json] = await Promise.all([
      muchado(["show", "t.trace", "--full", "--from", "1", "--to", "1"], { cwd }),
      muchado(["show", "t.trace", "--json"], { cwd }),
    ]);
    expect(full.stdout.split("\n").slice(2, -3)).toEqual([
      "  1  h2: count(hand: h2)",
      "         hands[h1]: 0",
      "       • hands[h2]: 0 → 1",
    ]);
    expect(JSON.parse(json.stdout)).toEqual(document);
  });

  test("tells the whole of a field in which something changed, and what did", async () => {
    const { first, steps } = document.trace;
    const sent = (elements: string[]) => ({ path: "net.job", elements });
    const trace = {
      first: { ...first, fields: [...first.fields, sent(["job{at: h1}"])] },
      steps: steps.map((step) => ({
        ...step,
        fields: [...step.fields, sent(["job{at: h1}", "job{at: h2}"])],
        changes: [...step.changes, "net.job: + job{at: h2}"],
      })),
    };
    writeFileSync(join(cwd, "sent.trace"), encodeTrace({ ...document, trace } as TraceDocument, "msgpack"));
    const words = ["show", "sent.trace", "--full", "--to", "1"];
    const [all, only] = await Promise.all(
      [words, [...words, "--only", "net"]].map((w) => muchado(w, { cwd })),
    );
    const message = ["       • net.job: {job{at: h1}, job{at: h2}}", "           net.job: + job{at: h2}"];
    expect(all!.stdout.split("\n").slice(-7, -3)).toEqual([
      ...["         hands[h1]: 0", "       • hands[h2]: 0 → 1"],
      ...message,
    ]);
    expect(only!.stdout.split("\n").slice(2, -3)).toEqual([
      ...["  0  first state", "         net.job: {job{at: h1}}", "  1  h2: count(hand: h2)"],
      ...message,
    ]);
  });

  test("exports to stdout or to a file", async () => {
    const [itf, svg] = await Promise.all([
      muchado(["show", "t.trace", "--export", "itf"], { cwd }),
      muchado(["show", "t.trace", "--export", "svg", "--out", "t.svg"], { cwd }),
    ]);
    expect(JSON.parse(itf.stdout)).toMatchObject({ vars: ["hands"] });
    expect([svg.stdout, svg.stderr, svg.exitCode]).toEqual(["", "", 0]);
    expect(xmlProblem(readFileSync(join(cwd, "t.svg"), "utf8"))).toBeUndefined();
  });
});

describe.concurrent("muchado replay", () => {
  test.each([
    ["model.ts", 1, "still fails: model.ts (top=3), at step 2\n  small: h2 went\\u{1b}[2J too far\n"],
    [
      "refusing.ts",
      3,
      "diverges: refusing.ts (top=3), at step 2 of 2\n  count(hand: h2) cannot be taken: its guard refuses, having read\n    hands[h2]: 1\n",
    ],
    [
      "grown.ts",
      3,
      "diverges: grown.ts (top=3), at step 1 of 2\n  count(hand: h2) cannot be taken: it does not say what by is\n",
    ],
  ])("on %s exits with %i", async (target, code, text) => {
    const [plain, json] = await Promise.all([
      muchado(["replay", "t.trace", "--target", target], { cwd }),
      muchado(["replay", "t.trace", "--target", target, "--json"], { cwd }),
    ]);
    expect(plain.stdout).toBe(text);
    const answer = JSON.parse(json.stdout) as { exitCode: number };
    expect(schemaErrors("replay", answer)).toBeNull();
    expect([plain.exitCode, json.exitCode, answer.exitCode]).toEqual([code, code, code]);
  });

  test("runs on the model of the trace, and says where it no longer fails", async () => {
    const own = folder({ "model.ts": counting({ properties: "small: always(() => true)" }) });
    writeFileSync(join(own, "t.trace"), encodeTrace(document, "msgpack"));
    const { exitCode, stdout } = await muchado(["replay", "t.trace"], { cwd: own });
    expect(stdout).toBe(
      "no longer fails: model.ts (top=3)\n  all 2 steps can be taken, and small holds in each\n",
    );
    expect(exitCode).toBe(0);
  });
});

describe.concurrent("wrong usage of traces ends with 64 and one line", () => {
  const cases: [string, string[], string | RegExp][] = [
    ["no file is named", ["show"], "name one trace file"],
    ["there is no such file", ["show", "nowhere.trace"], "nowhere.trace: there is no such file"],
    ["a folder", ["replay", "."], ".: it is not a file"],
    ["something else", ["show", "model.ts"], /^model\.ts: not a trace; /],
    [
      "cut short",
      ["replay", "cut.trace"],
      "cut.trace: a damaged trace: the file is cut short, or was changed",
    ],
    [
      "of a model that is not here",
      ["replay", "moved.json"],
      "there is no gone.ts, which the trace is of: say where it is with --target",
    ],
    ["newer", ["show", "new.json"], /^new\.json: a trace of version 9; /],
    [
      "no such field",
      ["show", "t.trace", "--only", "hand"],
      'the state has no field "hand"; did you mean `hands`?',
    ],
    ["no such step", ["show", "t.trace", "--to", "3"], '--to: "3" is not a whole number from 0 to 2'],
    [
      "no such format",
      ["show", "t.trace", "--export", "pdf"],
      '--export: "pdf" is none of itf, mermaid, svg',
    ],
    [
      "a choice that means nothing",
      ["show", "t.trace", "--html", "t.html", "--from", "1"],
      "--from chooses what is printed as text: leave it out with --html",
    ],
    [
      "nothing to write",
      ["show", "t.trace", "--out", "x"],
      "--out needs --export: what is to be written there?",
    ],
    [
      "no such property",
      ["replay", "t.trace", "--target", "fixed.ts"],
      'fixed.ts has no property "small"; its properties: fine',
    ],
    ["no such bound", ["replay", "t.trace", "--target", "paxos"], /^paxos has no bound "top"/],
  ];
  beforeAll(() => {
    writeFileSync(join(cwd, "cut.trace"), encodeTrace(document, "msgpack").subarray(0, 200));
    writeFileSync(join(cwd, "moved.json"), JSON.stringify({ ...document, target: "gone.ts" }));
    writeFileSync(join(cwd, "new.json"), JSON.stringify({ ...document, version: 9 }));
  });
  test.for(cases)("%s", async ([, words, message]) => {
    await expectRefused(words, message, { cwd });
  });
});
