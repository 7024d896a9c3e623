/**
 * The memory that all workers of a run share: visited states in blocks, the visited table, and a few control words.
 *
 * The buffers are reserved whole at the start; the operating system gives pages only as they are touched, so a small run
 * stays small and nothing ever has to be handed from thread to thread while the search runs.
 */

import type { InternedType } from "../schema/interned.ts";
import { activityWords } from "./activity.ts";

/** States a block holds: the unit in which workers take work and find room for new states. */
export const BLOCK = 64;
/** Slots past the end of the table, so that probing never wraps around; no cluster gets that long below the load limit. */
const SLACK = 4096;
const FIRST_TABLE_BITS = 16;
const MAX_TABLE_BITS = 29;
/** Levels a run can have. */
export const MAX_DEPTH = 1 << 16;

/** Indices of the control words. */
export const Control = {
  /** Bumped when a rendezvous ends; workers wait on it. */
  generation: 0,
  arrived: 1,
  /** Why to stop, as a {@link Stop}; 0 to go on. */
  stop: 2,
  /** Set when the table is too full. */
  grow: 3,
  /** Blocks handed out. */
  blocks: 4,
  /** The next block of this level to be taken, and the end of the level. */
  cursor: 5,
  levelEnd: 6,
  depth: 7,
  /** log2 of the table's slots. */
  tableBits: 8,
  states: 9,
  /** Set once a property is violated; the level is still finished, so that the least violation is found. */
  violated: 10,
  /** Set when all workers met with a reason to stop: only then do they leave, together. */
  finished: 11,
  /** Set while a snapshot is asked for: workers come to rest between blocks. */
  pause: 12,
  /** Set when all of them have, and tell what they found. */
  resting: 13,
  /** Workers that are done with loading the model, or have failed to. */
  loaded: 14,
  length: 15,
} as const;

/** Why a search stopped. */
export const Stop = {
  none: 0,
  complete: 1,
  violation: 2,
  states: 3,
  depth: 4,
  time: 5,
  memory: 6,
  interrupted: 7,
  fault: 8,
  /** Something that a reduction relies on turned out otherwise: the search is to begin again. */
  surprise: 9,
} as const;

export interface Memory {
  /** Words of a state. */
  readonly words: number;
  readonly control: Int32Array;
  /** States, `words` each, in blocks of {@link BLOCK}. */
  readonly arena: Int32Array;
  /** States in each block. */
  readonly fill: Int32Array;
  /** Pairs: the tag of a state (0 where empty), then its index + 1, or the rest of a tiny state. */
  readonly table: Int32Array;
  /** The first block of each level. */
  readonly levels: Int32Array;
  /** Bits that properties of states have read so far, whichever worker asked; complete at the end of a level. */
  readonly stateMask: Int32Array;
  /** Steps found so far, one count a worker, for progress only. */
  readonly transitions: Float64Array;
  /** What each worker is at: see {@link Activity}. */
  readonly activity: Int32Array;
}

/**
 * Reserves memory for states of `words` words, `bytes` at the most in the arena and the table together.
 * @throws RangeError if not even a small part of it is to be had.
 */
export function reserve(words: number, bytes: number, workers: number): Memory {
  const perState = words * 4 + 4 / BLOCK + 16;
  const states = Math.min(2 ** 30, Math.max(BLOCK * 64, Math.floor(bytes / perState)));
  const blocks = Math.ceil(states / BLOCK);
  const tableBits = Math.min(MAX_TABLE_BITS, Math.max(FIRST_TABLE_BITS, Math.ceil(Math.log2(states * 1.5))));
  const memory = {
    words,
    control: shared(Control.length),
    arena: shared(Math.min(blocks * BLOCK * words, 2 ** 32 - BLOCK)),
    fill: shared(blocks),
    table: shared((2 ** tableBits + SLACK) * 2),
    levels: shared(MAX_DEPTH + 2),
    stateMask: shared(words),
    transitions: new Float64Array(new SharedArrayBuffer(8 * workers)),
    activity: shared(workers * activityWords(words)),
  };
  memory.control[Control.tableBits] = FIRST_TABLE_BITS;
  // First states are the level that the one before it leads to.
  memory.control[Control.depth] = -1;
  return memory;
}

/** A memory as it is sent to another thread: a view of more than 4 GiB would arrive cut short (Node 20). */
export type MemoryBuffers = {
  readonly [part in keyof Memory]: Memory[part] extends number ? number : ArrayBufferLike;
};

export function buffersOf({
  words,
  control,
  arena,
  fill,
  table,
  levels,
  stateMask,
  transitions,
  activity,
}: Memory): MemoryBuffers {
  return {
    words,
    control: control.buffer,
    arena: arena.buffer,
    fill: fill.buffer,
    table: table.buffer,
    levels: levels.buffer,
    stateMask: stateMask.buffer,
    transitions: transitions.buffer,
    activity: activity.buffer,
  };
}

/** The memory that another thread reserved. */
export function attach(buffers: MemoryBuffers): Memory {
  return {
    words: buffers.words,
    control: new Int32Array(buffers.control),
    arena: new Int32Array(buffers.arena),
    fill: new Int32Array(buffers.fill),
    table: new Int32Array(buffers.table),
    levels: new Int32Array(buffers.levels),
    stateMask: new Int32Array(buffers.stateMask),
    transitions: new Float64Array(buffers.transitions),
    activity: new Int32Array(buffers.activity),
  };
}

function shared(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(length * 4));
}

/** Bytes that states and table really occupy, with the dictionaries of `interned` values. */
export function bytesUsed(
  { words, control, fill }: Memory,
  interned: readonly InternedType<unknown>[] = [],
): number {
  const blocks = control[Control.blocks]!;
  const states = blocks * BLOCK * words * 4 + Math.min(blocks, fill.length) * 4;
  const table = 2 ** control[Control.tableBits]! * 8;
  return interned.reduce((sum, { dictionary }) => sum + dictionary.bytes, states + table);
}

/** Whether the table should grow before more states are added. */
export function isCrowded({ control }: Memory): boolean {
  return control[Control.states]! > 2 ** control[Control.tableBits]! * 0.7;
}

/** Whether there is room for a table of 2 ** `bits` slots. */
export function tableFits({ table }: Memory, bits: number): boolean {
  return (2 ** bits + SLACK) * 2 <= table.length;
}

/**
 * Doubles the table in place. A state's home slot is the top bits of its tag, so the slots are in the order of the tags
 * (but for the short displacements of probing) and doubling is one pass from the end to the beginning.
 * @returns whether there was room, in the table and within `maxBytes`.
 */
export function growTable(memory: Memory, maxBytes = Infinity): boolean {
  const { control, table } = memory;
  const bits = control[Control.tableBits]! + 1;
  if (!tableFits(memory, bits) || bytesUsed(memory) + 2 ** bits * 4 > maxBytes) return false;
  const shift = 32 - bits;
  // Near the start, an entry's new home can lie before entries that are still to be moved: those are put aside.
  const aside: number[] = [];
  for (let at = 2 * (2 ** (bits - 1) + SLACK) - 2; at >= 0; at -= 2) {
    const tag = table[at]!;
    if (tag === 0) continue;
    const rest = table[at + 1]!;
    table[at] = 0;
    table[at + 1] = 0;
    if (at < 4 * SLACK) aside.push(tag, rest);
    else insert(table, shift, tag, rest);
  }
  for (let i = 0; i < aside.length; i += 2) insert(table, shift, aside[i]!, aside[i + 1]!);
  control[Control.tableBits] = bits;
  return true;
}

/** A function of its own, so that it is compiled once, not again whenever the table grows. */
function insert(table: Int32Array, shift: number, tag: number, rest: number): void {
  let at = (tag >>> shift) * 2;
  while (table[at] !== 0) at += 2;
  table[at] = tag;
  table[at + 1] = rest;
}
