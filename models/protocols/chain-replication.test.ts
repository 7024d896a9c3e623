import { describe, expect, test } from "vitest";
import { BoundsError, instantiate, type PinnedRun } from "../../src/index.ts";
import chainReplication from "./chain-replication.ts";
import { check, outcome } from "./test-check.ts";

/** States, transitions and depth; our own counts, as nobody has published any for this granularity of steps. */
const runs: readonly (readonly [PinnedRun, readonly number[]])[] = [
  [{}, [15408, 63908, 23]],
  [{ bounds: { epochs: 2, updates: 2 } }, [3832, 16083, 22]],
  [{ bounds: { servers: 2 } }, [709, 2496, 15]],
  [{ bounds: { servers: 4, epochs: 2 } }, [2928, 11581, 21]],
  [{ faults: { suspect: 0 } }, [2966, 11119, 21]],
  [{ faults: { crash: 0 } }, [10782, 46425, 23]],
];

describe("Chain Replication refines the ADO without being vacuous, in as many states as ever", () => {
  test.each(runs)("at %j", (run, counts) => {
    expect(outcome(check(chainReplication, run))).toEqual(counts);
  });
});

test("every kind of ADO event occurs in a default run, late ones and failures included", () => {
  const { coverage } = check(chainReplication);
  const events = ["PullOk", "InvokeOk", "PushOk", "LatePull", "LatePush", "ReadFail", "PushFail", "PullFail"];
  for (const event of events) expect(coverage.events[event], event).toBeGreaterThan(0);
});

test("what follows from refinement is also checked by itself", () => {
  const properties = ["sorts-to-ado-21", "refines-smr"];
  expect(outcome(check(chainReplication, { properties }))).toEqual(expect.any(Array));
});

describe("bounds that make no sense are refused in one line", () => {
  test.each([
    ["servers", 1, "2..5"],
    ["epochs", 1, "2..4"],
    ["updates", 0, "1..2"],
  ])("%s=%i", (bound, value, range) => {
    const build = () => instantiate(chainReplication, { [bound]: value });
    expect(build).toThrow(BoundsError);
    expect(build).toThrow(`chain-replication: ${bound}=${value} is not an integer in ${range}`);
  });
});
