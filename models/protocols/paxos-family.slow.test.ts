import { describe, expect, test } from "vitest";
import type { Model, PinnedRun } from "../../src/index.ts";
import casPaxos from "./cas-paxos.ts";
import multiPaxos from "./multi-paxos.ts";
import singlePaxos from "./single-paxos.ts";
import { check, outcome } from "./test-check.ts";
import verticalPaxos from "./vertical-paxos.ts";

const noCrash = { crash: 0 };
const runs: readonly (readonly [Model, PinnedRun, readonly number[]])[] = [];

describe("the Paxos family refines the ADO at larger bounds", () => {
  test.each(runs)("$name at %j", (model, run, counts) => {
    expect(outcome(check(model, run))).toEqual(counts);
  });
});
