/**
 * Looks whether bodies and properties are functions of the state still, when a search is over that found no violation. Some
 * do something else only after many runs, such as a body that counts outside of the state how often it may happen; and a
 * property that looks at no part of the state is asked only once.
 */

import { type Instance, pack, propertiesNamed } from "../model/instance.ts";
import { draftOf, initialStates, steps } from "../model/plain.ts";
import { isFine } from "../model/property.ts";
import { BROKEN } from "./contract.ts";

/** States whose steps are taken again, each at least once. */
const STATES_REVISITED = 8;
/** First states that are made again, and how often. */
const FIRST_STATES = 16;
const FIRST_VISITS = 16;
/** How often a state is visited again, all together, and when that is given up: in a small run chance has few chances to show. */
const VISITS = 64;
const MILLISECONDS = 10;

/** A state, how many steps by each transition it had, and where they led. */
interface Visit {
  readonly words: Int32Array;
  readonly depth: number;
  readonly counts: readonly number[];
  readonly steps: readonly Step[];
}

interface Step {
  readonly action: string;
  /** The state that it leads to, as text. */
  readonly after: string;
}

/** A state of which something is not as it was. */
export interface Change {
  readonly what: string;
  readonly words: Int32Array;
  readonly depth: number;
}

export class Revisit {
  readonly #instance: Instance;
  readonly #properties: readonly string[];
  readonly #visits: Visit[] = [];
  /** The first states, as text. */
  #first: string | undefined;

  /** @param properties the names of those that are checked. */
  constructor(instance: Instance, properties: readonly string[]) {
    this.#instance = instance;
    this.#properties = properties;
  }

  /** Whether enough states are known. */
  get isFull(): boolean {
    return this.#visits.length === STATES_REVISITED;
  }

  /** Notes a state whose steps brought the counts of steps, by transition, from `before` to `after`. */
  note(words: Int32Array, depth: number, before: Float64Array, after: Float64Array): void {
    this.#first ??= this.#firstStates();
    const counts = [...after].map((count, i) => count - before[i]!);
    this.#visits.push({ words: words.slice(), depth, counts, steps: stepsOf(this.#instance, words) });
  }

  /** Makes first states again, takes the steps of all states noted, and asks the properties about them, on plain data. */
  findChange(): Change | undefined {
    const first = this.#first ?? this.#firstStates();
    const deadline = performance.now() + MILLISECONDS;
    for (let i = 0; i < FIRST_VISITS && performance.now() < deadline; i++) {
      if (this.#firstStates() !== first)
        return {
          what: `action ${this.#instance.init.name} ${BROKEN.differs}`,
          words: pack(this.#instance, this.#instance.root.initial),
          depth: -1,
        };
    }
    for (let i = 0; i < (this.#visits.length === 0 ? 0 : VISITS); i++) {
      if (i >= this.#visits.length && performance.now() > deadline + MILLISECONDS) break;
      const visit = this.#visits[i % this.#visits.length]!;
      const { words, depth } = visit;
      const what =
        changeOfSteps(this.#instance, visit) ?? changeOfAnswers(this.#instance, visit, this.#properties);
      if (what !== undefined) return { what, words, depth };
    }
    return undefined;
  }

  #firstStates(): string {
    return JSON.stringify(initialStates(this.#instance, FIRST_STATES));
  }
}

function changeOfSteps(instance: Instance, { words, counts, steps }: Visit): string | undefined {
  const now = stepsOf(instance, words);
  const changed =
    instance.transitions.find(
      ({ name }, i) => now.filter(({ action }) => action === name).length !== counts[i],
    )?.name ?? now.find(({ after }, i) => after !== steps[i]?.after)?.action;
  return changed && `action ${changed} ${BROKEN.differs}`;
}

function stepsOf(instance: Instance, words: Int32Array): Step[] {
  const state = instance.root.load(words, instance.address);
  return Array.from(steps(instance, state), ({ label, after }) => ({
    action: label.action,
    after: JSON.stringify(after),
  }));
}

/** No state violates anything. */
function changeOfAnswers(
  instance: Instance,
  { words }: Visit,
  properties: readonly string[],
): string | undefined {
  const { root, address } = instance;
  for (const [name, property] of propertiesNamed(instance, properties)) {
    if (property.kind !== "always") continue;
    const draft = draftOf(instance, { state: root.load(words, address) });
    for (let part = 0; part < property.parts; part++)
      if (!isFine(property.test(draft, part)))
        return `property ${name} answered something else when it was asked again`;
  }
  return undefined;
}
