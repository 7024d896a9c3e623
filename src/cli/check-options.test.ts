import { availableParallelism } from "node:os";
import { describe, expect, test } from "vitest";
import { checkOptions } from "./check-options.ts";
import { readCommandLine } from "./command-line.ts";

function read(...words: string[]): ReturnType<typeof checkOptions> {
  const invocation = readCommandLine(["check", ...words]);
  if (invocation.kind !== "check") throw new Error(`not a check: ${invocation.kind}`);
  return checkOptions(invocation.typed);
}

describe("the options of a check", () => {
  test("have the defaults that the help promises", () => {
    const { targets, bounds, faults, properties, workers, limits, inconclusive, out, isJson } = read();
    expect({ targets, bounds, faults, properties, inconclusive, out, isJson }).toEqual({
      targets: [],
      bounds: {},
      faults: {},
      properties: [],
      inconclusive: "fail",
      out: undefined,
      html: undefined,
      isJson: false,
    });
    expect(workers).toBe(availableParallelism());
    expect(limits.maxStates).toBeUndefined();
    expect(limits.maxBytes).toBeLessThanOrEqual(16 * 2 ** 30);
  });

  test("are read wherever they stand", () => {
    const { targets, bounds, faults, properties } = read(
      ...[
        "a",
        "--bound",
        "x=1",
        "b",
        "--bound=y=2",
        "--faults",
        "crash=1,restart=0",
        "--property",
        "p",
        "--",
        "-c",
      ],
    );
    expect({ targets, bounds, faults, properties }).toEqual({
      targets: ["a", "b", "-c"],
      bounds: { x: 1, y: 2 },
      faults: { crash: 1, restart: 0 },
      properties: ["p"],
    });
  });

  test("take memory in powers of 1024", () => {
    const amounts = ["500M", "500MiB", "500mb", "0.5G", "2097152"];
    expect(amounts.map((amount) => read("--max-memory", amount).limits.maxBytes / 2 ** 20)).toEqual([
      500, 500, 500, 512, 2,
    ]);
  });

  test("repeat limits in the command that repeats a run", () => {
    expect(read("--max-seconds", "1.5", "--max-states=10").limits.typed).toEqual([
      "--max-states 10",
      "--max-seconds 1.5",
    ]);
  });

  test.for([
    ["--workers", "1e9"],
    ["--workers", "-1"],
    ["--workers", "0"],
    ["--workers", "0x10"],
    ["--workers", "NaN"],
    ["--workers", "99999999999999999999"],
    ["--workers", "1.5"],
    ["--workers", ""],
    ["--max-states", "0"],
    ["--max-depth", "ten"],
    ["--max-seconds", "0"],
    ["--max-seconds", "1e3"],
    ["--max-seconds", "Infinity"],
    ["--max-memory", "lots"],
    ["--max-memory", "1k"],
    ["--max-memory", "9999T"],
    ["--bound", "x"],
    ["--bound", "x=-1"],
    ["--bound", "x=1e3"],
    ["--bound", "=1"],
    ["--bound", "x=99999999999999999999"],
    ["--bound", "x=1,x=2"],
    ["--faults", "crash"],
    ["--inconclusive", "maybe"],
    ["--json=yes"],
    ["--out", "a", "--out", "b"],
    ["--max-states"],
  ])("are refused by name: %j", (words) => {
    const [name] = words[0]!.split("=");
    expect(() => read(...words)).toThrow(
      expect.objectContaining({ name: "UsageError", message: expect.stringContaining(name!) }),
    );
  });
});
