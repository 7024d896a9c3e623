/** For tests: breadth-first search on plain data, as simply as it can be written. */

import type { Instance } from "../model/instance.ts";
import { draftOf, initialStates, steps } from "../model/plain.ts";
import { BLOCK, Control, type Memory } from "./memory.ts";

export interface PlainState {
  readonly state: object;
  readonly depth: number;
}

export interface PlainEdge {
  readonly before: PlainState;
  readonly action: number;
  readonly after: object;
}

export interface PlainSearch {
  readonly states: readonly PlainState[];
  /** Every enabled step, those that change nothing included. */
  readonly edges: readonly PlainEdge[];
  readonly depth: number;
}

export function searchPlainly(instance: Instance): PlainSearch {
  const states: PlainState[] = [];
  const edges: PlainEdge[] = [];
  const known = new Set<string>();
  const add = (state: object, depth: number): void => {
    const key = JSON.stringify(state);
    if (!known.has(key)) states.push({ state, depth });
    known.add(key);
  };
  for (const state of initialStates(instance)) add(state, 0);
  const names = instance.transitions.map(({ name }) => name);
  for (const before of states) {
    for (const { label, after } of steps(instance, before.state)) {
      edges.push({ before, action: names.indexOf(label.action), after });
      add(after, before.depth + 1);
    }
  }
  return { states, edges, depth: states.at(-1)?.depth ?? 0 };
}

/** What a property sees of a plain state. */
export const look = (instance: Instance, state: object): unknown => draftOf(instance, { state });

/** The states that a packed search has seen, as text. */
export function statesIn(instance: Instance, memory: Memory): string[] {
  return [...statesOf(memory)].map((state) => JSON.stringify(instance.root.load(state, instance.address)));
}

/** The same, packed. */
export function* statesOf({ words, control, arena, fill }: Memory): Generator<Int32Array> {
  for (let block = 0; block < control[Control.blocks]!; block++) {
    for (let index = block * BLOCK, end = index + fill[block]!; index < end; index++)
      yield arena.slice(index * words, (index + 1) * words);
  }
}
