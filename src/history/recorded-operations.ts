import { nearestTo } from "../schema/suggestion.ts";
import { type Call, type HistoryInText, HistoryRecorder } from "./history-recorder.ts";
import { nameOfKey, type RecordedMethod, type Recording } from "./recording.ts";
import type { Located, TextCursor } from "./text-cursor.ts";
import { canonicalText, isList, type Value } from "./value.ts";

/** The history that whole operations tell, one record each in any order: client, method, args, key,
 *  result, and the times invoked and returned, in one unit. Without returned, an operation is pending. At
 *  equal times calls come before returns, so that operations overlap where the clock cannot tell; but
 *  those of one client stay in order. @throws HistoryFileError */
export function historyOfOperations(
  records: readonly Located[],
  cursor: TextCursor,
  recording: Recording,
): HistoryInText {
  const byClient = new Map<string, RecordedOperation[]>();
  for (const record of records) {
    const operation = operationOf(record, cursor, recording);
    const others = byClient.get(operation.call.client);
    if (others === undefined) byClient.set(operation.call.client, [operation]);
    else others.push(operation);
  }
  const events = [...byClient.values()].flatMap((operations) => eventsOfClient(operations, cursor));
  events.sort((a, b) => inOrder(a.time, b.time) || inOrder(a.phase, b.phase));
  const recorder = new HistoryRecorder();
  const offsets: number[] = [];
  for (const { kind, operation } of events) {
    const { at, call, result } = operation;
    offsets.push(at);
    if (kind === "return") {
      recorder.complete(call.client, result);
      continue;
    }
    // Only an operation without a return can still be in flight here.
    if (recorder.inFlight(call.client) !== undefined) {
      recorder.abandon(call.client);
      offsets.push(at);
    }
    recorder.invoke(call);
  }
  return { history: recorder.history(), offsets };
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

/** Of a client's moments at one time, each call has as phase the number of returns before it; a return
 *  comes just before the client's next call at that time, or after everything. */
function eventsOfClient(operations: RecordedOperation[], cursor: TextCursor): RecordedMoment[] {
  operations.sort((a, b) => inOrder(a.invoked, b.invoked) || inOrder(endOf(a), endOf(b)));
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

function inOrder(a: Time, b: Time): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function endOf({ returned }: RecordedOperation): Time {
  return returned ?? Number.POSITIVE_INFINITY;
}

function operationOf(record: Located, cursor: TextCursor, recording: Recording): RecordedOperation {
  const { at, fields } = record;
  if (fields === undefined) {
    return cursor.fail(
      "this is no operation",
      "write a map with client, method, args, result, invoked and returned",
      at,
    );
  }
  refuseStrays(fields, cursor);
  const need = (name: string, meaning: string): Located =>
    fields.get(name) ?? cursor.fail(`an operation without ${name}`, `write ${meaning} as ${name}`, at);
  const client = nameOfKey(need("client", "which client called").value);
  const method = methodOf(need("method", "what was called"), cursor, recording);
  const invoked = timeOf(need("invoked", "the time of the call"), cursor);
  const end = fields.get("returned") ?? { at, value: null };
  const returned = end.value === null ? undefined : timeOf(end, cursor);
  if (returned !== undefined && returned < invoked) {
    cursor.fail("an operation that returned before it was called", "write a later time", end.at);
  }
  const args = fields.get("args") ?? { at, value: [] };
  const call = callOf(method, args, fields.get("key")?.value, cursor, recording);
  const said = fields.get("result");
  if (returned !== undefined && said === undefined && method.needsResult)
    cursor.fail(`${method.method} returned without a result`, "write the result, be it null", at);
  const result = said ?? { at, value: null };
  return {
    at,
    call: { client, ...call },
    result: returned === undefined ? null : resultOf(method, result, cursor),
    invoked,
    returned,
  };
}

const FIELDS = ["client", "method", "args", "key", "result", "invoked", "returned"];

/** What would be passed over and change what the history says: a field that is nearly a known one, and a failure. */
function refuseStrays(fields: NonNullable<Located["fields"]>, cursor: TextCursor): void {
  for (const [name, { value, at }] of fields) {
    if (FIELDS.includes(name)) continue;
    const meant = nearestTo(name, FIELDS);
    if (meant !== undefined)
      cursor.fail(`an operation with ${name}`, `write ${meant}, or call it something else`, at);
    if (name === "type" && typeof value === "string" && /^:?fail$/.test(value))
      cursor.fail("an operation that failed", "leave it out: it did not happen", at);
  }
}

function resultOf(method: RecordedMethod, { value, at }: Located, cursor: TextCursor): Value {
  const result = method.resultOf(value);
  if (result !== undefined) return result;
  const problem = `${canonicalText(value)} is not what ${method.method} returns`;
  return cursor.fail(problem, `write ${method.returns} as the result`, at);
}

function timeOf({ value, at }: Located, cursor: TextCursor): Time {
  if (typeof value === "number" || typeof value === "bigint") return value;
  return cursor.fail(`${canonicalText(value)} is no time`, "write a number", at);
}

function methodOf({ value, at }: Located, cursor: TextCursor, { methods }: Recording): RecordedMethod {
  const method = typeof value === "string" ? methods.get(value.replace(/^:/, "")) : undefined;
  if (method !== undefined) return method;
  return cursor.fail(
    `an unknown method ${canonicalText(value)}`,
    `write one of ${[...methods.keys()].join(", ")}`,
    at,
  );
}

function callOf(
  { method, arity, argsOfList = (list) => list, takes }: RecordedMethod,
  { value, at }: Located,
  key: Value | undefined,
  cursor: TextCursor,
  recording: Recording,
): Omit<Call, "client"> {
  if (!isList(value)) {
    return cursor.fail(`${canonicalText(value)} is no list`, "write the arguments as [a, b]", at);
  }
  const isArgument = recording.key === "argument";
  const args = isArgument && key !== undefined ? [key, ...value] : value;
  const wanted = arity === undefined ? args.length : arity + Number(isArgument);
  if (args.length !== wanted) {
    const hint = isArgument ? "write the key as the first one, or as key" : "write them as a list";
    cursor.fail(
      `${method} takes ${wanted} ${wanted === 1 ? "argument" : "arguments"}, not ${args.length}`,
      hint,
      at,
    );
  }
  const taken =
    argsOfList(args) ??
    cursor.fail(`${canonicalText(args)} is not what ${method} takes`, `write ${takes} as args`, at);
  return isArgument || key === undefined
    ? { method, args: taken }
    : { method, args: taken, instance: nameOfKey(key) };
}
