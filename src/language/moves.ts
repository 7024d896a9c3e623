import { type Claim, type Condensed, condense } from "../ado/condensed.ts";
import { type Attempt, attemptsOf, type CallEvent, type Kind } from "./attempts.ts";
import type { Client, ClientState, Intent } from "./client.ts";
import type { CompiledTheorem } from "./compile-theorem.ts";
import { Memo } from "./memo.ts";
import { Observer, type Seen } from "./observer.ts";

/** A whole state. Equal parts are the same object as long as they come from the same place. */
export interface Cells {
  readonly objects: readonly Condensed[];
  readonly clients: readonly ClientState[];
  /** Present where a theorem compares with a specification. */
  readonly seen?: Seen;
}

/** A step: what it changes. All have all fields, and so one hidden class, for they are read as often as there are steps. */
export interface Move {
  readonly text: string;
  /** Why the program cannot go on, where it cannot. */
  readonly broken: string | undefined;
  readonly objects: readonly (readonly [index: number, after: Condensed])[];
  readonly client: readonly [index: number, after: ClientState];
  readonly seen: Seen | undefined;
}

/** The attempts of a client that stands at one place, by what its objects are. */
interface Plan {
  readonly intent: Intent;
  /** The object that the intent needs; −1 for none. */
  readonly object: number;
  readonly attempts: Map<Condensed | undefined, Options>;
}

type Options = { readonly [K in Kind]?: readonly Option[] };

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
  readonly #crashed = new Memo<ClientState>();
  readonly #condensed = new Memo<Condensed>();
  /** What the clients can do in the state that was looked at last: its steps are asked for sort by sort. */
  #offers:
    | { readonly cells: Cells; readonly all: readonly (readonly [client: number, Options])[] }
    | undefined;

  constructor(theorem: CompiledTheorem, clients: readonly Client[]) {
    this.#theorem = theorem;
    this.clients = clients;
    this.observer =
      theorem.claim.kind === "implements" ? new Observer(theorem.claim.specification) : undefined;
    this.#plans = clients.map(() => new Map());
  }

  /** The steps of some sorts, one sort after another, each in the order of clients. */
  of(kinds: readonly Kind[], cells: Cells): readonly Move[] {
    const moves: Move[] = [];
    const offers = this.#offersIn(cells);
    for (const kind of kinds) {
      for (const [client, { [kind]: options }] of offers) {
        if (options === undefined) continue;
        for (const option of options) moves.push(this.#move(client, option, cells));
      }
    }
    return moves;
  }

  /** Clients stop for good. */
  crashes({ objects, clients, seen }: Cells): readonly Move[] {
    const moves: Move[] = [];
    for (let i = 0; i < clients.length; i++) {
      const [client, state] = [this.clients[i]!, clients[i]!];
      if (!client.canCrash(state)) continue;
      const left: [number, Condensed][] = [];
      for (let index = 0; index < objects.length; index++) {
        const after = this.#condense(objects[index]!, client, "gone");
        if (after !== objects[index]) left.push([index, after]);
      }
      moves.push({
        text: `c${client.me} crashes`,
        broken: undefined,
        objects: left,
        client: [i, this.#crashed.of(client, state, "", () => client.crashed(state))],
        seen: seen === undefined ? undefined : this.observer!.crashed(seen, client.me),
      });
    }
    return moves;
  }

  #offersIn(cells: Cells) {
    if (this.#offers !== undefined && areSame(cells, this.#offers.cells)) return this.#offers.all;
    const all: [number, Options][] = [];
    for (const [i, state] of cells.clients.entries()) {
      for (const plan of this.#plansOf(i, state)) {
        const object = plan.object < 0 ? undefined : cells.objects[plan.object];
        all.push([i, this.#optionsOf(i, state, plan, object)]);
      }
    }
    this.#offers = { cells, all };
    return all;
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
      const move = { text, broken, objects: [], client: [i, state], seen: undefined } as const;
      return { released: [], event: undefined, move };
    }
    const client = this.clients[i]!;
    const [before, after] = [client.claims(state), client.claims(attempt.client)];
    const released = after.flatMap((claim, index) =>
      claim === before[index] || index === attempt.object?.index ? [] : [[index, claim] as const],
    );
    const { text, object, event } = attempt;
    const move: Move = {
      text,
      broken: undefined,
      objects: object === undefined ? [] : [[object.index, object.after]],
      client: [i, attempt.client],
      seen: undefined,
    };
    const isSeen = event !== undefined && (this.observer?.sees(event) ?? false);
    return { move, released, event: isSeen ? event : undefined };
  }

  /** The move with what depends on the rest of the state. */
  #move(i: number, { move, released, event }: Option, { objects, seen }: Cells): Move {
    if (released.length === 0 && event === undefined) return move;
    const client = this.clients[i]!;
    const after = [...move.objects];
    for (const [index, claim] of released) {
      const object = this.#condense(objects[index]!, client, claim);
      if (object !== objects[index]) after.push([index, object]);
    }
    return {
      text: move.text,
      broken: undefined,
      objects: after,
      client: move.client,
      seen: seen === undefined || event === undefined ? undefined : this.observer!.after(seen, event),
    };
  }

  /** What becomes of an object where a client has another claim to it; the same object where that makes no difference. */
  #condense(object: Condensed, client: Client, claim: Claim): Condensed {
    return this.#condensed.of(object, client, claim, () => {
      const after = condense(object, client.me, claim);
      return JSON.stringify(after) === JSON.stringify(object) ? object : after;
    });
  }
}

/** Whether two states have the same objects for parts, but for what is seen. */
function areSame(one: Cells, other: Cells): boolean {
  return (
    one.objects.every((object, i) => object === other.objects[i]) &&
    one.clients.every((client, i) => client === other.clients[i])
  );
}
