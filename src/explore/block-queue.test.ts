import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BlockQueue } from "./block-queue.ts";
import { Control, type Memory, reserve } from "./memory.ts";

const WORKERS = 3;
const EARLIER = 2;

/** A memory whose level in hand has blocks that the workers with these numbers came to, after some of an earlier level. */
function levelOf(origins: readonly number[]): Memory {
  const memory = reserve(1, 0, WORKERS);
  const { control, levels, origin } = memory;
  control[Control.depth] = 1;
  levels[1] = EARLIER;
  levels[2] = control[Control.levelEnd] = EARLIER + origins.length;
  for (const [block, worker] of origins.entries()) origin[EARLIER + block] = worker + 1;
  return memory;
}

describe("the blocks of a level", () => {
  test("are taken once each, whoever asks when", () => {
    const origins = fc.array(fc.nat(WORKERS - 1), { maxLength: 30 });
    const turns = fc.infiniteStream(fc.nat(WORKERS - 1));
    fc.assert(
      fc.property(origins, turns, (origins, turns) => {
        const memory = levelOf(origins);
        const queues = Array.from({ length: WORKERS }, (_, worker) => new BlockQueue(memory, worker));
        const taken = origins.map(() => queues[turns.next().value!]!.take());
        expect(taken.toSorted((a, b) => a - b)).toEqual(origins.map((_, block) => EARLIER + block));
        expect(memory.control[Control.taken]).toBe(origins.length);
        for (const queue of queues) expect(queue.take()).toBe(-1);
      }),
    );
  });

  test("go to the worker that came to them, and then to others from the end", () => {
    const memory = levelOf([0, 1, 0, 2, 1]);
    const queue = new BlockQueue(memory, 0);
    const taken = Array.from({ length: 6 }, () => queue.take() - EARLIER);
    expect(taken).toEqual([0, 2, 4, 3, 1, -1 - EARLIER]);
  });
});
