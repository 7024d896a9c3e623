import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import type { Snapshot } from "../explore/snapshot.ts";
import { CheckpointReader, type Identity, writeCheckpoint } from "./checkpoint-format.ts";
import { folder } from "./test-command.ts";
import { UsageError } from "./usage-error.ts";

const identity: Identity = {
  version: "1.2.3",
  model: "made up",
  code: "c0de",
  layout: "1a",
  bounds: { nodes: 3 },
  faults: {},
  properties: ["safe"],
  interchangeable: [],
};

const shared = new Int32Array(new SharedArrayBuffer(4 * 2 ** 21));
for (const i of shared.keys()) shared[i] = Math.imul(i, 0x9e3779b1);

const snapshot: Snapshot = {
  header: {
    words: 1,
    blocks: 2,
    states: 70,
    depth: 1,
    levelEnd: 1,
    unsettled: [0],
    fired: [3, 0],
    events: { PullOk: 1 },
    violations: [],
    witnesses: [],
    dictionaries: [[1, 5]],
  },
  parts: [Int32Array.of(64, 6), shared, Uint16Array.of(1, 2, 3, 4, 5)],
};

const emptyParts = (): Snapshot["parts"] => [
  new Int32Array(2),
  new Int32Array(shared.length),
  new Uint16Array(5),
];

describe("a checkpoint", () => {
  test("comes back from its file as it was", async () => {
    const path = join(folder(), "here");
    await writeCheckpoint(path, identity, snapshot);
    const reader = new CheckpointReader(path);
    expect([reader.identity, reader.snapshot]).toEqual([identity, snapshot.header]);
    const parts = emptyParts();
    reader.fill(parts);
    expect(
      parts.map((part) => Buffer.from(Uint8Array.from(new Uint8Array(part.buffer))).toString("base64")),
    ).toEqual(
      snapshot.parts.map((part) =>
        Buffer.from(Uint8Array.from(new Uint8Array(part.buffer))).toString("base64"),
      ),
    );
  });

  test("is left as it was where the next one cannot be written", async () => {
    const cwd = folder();
    const path = join(cwd, "here");
    await writeCheckpoint(path, identity, snapshot);
    const before = readFileSync(path);
    const broken = { ...snapshot, parts: [null as never] };
    await expect(writeCheckpoint(path, identity, broken)).rejects.toThrow();
    expect(readdirSync(cwd)).toEqual(["here"]);
    expect(readFileSync(path).equals(before)).toBe(true);
    await expect(writeCheckpoint(join(cwd, "no/such/folder"), identity, snapshot)).rejects.toThrow("ENOENT");
    expect(existsSync(join(cwd, "no"))).toBe(false);
  });

  const cwd = folder();
  const small: Snapshot = { ...snapshot, parts: [Int32Array.of(64, 6)] };
  test.prop([fc.nat(), fc.integer({ min: 0, max: 7 }), fc.constantFrom("cut", "flip", "add")], {
    numRuns: 200,
  })("that is cut short, damaged or too long is refused", async (place, bit, how) => {
    const path = join(cwd, "here");
    if (!existsSync(join(cwd, "whole"))) await writeCheckpoint(join(cwd, "whole"), identity, small);
    const whole = readFileSync(join(cwd, "whole"));
    const at = place % whole.length;
    if (how === "flip") whole[at]! ^= 1 << bit;
    const bytes = {
      cut: whole.subarray(0, at),
      flip: whole,
      add: Buffer.concat([whole, Buffer.alloc(bit + 1)]),
    };
    writeFileSync(path, bytes[how]);
    expect(() => new CheckpointReader(path).fill([new Int32Array(2)])).toThrow(UsageError);
  });
});
