import { expect, test } from "vitest";
import { check, outcome } from "../protocols/test-check.ts";
import { mutants } from "./multi-paxos.ts";

test("a log merged slot by slot is no branch, with three ballots of two entries and not with fewer", () => {
  const { model, at, survivesAt } = mutants.find(({ model }) => model.name.endsWith("merges-slot-by-slot"))!;
  expect(outcome(check(model, at))).toBe(
    'log-match, 17 steps: leader n3 holds ["m2.1","m1.2"] at (3,0), where the branch says ["m2.1"]',
  );
  for (const below of survivesAt!) expect(outcome(check(model, below))).toEqual(expect.any(Array));
});
