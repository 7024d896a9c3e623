import { describe, expect, test } from "vitest";
import { type Config, defineConfig } from "./config.ts";
import { findProblem, pathText } from "./validate.ts";

/** Everything that the types allow. */
const full = defineConfig({
  $schema: "muchado/config.schema.json",
  runs: [
    {
      target: "lamp",
      bounds: { uses: 3 },
      faults: { crash: 0 },
      properties: ["lit"],
      reduce: "symmetry",
      expected: "violated",
      counts: { states: 1, transitions: 2, depth: 3 },
      coverage: { use: 1 },
      absent: ["idle"],
      budget: { seconds: 0.5, states: 10, memory: "1.5GiB" },
    },
  ],
  mutants: ["lamp/dim", { target: "dim.ts", bounds: { uses: 1 }, faults: {} }],
  budget: { memory: 2 ** 30 },
  runBudget: {},
  coverage: 1,
  certificates: "certificates",
  reporters: ["text", "junit=report.xml"],
  workers: 4,
} satisfies Required<Config>);

const told = (config: unknown): string => {
  const problem = findProblem(config);
  return problem === undefined ? "" : `${pathText(problem.path)}: ${problem.message}`;
};

describe("a configuration", () => {
  test("may have every field of its type", () => {
    expect(findProblem(full)).toBeUndefined();
    expect(findProblem({ ...full, mutants: true, certificates: false })).toBeUndefined();
    expect(findProblem({})).toBeUndefined();
  });

  test.for<[unknown, string | RegExp]>([
    [[], ": expected an object, found a list"],
    [null, ": expected an object, found null"],
    [{ rums: [] }, "rums: there is no such field; did you mean `runs`?"],
    [{ runs: [] }, "runs: it is empty"],
    [{ runs: {} }, "runs: expected a list, found an object"],
    [{ runs: [{}] }, "runs[0]: the field target is missing"],
    [{ runs: [{ target: 3 }] }, "runs[0].target: expected text, found 3"],
    [{ runs: [{ target: "" }] }, "runs[0].target: it is empty"],
    [
      { runs: [{ target: "a", reduce: "most" }] },
      'runs[0].reduce: expected "none" or "symmetry" or "order" or "symmetry,order", found "most"',
    ],
    [{ runs: [{ target: "a", bounds: { n: "3" } }] }, 'runs[0].bounds.n: expected a whole number, found "3"'],
    [{ runs: [{ target: "a", bounds: { n: 1.5 } }] }, "runs[0].bounds.n: expected a whole number, found 1.5"],
    [{ runs: [{ target: "a", bounds: { n: -1 } }] }, "runs[0].bounds.n: it must be >= 0, and is -1"],
    [
      { runs: [{ target: "a", bounds: { n: 1e300 } }] },
      "runs[0].bounds.n: it must be <= 9007199254740991, and is 1e+300",
    ],
    [
      { runs: [{ target: "a", bounds: { n: 10n ** 30n } }] },
      /^runs\[0\]\.bounds\.n: expected a whole number, found 1000/,
    ],
    [
      { runs: [{ target: "a", expected: "fails" }] },
      'runs[0].expected: expected "holds" or "violated", found "fails"',
    ],
    [{ mutants: false }, "mutants: expected true, or a list of mutants, found false"],
    [{ mutants: [{ of: "a" }] }, /^mutants\[0\]: the field target is missing/],
    [
      { budget: { memory: "lots" } },
      'budget.memory: expected an amount of memory such as 500M, found "lots"',
    ],
    [{ budget: { seconds: 0 } }, "budget.seconds: it must be > 0, and is 0"],
    [{ certificates: true }, "certificates: expected a folder, or false, found true"],
    [{ reporters: [() => {}] }, "reporters[0]: expected text, found a function"],
  ])("a wrong one is refused, by its place: %o", ([config, message]) => {
    if (typeof message === "string") expect(told(config)).toBe(message);
    else expect(told(config)).toMatch(message);
  });
});
