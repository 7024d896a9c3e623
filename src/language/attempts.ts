import type { Method } from "../ado/ado-r.ts";
import {
  type Condensed,
  condense,
  countOf,
  invokes,
  ownerOf,
  preempted,
  pulls,
  pushes,
  stateForNext,
} from "../ado/condensed.ts";
import { type Client, type ClientState, callText, faultText, type Intent, type Progress } from "./client.ts";
import type { CompiledTheorem } from "./compile-theorem.ts";
import type { CompiledObject } from "./flow.ts";
import { printState } from "./print-state.ts";
import { type Request, runRequest } from "./run.ts";
import { fail, isFail, printValue, type Value } from "./values.ts";

/** What sort of step something is; each is an action or a fault of the model. */
export type Kind = "call" | "pull" | "pullFails" | "invoke" | "push" | "pushFails" | "lost" | "fails";

/** One outcome of something that a client can do, as far as the client and the object it works on are concerned. */
export type Attempt = {
  readonly kind: Kind;
  /** `c1: set("a", "x"): lk.pull() = OK at time 2` */
  readonly text: string;
} & (Taken | { readonly broken: string });

export interface Taken {
  readonly client: ClientState;
  /** What becomes of an object; none for a call without operation. */
  readonly object?: { readonly index: number; readonly after: Condensed };
  /** What a history shows of it, if a call begins or ends. */
  readonly event?: CallEvent;
}

/** The beginning of a call, its end, or both at once. */
export interface CallEvent {
  readonly me: number;
  /** Which of the client's calls it is, from 0. */
  readonly call: number;
  readonly procedure: string;
  /** The arguments with which it begins. */
  readonly began?: readonly Value[];
  readonly ended?: Value;
}

/** An answer that an operation may have, or why there is none. */
type Answer = { readonly kind: Kind; readonly how: string } & (
  | { readonly value: Value; readonly after: Condensed }
  | { readonly broken: string }
);

/** Everything that may come of an intent of a client, whose object, if it needs one, is `object`. */
export function attemptsOf(
  theorem: CompiledTheorem,
  client: Client,
  intent: Intent,
  object: Condensed | undefined,
): readonly Attempt[] {
  const { me } = client;
  switch (intent.kind) {
    case "broken":
    case "call":
      return [callAttempt(client, intent)];
    case "operation": {
      const { request, began, from } = intent;
      const { call, procedure } = from;
      const attempts = answersOf(theorem, client, request, object!).map((answer): Attempt => {
        const text = `${askedText(client, intent)} = ${answer.how}`;
        if ("broken" in answer) return { kind: answer.kind, text, broken: answer.broken };
        const progress = client.after(intent, answer.value);
        if (progress.kind === "broken") return { kind: answer.kind, text, broken: progress.message };
        const claim = client.claims(progress.state)[request.object]!;
        const after = condense(answer.after, me, claim);
        const event = { me, call, procedure, ...(began !== undefined && { began: began.arguments }) };
        return attempt(answer.kind, text, progress, { object: { index: request.object, after }, event });
      });
      return distinct(attempts);
    }
  }
}

/** A call that needs no operation, or what goes wrong before there is one. */
export function callAttempt({ me }: Client, intent: Intent & { kind: "call" | "broken" }): Attempt {
  const { began } = intent;
  const text = `c${me}${began === undefined ? " goes on" : `: ${callText(began.procedure, began.arguments)}`}`;
  if (intent.kind === "broken") return { kind: "call", text, broken: intent.message };
  const { call, progress } = intent;
  const { procedure, arguments: given } = intent.began;
  return attempt("call", text, progress, { event: { me, call, procedure, began: given } });
}

/** `c1: set("a", "x"): lk.pull()` */
export function askedText(client: Client, { began, request }: Intent & { kind: "operation" }): string {
  const start = began === undefined ? "" : `${callText(began.procedure, began.arguments)}: `;
  return `c${client.me}: ${start}${client.operationText(request)}`;
}

/** An attempt that brings the client to `progress`. */
export function attempt(
  kind: Kind,
  text: string,
  progress: Progress,
  { event, object }: { event: CallEvent; object?: NonNullable<Taken["object"]> },
): Attempt {
  if (progress.kind === "broken") return { kind, text, broken: progress.message };
  const { state, ended } = progress;
  const taken = { kind, client: state, ...(object !== undefined && { object }) };
  if (ended === undefined) return { ...taken, text, ...(event.began !== undefined && { event }) };
  const isSilent = Array.isArray(ended) && ended.length === 0;
  const end = isFail(ended) ? "gives up" : isSilent ? "returns" : `returns ${printValue(ended)}`;
  return { ...taken, text: `${text}, ${end}`, event: { ...event, ended } };
}

/** Of attempts that lead to the same, the first. */
function distinct(attempts: readonly Attempt[]): Attempt[] {
  const found = new Map<string, Attempt>();
  for (const one of attempts) {
    const text = JSON.stringify({ ...one, text: "" });
    if (!found.has(text)) found.set(text, one);
  }
  return [...found.values()];
}

function answersOf(theorem: CompiledTheorem, { me }: Client, request: Request, object: Condensed): Answer[] {
  const type = theorem.application.objects[request.object]!;
  switch (request.kind) {
    case "pull":
      return answersOfPull(theorem, me, type, object);
    case "invoke":
      return [answerOfInvoke(theorem, me, request, object)];
    case "push":
      return answersOfPush(theorem, me, object);
  }
}

/** A pull may fail though it could succeed; one that fails may still take away what others own. */
function answersOfPull(
  { bounds }: CompiledTheorem,
  me: number,
  { type }: CompiledObject,
  object: Condensed,
): Answer[] {
  const won = pulls(object, me).map(({ after, seen, at }): Answer => {
    const state = seen as readonly Value[];
    const owner = ownerOf(after) === me ? ownerOf(object) : 0;
    const notes = [
      printState(type.fields, state),
      ...(at === "" ? [] : ["not all of it committed"]),
      ...(owner > 0 && owner !== me ? [`pre-empts c${owner}`] : []),
      ...(ownerOf(after) === me ? [] : ["at a time that has passed"]),
    ];
    return { kind: "pull", value: state, after, how: `OK (${notes.join("; ")})` };
  });
  if (won.length === 0) return [{ kind: "pull", value: fail, after: object, how: "FAIL, no time is left" }];
  const kind = bounds.fails === undefined ? "pullFails" : "fails";
  const preempting = preempted(object);
  const loss = ownerOf(object) > 0 ? `pre-empts c${ownerOf(object)}` : "its time is spent";
  return [
    ...won,
    { kind, value: fail, after: object, how: "FAIL" },
    ...(preempting === undefined
      ? []
      : [{ kind, value: fail, after: preempting, how: `FAIL, but ${loss}` } as const]),
  ];
}

/** An invocation fails where it must, and only there: it takes no message. */
function answerOfInvoke(
  theorem: CompiledTheorem,
  me: number,
  request: Request & { kind: "invoke" },
  object: Condensed,
): Answer {
  const { methods } = theorem.bounds;
  const isOver = methods !== undefined && countOf(object, me) >= methods;
  const state = isOver ? undefined : stateForNext(object, me);
  if (state === undefined) return { kind: "invoke", value: fail, after: object, how: "FAIL" };
  const { type } = theorem.application.objects[request.object]!;
  const done = runRequest(type, state as readonly Value[], me, request);
  if (done.kind === "fault") return { kind: "invoke", broken: faultText(theorem, done), how: "?" };
  const after = invokes(object, me, done.state as Method, done.answer as Method, methods !== undefined);
  return { kind: "invoke", value: done.answer, after, how: answerText(done.answer) };
}

/** A push may fail though it could succeed, and may succeed without its client's hearing of it. */
function answersOfPush({ bounds }: CompiledTheorem, me: number, object: Condensed): Answer[] {
  const won = pushes(object, me).flatMap(({ after, seen, count }): Answer[] => {
    const value = seen as Value;
    const what = count === 1 ? "" : `, with ${count - 1} before it`;
    return [
      { kind: "push", value, after, how: `${answerText(value)}${what}` },
      { kind: "lost", value: fail, after, how: `FAIL, though it was committed${what}` },
    ];
  });
  if (won.length === 0)
    return [{ kind: "push", value: fail, after: object, how: "FAIL, there is nothing that it may commit" }];
  const kind = bounds.fails === undefined ? "pushFails" : "fails";
  return [...won, { kind, value: fail, after: object, how: "FAIL" }];
}

export function answerText(value: Value): string {
  return Array.isArray(value) && value.length === 0 ? "OK" : printValue(value);
}
