/**
 * Looks whether bodies and properties are functions of the state still, when a search is over that found no violation. Some
 * do something else only after many runs, such as a body that counts outside of the state how often it may happen; and a
 * property that looks at no part of the state is asked only once.
 */

import { type Instance, pack, propertiesNamed } from "../model/instance.ts";
import { draftOf, initialStates, isSameState, steps } from "../model/plain.ts";
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

/** A state, and the steps that it had. */
interface Visit {
  readonly words: Int32Array;
  readonly depth: number;
  readonly steps: { readonly action: number; readonly after: Int32Array }[];
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
  /** The one whose steps are taken now. */
  #open: Visit | undefined;
  /** The first states, where this worker made them. */
  readonly #first: Int32Array[] = [];

  /** @param properties the names of those that are checked. */
  constructor(instance: Instance, properties: readonly string[]) {
    this.#instance = instance;
    this.#properties = properties;
  }

  /** Notes a state whose steps are taken now. */
  begin(words: Int32Array, depth: number): void {
    this.#open =
      this.#visits.length < STATES_REVISITED ? { words: words.slice(), depth, steps: [] } : undefined;
    if (this.#open !== undefined) this.#visits.push(this.#open);
  }

  /** Notes a step of that state, by the number of its action, or a first state with −1 for it. */
  note(action: number, after: Int32Array): void {
    if (action >= 0) this.#open?.steps.push({ action, after: after.slice() });
    else if (this.#first.length < FIRST_STATES) this.#first.push(after.slice());
  }

  // What follows runs bodies on plain data, and so comes last: V8 compiles those worse that were given two sorts of drafts.

  /** Makes first states again, takes the steps of all states noted, and asks the properties about them, on plain data. */
  findChange(): Change | undefined {
    const again = (): string => JSON.stringify(initialStates(this.#instance, FIRST_STATES));
    const first =
      this.#first.length > 0 ? JSON.stringify(this.#first.map((words) => this.#plain(words))) : again();
    const deadline = performance.now() + MILLISECONDS;
    for (let i = 0; i < FIRST_VISITS && performance.now() < deadline; i++) {
      if (again() !== first)
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
      const what = this.#changeOfSteps(visit) ?? changeOfAnswers(this.#instance, visit, this.#properties);
      if (what !== undefined) return { what, words, depth };
    }
    return undefined;
  }

  #plain(words: Int32Array): object {
    return this.#instance.root.load(words, this.#instance.address);
  }

  #changeOfSteps({ words, steps: taken }: Visit): string | undefined {
    const { transitions } = this.#instance;
    const now = [...steps(this.#instance, this.#plain(words))];
    const changed =
      transitions.find(({ name }, i) => {
        const before = taken.filter(({ action }) => action === i);
        return before.length !== now.filter(({ label }) => label.action === name).length;
      })?.name ?? now.find(({ after }, i) => !isSameState(after, this.#plain(taken[i]!.after)))?.label.action;
    return changed && `action ${changed} ${BROKEN.differs}`;
  }
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
