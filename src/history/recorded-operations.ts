import type { History } from "./history.ts";
import { type Call, HistoryRecorder } from "./history-recorder.ts";
import { instanceOf } from "./recorded-events.ts";
import type { RecordedMethod, Recording } from "./recording.ts";
import type { Located, TextCursor } from "./text-cursor.ts";
import { canonicalText, isList, type Value } from "./value.ts";

/** The history that whole operations tell, one record each in any order: client, method, args, key, result, and the
 *  times invoked and returned, in one unit. Without returned, an operation is pending. At equal times calls come
 *  before returns, so that operations overlap where the clock cannot tell; but those of one client stay in order.
 *  @throws HistoryFileError */
export function historyOfOperations(
  records: readonly Located[],
  cursor: TextCursor,
  recording: Recording,
): History {
  const byClient = new Map<string, RecordedOperation[]>();
  for (const record of records) {
    const operation = new OperationReading(record, cursor, recording).operation();
    const others = byClient.get(operation.call.client);
    if (others === undefined) byClient.set(operation.call.client, [operation]);
    else others.push(operation);
  }
  const events = [...byClient.values()].flatMap((operations) => eventsOfClient(operations, cursor));
  events.sort((a, b) => (a.time === b.time ? a.phase - b.phase : a.time < b.time ? -1 : 1));
  const recorder = new HistoryRecorder();
  for (const { kind, operation } of events) {
    const { call, result } = operation;
    if (kind === "return") {
      recorder.complete(call.client, result);
      continue;
    }
    // Only an operation without a return can still be in flight here.
    if (recorder.inFlight(call.client) !== undefined) recorder.abandon(call.client);
    recorder.invoke(call);
  }
  return recorder.history();
}

type Time = number | bigint;

interface RecordedOperation {
  readonly at: number;
  readonly call: Call;
  readonly result: Value;
  readonly invoked: Time;
  readonly returned: Time | undefined;
}

interface RecordedMoment {
  readonly kind: "call" | "return";
  readonly operation: RecordedOperation;
  readonly time: Time;
  /** Order among moments of the same time. */
  readonly phase: number;
}

/** Of a client's moments at one time, each call has as phase the number of returns before it; a return comes just before the client's next call at that time, or after everything. */
function eventsOfClient(operations: RecordedOperation[], cursor: TextCursor): RecordedMoment[] {
  operations.sort((a, b) => (a.invoked === b.invoked ? 0 : a.invoked < b.invoked ? -1 : 1));
  const moments: RecordedMoment[] = [];
  let phase = 0;
  for (const [index, operation] of operations.entries()) {
    const { invoked, returned } = operation;
    const previous = operations[index - 1]?.returned;
    if (previous !== undefined && previous > invoked) {
      const { client } = operation.call;
      cursor.fail(
        `client ${client} has two operations in flight`,
        "write another client for one",
        operation.at,
      );
    }
    phase = previous === invoked ? phase + 1 : 0;
    moments.push({ kind: "call", operation, time: invoked, phase });
    if (returned === undefined) continue;
    if (returned !== invoked) phase = 0;
    const isLast = operations[index + 1]?.invoked !== returned;
    moments.push({
      kind: "return",
      operation,
      time: returned,
      phase: isLast ? Number.POSITIVE_INFINITY : phase + 0.5,
    });
  }
  return moments;
}

/** Reads one record. */
class OperationReading {
  readonly #record: Located;
  readonly #fields: ReadonlyMap<string, Located>;
  readonly #cursor: TextCursor;
  readonly #recording: Recording;

  constructor(record: Located, cursor: TextCursor, recording: Recording) {
    this.#record = record;
    this.#fields =
      record.fields ??
      cursor.fail(
        "this is no operation",
        "write a map with client, method, args, result, invoked and returned",
        record.at,
      );
    this.#cursor = cursor;
    this.#recording = recording;
  }

  operation(): RecordedOperation {
    const client = instanceOf(this.#need("client", "which client called").value);
    const method = this.#method();
    const invoked = this.#time(this.#need("invoked", "the time of the call"));
    const end = this.#fields.get("returned");
    const returned = end === undefined || end.value === null ? undefined : this.#time(end);
    if (returned !== undefined && returned < invoked) {
      this.#cursor.fail("an operation that returned before it was called", "write a later time", end!.at);
    }
    const result = method.resultOf(this.#fields.get("result")?.value ?? null);
    return { at: this.#record.at, call: { client, ...this.#callOf(method) }, result, invoked, returned };
  }

  #need(name: string, meaning: string): Located {
    const field = this.#fields.get(name);
    return (
      field ??
      this.#cursor.fail(`an operation without ${name}`, `write ${meaning} as ${name}`, this.#record.at)
    );
  }

  #time(field: Located): Time {
    const { value, at } = field;
    if (typeof value === "number" || typeof value === "bigint") return value;
    return this.#cursor.fail(`${canonicalText(value)} is no time`, "write a number", at);
  }

  #method(): RecordedMethod {
    const { value, at } = this.#need("method", "what was called");
    const method =
      typeof value === "string" ? this.#recording.methods.get(value.replace(/^:/, "")) : undefined;
    if (method !== undefined) return method;
    const hint = `write one of ${[...this.#recording.methods.keys()].join(", ")}`;
    return this.#cursor.fail(`an unknown method ${canonicalText(value)}`, hint, at);
  }

  #callOf({ method, arity }: RecordedMethod): Omit<Call, "client"> {
    const field = this.#fields.get("args") ?? { at: this.#record.at, value: [] };
    if (!isList(field.value)) {
      return this.#cursor.fail(
        `${canonicalText(field.value)} is no list`,
        "write the arguments as [a, b]",
        field.at,
      );
    }
    const key = this.#fields.get("key")?.value;
    const isArgument = this.#recording.key === "argument";
    const args = isArgument && key !== undefined ? [key, ...field.value] : field.value;
    const wanted = arity === undefined ? args.length : arity + Number(isArgument);
    if (args.length !== wanted) {
      const hint = `write ${wanted}${isArgument ? ", of which the key is the first" : ""}`;
      this.#cursor.fail(`${args.length} arguments for ${method}`, hint, field.at);
    }
    return isArgument || key === undefined ? { method, args } : { method, args, instance: instanceOf(key) };
  }
}
