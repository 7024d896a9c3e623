/** How a walk chooses among the steps it could take. */

import type { Random } from "fast-check";

/** The steps that are on offer: those that change the state. */
export interface Offer {
  readonly count: number;
  /** The action of the i-th step; those of one action stand together. */
  action(i: number): number;
  isFault(i: number): boolean;
  /** Who takes it. */
  agent(i: number): number;
}

/** The index of the chosen step; `turn` counts the steps taken before. */
export type Choose = (offer: Offer, turn: number) => number;

/** How a walk of at most `steps` steps among `agents` agents chooses. */
type Strategy = (random: Random, walk: { readonly steps: number; readonly agents: number }) => Choose;

/** Of this many steps, one goes to another agent than the one before, where it can be helped. */
const STEPS_WITHOUT_SWITCH = 12;
/** How often the priorities of a walk change. */
const PRIORITY_CHANGES = 3;

/** Each enabled step is as likely as the others, every choice of its parameters counting as a step. */
const uniform: Strategy = (random) => (offer) => any(random, offer.count);

/** Each enabled action is as likely as the others, then each of its choices. */
const actions: Strategy = (random) => (offer) => {
  const starts = [];
  for (let i = 0; i < offer.count; i++) {
    if (i === 0 || offer.action(i) !== offer.action(i - 1)) starts.push(i);
  }
  const pick = any(random, starts.length);
  const [start, end] = [starts[pick]!, starts[pick + 1] ?? offer.count];
  return start + any(random, end - start);
};

/** An agent goes on as long as it can, mostly. */
const fewSwitches: Strategy = (random) => {
  let last = -1;
  return (offer) => {
    const isOn = any(random, STEPS_WITHOUT_SWITCH) > 0;
    const chosen = among(random, offer, (i) => !isOn || offer.agent(i) === last);
    last = offer.agent(chosen);
    return chosen;
  };
};

/** All faults that happen do so in the first steps, each turn with even odds. */
const faultsEarly: Strategy = (random, { steps }) => {
  const end = 1 + any(random, Math.ceil(steps / 8));
  return (offer, turn) => {
    const wantsFault = turn < end && any(random, 2) === 0;
    return among(random, offer, (i) => offer.isFault(i) === wantsFault);
  };
};

/** No fault happens before some turn, and then with even odds. */
const faultsLate: Strategy = (random, { steps }) => {
  const start = 1 + any(random, Math.ceil(steps / 2));
  return (offer, turn) => {
    const wantsFault = turn >= start && any(random, 2) === 0;
    return among(random, offer, (i) => offer.isFault(i) === wantsFault);
  };
};

/**
 * Agents have random priorities, and the first that can go on does; at a few random turns it falls behind all others
 * (after Burckhardt et al., "A randomized scheduler with probabilistic guarantees of finding bugs", 2010; the guarantee
 * does not carry over, for an agent here may have several steps to choose from).
 */
const priorities: Strategy = (random, { steps, agents }) => {
  const ranks = Array.from({ length: agents }, () => random.nextDouble());
  const changes = new Set(Array.from({ length: PRIORITY_CHANGES }, () => any(random, steps)));
  let lowest = 0;
  const first = (offer: Offer): number => {
    let best = offer.agent(0);
    for (let i = 1; i < offer.count; i++) {
      if (ranks[offer.agent(i)]! > ranks[best]!) best = offer.agent(i);
    }
    return best;
  };
  return (offer, turn) => {
    if (changes.has(turn)) ranks[first(offer)] = --lowest;
    const agent = first(offer);
    return among(random, offer, (i) => offer.agent(i) === agent);
  };
};

const PURE = {
  uniform,
  actions,
  "few-switches": fewSwitches,
  "faults-early": faultsEarly,
  "faults-late": faultsLate,
  priorities,
} as const;

/** How random runs choose among the enabled steps; `mixed` takes one of the others for each run. */
export type StrategyName = keyof typeof PURE | "mixed";

/** All of them. */
export const STRATEGIES = ["mixed", ...Object.keys(PURE)] as StrategyName[];

/** The way of choosing for one walk; `mixed` draws one of the others, for a model without faults one that needs none. */
export function chooser(
  name: StrategyName,
  random: Random,
  walk: { readonly steps: number; readonly agents: number; readonly hasFaults: boolean },
): Choose {
  if (name !== "mixed") return PURE[name](random, walk);
  const all = Object.entries(PURE).filter(([other]) => walk.hasFaults || !other.startsWith("faults"));
  return all[any(random, all.length)]![1](random, walk);
}

/** One of 0 … count−1. */
function any(random: Random, count: number): number {
  return count < 2 ? 0 : random.nextInt(0, count - 1);
}

/** One of the steps that `isWanted` wants, or any where there is none. */
function among(random: Random, { count }: Offer, isWanted: (i: number) => boolean): number {
  let wanted = 0;
  for (let i = 0; i < count; i++) if (isWanted(i)) wanted++;
  if (wanted === 0) return any(random, count);
  let left = any(random, wanted);
  for (let i = 0; ; i++) if (isWanted(i) && left-- === 0) return i;
}
