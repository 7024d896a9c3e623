/**
 * What clients do where each object is a cluster of a protocol. A pull begins with an election and ends when it is won or
 * given up; an invocation is the leader's own affair; a push begins when the methods are sent and ends when the leader knows
 * that some of them are committed, or gives up. In between the client waits, and everything else goes on.
 */

import type { Cluster, Leadership } from "../model/implementation.ts";
import {
  type Attempt,
  answerText,
  askedText,
  attempt,
  type CallEvent,
  callAttempt,
  type Kind,
} from "./attempts.ts";
import type { Observed } from "./claim.ts";
import { type Client, type ClientState, faultText, type Intent } from "./client.ts";
import type { CompiledTheorem } from "./compile-theorem.ts";
import type { CompiledObject } from "./flow.ts";
import { type Ledger, replay, tenureOf, withCall, without, withTenure } from "./ledger.ts";
import { Memo } from "./memo.ts";
import type { Observer } from "./observer.ts";
import { printState } from "./print-state.ts";
import { type Request, runRequest } from "./run.ts";
import { fail, type Value } from "./values.ts";

/** An object of the program, and its cluster. */
export interface Site extends CompiledObject {
  readonly cluster: Cluster<unknown>;
}

/** What bodies and properties hold of a state. Clusters change where they stand; the rest is replaced whole. */
export interface NetworkDraft extends Observed {
  readonly objects: { readonly [name: string]: unknown };
  readonly ledgers: { [name: string]: Ledger };
}

/** What sort of step something is. `answer` is a push that succeeds. */
export type NetworkKind = "call" | "pull" | "pullFails" | "invoke" | "push" | "answer" | "pushFails";

/** A step of a client: what becomes of it, and of the object that it works on. */
export interface NetworkMove {
  readonly text: string;
  readonly client: number;
  readonly attempt: Attempt;
  readonly object?: {
    readonly index: number;
    readonly ledger?: Ledger;
    /** What the cluster does about it. */
    readonly does?:
      | { readonly kind: "starts"; readonly round: number }
      | { readonly kind: "loses" }
      | { readonly kind: "appends"; readonly count: number };
  };
}

type Operation = Intent & { readonly kind: "operation" };
type Change = NonNullable<NetworkMove["object"]>;

/** A client that is about to do something with an object, and what it finds there. */
interface Situation {
  readonly i: number;
  readonly intent: Operation;
  readonly site: Site;
  readonly index: number;
  readonly ledger: Ledger;
  readonly lead: Leadership | undefined;
  /** The rounds that it may begin, where it is about to pull; `"candidate"` while it waits for an election. */
  readonly rounds: readonly number[] | "candidate";
}

/** What an operation can come to, by sort. */
type Outcomes = { readonly [K in NetworkKind]?: readonly NetworkMove[] };

/** The sorts of steps by which each operation is done. */
const kindsOf: { readonly [K in Request["kind"]]: readonly NetworkKind[] } = {
  pull: ["pull", "pullFails"],
  invoke: ["invoke"],
  push: ["push", "answer", "pushFails"],
};

/** The steps of the clients. What comes of equal situations is made once, so that equal parts of states are the same objects. */
export class NetworkMoves {
  readonly #theorem: CompiledTheorem;
  readonly #clients: readonly Client[];
  /** What the clients are called in a state. */
  readonly #names: readonly string[];
  readonly #sites: readonly Site[];
  readonly #observer: Observer | undefined;
  readonly #intents: readonly Map<ClientState, readonly Intent[]>[];
  readonly #outcomes = new Memo<Outcomes>();
  readonly #won = new Memo<{ readonly ledger: Ledger; readonly made: Attempt }>();
  readonly #released = new Memo<Ledger>();
  readonly #crashed = new Memo<ClientState>();

  constructor(
    theorem: CompiledTheorem,
    parts: { clients: readonly Client[]; sites: readonly Site[]; observer: Observer | undefined },
  ) {
    this.#theorem = theorem;
    this.#clients = parts.clients;
    this.#names = parts.clients.map(({ me }) => `c${me}`);
    this.#sites = parts.sites;
    this.#observer = parts.observer;
    this.#intents = parts.clients.map(() => new Map());
  }

  /** The steps of some sorts, one sort after another, each in the order of clients. */
  of(kinds: readonly NetworkKind[], s: NetworkDraft): readonly NetworkMove[] {
    const moves: NetworkMove[] = [];
    for (const kind of kinds) {
      for (let i = 0; i < this.#clients.length; i++) {
        for (const intent of this.#intentsOf(i, s)) {
          if (intent.kind !== "operation") {
            if (kind === "call") moves.push(this.#call(i, intent));
          } else if (kindsOf[intent.request.kind].includes(kind)) {
            const made = this.#outcomesOf(this.#situation(s, i, intent))[kind];
            if (made !== undefined) moves.push(...made);
          }
        }
      }
    }
    return moves;
  }

  take(s: NetworkDraft, { client, attempt: made, object }: NetworkMove): void {
    if ("broken" in made) throw new Error(made.broken);
    if (object !== undefined) {
      const { name, cluster } = this.#sites[object.index]!;
      const part = s.objects[name];
      if (object.ledger !== undefined) s.ledgers[name] = object.ledger;
      if (object.does?.kind === "starts") cluster.startElection(part, client, object.does.round);
      if (object.does?.kind === "loses") cluster.loseElection(part, client);
      if (object.does?.kind === "appends") {
        for (let count = 0; count < object.does.count; count++) cluster.append(part, client);
      }
    }
    this.#settle(s, client, made.client, made.event);
  }

  /** The client that waits for an election goes on with what it has won; `false` if it waits for none. */
  wins(s: NetworkDraft, index: number, i: number, elect: () => boolean | undefined | void): boolean {
    const { name, cluster, type } = this.#sites[index]!;
    const [intent] = this.#intentsOf(i, s);
    if (!cluster.isCandidate(s.objects[name], i) || intent?.kind !== "operation") return false;
    if (elect() === false) return false;
    const lead = cluster.leadership(s.objects[name], i);
    if (lead === undefined) throw new Error(`${name}: the winner of an election does not lead`);
    const before = s.ledgers[name]!;
    const { ledger, made } = this.#won.of(intent, before, standing(lead), () => {
      const { me } = this.#clients[i]!;
      const after = withTenure(before, me, { round: lead.round, invoked: 0, told: 0 });
      const { state } = this.#replay({ type }, after, lead.log);
      const how = `OK (${printState(type.fields, state)})`;
      return { ledger: after, made: this.#answered({ i, intent }, "pull", state, how) };
    });
    s.ledgers[name] = ledger;
    if ("broken" in made) throw new Error(made.broken);
    this.#settle(s, i, made.client, made.event);
    return true;
  }

  /** The client stops for good, and its nodes lose what is volatile; `false` if it cannot. */
  crashes(s: NetworkDraft, i: number): boolean {
    const client = this.#clients[i]!;
    const state = s.clients[this.#names[i]!]!;
    if (!client.canCrash(state)) return false;
    s.clients[this.#names[i]!] = this.#crashed.of(client, state, "", () => client.crashed(state));
    if (this.#observer) s.seen = this.#observer.crashed(s.seen!, client.me);
    this.#leave(s, i);
    return true;
  }

  #settle(s: NetworkDraft, i: number, after: ClientState, event: CallEvent | undefined): void {
    const client = this.#clients[i]!;
    s.clients[this.#names[i]!] = after;
    if (this.#observer && event !== undefined && this.#observer.sees(event))
      s.seen = this.#observer.after(s.seen!, event);
    if (client.isOver(after)) this.#leave(s, i);
  }

  /** A client that does nothing any more leads nothing either: nobody can tell the difference. */
  #leave(s: NetworkDraft, i: number): void {
    for (const { name, cluster } of this.#sites) {
      s.ledgers[name] = this.#release(i, s.ledgers[name]!, cluster.leadership(s.objects[name], i));
      cluster.crash(s.objects[name], i);
    }
  }

  #intentsOf(i: number, s: NetworkDraft): readonly Intent[] {
    const state = s.clients[this.#names[i]!]!;
    const known = this.#intents[i]!.get(state) ?? this.#clients[i]!.intents(state);
    this.#intents[i]!.set(state, known);
    return known;
  }

  #situation(s: NetworkDraft, i: number, intent: Operation): Situation {
    const index = intent.request.object;
    const site = this.#sites[index]!;
    const { name, cluster } = site;
    const part = s.objects[name];
    const pulls = intent.request.kind === "pull";
    const ledger = s.ledgers[name]!;
    const lead = cluster.leadership(part, i);
    const rounds = !pulls ? [] : cluster.isCandidate(part, i) ? "candidate" : cluster.rounds(part, i);
    return { i, intent, site, index, ledger, lead, rounds };
  }

  #outcomesOf(situation: Situation): Outcomes {
    const { intent, ledger, lead, rounds } = situation;
    return this.#outcomes.of(intent, ledger, `${rounds} ${standing(lead)}`, () => {
      const { request } = intent;
      switch (request.kind) {
        case "pull":
          return this.#pull(situation);
        case "invoke":
          return { invoke: [this.#invoke(situation, request)] };
        case "push":
          return this.#push(situation);
      }
    });
  }

  #release(i: number, ledger: Ledger, lead: Leadership | undefined): Ledger {
    const client = this.#clients[i]!;
    return this.#released.of(client, ledger, standing(lead), () => released(ledger, client.me, lead));
  }

  #call(i: number, intent: Intent & { kind: "call" | "broken" }): NetworkMove {
    const made = callAttempt(this.#clients[i]!, intent);
    return { text: made.text, client: i, attempt: made };
  }

  #pull(situation: Situation): Outcomes {
    const { i, index, ledger, lead, rounds } = situation;
    if (rounds === "candidate")
      return {
        pullFails: [this.#move(situation, "pullFails", fail, "FAIL", { index, does: { kind: "loses" } })],
      };
    if (rounds.length === 0)
      return { pull: [this.#move(situation, "pull", fail, "FAIL, no round is left", { index })] };
    const left = this.#release(i, ledger, lead);
    return {
      pull: rounds.map((round) =>
        this.#begins(situation, "pull", ` begins with round ${round}`, {
          index,
          ledger: left,
          does: { kind: "starts", round },
        }),
      ),
    };
  }

  #invoke(situation: Situation, request: Request & { kind: "invoke" }): NetworkMove {
    const { i, site, index, ledger, lead } = situation;
    const { me } = this.#clients[i]!;
    const tenure = tenureOf(ledger, me);
    const most = Math.min(lead?.most ?? 0, this.#theorem.bounds.methods ?? Number.POSITIVE_INFINITY);
    if (lead === undefined || tenure === undefined || tenure.invoked >= most)
      return this.#move(situation, "invoke", fail, "FAIL", { index });
    const { state } = this.#replay(site, ledger, [...lead.log, ...waiting(lead, tenure.invoked)]);
    const done = runRequest(site.type, state, me, request);
    if (done.kind === "fault") {
      const text = `${askedText(this.#clients[i]!, situation.intent)} = ?`;
      return { text, client: i, attempt: { kind: "invoke", text, broken: faultText(this.#theorem, done) } };
    }
    const invoked = tenure.invoked + 1;
    const noted = withCall(ledger, lead.nameOf(invoked), { me, request });
    const after = withTenure(noted, me, { ...tenure, invoked });
    return this.#move(situation, "invoke", done.answer, answerText(done.answer), { index, ledger: after });
  }

  #push(situation: Situation): Outcomes {
    const { i, site, index, ledger, lead } = situation;
    const { me } = this.#clients[i]!;
    const tenure = tenureOf(ledger, me);
    if (lead === undefined || tenure === undefined || tenure.invoked === tenure.told) {
      const how = "FAIL, there is nothing that it may commit";
      return { push: [this.#move(situation, "push", fail, how, { index })] };
    }
    const count = tenure.invoked - lead.appended;
    if (count > 0)
      return {
        push: [this.#begins(situation, "push", " begins", { index, does: { kind: "appends", count } })],
      };
    const answers = Array.from({ length: Math.max(0, lead.committed - tenure.told) }, (_, more) => {
      const told = tenure.told + more + 1;
      const log = lead.log.slice(0, lead.log.length - lead.appended + told);
      const { answer } = this.#replay(site, ledger, log);
      const after = withTenure(ledger, me, { ...tenure, told });
      return this.#move(situation, "push", answer, answerText(answer), { index, ledger: after });
    });
    return {
      answer: answers,
      pushFails: [this.#move(situation, "pushFails", fail, "FAIL", { index })],
    };
  }

  /** An operation that is under way from now on, and with it perhaps a call. */
  #begins({ i, intent }: Situation, kind: Kind, how: string, object: Change): NetworkMove {
    const { me } = this.#clients[i]!;
    const { began, from } = intent;
    const text = `${askedText(this.#clients[i]!, intent)}${how}`;
    const event = { me, call: from.call, procedure: from.procedure };
    const made: Attempt = {
      kind,
      text,
      client: from,
      ...(began !== undefined && { event: { ...event, began: began.arguments } }),
    };
    return { text, client: i, attempt: made, object };
  }

  #move(situation: Situation, kind: Kind, answer: Value, how: string, object: Change): NetworkMove {
    const made = this.#answered(situation, kind, answer, how);
    return { text: made.text, client: situation.i, attempt: made, object };
  }

  /** The operation has come to its answer. */
  #answered({ i, intent }: Pick<Situation, "i" | "intent">, kind: Kind, answer: Value, how: string): Attempt {
    const client = this.#clients[i]!;
    const { began, from } = intent;
    const text = `${askedText(client, intent)} = ${how}`;
    const { call, procedure } = from;
    const event = { me: client.me, call, procedure, ...(began !== undefined && { began: began.arguments }) };
    return attempt(kind, text, client.after(intent, answer), { event });
  }

  #replay({ type }: Pick<Site, "type">, ledger: Ledger, log: readonly string[]) {
    const done = replay(type, ledger, log);
    if (done.kind === "fault") throw new Error(faultText(this.#theorem, done));
    return done;
  }
}

/** What a client takes itself for; the round decides on the names of its methods. */
function standing(lead: Leadership | undefined): string {
  if (lead === undefined) return "follows";
  return `${lead.round} ${lead.log} ${lead.appended} ${lead.most} ${lead.committed}`;
}

/** The names of the methods that are invoked in a round and not in the cluster yet. */
function waiting({ appended, nameOf }: Leadership, invoked: number): string[] {
  return Array.from({ length: invoked - appended }, (_, i) => nameOf(appended + i + 1));
}

/** What is left when a client leads its round no more: what it has not sent is gone. */
function released(ledger: Ledger, me: number, lead: Leadership | undefined): Ledger {
  const tenure = tenureOf(ledger, me);
  if (tenure === undefined) return ledger;
  const unsent = lead === undefined ? [] : waiting(lead, tenure.invoked);
  return withTenure(without(ledger, unsent), me, undefined);
}
