/** From a state that was found back to a first state, and forward again on the plain implementation. */

import { compareStates, type Instance } from "../model/instance.ts";
import { initialStates, isSameState, type PlainStep, steps } from "../model/plain.ts";
import { EnabledSteps } from "./enabled-steps.ts";
import { Breach } from "./fault.ts";
import { compileMatcher } from "./matcher.ts";
import { BLOCK, type Memory } from "./memory.ts";
import { Canonicalizer, type IdGroup } from "./symmetry.ts";

/** A shortest way to a state, as plain data. */
export interface Path {
  readonly first: object;
  readonly steps: readonly PlainStep[];
}

/** The packed and the plain implementation disagree: a defect of the tool, or a body that is not deterministic. */
export class Disagreement extends Error {
  override readonly name = "Disagreement";
}

/** The end of a path that is asked for: a state at a depth, and perhaps one more step by a given action. */
export interface Goal {
  readonly depth: number;
  readonly state: Int32Array;
  readonly step: { readonly action: number; readonly after: Int32Array } | undefined;
}

/**
 * The path to a goal; the same for any number of workers: of the states that lead on, the least is taken, then the first
 * step in the order of actions and choices. Costs about one more pass over the levels before the goal's.
 * @throws Disagreement if the plain implementation cannot follow.
 */
export function retrace(
  instance: Instance,
  { memory, groups }: { memory: Memory; groups: readonly IdGroup[] },
  { depth, state, step }: Goal,
): Path {
  const canonical = [state];
  for (let level = depth - 1; level >= 0; level--)
    canonical.unshift(predecessor(instance, memory, groups, level, canonical[0]!));
  const packed = unfold(instance, groups, canonical, step?.after);
  const states = packed.map((words) => instance.root.load(words, instance.address));
  const last = step && instance.transitions[step.action]!.name;
  return followPath(instance, states, [...canonical.slice(1).map(() => undefined), last]);
}

/**
 * The path through plain states, run again on the plain implementation; of several steps between two states the first,
 * by the action that `actions` names there if it names one.
 * @throws Disagreement if the plain implementation cannot follow.
 */
export function followPath(
  instance: Instance,
  states: readonly object[],
  actions: readonly (string | undefined)[] = [],
): Path {
  const [first, ...rest] = states;
  if (!initialStates(instance).some((initial) => isSameState(initial, first!))) {
    throw new Disagreement("the plain implementation does not start in the trace's first state");
  }
  const steps = rest.map((next, i) => follow(instance, states[i]!, next, actions[i]));
  return { first: first!, steps };
}

/**
 * The states of a real run in which the i-th is one that `canonical[i]` stands for. The state that the last step leads to,
 * if there is one, is as it was found beside the last of them: the ids in it are exchanged likewise.
 */
function unfold(
  instance: Instance,
  groups: readonly IdGroup[],
  canonical: readonly Int32Array[],
  last: Int32Array | undefined,
): Int32Array[] {
  const words = new Int32Array(instance.words);
  const canonicalizer = new Canonicalizer(instance, words, groups);
  const steps = new EnabledSteps(instance);
  const standsFor = (state: Int32Array): Int32Array => {
    words.set(state);
    canonicalizer.trail = [];
    canonicalizer.canonicalize();
    return words;
  };
  /** Exchanges that make of `canonical[i]` the state of the run. */
  let exchanges: readonly number[] = [];
  const exchanged = (state: Int32Array): Int32Array => {
    words.set(state);
    for (const exchange of exchanges) canonicalizer.exchanges[exchange]!();
    return words.slice();
  };
  const run = [canonical[0]!];
  for (const [i, next] of canonical.slice(1).entries()) {
    let thrown: unknown;
    try {
      steps.of(canonical[i]!);
    } catch (error) {
      thrown = error;
    }
    const found = steps.found.find(({ after }) => standsFor(after).every((word, at) => word === next[at]));
    if (found === undefined) {
      throw new Disagreement(thrown instanceof Breach ? thrown.message : `no step leads on at depth ${i}`);
    }
    run.push(exchanged(found.after));
    standsFor(found.after);
    exchanges = [...canonicalizer.trail!.toReversed(), ...exchanges];
  }
  return last === undefined ? run : [...run, exchanged(last)];
}

function predecessor(
  instance: Instance,
  memory: Memory,
  groups: readonly IdGroup[],
  level: number,
  target: Int32Array,
): Int32Array {
  const { arena, fill, levels, words } = memory;
  const leadsThere = compileMatcher(instance, memory, target, groups);
  let least: Int32Array | undefined;
  for (let block = levels[level]!; block < levels[level + 1]!; block++) {
    for (let index = block * BLOCK, end = index + fill[block]!; index < end; index++) {
      if (!leadsThere(index)) continue;
      const state = arena.slice(index * words, (index + 1) * words);
      if (least === undefined || compareStates(instance, state, least) < 0) least = state;
    }
  }
  if (least === undefined)
    throw new Disagreement(`no state at depth ${level} leads to the next one of the trace`);
  return least;
}

function follow(instance: Instance, from: object, to: object, action?: string): PlainStep {
  for (const step of steps(instance, from)) {
    if (isSameState(step.after, to) && (action === undefined || step.label.action === action)) return step;
  }
  throw new Disagreement("the plain implementation has no step where the packed one took one");
}
