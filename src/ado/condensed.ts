/**
 * An ADO-21 with everything forgotten that no client can ever tell: what a search of applications keeps of an object.
 * The rules are those of `ado-21.ts`, on caches that carry what their method did instead of the method. Then
 *
 * - the log is its last state; times up to its end are gone, and of the others only those still open are counted;
 * - a cache that nobody can push any more is only a state to continue from: it has no owner and no answer, vanishes if
 *   it changed nothing, and is one with its equals beside it;
 * - a cache vanishes that can neither be continued from nor lead to one that can, or to one that can be pushed;
 * - a client that will not invoke or push before it has pulled again has no place in the tree.
 *
 * All values are plain and canonical: equal ones have equal JSON.
 */

import {
  type Ado21,
  type Cache,
  type CacheId,
  EMPTY,
  extend,
  invoke,
  isAfter,
  NO_OWNER,
  nextOf,
  openTimes,
  parentOf,
  places,
  preempt,
  pull,
  push,
  pushable,
  rootOf,
  timeOf,
} from "./ado-21.ts";
import type { Method } from "./ado-r.ts";

export interface Condensed {
  /** The state of the object at the end of the log. */
  readonly committed: Method;
  /** How many times nobody has tried yet. */
  readonly left: number;
  /** Without a log. The methods of its caches are pairs: the state after it, and its answer. */
  readonly ado: Ado21;
  /** Clients that may still invoke where they are; others in the tree can only push. */
  readonly invokers: readonly number[];
  /** How many methods each client in the tree has invoked at its time, where that is bounded. */
  readonly invoked: readonly (readonly [client: number, count: number])[];
}

/** What a client may still do with an object before it pulls again; a client that is `gone` does not even do that. */
export type Claim = "gone" | "none" | "push" | "invoke";

/** The object before anything happened. */
export function untouched(state: Method, times: number): Condensed {
  return { committed: state, left: times, ado: EMPTY, invokers: [], invoked: [] };
}

/** An outcome of an operation before it is condensed: what the object is, and what the client sees. */
export interface Outcome {
  readonly after: Condensed;
  readonly seen: Method;
}

/** Every way in which a pull succeeds; what is seen is the state adopted. */
export function pulls(object: Condensed, client: number): (Outcome & { readonly at: CacheId })[] {
  const before = condense(object, client, "none");
  const { ado } = before;
  return openTimes(ado, latestOf(ado) + before.left).flatMap((time) =>
    places(ado).flatMap((at) => {
      const pulled = pull(ado, client, time, at);
      if (pulled === undefined) return [];
      const invoked = before.invoked.filter(([other]) => other !== client);
      return [{ after: { ...triedAfter(before, pulled), invoked }, seen: stateAt(before, at), at }];
    }),
  );
}

/** Who owns the latest time, as far as that matters still; 0 for nobody. */
export function ownerOf({ ado }: Condensed): number {
  return Math.max(0, ado.owners.at(-1)?.[1] ?? 0);
}

/** A pull that fails and takes the ownership of the latest time from whoever has it. */
export function preempted(object: Condensed): Condensed | undefined {
  const time = latestOf(object.ado) + 1;
  const ado = object.left > 0 ? preempt(object.ado, time) : undefined;
  return ado && triedAfter(object, ado);
}

/** The state on which the client's next method would run; `undefined` if it cannot invoke. */
export function stateForNext({ ado, ...object }: Condensed, client: number): Method | undefined {
  const next = nextOf(ado, client);
  if (next === undefined || invoke(ado, client, null) === undefined) return undefined;
  return stateAt({ ...object, ado }, parentOf(next));
}

/** How many methods the client has invoked at its time, where that is counted. */
export function countOf({ invoked }: Condensed, client: number): number {
  return invoked.find(([other]) => other === client)?.[1] ?? 0;
}

/** The client invokes a method with the given effect. */
export function invokes(
  object: Condensed,
  client: number,
  state: Method,
  answer: Method,
  isCounted: boolean,
): Condensed {
  const ado = invoke(object.ado, client, [state, answer])!;
  if (!isCounted) return { ...object, ado };
  const others = object.invoked.filter(([other]) => other !== client);
  const invoked = [...others, [client, countOf(object, client) + 1] as const].sort(([a], [b]) => a - b);
  return { ...object, ado, invoked };
}

/** Every way in which a push succeeds, with the number of methods it commits; what is seen is the last one's answer. */
export function pushes(object: Condensed, client: number): (Outcome & { readonly count: number })[] {
  return pushable(object.ado, client).map((at) => {
    const ado = push(object.ado, client, at)!;
    return { after: { ...object, ado }, seen: answerOf(ado.persist.at(-1)!), count: ado.persist.length };
  });
}

/** The object after an operation, when `client` may still do what `claim` says. */
export function condense(object: Condensed, client: number, claim: Claim): Condensed {
  const owners = object.ado.owners.map(([time, owner]) =>
    claim === "gone" && owner === client ? ([time, 0] as const) : ([time, owner] as const),
  );
  const isDropped = claim === "gone" || claim === "none";
  const next = object.ado.next.filter(([other]) => !(isDropped && other === client));
  const others = object.invokers.filter((other) => other !== client);
  const invokers = claim === "invoke" ? [...others, client].sort((a, b) => a - b) : others;
  return new Condenser({ ...object, ado: { ...object.ado, owners, next }, invokers }).result();
}

/** The object as it is where client c is called `nameOf(c)`; `restate` renames clients in its states. Answers must not name any. */
export function renameClients(
  object: Condensed,
  nameOf: (client: number) => number,
  restate: (state: Method) => Method,
): Condensed {
  const rename = (client: number): number => (client > 0 ? nameOf(client) : client);
  const renameId = (id: CacheId): CacheId =>
    id.replaceAll(/-?\d+(?=:)/g, (client) => String(rename(Number(client))));
  const { committed, left, ado, invokers, invoked } = object;
  return new Condenser({
    committed: restate(committed),
    left,
    ado: {
      persist: [],
      tree: ado.tree.map((cache) => ({
        id: renameId(cache.id),
        method: [restate(stateOf(cache)), answerOf(cache)],
      })),
      next: ado.next.map(([client, id]) => [rename(client), renameId(id)] as const),
      owners: ado.owners.map(([time, owner]) => [time, rename(owner)] as const),
    },
    invokers: invokers.map(rename).sort((a, b) => a - b),
    invoked: invoked.map(([client, count]) => [rename(client), count] as const).sort(([a], [b]) => a - b),
  }).result();
}

const stateOf = ({ method }: Cache): Method => (method as readonly Method[])[0]!;
const answerOf = ({ method }: Cache): Method => (method as readonly Method[])[1]!;

function stateAt({ committed, ado }: Condensed, at: CacheId): Method {
  const cache = ado.tree.find(({ id }) => id === at);
  return cache === undefined ? committed : stateOf(cache);
}

const latestOf = ({ owners }: Ado21): number => owners.at(-1)?.[0] ?? 0;

/** The object with `ado` in which perhaps a time was tried that nobody had tried before. */
function triedAfter(object: Condensed, ado: Ado21): Condensed {
  return { ...object, ado, left: object.left - (latestOf(ado) - latestOf(object.ado)) };
}

/** A cache with what stands on it. */
interface Branch {
  /** How many open times lie before it. */
  readonly time: number;
  /** Who can push it; 0 for nobody. */
  readonly owner: number;
  readonly state: Method;
  readonly answer: Method;
  /** Clients whose next cache stands here, with its time. */
  readonly next: readonly (readonly [client: number, time: number])[];
  readonly above: readonly Branch[];
}

class Condenser {
  readonly #object: Condensed;
  readonly #root: CacheId;
  /** The times that can still be won. */
  readonly #open: readonly number[];
  /** Who can push. */
  readonly #owner: number;
  readonly #below = new Map<CacheId, Cache[]>();
  readonly #tree: Cache[] = [];
  readonly #next: (readonly [number, CacheId])[] = [];

  constructor(object: Condensed) {
    this.#object = object;
    const { ado } = object;
    this.#root = rootOf(ado);
    const rootTime = timeOf(this.#root);
    this.#open = ado.owners
      .filter(([time, owner]) => owner === NO_OWNER && time > rootTime)
      .map(([time]) => time);
    this.#owner = ado.owners.at(-1)?.[1] ?? NO_OWNER;
    for (const cache of ado.tree) {
      const parent = parentOf(cache.id);
      const siblings = this.#below.get(parent);
      if (siblings === undefined) this.#below.set(parent, [cache]);
      else siblings.push(cache);
    }
  }

  result(): Condensed {
    const { committed, left, ado, invoked } = this.#object;
    const end = ado.persist.at(-1);
    const state = end === undefined ? committed : stateOf(end);
    const { above, next } = this.#raise(this.#root, state);
    this.#write("", above, next);
    const clients = this.#next.map(([client]) => client);
    const owners = this.#open.map((_, i) => [i + 1, NO_OWNER] as const);
    const isOwned = this.#owner > 0 && (this.#open.length > 0 || clients.includes(this.#owner));
    const last = isOwned ? [[this.#open.length + 1, this.#owner] as const] : [];
    return {
      committed: state,
      left,
      ado: {
        persist: [],
        tree: this.#tree.sort((a, b) => (a.id < b.id ? -1 : 1)),
        next: this.#next.sort(([a], [b]) => a - b),
        owners: [...owners, ...last],
      },
      invokers: this.#object.invokers.filter((client) => clients.includes(client)),
      invoked: invoked.filter(([client]) => clients.includes(client)),
    };
  }

  /** How many open times lie at or before `time`. */
  #rank(time: number): number {
    return this.#open.filter((open) => open <= time).length;
  }

  /** What stands on the cache `at`, whose state is `state`. */
  #raise(at: CacheId, state: Method): Pick<Branch, "above" | "next"> {
    const next = this.#object.ado.next
      .filter(([client, id]) => parentOf(id) === at && this.#keeps(client, id))
      .map(([client, id]) => [client, this.#rank(timeOf(id))] as const);
    const above: Branch[] = [];
    for (const cache of this.#below.get(at) ?? []) {
      const branch = this.#branch(cache);
      const isIdle = branch.owner === 0 && JSON.stringify(branch.state) === JSON.stringify(state);
      above.push(...(isIdle ? branch.above : [branch]));
      if (isIdle) next.push(...branch.next);
    }
    return {
      above: distinct(above.filter((branch) => this.#isWanted(branch))),
      next: next.sort(([a], [b]) => a - b),
    };
  }

  #branch(cache: Cache): Branch {
    const time = this.#rank(timeOf(cache.id));
    const [state, answer] = [stateOf(cache), answerOf(cache)];
    const owner = this.#pusherOf(cache);
    return { time, owner, state, answer: owner > 0 ? answer : null, ...this.#raise(cache.id, state) };
  }

  /** Who can push the cache. */
  #pusherOf({ id }: Cache): number {
    const next = nextOf(this.#object.ado, this.#owner);
    if (this.#owner <= 0 || next === undefined) return 0;
    const own = `${this.#owner}:${timeOf(next)}`;
    return id === own || id.endsWith(`/${own}`) ? this.#owner : 0;
  }

  /** Whether a client whose next cache stands in the tree can still do something there. */
  #keeps(client: number, id: CacheId): boolean {
    if (this.#object.invokers.includes(client)) return true;
    return (
      client === this.#owner &&
      this.#object.ado.tree.some((cache) => this.#pusherOf(cache) > 0 && isAfter(id, cache.id))
    );
  }

  #isWanted({ time, owner, next, above }: Branch): boolean {
    const canBePulled = this.#object.left > 0 || time < this.#open.length;
    return canBePulled || owner > 0 || next.length > 0 || above.length > 0;
  }

  #write(at: CacheId, above: readonly Branch[], next: Branch["next"]): void {
    for (const [client, time] of next) this.#next.push([client, extend(at, client, time)]);
    for (const [i, branch] of above.entries()) {
      const id = extend(at, branch.owner > 0 ? branch.owner : -1 - i, branch.time);
      this.#tree.push({ id, method: [branch.state, branch.answer] });
      this.#write(id, branch.above, branch.next);
    }
  }
}

/** Branches in a fixed order, without those beside which another one is as good. */
function distinct(branches: readonly Branch[]): Branch[] {
  const texts = new Map(branches.map((branch) => [JSON.stringify(branch), branch] as const));
  const sorted = [...texts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, branch]) => branch);
  return sorted.filter((branch, i) => !sorted.some((other, j) => i !== j && replaces(other, branch)));
}

/** Whether to continue from `branch` is to continue from `other`, too. Branches are not equal. */
function replaces(other: Branch, branch: Branch): boolean {
  const isLeaf = branch.owner === 0 && branch.next.length === 0 && branch.above.length === 0;
  if (!isLeaf || other.owner > 0 || other.time > branch.time) return false;
  return JSON.stringify(other.state) === JSON.stringify(branch.state);
}
