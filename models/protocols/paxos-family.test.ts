import { describe, expect, test } from "vitest";
import { BoundsError, instantiate } from "../../src/index.ts";
import casPaxos from "./cas-paxos.ts";
import multiPaxos from "./multi-paxos.ts";
import singlePaxos from "./single-paxos.ts";
import { check, outcome, type Pinned } from "./test-check.ts";
import verticalPaxos from "./vertical-paxos.ts";

const runs: readonly Pinned[] = [
  { model: singlePaxos, run: { bounds: { ballots: 2 } }, counts: [6545, 29798, 17] },
  { model: singlePaxos, run: {}, counts: [441513, 2607753, 25] },
  { model: multiPaxos, run: {}, counts: [7733, 34159, 19] },
  {
    model: multiPaxos,
    run: { bounds: { inherited: 1 }, faults: { crash: 0 } },
    counts: [101665, 539222, 24],
  },
  { model: casPaxos, run: {}, counts: [441513, 2607753, 25] },
  { model: verticalPaxos, run: {}, counts: [12922, 58400, 19] },
  {
    model: verticalPaxos,
    run: { bounds: { variant: 2, ballots: 3, configurations: 3 } },
    counts: [47596, 208655, 29],
  },
];

describe("the Paxos family refines the ADO without being vacuous, in as many states as ever", () => {
  test.each(runs)("$model.name with $run", ({ model, run, counts }) => {
    expect(outcome(check(model, run))).toEqual(counts);
  });
});

const events = ["PullOk", "InvokeOk", "PushOk", "LatePull", "LatePush", "PullFail", "PushFail"];

describe("every kind of ADO event occurs", () => {
  test.each([singlePaxos, multiPaxos, casPaxos, verticalPaxos])("in $name", (model) => {
    const { coverage } = check(model, { bounds: { ballots: 2 } });
    for (const event of events) expect(coverage.events[event], event).toBeGreaterThan(0);
  });

  test("in Vertical Paxos II but for a late pull: it elects only who was activated last", () => {
    const { coverage } = check(verticalPaxos, { bounds: { variant: 2, ballots: 3 } });
    expect(coverage.events.LatePush).toBeGreaterThan(0);
    expect(coverage.events.LatePull ?? 0).toBe(0);
  });
});

describe("what follows from refinement is also checked by itself", () => {
  const properties = ["sorts-to-ado-21", "refines-smr"];
  test.each([singlePaxos, multiPaxos, casPaxos, verticalPaxos])("for $name", (model) => {
    expect(outcome(check(model, { bounds: { ballots: 2 }, properties }))).toEqual(expect.any(Array));
  });
});

describe("bounds", () => {
  test("of a log that is too long are refused in one line", () => {
    const bounds = { ballots: 4, entries: 2 };
    for (const model of [multiPaxos, verticalPaxos]) {
      expect(() => instantiate(model, bounds)).toThrow(BoundsError);
      expect(() => instantiate(model, bounds)).toThrow(
        `${model.name}: ballots × entries = 8; a log has 6 methods`,
      );
    }
  });

  test("of one ballot are too few for Vertical Paxos, which would have nothing to read", () => {
    expect(() => instantiate(verticalPaxos, { ballots: 1 })).toThrow("ballots=1 is not an integer in 2..4");
  });

  test.each([1, 2, 4])("of %i nodes make sense too", (nodes) => {
    expect(outcome(check(multiPaxos, { bounds: { nodes, ballots: 2 }, faults: { crash: 0 } }))).toEqual(
      expect.any(Array),
    );
  });
});
