/**
 * The memory that all workers of a run share: visited states in blocks, the visited table, states on their way from one
 * worker to another, and a few control words.
 *
 * A state belongs to one worker, by its tag: that worker alone looks it up, in a share of the table that nobody else
 * touches. So the table needs no locks and no atomic operations, and all shares grow at the same time.
 *
 * The buffers are reserved whole at the start; the operating system gives pages only as they are touched, so a small run
 * stays small and no buffer ever has to be handed from thread to thread while the search runs.
 */

import type { InternedType } from "../schema/interned.ts";
import { activityWords } from "./activity.ts";
import { LINE } from "./words.ts";

/** States a block holds: the unit in which workers take work and find room for new states. */
export const BLOCK = 64;
/** States that are looked up together. */
export const BATCH = 256;
/** Parcels of {@link BATCH} states that can be on their way to one worker: enough for as long as a thread is kept waiting. */
const PARCELS = 64;
/** Slots past the end of a share of the table, so that probing never wraps around; no cluster gets that long below the load limit. */
const SLACK = 4096;
/** Words of the smallest page that operating systems deal in. */
const PAGE = 1024;
/** log2 of the slots that the table begins with, all shares together, and of the fewest that a share has. */
const FIRST_TABLE_BITS = 16;
const LEAST_SHARE_BITS = 12;
const MAX_TABLE_BITS = 29;
/** How full the table gets before it grows, and the slots that there must be room for: more than that takes. */
const LOAD_LIMIT = 0.7;
const SLOTS_PER_STATE = 1.5;
/** Levels a run can have: more than there is time for. */
export const MAX_DEPTH = 1 << 26;

/** Indices of the control words: those that are written all the time have lines of their own. */
export const Control = {
  /** Bumped when a rendezvous ends; workers wait on it. */
  generation: 0,
  arrived: 1,
  /** Why to stop, as a {@link Stop}; 0 to go on. */
  stop: 2,
  /** Set while the workers double their shares of the table. */
  growing: 3,
  /** The block that the level in hand ends before. */
  levelEnd: 4,
  depth: 5,
  /** log2 of the slots that a share of the table has. */
  tableBits: 6,
  /** Set once a property is violated; the level is still finished, so that the least violation is found. */
  violated: 7,
  /** Set when all workers met with a reason to stop: only then do they leave, together. */
  finished: 8,
  /** Set while a snapshot is asked for: workers come to rest between blocks. */
  pause: 9,
  /** Set when all of them have, and tell what they found. */
  resting: 10,
  /** Workers that are done with loading the model, or have failed to. */
  loaded: 11,
  /** Set by a worker that comes to a rendezvous in the middle of a block. */
  busy: 12,
  /** Set when all workers met and nobody had anything left to look up. */
  settled: 13,
  /** Workers that take part: the first alone, and does what is to be done with the others' shares, or all. */
  awake: 14,
  states: LINE,
  /** Blocks handed out for new states. */
  blocks: 2 * LINE,
  /** Blocks of the level in hand whose states are expanded or about to be. */
  taken: 3 * LINE,
  length: 4 * LINE,
} as const;

/** Why a search stopped. From `memory` on, it cannot go on even with what it has found already. */
export const Stop = {
  none: 0,
  complete: 1,
  violation: 2,
  states: 3,
  depth: 4,
  time: 5,
  interrupted: 6,
  memory: 7,
  fault: 8,
  /** Something that a reduction relies on turned out otherwise: the search is to begin again. */
  surprise: 9,
} as const;

export interface Memory {
  /** Words of a state. */
  readonly words: number;
  readonly workers: number;
  readonly control: Int32Array;
  /** States, `words` each, in blocks of {@link BLOCK}. */
  readonly arena: Int32Array;
  /** States in each block. */
  readonly fill: Int32Array;
  /** For each block, the worker that came to its states, from 1 on; 0 once it is taken to be expanded. */
  readonly origin: Int32Array;
  /** A share for each worker, of pairs: the tag of a state (0 where empty), then its index + 1, or a tiny state's rest. */
  readonly table: Int32Array;
  /** For each worker, for each that it receives from, {@link parcelsEach} parcels of {@link BATCH} states. */
  readonly mail: Int32Array;
  /** How many states of each parcel are to be looked up: 0 while its sender has it. One count in {@link LINE} words. */
  readonly posted: Int32Array;
  /** The first block of each level. */
  readonly levels: Int32Array;
  /** Bits that properties of states have read so far, whichever worker asked; complete at the end of a level. */
  readonly stateMask: Int32Array;
  /** Steps found so far, one count a worker, {@link LINE} words apart, for progress only. */
  readonly transitions: Float64Array;
  /** What each worker is at: see {@link Activity}. */
  readonly activity: Int32Array;
}

/**
 * Reserves memory for states of `words` words, `bytes` at the most in the arena and the table together.
 * @throws RangeError if not even a small part of it is to be had.
 */
export function reserve(words: number, bytes: number, workers: number): Memory {
  const perState = bytesOfBlock(words) / BLOCK + 16;
  const states = Math.min(2 ** 30, Math.max(BLOCK * 64, Math.floor(bytes / perState)));
  const blocks = Math.ceil(states / BLOCK);
  const sharedBits = Math.ceil(Math.log2(workers));
  const firstBits = Math.max(LEAST_SHARE_BITS, FIRST_TABLE_BITS - sharedBits);
  const wantedBits = Math.ceil(Math.log2((states * SLOTS_PER_STATE) / workers));
  const tableBits = Math.min(MAX_TABLE_BITS - sharedBits, Math.max(firstBits, wantedBits));
  const parcels = workers * workers * parcelsEach(workers);
  const memory = {
    words,
    workers,
    control: shared(Control.length),
    arena: shared(Math.min(blocks * BLOCK * words, 2 ** 32 - BLOCK)),
    fill: shared(blocks),
    origin: shared(blocks),
    table: shared((2 ** tableBits + SLACK) * 2 * workers),
    mail: shared(parcels * parcelWords(words)),
    posted: shared(parcels * LINE),
    levels: shared(MAX_DEPTH + 2),
    stateMask: shared(words),
    transitions: new Float64Array(new SharedArrayBuffer(4 * LINE * workers)),
    activity: shared(workers * activityWords(words)),
  };
  memory.control[Control.tableBits] = firstBits;
  memory.control[Control.awake] = workers;
  // First states are the level that the one before it leads to.
  memory.control[Control.depth] = -1;
  return memory;
}

/** A memory as it is sent to another thread: a view of more than 4 GiB would arrive cut short (Node 20). */
export type MemoryBuffers = {
  readonly [part in keyof Memory]: Memory[part] extends number ? number : ArrayBufferLike;
};

export function buffersOf(memory: Memory): MemoryBuffers {
  return mapParts(memory, ({ buffer }: Int32Array | Float64Array) => buffer);
}

/** The memory that another thread reserved. */
export function attach(buffers: MemoryBuffers): Memory {
  return mapParts(buffers, (buffer: ArrayBufferLike, part) =>
    part === "transitions" ? new Float64Array(buffer) : new Int32Array(buffer),
  );
}

/** All parts that are no numbers, each put in another form. */
function mapParts<From, To>(parts: object, convert: (part: From, name: string) => unknown): To {
  const entries = Object.entries(parts).map(([name, part]) => [
    name,
    typeof part === "number" ? part : convert(part, name),
  ]);
  return Object.fromEntries(entries) as To;
}

function shared(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(length * 4));
}

/**
 * Ends a search for a reason, unless there is one already; but that states are lost from now on, or that the model is at
 * fault, has to be known even of a search that was about to stop and to be gone on with.
 */
export function stop({ control }: Memory, reason: number): void {
  const earlier = Atomics.compareExchange(control, Control.stop, Stop.none, reason);
  const isGrave = reason === Stop.memory || reason === Stop.fault;
  if (isGrave && earlier !== Stop.none && earlier < Stop.memory)
    Atomics.compareExchange(control, Control.stop, earlier, reason);
}

/** A block for new states that is this worker's alone from now on; −1 without room for it. */
export function takeBlock(
  memory: Memory,
  maxBytes: number,
  interned: readonly InternedType<unknown>[],
): number {
  const { control, fill, arena, words } = memory;
  for (;;) {
    const block = Atomics.load(control, Control.blocks);
    const hasRoom = block < fill.length && (block + 1) * BLOCK * words <= arena.length;
    if (!hasRoom || bytesUsed(memory, interned) + bytesOfBlock(words) > maxBytes) return -1;
    if (Atomics.compareExchange(control, Control.blocks, block, block + 1) === block) return block;
  }
}

/** Its states, how many they are, and where they come from. */
function bytesOfBlock(words: number): number {
  return BLOCK * words * 4 + 8;
}

/** The blocks of the level in hand; none before there is one. */
export function levelInHand({ control, levels }: Memory): readonly [start: number, end: number] {
  return [levels[Math.max(0, control[Control.depth]!)]!, control[Control.levelEnd]!];
}

/** Parcels that can be on their way from one worker to another. */
export function parcelsEach(workers: number): number {
  return Math.max(4, Math.floor(PARCELS / workers));
}

/** Where in {@link Memory.transitions} the count of a worker is. */
export function countOf(worker: number): number {
  return (worker * LINE) / 2;
}

/** Words of a parcel: of each state its tag and its words. */
export function parcelWords(words: number): number {
  return BATCH * (words + 1);
}

/** Words of a worker's share of the table. */
export function shareWords({ table, workers }: Memory): number {
  return table.length / workers;
}

/** Bytes that states and table really occupy, with the dictionaries of `interned` values. */
export function bytesUsed(memory: Memory, interned: readonly InternedType<unknown>[] = []): number {
  const { control, workers } = memory;
  const states = control[Control.blocks]! * bytesOfBlock(memory.words);
  const table = workers * 2 ** control[Control.tableBits]! * 8;
  return interned.reduce((sum, { dictionary }) => sum + dictionary.bytes, states + table);
}

/** Whether the table should grow before more states are added. */
export function isCrowded({ control, workers }: Memory): boolean {
  return control[Control.states]! > workers * 2 ** control[Control.tableBits]! * LOAD_LIMIT;
}

/** Whether there is room for shares of 2 ** `bits` slots. */
export function tableFits(memory: Memory, bits: number): boolean {
  return (2 ** bits + SLACK) * 2 <= shareWords(memory);
}

/** Whether there is room for doubling the table, in what is reserved and within `maxBytes`. */
export function canGrow(memory: Memory, maxBytes = Infinity): boolean {
  const bits = memory.control[Control.tableBits]!;
  return tableFits(memory, bits + 1) && bytesUsed(memory) + memory.workers * 2 ** bits * 8 <= maxBytes;
}

/**
 * Doubles a worker's share of the table in place; once all workers have, {@link Control.tableBits} is one more. A state's
 * home slot is the top bits of its tag, so the slots are in the order of the tags (but for the short displacements of
 * probing) and doubling is one pass from the end to the beginning.
 * @throws Error if tags cluster so much that this would lose states.
 */
export function growShare(memory: Memory, worker: number): void {
  const { control, table } = memory;
  const bits = control[Control.tableBits]!;
  const start = worker * shareWords(memory);
  const near = start + 4 * SLACK;
  const end = start + 2 * (2 ** bits + SLACK);
  touch(table, end, end + 2 * 2 ** bits);
  moveUp(table, start, near, end, 32 - bits);
  // Near the start, an entry's new home can lie before entries that are still to be moved: those are put aside.
  const aside = table.slice(start, near);
  table.fill(0, start, near);
  for (let at = 0; at < aside.length; at += 2)
    if (aside[at] !== 0) insert(table, start, 31 - bits, aside[at]!, aside[at + 1]!);
}

/**
 * Has the operating system give the pages of an empty part. One that is read before it is written is the page of zeros that
 * all share, and when that is exchanged, all processors have to be told.
 */
function touch(table: Int32Array, start: number, end: number): void {
  for (let at = start; at < end; at += PAGE) table[at] = 0;
}

/** Moves the entries from `near` to `end` to their homes in a share that begins at `start` and had `shift` bits less than 32. */
function moveUp(table: Int32Array, start: number, near: number, end: number, shift: number): void {
  for (let at = end - 2; at >= near; at -= 2) {
    const tag = table[at]!;
    if (tag === 0) continue;
    if (at - start - (tag >>> shift) * 2 > 2 * SLACK) throw new Error("too many states have similar tags");
    const rest = table[at + 1]!;
    table[at] = 0;
    table[at + 1] = 0;
    insert(table, start, shift - 1, tag, rest);
  }
}

function insert(table: Int32Array, start: number, shift: number, tag: number, rest: number): void {
  let at = start + (tag >>> shift) * 2;
  while (table[at] !== 0) at += 2;
  table[at] = tag;
  table[at + 1] = rest;
}
