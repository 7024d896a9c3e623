import { type Claim, type Condensed, condense } from "../ado/condensed.ts";
import { type Attempt, attemptsOf, type CallEvent, type Kind } from "./attempts.ts";
import type { Client, ClientState, Intent } from "./client.ts";
import type { CompiledTheorem } from "./compile-theorem.ts";
import { Observer, type Seen } from "./observer.ts";

/** A whole state. Equal parts are the same object as long as they come from the same place. */
export interface Cells {
  readonly objects: readonly Condensed[];
  readonly clients: readonly ClientState[];
  /** Present where a theorem compares with a specification. */
  readonly seen?: Seen;
}

/** A step: what it changes. */
export interface Move {
  readonly text: string;
  /** Why the program cannot go on, where it cannot. */
  readonly broken?: string;
  readonly objects: readonly (readonly [index: number, after: Condensed])[];
  readonly client: readonly [index: number, after: ClientState];
  readonly seen?: Seen;
}

/** The attempts of a client that stands at one place, by what its objects are. */
interface Plan {
  readonly intent: Intent;
  /** The object that the intent needs; −1 for none. */
  readonly object: number;
  readonly attempts: Map<Condensed | undefined, { readonly [K in Kind]?: readonly Option[] }>;
}

/** A move as far as the client and its object are concerned. */
interface Option {
  readonly move: Move;
  /** What becomes of the client's claims to other objects. */
  readonly released: readonly (readonly [index: number, claim: Claim])[];
  /** What the observer sees of it. */
  readonly event: CallEvent | undefined;
}

/** The steps of a theorem's system. Everything is computed once for equal parts of states. */
export class Moves {
  readonly clients: readonly Client[];
  readonly #theorem: CompiledTheorem;
  readonly observer: Observer | undefined;
  readonly #plans: readonly Map<ClientState, readonly Plan[]>[];
  readonly #condensed = new Map<Condensed, Map<string, Condensed>>();

  constructor(theorem: CompiledTheorem, clients: readonly Client[]) {
    this.#theorem = theorem;
    this.clients = clients;
    this.observer =
      theorem.claim.kind === "implements" ? new Observer(theorem.claim.specification) : undefined;
    this.#plans = clients.map(() => new Map());
  }

  /** The steps of one sort, in the order of clients. */
  of(kind: Kind, cells: Cells): readonly Move[] {
    const moves: Move[] = [];
    for (const [i, state] of cells.clients.entries()) {
      for (const plan of this.#plansOf(i, state)) {
        const object = plan.object < 0 ? undefined : cells.objects[plan.object];
        for (const option of this.#optionsOf(i, state, plan, object)[kind] ?? []) {
          moves.push(this.#move(i, option, cells));
        }
      }
    }
    return moves;
  }

  /** Clients stop for good. */
  crashes({ objects, clients, seen }: Cells): readonly Move[] {
    return clients.flatMap((state, i) => {
      const client = this.clients[i]!;
      if (!client.canCrash(state)) return [];
      const left = objects.flatMap((object, index) => {
        const after = this.#condense(object, client.me, "gone");
        return after === object ? [] : [[index, after] as const];
      });
      const after = seen === undefined ? undefined : this.observer!.crashed(seen, client.me);
      return [
        {
          text: `c${client.me} crashes`,
          objects: left,
          client: [i, client.crashed(state)],
          ...(after !== undefined && { seen: after }),
        } satisfies Move,
      ];
    });
  }

  #plansOf(i: number, state: ClientState): readonly Plan[] {
    const known = this.#plans[i]!.get(state);
    if (known !== undefined) return known;
    const plans = this.clients[i]!.intents(state).map((intent) => ({
      intent,
      object: intent.kind === "operation" ? intent.request.object : -1,
      attempts: new Map(),
    }));
    this.#plans[i]!.set(state, plans);
    return plans;
  }

  #optionsOf(i: number, state: ClientState, plan: Plan, object: Condensed | undefined) {
    const known = plan.attempts.get(object);
    if (known !== undefined) return known;
    const options: { [K in Kind]?: Option[] } = {};
    for (const attempt of attemptsOf(this.#theorem, this.clients[i]!, plan.intent, object)) {
      const option = this.#option(i, state, attempt);
      options[attempt.kind] ??= [];
      options[attempt.kind]!.push(option);
    }
    plan.attempts.set(object, options);
    return options;
  }

  #option(i: number, state: ClientState, attempt: Attempt): Option {
    if ("broken" in attempt) {
      const { text, broken } = attempt;
      return { released: [], event: undefined, move: { text, broken, objects: [], client: [i, state] } };
    }
    const client = this.clients[i]!;
    const [before, after] = [client.claims(state), client.claims(attempt.client)];
    const released = after.flatMap((claim, index) =>
      claim === before[index] || index === attempt.object?.index ? [] : [[index, claim] as const],
    );
    const { text, object, event } = attempt;
    const move: Move = {
      text,
      objects: object === undefined ? [] : [[object.index, object.after]],
      client: [i, attempt.client],
    };
    const isSeen = event !== undefined && (this.observer?.sees(event) ?? false);
    return { move, released, event: isSeen ? event : undefined };
  }

  /** The move with what depends on the rest of the state. */
  #move(i: number, { move, released, event }: Option, { objects, seen }: Cells): Move {
    if (released.length === 0 && event === undefined) return move;
    const { me } = this.clients[i]!;
    const others = released.flatMap(([index, claim]) => {
      const after = this.#condense(objects[index]!, me, claim);
      return after === objects[index] ? [] : [[index, after] as const];
    });
    const after = seen === undefined || event === undefined ? undefined : this.observer!.after(seen, event);
    return {
      ...move,
      objects: [...move.objects, ...others],
      ...(after !== undefined && { seen: after }),
    };
  }

  #condense(object: Condensed, me: number, claim: Claim): Condensed {
    let known = this.#condensed.get(object);
    if (known === undefined) {
      known = new Map();
      this.#condensed.set(object, known);
    }
    const key = `${me} ${claim}`;
    let after = known.get(key);
    if (after === undefined) {
      after = condense(object, me, claim);
      if (JSON.stringify(after) === JSON.stringify(object)) after = object;
      known.set(key, after);
    }
    return after;
  }
}
