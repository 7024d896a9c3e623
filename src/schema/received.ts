/** What an action's parameter can range over besides the values of a type: what is now in a network or a set. */

import { RowsPlace } from "./array.ts";
import type { Fifo, ListPlace } from "./list.ts";
import { RecordPlace } from "./record.ts";
import type { AnyMessage, Bags, Channels, Message, Messages, MessageTypes } from "./schema.ts";
import { type Elements, SetPlace } from "./set.ts";
import { type Address, type AnyType, kindOf, type Position, type Scalar } from "./type.ts";
import type { Unit } from "./unit.ts";
import { asScalar, NodeType, type RangeType } from "./values.ts";

/** The values a parameter takes in a state, in a fixed order. */
export interface Domain<V> {
  /** The part of the state the values are drawn from; none for the values of a type. */
  readonly within: AnyType | undefined;
  /**
   * Source of a loop that runs `body(code, value)` for each value, where `code` identifies the value within the domain.
   * `words` is the state drawn from, `address` that of `within`; `draft` is a view of the same state.
   */
  loopSource(
    unit: Unit,
    words: string,
    address: Address,
    body: (code: string, value: string) => string,
  ): string;
  /** The same on plain data: `current` is the plain value of `within`, `draft` the whole state. */
  choices(current: unknown, draft: unknown): readonly V[];
  print(value: V): string;
  /** The nodes that a value names as those that act, as printed. */
  nodesIn(value: V): readonly string[];
  /** How the values are told apart in all states, if they can be. */
  readonly numbering: Numbering<V> | undefined;
}

/** Values that have a number each, from 0 on, whatever the state is. */
export interface Numbering<V> {
  readonly count: number;
  value(number: number): V;
  /** The bit that says whether a value is there, if it need not be; `address` is that of `within`. */
  bit?(address: Address, number: number): Position;
  /** Whether the state lets a value be taken; it always does without this. */
  passes?(draft: unknown, value: V): boolean;
}

/** All values of a type, in the order of their codes. */
class Values<V> implements Domain<V> {
  readonly within = undefined;
  readonly #type: Scalar<V>;
  #choices: readonly V[] | undefined;

  constructor(type: Scalar<V>) {
    this.#type = type;
  }

  loopSource(
    unit: Unit,
    _words: string,
    _address: Address,
    body: (code: string, value: string) => string,
  ): string {
    const code = unit.fresh("code");
    return `for (let ${code} = 0; ${code} < ${this.#type.size}; ${code}++) {
      ${body(code, this.#type.decoderSource(unit, code))}
    }`;
  }

  choices(): readonly V[] {
    this.#choices ??= this.#type.values();
    return this.#choices;
  }

  get numbering(): Numbering<V> {
    return { count: this.#type.size, value: (number) => this.#type.decode(number) };
  }

  print(value: V): string {
    return this.#type.print(value);
  }

  nodesIn(value: V): readonly string[] {
    return this.#type instanceof NodeType ? [this.print(value)] : [];
  }
}

/** The elements of a set or bag in the state. */
class ElementsOf<V> implements Domain<V> {
  readonly within: SetPlace<V, Elements<V>>;

  constructor(set: SetPlace<V, Elements<V>>) {
    this.within = set;
  }

  loopSource(
    unit: Unit,
    words: string,
    address: Address,
    body: (code: string, value: string) => string,
  ): string {
    return this.within.loopSource(unit, words, address, (element) => {
      const code = unit.fresh("code");
      return `const ${code} = ${element}; ${body(code, this.within.item.decoderSource(unit, code))}`;
    });
  }

  choices(current: unknown): readonly V[] {
    const code = (value: V): number => this.within.item.encode(value, "");
    return (current as readonly V[]).filter((value, i, all) => i === 0 || code(value) !== code(all[i - 1]!));
  }

  get numbering(): Numbering<V> | undefined {
    const { item } = this.within;
    if (this.within.sparse !== undefined) return undefined;
    const bit = (address: Address, number: number): Position => this.within.bitOf(address, number)!;
    return { count: item.size, value: (number) => item.decode(number), bit };
  }

  print(value: V): string {
    return this.within.item.print(value);
  }

  nodesIn(value: V): readonly string[] {
    return this.within.item instanceof NodeType ? [this.print(value)] : [];
  }
}

/** The values of another domain that pass a test on the state. */
export class Where<D, V> implements Domain<V> {
  readonly #domain: Domain<V>;
  readonly #test: (state: D, value: V) => boolean;

  constructor(domain: Domain<V>, test: (state: D, value: V) => boolean) {
    this.#domain = domain;
    this.#test = (state, value) => {
      const passes: unknown = test(state, value);
      if (typeof passes !== "boolean")
        throw new TypeError(`the test of \`where\` answered ${kindOf(passes)}: it answers true or false`);
      return passes;
    };
  }

  get within(): AnyType | undefined {
    return this.#domain.within;
  }

  loopSource(
    unit: Unit,
    words: string,
    address: Address,
    body: (code: string, value: string) => string,
  ): string {
    return this.#domain.loopSource(unit, words, address, (code, value) => {
      const [kept, passes] = [unit.fresh("value"), unit.fresh("passes")];
      return `const ${kept} = ${value}, ${passes} = ${unit.bind(this.#test, "test")}(draft, ${kept});
        ${unit.unwritten(words)}
        if (${passes}) { ${body(code, kept)} }`;
    });
  }

  choices(current: unknown, draft: unknown): readonly V[] {
    return this.#domain.choices(current, draft).filter((value) => this.#test(draft as D, value));
  }

  get numbering(): Numbering<V> | undefined {
    const { numbering } = this.#domain;
    const passes = (draft: unknown, value: V): boolean =>
      numbering?.passes?.(draft, value) !== false && this.#test(draft as D, value);
    return numbering && { ...numbering, passes };
  }

  print(value: V): string {
    return this.#domain.print(value);
  }

  nodesIn(value: V): readonly string[] {
    return this.#domain.nodesIn(value);
  }
}

/** What a function makes of the state. */
export class Chosen<D, V> implements Domain<V> {
  readonly within = undefined;
  readonly numbering = undefined;
  readonly #choose: (state: D) => readonly V[];
  readonly print: (value: V) => string;

  constructor(choose: (state: D) => readonly V[], print: (value: V) => string) {
    this.#choose = (state) => {
      const values: unknown = choose(state);
      if (!Array.isArray(values))
        throw new TypeError("what is chosen from is no array: does `chosen` return one?");
      return values as V[];
    };
    this.print = print;
  }

  loopSource(
    unit: Unit,
    words: string,
    _address: Address,
    body: (code: string, value: string) => string,
  ): string {
    const [values, i] = [unit.fresh("values"), unit.fresh("i")];
    return `const ${values} = ${unit.bind(this.#choose, "choose")}(draft);
      ${unit.unwritten(words)}
      for (let ${i} = 0; ${i} < ${values}.length; ${i}++) { ${body(i, `${values}[${i}]`)} }`;
  }

  choices(_current: unknown, draft: unknown): readonly V[] {
    return this.#choose(draft as D);
  }

  nodesIn(): readonly string[] {
    return [];
  }
}

/** The values of another domain, which looks at part of the state only: what stands at `path`. */
export class Inside<V> implements Domain<V> {
  readonly #domain: Domain<V>;
  readonly #path: readonly string[];

  constructor(domain: Domain<V>, path: readonly string[]) {
    this.#domain = domain;
    this.#path = path;
  }

  get within(): AnyType | undefined {
    return this.#domain.within;
  }

  loopSource(
    unit: Unit,
    words: string,
    address: Address,
    body: (code: string, value: string) => string,
  ): string {
    const whole = unit.fresh("whole");
    const loop = this.#domain.loopSource(
      unit,
      words,
      address,
      (code, value) => `{ const draft = ${whole}; ${body(code, value)} }`,
    );
    const part = [whole, ...this.#path].join(".");
    return `{ const ${whole} = draft; { const draft = ${part}; ${loop} } }`;
  }

  choices(current: unknown, draft: unknown): readonly V[] {
    return this.#domain.choices(current, partAt(draft, this.#path));
  }

  get numbering(): Numbering<V> | undefined {
    const { numbering } = this.#domain;
    const passes = (draft: unknown, value: V): boolean =>
      numbering?.passes?.(partAt(draft, this.#path), value) !== false;
    return numbering && { ...numbering, passes };
  }

  print(value: V): string {
    return this.#domain.print(value);
  }

  nodesIn(value: V): readonly string[] {
    return this.#domain.nodesIn(value);
  }
}

/** The part of a draft at the end of `path`. */
export function partAt(draft: unknown, path: readonly string[]): unknown {
  return path.reduce((whole, name) => (whole as { readonly [name: string]: unknown })[name], draft);
}

/** The first message of a channel, with the channel's ends. */
export interface Head<V> {
  readonly from: number;
  readonly to: number;
  readonly message: V;
}

/** The first message of each channel that is not empty. */
class Heads<V> implements Domain<Head<V>> {
  readonly numbering = undefined;
  readonly within: RowsPlace<readonly (readonly V[])[], readonly Fifo<V>[]>;

  constructor(channels: RowsPlace<readonly (readonly V[])[], readonly Fifo<V>[]>) {
    this.within = channels;
  }

  loopSource(
    unit: Unit,
    words: string,
    address: Address,
    body: (code: string, value: string) => string,
  ): string {
    const { fifo, from, to } = this.#parts;
    const decode = (code: string): string => fifo.item.decoderSource(unit, code);
    return (address as readonly Address[])
      .flatMap((row, i) =>
        (row as readonly Address[]).map((channel, j) => {
          const pair = i * to.size + j;
          return fifo.headSource(words, channel, (head) => {
            const ends = `from: ${from.decode(i)}, to: ${to.decode(j)}`;
            return body(
              `(${head} * ${from.size * to.size} + ${pair})`,
              `{ ${ends}, message: ${decode(head)} }`,
            );
          });
        }),
      )
      .join("\n");
  }

  choices(current: unknown): readonly Head<V>[] {
    const { from, to } = this.#parts;
    return (current as readonly (readonly (readonly V[])[])[]).flatMap((row, i) =>
      row.flatMap((channel, j) =>
        channel.length === 0 ? [] : [{ from: from.decode(i), to: to.decode(j), message: channel[0]! }],
      ),
    );
  }

  print({ from, to, message }: Head<V>): string {
    const parts = this.#parts;
    return `${parts.from.print(from)}→${parts.to.print(to)} ${parts.fifo.item.print(message)}`;
  }

  nodesIn({ to }: Head<V>): readonly string[] {
    const receiver = this.#parts.to;
    return receiver instanceof NodeType ? [receiver.print(to)] : [];
  }

  get #parts(): { from: RangeType; to: RangeType; fifo: ListPlace<V, Fifo<V>> } {
    const row = this.within.row as unknown as RowsPlace<readonly V[], Fifo<V>>;
    return { from: this.within.index, to: row.index, fifo: row.row as ListPlace<V, Fifo<V>> };
  }
}

/** The messages of one type that can be received now: each that was ever sent, or each in flight in a bag. */
export function received<M extends MessageTypes, K extends keyof M & string>(
  network: Messages<M> | Bags<M>,
  type: K,
): Domain<Message<M, K>>;
/** The first message of each channel, as `{ from, to, message }`. Take it off with `s.links[from][to].shift()`. */
export function received<M extends MessageTypes>(links: Channels<M>): Domain<Head<AnyMessage<M>>>;
export function received(network: unknown, type?: string): Domain<unknown> {
  if (network instanceof RowsPlace) {
    if (type !== undefined) throw new TypeError("channels are received from whole: write received(links)");
    return new Heads(network as never) as unknown as Domain<unknown>;
  }
  if (!(network instanceof RecordPlace))
    throw new TypeError("received takes the network itself, which is a field of the state");
  if (type === undefined)
    throw new TypeError(`received takes the type of the messages too: one of ${network.names.join(", ")}`);
  const place = network.fields.find(([name]) => name === type)?.[1];
  if (!(place instanceof SetPlace)) throw new RangeError(`the network has no messages of type ${type}`);
  return new ElementsOf(place) as Domain<unknown>;
}

/** The elements of a set in the state. */
export function elementOf<V, D extends Elements<V>>(set: SetPlace<V, D>): Domain<V> {
  return new ElementsOf(set as unknown as SetPlace<V, Elements<V>>);
}

/**
 * A parameter's domain as it is written: a type stands for all its values.
 * @throws TypeError if it is neither a domain nor a type, naming `what` it is for
 */
export function asDomain(domain: Domain<unknown> | AnyType, what = "a domain"): Domain<unknown> {
  if (typeof domain !== "object" || !("loopSource" in domain || "allocate" in domain))
    throw new TypeError(`${what} is no type and no domain: write range(…), node(…), received(…)`);
  return "loopSource" in domain && "choices" in domain ? domain : new Values(asScalar(domain));
}
