import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { gravest } from "../verdict/exit-codes.ts";
import { bareFailure, type Run } from "../verdict/run.ts";
import { bareRun } from "../verdict/test-run.ts";
import { certify, differenceOf, isSameRun } from "./certificate.ts";
import { complaintsOf } from "./complaints.ts";
import { type GateFailure, pass } from "./gates.ts";
import { surprises } from "./mutants.ts";
import { outcomeCode } from "./outcome.ts";

const holding: Run = {
  ...bareRun,
  target: "lamp",
  bounds: { uses: 3 },
  faults: { crash: 1 },
  properties: [{ name: "seen", kind: "sometimes", verdict: "holds", why: null, trace: null }],
  states: 10,
  transitions: 20,
  depth: 5,
  seconds: 1,
  bytes: 1,
  coverage: { actions: { use: 7, idle: 0 }, faults: { crash: 1 }, events: { Push: 2 } },
};
const violated: Run = {
  ...holding,
  verdict: "violated",
  properties: [{ name: "lit", kind: "always", verdict: "violated", why: null, trace: null }],
};
const refuted: Run = { ...violated, expected: "violated" };
const cut: Run = { ...holding, verdict: "inconclusive", limit: "time" };
const vacuous: Run = { ...holding, vacuous: ["action idle never happened"] };
const failed: Run = { ...cut, limit: null, failure: bareFailure("broke") };
const gate: GateFailure = { gate: "counts", run: null, message: "" };
const mutant = (run: Run) => ({
  mutant: { of: "lamp", model: { name: "m" } as never, at: {} },
  runs: [{ at: {}, run }],
});

test("a mutant that was cut is no surprise, but one that survived elsewhere is", () => {
  expect(surprises(mutant(cut))).toEqual([]);
  expect(surprises(mutant(failed))).toEqual([]);
  const runs = [holding, cut].map((run) => ({ at: {}, run }));
  expect(surprises({ ...mutant(holding), runs })).toEqual([
    "m at its default bounds: survives, expected killed",
  ]);
});

test("of several exit codes, the gravest counts", () => {
  const codes = [0, 2, 3, 1, 64, 70];
  for (const [i, code] of codes.entries()) expect(gravest(codes.slice(0, i + 1))).toBe(code);
});

describe("the exit code of an outcome", () => {
  test.for<[number, Run[], GateFailure[], Run[]]>([
    [0, [holding, refuted], [], [violated]],
    [1, [holding, violated], [], []],
    [2, [cut, holding], [], []],
    [3, [vacuous], [], []],
    [3, [holding], [gate], []],
    [70, [failed], [], []],
    [70, [holding], [], [failed]],
    [2, [holding], [], [cut]],
    [70, [violated, failed, vacuous, cut], [gate], []],
    [1, [violated, vacuous, cut], [gate], []],
    [3, [cut, holding], [gate], [cut]],
    [3, [cut, vacuous], [], []],
  ])("is %d", ([code, runs, failures, mutants]) => {
    expect(outcomeCode({ runs, failures, mutants: mutants.map(mutant) })).toBe(code);
  });

  const runs = fc.array(fc.constantFrom(holding, refuted, violated, cut, vacuous, failed), { maxLength: 5 });
  property.prop([runs, fc.array(fc.constant(gate), { maxLength: 1 }), runs])(
    "is 0 only where there is nothing to complain of",
    (some, failures, others) => {
      const parts = { runs: some, failures, mutants: others.map(mutant) };
      const isFair =
        failures.length === 0 &&
        some.every((run) => run === holding || run === refuted) &&
        others.every((run) => !["inconclusive"].includes(run.verdict));
      expect(outcomeCode(parts) === 0).toBe(isFair);
      const outcome = {
        ...parts,
        tool: { name: "", version: "" },
        verdict: "holds",
        exitCode: 0,
        certified: [],
      } as const;
      const isVacuous = some.some(({ vacuous: missing }) => missing.length > 0);
      // What is vacuous is a gate that failed, and the gates are asked before.
      if (!isVacuous) expect(complaintsOf(outcome).length === 0).toBe(isFair);
    },
  );
});

describe("gates", () => {
  const messages = (run: Run, demands: Parameters<typeof pass>[1]): string[] =>
    pass(run, demands).failures.map(({ gate: name, message }) => `${name}: ${message}`);

  test("let a run pass of which nothing is asked", () => {
    expect(messages(holding, {})).toEqual([]);
  });

  test("see vacuity, but for what is said to be absent", () => {
    expect(messages(vacuous, {})).toEqual(["vacuity: action idle never happened"]);
    expect(pass(vacuous, { absent: ["idle"] })).toEqual({ run: holding, failures: [] });
    expect(messages(vacuous, { absent: ["idl"] })).toEqual(["vacuity: action idle never happened"]);
    expect(messages(holding, { absent: ["use", "Push", "seen"] })).toHaveLength(3);
  });

  test("see what happens too rarely, and figures that drift", () => {
    expect(messages(holding, { floor: 2, absent: ["idle"], coverage: { crash: 1, use: 8 } })).toEqual([
      "coverage: use happened 7 times, at least 8 expected",
    ]);
    expect(messages(holding, { floor: 1 })).toEqual(["coverage: idle happened 0 times, at least 1 expected"]);
    expect(messages(holding, { counts: { states: 10, transitions: 21, depth: 4 } })).toEqual([
      "counts: transitions: 20, expected 21",
      "counts: depth: 5, expected 4",
    ]);
  });

  test("ask nothing of a run that was cut", () => {
    expect(messages(cut, { floor: 9, counts: { states: 1 } })).toEqual([]);
  });
});

describe("a certificate", () => {
  const provenance = { target: "lamp", digest: "sha256:1", tool: { name: "muchado", version: "1.0.0" } };
  const kept = certify(holding, provenance);

  test("stands for the same model with the same figures, in any time and by any version", () => {
    const later = certify(
      { ...holding, seconds: 9, workers: 8 },
      { ...provenance, tool: { name: "", version: "2" } },
    );
    expect(differenceOf(kept, later)).toBeUndefined();
    expect(isSameRun(kept, later)).toBe(true);
  });

  test("does not stand for a model that has changed, nor for other figures", () => {
    expect(differenceOf(kept, { ...kept, digest: "sha256:2" })).toMatch(/^the model has changed/);
    expect(differenceOf(kept, { ...kept, depth: 6 })).toMatch(
      /^the certificate has depth 5, and there are 6/,
    );
    expect(differenceOf(kept, { ...kept, exact: false })).toMatch(
      /^the certificate is of a search that was exact/,
    );
  });

  test("is of one choice of bounds, faults, properties and reductions", () => {
    expect(isSameRun(kept, { ...kept, bounds: { uses: 4 } })).toBe(false);
    expect(isSameRun(kept, { ...kept, faults: {} })).toBe(false);
    expect(isSameRun(kept, { ...kept, properties: [] })).toBe(false);
    expect(isSameRun(kept, { ...kept, reductions: ["symmetry"] })).toBe(false);
  });
});
