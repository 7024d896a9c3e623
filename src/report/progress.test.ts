import { describe, expect, test } from "vitest";
import { Pace } from "./pace.ts";
import { progressLine, progressSentence } from "./progress-line.ts";

const progress = { states: 1_234_567, transitions: 0, depth: 23, frontier: 4321, bytes: 50 * 2 ** 20 };

/** The pace of a search at ten thousand states a second that is half through the last level but one of these widths. */
function paceOf(widths: readonly number[]): Pace {
  const pace = new Pace();
  let known = 1;
  let taken = 0;
  widths.slice(0, -1).forEach((width, depth) => {
    const next = widths[depth + 1]!;
    pace.add({ ...progress, depth, states: known, frontier: width }, taken / 10_000);
    pace.add(
      { ...progress, depth, states: known + next / 2, frontier: width / 2 },
      (taken + width / 2) / 10_000,
    );
    taken += width;
    known += next;
  });
  return pace;
}

describe("the pace of a search", () => {
  test("gives no estimate while levels grow", () => {
    expect(paceOf([1, 100, 10_000, 20_000, 30_000]).secondsLeft).toBeUndefined();
  });

  test("estimates what is left once they shrink", () => {
    // Half of 20,000 states and then 10,000 + 5,000 + … are left.
    expect(paceOf([1, 80_000, 40_000, 20_000, 10_000]).secondsLeft).toBeCloseTo(3);
    // Half of 10,000 and then none.
    expect(paceOf([1, 80_000, 40_000, 10_000, 0]).secondsLeft).toBeCloseTo(0.5);
  });

  test("is the rate of new states of the last few seconds", () => {
    const pace = new Pace();
    for (let second = 0; second <= 10; second++) {
      pace.add({ ...progress, states: second <= 5 ? 0 : (second - 5) * 1000 }, second);
    }
    expect(pace.rate).toBeCloseTo(1000);
  });
});

describe("the line of progress", () => {
  test.for([20, 40, 60, 80, 200])("fits %d columns", (width) => {
    const line = progressLine("multi-paxos", progress, new Pace(), width);
    expect(line.length).toBeLessThanOrEqual(width);
    expect(line).toContain("1.23 M states");
  });

  test("leaves out what matters least", () => {
    expect(progressLine("multi-paxos", progress, new Pace(), 40)).toBe(
      "1.23 M states  0/s  level 23  50.0 MiB",
    );
    expect(progressLine("multi-paxos", progress, new Pace(), 99)).toBe(
      "multi-paxos  1.23 M states  0/s  level 23  4.32 k to go in it  50.0 MiB",
    );
  });

  test("names the field that seems to grow without end", () => {
    const growing = { ...progress, growing: "clock" };
    expect(progressLine("a", growing, new Pace(), 99)).toMatch(/50\.0 MiB {2}clock is still growing$/);
    expect(progressLine("a", growing, new Pace(), 70)).not.toContain("clock");
    expect(progressSentence("a", growing, new Pace())).toMatch(/, clock is still growing$/);
  });

  test("is a sentence in a log", () => {
    expect(progressSentence("paxos", progress, new Pace())).toBe(
      "paxos: 1,234,567 states, 0/s, level 23, 4,321 to go in it, 50.0 MiB",
    );
  });
});
