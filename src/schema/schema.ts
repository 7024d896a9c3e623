/** The vocabulary of a state: how its types are written down. */

import { CellsPlace, RowsPlace } from "./array.ts";
import { type IdsWithin, InternedType } from "./interned.ts";
import { type Fifo, type ListDraft, ListPlace } from "./list.ts";
import { RecordPlace, Volatile } from "./record.ts";
import { RecordValueType, VariantType } from "./record-values.ts";
import { type Bag, type Sent, type SetDraft, type SetOptions, SetPlace } from "./set.ts";
import { type AnyType, type DraftOf, type Place, Scalar, show, type ValueOf } from "./type.ts";
import {
  asScalar,
  EnumerationType,
  FlagType,
  InterchangeableType,
  NodeType,
  OptionType,
  RangeType,
  SequenceType,
  SubsetType,
} from "./values.ts";

export type Fields = { readonly [name: string]: AnyType | Volatile<AnyType> };
type Unmarked<T> = T extends Volatile<infer U> ? U : T;
export type RecordValue<F> = { readonly [K in keyof F]: ValueOf<Unmarked<F[K]>> };
/** Fields that can be assigned: values, and records, which are copied field by field. */
type Assignable = Scalar<unknown> | RecordPlace<object, unknown>;
export type RecordDraft<F> = {
  -readonly [K in keyof F as Unmarked<F[K]> extends Assignable ? K : never]: DraftOf<Unmarked<F[K]>>;
} & {
  readonly [K in keyof F as Unmarked<F[K]> extends Assignable ? never : K]: DraftOf<Unmarked<F[K]>>;
};
export type MessageTypes = { readonly [type: string]: { readonly [field: string]: AnyType } };
/** A message of type `K`, as received: its fields and its type. */
export type Message<M, K extends keyof M> = RecordValue<M[K]> & { readonly type: K };
export type AnyMessage<M> = { [K in keyof M & string]: Message<M, K> }[keyof M & string];

/** Integers from `low` to `high`, both included; initially `low`. */
export const range = (low: number, high: number): RangeType => new RangeType(low, high);

/** Ids 0 … count−1 of interchangeable nodes; they print as `n1`, `n2`, … or with another prefix. */
export const node = (count: number, prefix = "n"): NodeType => new NodeType(count, prefix);

/** One of the given names; initially the first. */
export const oneOf = <const N extends string>(...names: N[]): EnumerationType<N> =>
  new EnumerationType(names);

/**
 * One of some names that are interchangeable: a model may compare them with each other and nothing else, as with the
 * values that clients propose. `--reduce symmetry` then takes states that differ only in which is which for one.
 */
export const interchangeable = <const N extends string>(...names: N[]): InterchangeableType<N> =>
  new InterchangeableType(names);

/** A boolean; initially false. */
export const flag = (): FlagType => new FlagType();

/** `null` or a value; initially `null`. */
export const option = <T extends AnyType>(some: T): OptionType<ValueOf<T>> => new OptionType(asScalar(some));

/** A short immutable sequence of at most `max` values, read and replaced whole; initially empty. */
export const sequence = <T extends AnyType>(item: T, max: number): SequenceType<ValueOf<T>> =>
  new SequenceType(asScalar(item), max);

/** A subset of a small domain as a value: an ascending array of at least `atLeast` elements. */
export const subset = <T extends AnyType>(
  of: T,
  { atLeast = 0, atMost = Infinity } = {},
): SubsetType<ValueOf<T>> => new SubsetType(asScalar(of), atLeast, atMost);

/** The majorities of some nodes with no node to spare: enough wherever more votes only add information. */
export const majority = (nodes: NodeType): SubsetType<number> => {
  const quorum = Math.floor(nodes.size / 2) + 1;
  return new SubsetType(nodes, quorum, quorum);
};

/** Named fields. Mark those that a crash loses with {@link volatile}. */
export const record = <F extends Fields>(fields: F): RecordPlace<RecordValue<F>, RecordDraft<F>> =>
  new RecordPlace(fields);

/**
 * The states of nodes that differ in type, each in a field of the node's name; where they are alike, take an array. If all are
 * of one type, the fields may belong to the ids of `nodes`, in their order.
 */
export const byNode = <F extends Fields>(
  fields: F,
  nodes?: NodeType,
): RecordPlace<RecordValue<F>, RecordDraft<F>> => new RecordPlace(fields, { isByNode: true, nodes });

/** Marks a field of a record as lost when `forget` is called on the record; unmarked fields are durable. */
export const volatile = <T extends AnyType>(type: T): Volatile<T> => new Volatile(type);

/**
 * Any plain value (as JSON has them), for parts of a state whose values are not known beforehand: a log of results, a tree.
 * Each different value is kept once and stored as a number; there can be at most `capacity` (2^20 unless given). Where `ids`
 * says how to rename ids in values, they can be interchangeable.
 */
export const interned = <V>(
  first: V,
  {
    capacity = 2 ** 20,
    print = show,
    ids,
  }: { capacity?: number; print?: (value: V) => string; ids?: IdsWithin<V> } = {},
): InternedType<V> => new InternedType(first, capacity, print, ids);

type ArrayOf<T extends AnyType> =
  T extends Scalar<unknown> ? CellsPlace<ValueOf<T>> : RowsPlace<ValueOf<T>, DraftOf<T>>;

/**
 * One element for each index: nodes, a range, or 0 … n−1. Elements that are records, sets, … are used as
 * `s.acceptors[n].promised`; elements that are plain values as `s.votes.get(n)`,
 * `s.votes.set(n, vote)` and `s.votes.values()`.
 */
export function array<T extends AnyType>(index: RangeType | number, element: T): ArrayOf<T> {
  const indices = asIndex(index);
  const place =
    element instanceof Scalar
      ? new CellsPlace(indices, element)
      : new RowsPlace(indices, element as Place<unknown, unknown>);
  return place as unknown as ArrayOf<T>;
}

/** A set of values, initially empty. Give `capacity` where the domain has more than about a thousand values. */
export const set = <T extends AnyType>(
  item: T,
  options: SetOptions = {},
): SetPlace<ValueOf<T>, SetDraft<ValueOf<T>>> => new SetPlace(asScalar(item), options);

/** A list of at most `max` values that is changed in place; initially empty. */
export const list = <T extends AnyType>(item: T, max: number): ListPlace<ValueOf<T>, ListDraft<ValueOf<T>>> =>
  new ListPlace(asScalar(item), max);

export type Messages<M extends MessageTypes> = RecordPlace<
  { readonly [K in keyof M]: readonly Message<M, K>[] },
  { readonly [K in keyof M]: Sent<Message<M, K>> }
> & { readonly messages?: M };

/**
 * The set of messages ever sent: `s.network.promise.send({ from, ballot })`. Any of them may be received at any time, any
 * number of times or never, so loss, duplication, reordering and delay are covered. `capacity` by message type is
 * needed where the type has more than about a thousand values.
 */
export function messages<const M extends MessageTypes>(
  types: M,
  capacity: { readonly [K in keyof M]?: number } = {},
): Messages<M> {
  const sets = Object.entries(types).map(([type, fields]) => {
    const most = capacity[type];
    return [type, new SetPlace(message(type, fields), most === undefined ? {} : { capacity: most })];
  });
  return new RecordPlace(Object.fromEntries(sets)) as Messages<M>;
}

export type Bags<M extends MessageTypes> = RecordPlace<
  { readonly [K in keyof M]: readonly Message<M, K>[] },
  { readonly [K in keyof M]: Bag<Message<M, K>> }
> & { readonly messages?: M };

/** Messages in flight, at most `capacity` of each type: a `send` adds a copy, `take` removes one; order is not kept. */
export function bags<const M extends MessageTypes>(types: M, capacity: number): Bags<M> {
  const sets = Object.entries(types).map(([type, fields]) => {
    return [type, new SetPlace(message(type, fields), { capacity, isBag: true })];
  });
  return new RecordPlace(Object.fromEntries(sets)) as Bags<M>;
}

export type Channels<M extends MessageTypes> = RowsPlace<
  readonly (readonly AnyMessage<M>[])[],
  readonly Fifo<AnyMessage<M>>[]
> & { readonly messages?: M };

/** A FIFO channel from each index to each index of at most `capacity` messages: `s.links[from][to].send({ type, … })`. */
export function channels<const M extends MessageTypes>(
  from: RangeType | number,
  to: RangeType | number,
  types: M,
  capacity: number,
): Channels<M> {
  const variants = new VariantType(Object.entries(types).map(([type, fields]) => message(type, fields)));
  const fifo = new ListPlace<unknown, unknown>(variants, capacity);
  return new RowsPlace(asIndex(from), new RowsPlace(asIndex(to), fifo)) as unknown as Channels<M>;
}

/** What elements are counted by; a number stands for 0 … n−1. */
function asIndex(index: RangeType | number): RangeType {
  if (typeof index === "number") return new RangeType(0, index - 1);
  if (index instanceof RangeType) return index;
  throw new TypeError(`an index is a number of elements, nodes or a range, not ${show(index)}`);
}

function message(
  type: string,
  fields: { readonly [field: string]: AnyType },
): RecordValueType<{ readonly type: string }> {
  if ("type" in fields)
    throw new RangeError(`message ${type}: "type" is the message's own name, not a field`);
  return new RecordValueType(
    Object.entries(fields).map(([name, field]) => [name, asScalar(field)]),
    type,
  );
}
