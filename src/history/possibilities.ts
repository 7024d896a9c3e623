import type { SequentialObject } from "./sequential-object.ts";
import { canonicalText, isSame, type Value } from "./value.ts";

/** Checking linearizability as a history comes about: instead of the history, all that an object may have done so far
 *  to explain it. Histories that allow the same are one from then on. Two of these are worth a note.
 *
 *  A possibility that others lead to by letting a pending call take effect is not listed; it still counts. So the list
 *  is as short as it can be, and the same for all histories with the same future.
 *  A call that was abandoned may take effect at any later time or never. What more abandoned calls allow includes what
 *  fewer do. */
export type Possibilities<State> = readonly Possibility<State>[];

/** One way to explain a history. All lists are in a fixed order: equal ones have equal JSON. */
export interface Possibility<State> {
  readonly state: State;
  /** Pending calls that have not taken effect. */
  readonly waiting: readonly (readonly [client: number, call: Call])[];
  /** Pending calls that have, with the result that the client is to see. */
  readonly done: readonly (readonly [client: number, result: Value])[];
  /** Calls that nobody waits for and that have not taken effect. */
  readonly abandoned: readonly Call[];
}

export interface Call {
  readonly method: string;
  readonly args: readonly Value[];
}

/** Before anything is called, on an object that is in one of some states. */
export function possibilitiesOf<State>(states: readonly State[]): Possibilities<State> {
  return inOrder(states.map((state) => ({ state, waiting: [], done: [], abandoned: [] })));
}

/** After `client`, which has no call pending, makes one. */
export function invoked<State>(
  possibilities: Possibilities<State>,
  client: number,
  call: Call,
): Possibilities<State> {
  return inOrder(
    possibilities.map((possibility) => ({
      ...possibility,
      waiting: [...possibility.waiting, [client, call] as const].sort(([a], [b]) => a - b),
    })),
  );
}

/** After the call of `client` returns `result`. None are left exactly if the history is not linearizable. */
export function responded<State>(
  possibilities: Possibilities<State>,
  object: SequentialObject<State>,
  client: number,
  result: Value,
): Possibilities<State> {
  const left = reachableFrom(possibilities, object).flatMap((possibility) => {
    const own = possibility.done.find(([other]) => other === client);
    if (own === undefined || !isSame(own[1], result)) return [];
    return [{ ...possibility, done: possibility.done.filter((entry) => entry !== own) }];
  });
  return shortest(left, object);
}

/** After `client` stops waiting for its call, or crashes. */
export function abandoned<State>(
  possibilities: Possibilities<State>,
  object: SequentialObject<State>,
  client: number,
): Possibilities<State> {
  const left = possibilities.map((possibility) => {
    const own = possibility.waiting.find(([other]) => other === client);
    const calls =
      own === undefined || changesNothing(own[1], object)
        ? possibility.abandoned
        : sortedCalls([...possibility.abandoned, own[1]]);
    return {
      state: possibility.state,
      waiting: possibility.waiting.filter(([other]) => other !== client),
      done: possibility.done.filter(([other]) => other !== client),
      abandoned: calls,
    };
  });
  return shortest(left, object);
}

/** The same where client c is called `nameOf(c)`. */
export function renameClients<State>(
  possibilities: Possibilities<State>,
  nameOf: (client: number) => number,
): Possibilities<State> {
  const rename = <V>(calls: readonly (readonly [number, V])[]) =>
    calls.map(([client, of]) => [nameOf(client), of] as const).sort(([a], [b]) => a - b);
  return inOrder(
    possibilities.map((possibility) => ({
      ...possibility,
      waiting: rename(possibility.waiting),
      done: rename(possibility.done),
    })),
  );
}

/** The results that the pending call of `client` may still return. */
export function possibleResults<State>(
  possibilities: Possibilities<State>,
  object: SequentialObject<State>,
  client: number,
): Value[] {
  const results = reachableFrom(possibilities, object).flatMap(({ done }) =>
    done.filter(([other]) => other === client).map(([, result]) => [canonicalText(result), result] as const),
  );
  return [...new Map(results).values()];
}

/** `possibilities` and all that follow from them when pending and abandoned calls take effect. */
function reachableFrom<State>(
  possibilities: Possibilities<State>,
  object: SequentialObject<State>,
): Possibility<State>[] {
  const found = new Map(possibilities.map((possibility) => [textOf(possibility), possibility] as const));
  for (const possibility of found.values()) {
    for (const next of effects(possibility, object)) found.set(textOf(next), found.get(textOf(next)) ?? next);
  }
  return [...found.values()];
}

/** What follows when one call takes effect. */
function effects<State>(from: Possibility<State>, object: SequentialObject<State>): Possibility<State>[] {
  const ofClients = from.waiting.map(([client, { method, args }], i) => {
    const [state, result] = object.apply(from.state, method, args);
    const done = [...from.done, [client, result] as const].sort(([a], [b]) => a - b);
    return { ...from, state, waiting: from.waiting.toSpliced(i, 1), done };
  });
  const ofNobody = from.abandoned.map(({ method, args }, i) => {
    const [state] = object.apply(from.state, method, args);
    return { ...from, state, abandoned: from.abandoned.toSpliced(i, 1) };
  });
  return [...ofClients, ...ofNobody];
}

/** Without those that follow from others. */
function shortest<State>(
  possibilities: Possibilities<State>,
  object: SequentialObject<State>,
): Possibilities<State> {
  const all = inOrder(possibilities);
  if (all.length <= 1) return all;
  const reachable = all.map((possibility) => reachableFrom([possibility], object));
  return all.filter((possibility, i) => {
    const same = textOf({ ...possibility, abandoned: [] });
    return !reachable.some(
      (found, j) =>
        i !== j &&
        found.some(
          (other) =>
            textOf({ ...other, abandoned: [] }) === same && includes(other.abandoned, possibility.abandoned),
        ),
    );
  });
}

/** Whether `calls` has each call of `part` as often as `part` has. */
function includes(calls: readonly Call[], part: readonly Call[]): boolean {
  const left = calls.map(textOf);
  return part.every((call) => {
    const at = left.indexOf(textOf(call));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

function inOrder<State>(possibilities: Possibilities<State>): Possibilities<State> {
  const texts = new Map(possibilities.map((possibility) => [textOf(possibility), possibility] as const));
  return [...texts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, possibility]) => possibility);
}

function sortedCalls(calls: readonly Call[]): Call[] {
  return calls.toSorted((a, b) => (textOf(a) < textOf(b) ? -1 : 1));
}

/** Whether the call, whose result nobody will see, leaves every state as it is. */
function changesNothing<State>({ method, args }: Call, object: SequentialObject<State>): boolean {
  return object.isReadOnly?.({ kind: "pending", client: "", invoked: 0, method, args }) ?? false;
}

const textOf = (value: object): string => JSON.stringify(value);
