/**
 * ADO-21, the atomic distributed object of "Much ADO about Failures" (Honoré et al., OOPSLA 2021, Fig. 3–5): a log of
 * committed methods and a tree of uncommitted ones, of which a push commits a branch and prunes the rest. It is what
 * applications run on.
 *
 * One rule is read by its prose: a client can invoke while the *parent* of its next cache is in the tree or is the end
 * of the log. As printed (the next cache itself in the tree) the guard could never hold right after a pull.
 */

import type { Method } from "./ado-r.ts";

/** The caches from the root on as `client:time` steps, each joined by a slash; empty for the root. */
export type CacheId = string;

/** Marks a time that some client preempted without winning it. */
export const NO_OWNER = -1;

export interface Cache {
  readonly id: CacheId;
  readonly method: Method;
}

/** All parts are plain values; lists of pairs stand for maps and are sorted by key. */
export interface Ado21 {
  /** The committed methods in order. */
  readonly persist: readonly Cache[];
  /** The uncommitted ones, by cache. */
  readonly tree: readonly Cache[];
  /** The next cache of each client that has pulled. */
  readonly next: readonly (readonly [client: number, id: CacheId])[];
  /** Who owns each time, or {@link NO_OWNER}. */
  readonly owners: readonly (readonly [time: number, owner: number])[];
}

export const EMPTY: Ado21 = { persist: [], tree: [], next: [], owners: [] };

export const extend = (parent: CacheId, client: number, time: number): CacheId =>
  parent === "" ? `${client}:${time}` : `${parent}/${client}:${time}`;

export const parentOf = (id: CacheId): CacheId => id.slice(0, Math.max(0, id.lastIndexOf("/")));

/** The time of a cache; 0 for the root. */
export const timeOf = (id: CacheId): number => (id === "" ? 0 : Number(id.slice(id.lastIndexOf(":") + 1)));

const ownerOf = (id: CacheId): number => Number(id.slice(id.lastIndexOf("/") + 1, id.lastIndexOf(":")));

/** Whether `id` comes strictly after `ancestor` on one branch. */
export const isAfter = (id: CacheId, ancestor: CacheId): boolean =>
  ancestor === "" ? id !== "" : id.startsWith(`${ancestor}/`);

export const rootOf = ({ persist }: Ado21): CacheId => persist.at(-1)?.id ?? "";

const isThere = (ado: Ado21, id: CacheId): boolean =>
  id === rootOf(ado) || ado.tree.some((cache) => cache.id === id);

const ownerAt = ({ owners }: Ado21, time: number): number | undefined =>
  owners.find(([t]) => t === time)?.[1];

/** Where a client can continue: the end of the log and every cache of the tree. */
export const places = (ado: Ado21): CacheId[] => [rootOf(ado), ...ado.tree.map(({ id }) => id)];

/** Times that a pull by anyone can still win, up to `last`: those without an owner, and the one after all others. */
export function openTimes(ado: Ado21, last: number): number[] {
  const next = Math.max(0, ...ado.owners.map(([time]) => time)) + 1;
  const times = ado.owners.filter(([, owner]) => owner === NO_OWNER).map(([time]) => time);
  return next <= last ? [...times, next] : times;
}

/** Pull+ : `client` wins `time` and continues after `at`; `undefined` where it cannot. */
export function pull(ado: Ado21, client: number, time: number, at: CacheId): Ado21 | undefined {
  if ((ownerAt(ado, time) ?? NO_OWNER) !== NO_OWNER || !isThere(ado, at) || timeOf(at) >= time)
    return undefined;
  const owners = put(voteNoOwner(ado.owners, time - 1), time, client);
  return { ...ado, owners, next: put(ado.next, client, extend(at, client, time)) };
}

/** Pull* : someone preempts all times up to `time` without winning one; `undefined` if the time was tried before. */
export function preempt(ado: Ado21, time: number): Ado21 | undefined {
  if (ownerAt(ado, time) !== undefined) return undefined;
  return { ...ado, owners: voteNoOwner(ado.owners, time) };
}

/** Invoke+ : adds a method at the client's next cache; `undefined` if it has none or its branch was pruned. */
export function invoke(ado: Ado21, client: number, method: Method): Ado21 | undefined {
  const id = nextOf(ado, client);
  if (id === undefined || !isThere(ado, parentOf(id))) return undefined;
  const tree = [...ado.tree, { id, method }].sort((a, b) => (a.id < b.id ? -1 : 1));
  return { ...ado, tree, next: put(ado.next, client, extend(id, client, timeOf(id))) };
}

/** The caches that a push by `client` may commit: its own of its current time, while it owns the latest time. */
export function pushable(ado: Ado21, client: number): CacheId[] {
  const next = nextOf(ado, client);
  const [, owner] = ado.owners.at(-1) ?? [0, NO_OWNER];
  if (next === undefined || owner !== client) return [];
  return ado.tree.map(({ id }) => id).filter((id) => ownerOf(id) === client && timeOf(id) === timeOf(next));
}

/** Push+ : commits the branch up to `at` and prunes what does not come after it; `undefined` where it cannot. */
export function push(ado: Ado21, client: number, at: CacheId): Ado21 | undefined {
  return pushable(ado, client).includes(at) ? commit(ado, at) : undefined;
}

/** The effect of a push, whoever may do it. */
export function commit(ado: Ado21, at: CacheId): Ado21 {
  return {
    ...ado,
    persist: [...ado.persist, ...branchTo(ado, at)],
    tree: ado.tree.filter(({ id }) => isAfter(id, at)),
  };
}

/** The methods that a client sees: the log, then its branch up to `at`. */
export function methodsUpTo(ado: Ado21, at: CacheId): Method[] {
  return [...ado.persist, ...branchTo(ado, at)].map(({ method }) => method);
}

/** The uncommitted caches up to `at`, in order. */
function branchTo({ tree }: Ado21, at: CacheId): Cache[] {
  return tree.filter(({ id }) => id === at || isAfter(at, id)).sort((a, b) => a.id.length - b.id.length);
}

export const nextOf = ({ next }: Ado21, client: number): CacheId | undefined =>
  next.find(([owner]) => owner === client)?.[1];

function put<V>(map: readonly (readonly [number, V])[], key: number, value: V): (readonly [number, V])[] {
  return [...map.filter(([k]) => k !== key), [key, value] as const].sort(([a], [b]) => a - b);
}

/** Every time up to `time` that nobody tried is marked as without owner. */
function voteNoOwner(owners: Ado21["owners"], time: number): Ado21["owners"] {
  const marked = Array.from({ length: Math.max(0, time) }, (_, i) => i + 1).map((t) => {
    return owners.find(([known]) => known === t) ?? ([t, NO_OWNER] as const);
  });
  return [...marked, ...owners.filter(([t]) => t > time)];
}
