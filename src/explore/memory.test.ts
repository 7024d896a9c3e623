import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  attach,
  buffersOf,
  bytesUsed,
  Control,
  canGrow,
  growShare,
  isCrowded,
  type Memory,
  reserve,
  shareWords,
} from "./memory.ts";

const MEBIBYTE = 2 ** 20;

/** The last worker's share of the table. */
function lastShare(memory: Memory): Int32Array {
  return memory.table.subarray((memory.workers - 1) * shareWords(memory));
}

/** The slot that holds an entry, found as the kernel does it; −1 where an empty one comes first. */
function find(memory: Memory, tag: number, rest: number): number {
  const share = lastShare(memory);
  let slot = tag >>> (32 - memory.control[Control.tableBits]!);
  while (share[slot * 2] !== 0) {
    if (share[slot * 2] === tag && share[slot * 2 + 1] === rest) return slot;
    slot++;
  }
  return -1;
}

function insert(memory: Memory, tag: number, rest: number): void {
  const share = lastShare(memory);
  let slot = tag >>> (32 - memory.control[Control.tableBits]!);
  while (share[slot * 2] !== 0) slot++;
  share[slot * 2] = tag;
  share[slot * 2 + 1] = rest;
  memory.control[Control.states]!++;
}

/** Doubles the table, of which only the last worker has anything.  @returns whether there was room. */
function grow(memory: Memory): boolean {
  if (!canGrow(memory)) return false;
  growShare(memory, memory.workers - 1);
  memory.control[Control.tableBits]!++;
  return true;
}

/** How many slots hold an entry; −1 if something is left in an empty one, which other workers would take for a state. */
function occupied({ table }: Memory): number {
  let count = 0;
  for (let at = 0; at < table.length; at += 2) {
    if (table[at] !== 0) count++;
    else if (table[at + 1] !== 0) return -1;
  }
  return count;
}

/** Odd tags: some anywhere, some as close together as tags can be. */
const tags = fc
  .tuple(
    fc.nat({ max: 40_000 }),
    fc.array(fc.tuple(fc.constantFrom(0, 0x0100_0000, 0x7fff_0000, 0xffff_f000), fc.nat({ max: 1000 })), {
      maxLength: 3,
    }),
    fc.integer(),
  )
  .map(([count, clusters, seed]) => {
    const scattered = Array.from({ length: count }, (_, i) => Math.imul(seed ^ i, 0x9e3779b1));
    const clustered = clusters.flatMap(([from, length]) => Array.from({ length }, (_, i) => from + 4 * i));
    return [...clustered, ...scattered].map((tag) => tag | 1);
  });

describe("doubling the table", () => {
  test.each([1, 3])("loses no entry, wherever their tags cluster, of %i workers", (workers) => {
    const property = fc.property(tags, (all) => {
      const memory = reserve(1, 3 * MEBIBYTE * workers, workers);
      const tags = all.slice(0, 2 ** memory.control[Control.tableBits]! * 0.7);
      for (const [i, tag] of tags.entries()) insert(memory, tag, i + 1);
      while (grow(memory)) {
        expect(tags.findIndex((tag, i) => find(memory, tag, i + 1) < 0)).toBe(-1);
      }
      expect(memory.control[Control.tableBits]).toBe(18);
      expect(occupied(memory)).toBe(tags.length);
    });
    fc.assert(property, { numRuns: 12 });
  });

  test("says so where tags cluster so much that an entry could be lost", () => {
    const memory = reserve(1, 3 * MEBIBYTE, 1);
    for (let i = 0; i < 5000; i++) insert(memory, 0x4000_0001 + 2 * i, i + 1);
    expect(() => grow(memory)).toThrow("too many states have similar tags");
  });

  test("can go on between insertions until the table has its greatest size", () => {
    const memory = reserve(1, 3 * MEBIBYTE, 1);
    const tags: number[] = [];
    for (let i = 0; !isCrowded(memory) || grow(memory); i++) {
      tags.push(Math.imul(i, 0x85ebca6b) | 1);
      insert(memory, tags[i]!, i + 1);
    }
    expect(tags.length).toBeGreaterThan(150_000);
    expect(tags.findIndex((tag, i) => find(memory, tag, i + 1) < 0)).toBe(-1);
  });
});

describe("reserving memory", () => {
  test("takes at least room for a small search, however little is asked for", () => {
    const { fill, table } = reserve(3, 0, 1);
    expect(fill.length).toBe(64);
    expect(table.length).toBeGreaterThan(2 ** 17);
  });

  test("counts what is used, not what is reserved", () => {
    const memory = reserve(2, 64 * MEBIBYTE, 1);
    const before = bytesUsed(memory);
    expect(before).toBeLessThan(MEBIBYTE);
    memory.control[Control.blocks]! += 10;
    expect(bytesUsed(memory) - before).toBe(10 * (64 * 2 * 4 + 8));
  });

  test("of more than 4 GiB reaches another thread whole", () => {
    const memory = reserve(1, 6 * 1024 * MEBIBYTE, 1);
    expect(memory.table.byteLength).toBeGreaterThan(2 ** 32);
    const { table, arena } = attach(structuredClone(buffersOf(memory)));
    expect(table.length).toBe(memory.table.length);
    expect(arena.length).toBe(memory.arena.length);
  });
});
