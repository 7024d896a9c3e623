import { type HistoryInText, HistoryRecorder } from "./history-recorder.ts";
import { nameOfKey, type RecordedMethod, type Recording } from "./recording.ts";
import type { Located, TextCursor } from "./text-cursor.ts";
import { canonicalText, isList, type Value } from "./value.ts";

export interface EventReadingOptions {
  readonly recording: Recording;
  /** Whether values are pairs of key and value, as Jepsen's `independent` writes them; if absent, this is
   *  found out from the calls. */
  readonly hasKeyPairs?: boolean;
}

/** The history that events tell, one record each in their order: process, type (invoke, ok, fail or info),
 *  f, value and key. What failed did not happen; what ended in info is pending. Events of Jepsen's nemesis
 *  are skipped. @throws HistoryFileError */
export function historyOfEvents(
  records: readonly Located[],
  cursor: TextCursor,
  { recording, hasKeyPairs }: EventReadingOptions,
): HistoryInText {
  const events = records.map((record) => eventOf(record, cursor)).filter((event) => event !== undefined);
  const reading = new EventReading(cursor, recording, hasKeyPairs ?? hasPairs(events, recording));
  for (const event of events) reading.follow(event);
  return { history: reading.recorder.history(), offsets: events.map(({ at }) => at) };
}

const eventTypes = ["invoke", "ok", "fail", "info"] as const;

interface RecordedEvent {
  readonly at: number;
  readonly client: string;
  readonly type: (typeof eventTypes)[number];
  readonly f: Located | undefined;
  readonly value: Located;
  /** Whether the event says its value. */
  readonly hasValue: boolean;
  readonly key: Located | undefined;
}

/** `undefined` for an event of the nemesis. */
function eventOf({ at, fields }: Located, cursor: TextCursor): RecordedEvent | undefined {
  if (fields === undefined) {
    return cursor.fail("this is no event", "write a map with process, type, f and value", at);
  }
  const process = fields.get("process");
  if (process === undefined || process.value === null) {
    return cursor.fail("an event without a process", "write which client it is of", at);
  }
  const client = nameOf(process);
  if (client === "nemesis") return undefined;
  const name = fields.get("type");
  const type = eventTypes.find((candidate) => name !== undefined && candidate === nameOf(name));
  if (type === undefined) {
    const problem = name === undefined ? "an event without a type" : `an event of type ${nameOf(name)}`;
    return cursor.fail(problem, "write invoke, ok, fail or info", name?.at ?? at);
  }
  const said = fields.get("value");
  const value = said ?? { at, value: null };
  return {
    ...{ at, client, type, value, hasValue: said !== undefined },
    f: fields.get("f"),
    key: fields.get("key"),
  };
}

/** A name that is written as a keyword, a string or a number. */
function nameOf({ value }: Located): string {
  return typeof value === "string" ? value.replace(/^:/, "") : canonicalText(value);
}

/** Whether values are pairs of key and value. If they need not be, all calls must have pairs, and one of
 *  them a pair that its method does not take as it is, such as a read with a key. */
function hasPairs(events: readonly RecordedEvent[], { key, methods }: Recording): boolean {
  if (events.some((event) => event.key !== undefined)) return false;
  if (key === "argument") return true;
  const calls = events.filter((event) => event.type === "invoke");
  const isSurelyPaired = ({ f, value }: RecordedEvent) =>
    f !== undefined && methods.get(nameOf(f))?.argsOf(value.value) === undefined;
  return calls.every(({ value }) => isPair(value.value)) && calls.some(isSurelyPaired);
}

function isPair(value: Value): value is readonly [Value, Value] {
  return isList(value) && value.length === 2;
}

interface CallInFlight {
  readonly f: string;
  readonly method: RecordedMethod;
  readonly args: readonly Value[];
  readonly key: Value | undefined;
}

class EventReading {
  readonly recorder = new HistoryRecorder();
  readonly #cursor: TextCursor;
  readonly #recording: Recording;
  readonly #hasKeyPairs: boolean;
  readonly #inFlight = new Map<string, CallInFlight>();

  constructor(cursor: TextCursor, recording: Recording, hasKeyPairs: boolean) {
    this.#cursor = cursor;
    this.#recording = recording;
    this.#hasKeyPairs = hasKeyPairs;
  }

  follow(event: RecordedEvent): void {
    if (event.type === "invoke") {
      this.#invoke(event);
      return;
    }
    const call = this.#end(event);
    switch (event.type) {
      case "ok":
        this.recorder.complete(event.client, this.#resultOf(event, call));
        break;
      case "fail":
        this.recorder.cancel(event.client);
        break;
      case "info":
        this.recorder.abandon(event.client);
    }
  }

  #invoke(event: RecordedEvent): void {
    const { client, f, value, at } = event;
    if (this.#inFlight.has(client)) {
      this.#cursor.fail(
        `process ${client} has two operations in flight`,
        "write the ok, fail or info of its last one before it",
        at,
      );
    }
    const [key, rest] = this.#split(event);
    const [name, recorded] = [f === undefined ? "" : nameOf(f), this.#methodOf(f, at)];
    if (recorded.needsValue && !event.hasValue)
      this.#cursor.fail(`a call of ${name} without a value`, `write ${recorded.takes}, be it null`, at);
    const args = recorded.argsOf(rest);
    if (args === undefined) {
      const hint = `write ${recorded.takes} as the value of ${name}`;
      throw this.#cursor.fail(`${canonicalText(rest)} is not what ${name} takes`, hint, value.at);
    }
    this.#inFlight.set(client, { f: name, method: recorded, args, key });
    const { method } = recorded;
    if (this.#recording.key === "argument") {
      this.recorder.invoke({ client, method, args: [key ?? null, ...args] });
    } else {
      const instance = key === undefined ? {} : { instance: nameOfKey(key) };
      this.recorder.invoke({ client, method, args, ...instance });
    }
  }

  /** The key of a call, and its value without it. */
  #split({ key, value, at }: RecordedEvent): readonly [Value | undefined, Value] {
    if (key !== undefined) return [key.value, value.value];
    if (this.#hasKeyPairs && isPair(value.value)) return value.value;
    if (!this.#hasKeyPairs && this.#recording.key === "instance") return [undefined, value.value];
    return this.#cursor.fail("a call without a key", "write a field key, or [key, value] as every value", at);
  }

  #methodOf(f: Located | undefined, at: number): RecordedMethod {
    const method = f && this.#recording.methods.get(nameOf(f));
    if (method !== undefined) return method;
    const problem = f === undefined ? "a call without f" : `an unknown method ${nameOf(f)}`;
    return this.#cursor.fail(
      problem,
      `write one of ${[...this.#recording.methods.keys()].join(", ")}`,
      f?.at ?? at,
    );
  }

  #end({ client, f, type, key, at }: RecordedEvent): CallInFlight {
    const call = this.#inFlight.get(client);
    if (call === undefined) {
      return this.#cursor.fail(
        `process ${client} has no operation in flight that could end in ${type}`,
        "write its invoke before it",
        at,
      );
    }
    if (f !== undefined && nameOf(f) !== call.f) {
      this.#cursor.fail(
        `${nameOf(f)} ends, but process ${client} called ${call.f}`,
        "write the f of the call",
        f.at,
      );
    }
    if (key !== undefined) this.#requireKey(key.value, call, key.at);
    this.#inFlight.delete(client);
    return call;
  }

  /** A return for another key than that of its call is a mistake of the log. */
  #requireKey(key: Value, call: CallInFlight, at: number): void {
    const [found, wanted] = [key, call.key].map((one) => (one === undefined ? "none" : canonicalText(one)));
    if (found === wanted) return;
    const problem = `a return for key ${found}, but the call was for ${wanted}`;
    this.#cursor.fail(problem, "write the key of the call", at);
  }

  #resultOf(event: RecordedEvent, call: CallInFlight): Value {
    if (call.method.needsResult && !event.hasValue)
      this.#cursor.fail(`${call.f} returned without a value`, "write the result, be it null", event.at);
    const value = this.#valueOf(event, call);
    if (value !== null && call.method.isRepeated?.(value, call.args) === false) {
      const args = call.args.length === 1 ? call.args[0]! : call.args;
      const problem = `${call.f} returns ${canonicalText(value)}, but was called with ${canonicalText(args)}`;
      this.#cursor.fail(problem, "write the same value at the return, or none", event.value.at);
    }
    const result = call.method.resultOf(value);
    if (result !== undefined) return result;
    const problem = `${canonicalText(value)} is not what ${call.f} returns`;
    return this.#cursor.fail(problem, `write ${call.method.returns} as the value`, event.value.at);
  }

  /** The value of a return, without the key. */
  #valueOf({ value }: RecordedEvent, call: CallInFlight): Value {
    if (!this.#hasKeyPairs || !isPair(value.value)) return value.value;
    this.#requireKey(value.value[0], call, value.at);
    return value.value[1];
  }
}
