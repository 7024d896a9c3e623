/**
 * All that a search knows at a moment when no worker is in the middle of a block: what it takes to go on from there. The
 * visited table is not part of it, since the states tell all that is in it.
 */

import { type Instance, internedTypes } from "../model/instance.ts";
import type { Dictionary } from "../schema/interned.ts";
import type { Finding } from "./finding.ts";
import { indexStates } from "./index-states.ts";
import { BLOCK, bytesUsed, Control, levelInHand, type Memory } from "./memory.ts";
import type { SearchReport } from "./report.ts";

/** The figures of a snapshot. Only numbers and strings, so that it can be written as JSON. */
export interface SnapshotHeader {
  /** Words of a state. */
  readonly words: number;
  readonly blocks: number;
  readonly states: number;
  readonly depth: number;
  /** The block that the level in hand ends before. */
  readonly levelEnd: number;
  /** Blocks that were taken, and whose steps are to be taken again. */
  readonly unsettled: readonly number[];
  readonly fired: readonly number[];
  readonly events: { readonly [event: string]: number };
  readonly violations: readonly SavedFinding[];
  readonly witnesses: readonly SavedFinding[];
  /** Texts and their characters, for each dictionary of interned values. */
  readonly dictionaries: readonly (readonly [texts: number, characters: number])[];
}

interface SavedFinding {
  readonly property: string;
  readonly depth: number;
  readonly state: readonly number[];
  readonly step: { readonly action: number; readonly after: readonly number[] } | null;
}

export interface Snapshot {
  readonly header: SnapshotHeader;
  /** The rest, in a fixed order; the lengths follow from the header. The search may go on: what is here stays as it is. */
  readonly parts: readonly (Int32Array | Uint16Array)[];
}

/** A snapshot that does not fit into the memory that a search may use. */
export class NoRoom extends Error {
  /** What it takes. */
  readonly bytes: number;
  constructor(bytes: number) {
    super(`its states take ${Math.ceil(bytes / 2 ** 20)} MiB`);
    this.bytes = bytes;
  }
}

/** Takes a snapshot while all workers rest, or after the search. `report` is all that was found since the first state. */
export function takeSnapshot(instance: Instance, memory: Memory, report: SearchReport): Snapshot {
  const { control, fill, words } = memory;
  const { findings, settled } = report;
  const blocks = control[Control.blocks]!;
  const dictionaries = dictionariesOf(instance);
  const header: SnapshotHeader = {
    words,
    blocks,
    states: fill.subarray(0, blocks).reduce((sum, states) => sum + states, 0),
    depth: control[Control.depth]!,
    levelEnd: control[Control.levelEnd]!,
    unsettled: settled.unsettled,
    fired: settled.fired,
    events: settled.events,
    violations: findings.violations.map(saved),
    witnesses: findings.witnesses.map(saved),
    dictionaries: dictionaries.map(({ size, length }) => [size, length]),
  };
  const [small, large] = partsOf(header, memory, dictionaries);
  return { header, parts: [...small.map((part) => part.slice()), ...large] };
}

/**
 * Where the parts of a snapshot belong in a memory that nothing was found in yet: fill them, then call {@link restore}.
 * @throws NoRoom
 */
export function partsToFill(
  header: SnapshotHeader,
  instance: Instance,
  memory: Memory,
  maxBytes: number,
): (Int32Array | Uint16Array)[] {
  const { control, fill, arena } = memory;
  control[Control.blocks] = header.blocks;
  const hasRoom = header.blocks <= fill.length && header.blocks * BLOCK * memory.words <= arena.length;
  if (!hasRoom || bytesUsed(memory) > maxBytes) throw new NoRoom(bytesUsed(memory));
  return partsOf(header, memory, dictionariesOf(instance)).flat();
}

/**
 * Makes a memory whose parts are filled what it was when the snapshot was taken.
 * @returns what was found until then.  @throws NoRoom
 */
export function restore(
  header: SnapshotHeader,
  instance: Instance,
  memory: Memory,
  maxBytes: number,
): SearchReport {
  const { control } = memory;
  for (const [i, type] of internedTypes(instance).entries()) type.refill(...header.dictionaries[i]!);
  control[Control.states] = header.states;
  control[Control.depth] = header.depth;
  control[Control.levelEnd] = header.levelEnd;
  const level = memory.origin.subarray(...levelInHand(memory));
  control[Control.taken] = level.filter((origin) => origin === 0).length;
  control[Control.violated] = header.violations.length > 0 ? 1 : 0;
  if (!indexStates(instance, memory, maxBytes)) throw new NoRoom(bytesUsed(memory));
  const { fired, events, unsettled } = header;
  const findings = {
    violations: header.violations.map(found),
    witnesses: header.witnesses.map(found),
    events,
  };
  return { fired, findings, fault: undefined, order: undefined, settled: { fired, events, unsettled } };
}

/** The parts of a snapshot in memory: first those that change while the search goes on, then those that only grow. */
function partsOf(
  { blocks, depth, dictionaries: written }: SnapshotHeader,
  { fill, origin, levels, stateMask, arena, words }: Memory,
  dictionaries: readonly Dictionary[],
): [small: Int32Array[], large: (Int32Array | Uint16Array)[]] {
  return [
    [fill.subarray(0, blocks), origin.subarray(0, blocks), levels.subarray(0, depth + 2), stateMask],
    [
      arena.subarray(0, blocks * BLOCK * words),
      ...dictionaries.flatMap((dictionary, i) => dictionary.written(...written[i]!)),
    ],
  ];
}

function dictionariesOf(instance: Instance): Dictionary[] {
  return internedTypes(instance).map(({ dictionary }) => dictionary);
}

function saved({ property, depth, state, step }: Finding): SavedFinding {
  return {
    property,
    depth,
    state: [...state],
    step: step === undefined ? null : { action: step.action, after: [...step.after] },
  };
}

function found({ property, depth, state, step }: SavedFinding): Finding {
  return {
    property,
    depth,
    state: Int32Array.from(state),
    step: step === null ? undefined : { action: step.action, after: Int32Array.from(step.after) },
  };
}
