/**
 * Theorems decided the slow and obvious way: whole ADO-21 trees, whole histories, a step for everything. Nothing is
 * forgotten, folded or remembered from one state to the next; tests compare the models of theorems with it.
 */

import {
  type Ado21,
  EMPTY,
  invoke,
  methodsUpTo,
  nextOf,
  openTimes,
  parentOf,
  places,
  preempt,
  pull,
  push,
  pushable,
  rootOf,
} from "../ado/ado-21.ts";
import type { Method } from "../ado/ado-r.ts";
import { HistoryRecorder } from "../history/history-recorder.ts";
import { linearize } from "../history/linearize.ts";
import type { Value as HistoryValue } from "../history/value.ts";
import { Client, type ClientState, type Intent } from "./client.ts";
import { type CompiledTheorem, evaluatePredicate } from "./compile-theorem.ts";
import { type Request, runMethod } from "./run.ts";
import { callOf, specificationOf } from "./specification.ts";
import { fail, isFail, type Value } from "./values.ts";

interface Whole {
  readonly objects: readonly { readonly first: readonly Value[]; readonly ado: Ado21 }[];
  readonly clients: readonly ClientState[];
  readonly crashes: number;
  readonly lost: number;
  readonly history: readonly Event[];
}

interface Event {
  readonly me: number;
  readonly procedure: string;
  readonly call: number;
  readonly given?: readonly Value[];
  readonly answer?: Value;
}

/** What the theorem comes to; `undefined` if there are more states than `limit`. */
export function decideByForce(theorem: CompiledTheorem, limit: number): "holds" | "violated" | undefined {
  // A history and the calls in progress stay as they are where a client crashes that has made all its calls.
  const crashesLate = "predicate" in theorem.claim;
  const clients = theorem.workloads.map(
    (_, i) => new Client(theorem, { me: i + 1, beginsLate: false, keepsVariables: true, crashesLate }),
  );
  const starts = theorem.application.objects.reduce<Whole["objects"][]>(
    (all, { type }) =>
      all.flatMap((some) => type.initialStates.map((first) => [...some, { first, ado: EMPTY }])),
    [[]],
  );
  const states = starts.map((objects): Whole => {
    return { objects, clients: clients.map(({ first }) => first), crashes: 0, lost: 0, history: [] };
  });
  const numbers = new Map(states.map((state, i) => [JSON.stringify(state), i]));
  const graph: number[][] = [];
  for (let i = 0; i < states.length; i++) {
    if (states.length > limit) return undefined;
    graph.push(
      successors(theorem, clients, states[i]!).map(({ state }) => {
        const text = JSON.stringify(state);
        if (!numbers.has(text)) numbers.set(text, states.push(state) - 1);
        return numbers.get(text)!;
      }),
    );
  }
  return isTrue(theorem, clients, states, graph) ? "holds" : "violated";
}

function isTrue(
  theorem: CompiledTheorem,
  clients: readonly Client[],
  states: readonly Whole[],
  graph: readonly (readonly number[])[],
): boolean {
  const { claim } = theorem;
  switch (claim.kind) {
    case "implements":
      return states.every(({ history }) => isLinearizable(theorem, history));
    case "returns":
      return clients.every((_, i) => canAlwaysReturn(theorem, i, states, graph));
    default: {
      const holds = (state: Whole) => evaluatePredicate(claim.predicate, worldOf(theorem, state)) === true;
      if (claim.kind === "sometimes") return states.some(holds);
      return states.every((state) => holds(state) === (claim.kind === "always"));
    }
  }
}

function isLinearizable({ claim }: CompiledTheorem, history: readonly Event[]): boolean {
  if (claim.kind !== "implements") return true;
  const recorder = new HistoryRecorder();
  for (const { me, procedure, call, given, answer } of history) {
    if (given !== undefined)
      recorder.invoke({ client: `${me}`, ...callOf(claim.specification, procedure, given, { me, call }) });
    else if (isFail(answer!)) recorder.abandon(`${me}`);
    else recorder.complete(`${me}`, answer as unknown as HistoryValue);
  }
  return linearize(recorder.history(), specificationOf(claim.specification)).kind === "linearizable";
}

/** A backward fixpoint over the whole graph: from which states a call that client `i` has pending can return. */
function canAlwaysReturn(
  { bounds }: CompiledTheorem,
  i: number,
  states: readonly Whole[],
  graph: readonly (readonly number[])[],
): boolean {
  const isPending = (state: Whole) => state.clients[i]!.kind === "calling";
  const callOfState = (state: Whole) => (state.clients[i] as { call?: number }).call;
  const good = states.map(() => false);
  for (let isGrowing = true; isGrowing; ) {
    isGrowing = false;
    for (const [n, state] of states.entries()) {
      if (good[n] || !isPending(state)) continue;
      good[n] = graph[n]!.some((to) => {
        const after = states[to]!;
        if (after.crashes > state.crashes || after.lost > state.lost) return false;
        return after.clients[i]!.kind === "idle" || callOfState(after) !== callOfState(state) || good[to]!;
      });
      isGrowing ||= good[n]!;
    }
  }
  const hasTime = ({ objects }: Whole) =>
    objects.every(({ ado }) => (ado.owners.at(-1)?.[0] ?? 0) < bounds.times!);
  return states.every((state, n) => !isPending(state) || !hasTime(state) || good[n]!);
}

function worldOf(theorem: CompiledTheorem, state: Whole) {
  const count = theorem.application.variables.length;
  return {
    objects: state.objects.map(({ ado }, i) => stateAt(theorem, state, i, rootOf(ado))),
    clients: state.clients.map((client) => ({
      variables: client.kind === "calling" ? client.frame.slice(0, count) : client.variables,
      isCrashed: client.kind === "crashed",
      isIdle: client.kind === "idle",
    })),
  };
}

interface Successor {
  readonly state: Whole;
}

function successors(theorem: CompiledTheorem, clients: readonly Client[], state: Whole): Successor[] {
  return clients.flatMap((client, i) => {
    const current = state.clients[i]!;
    const steps = client.intents(current).flatMap((intent) => stepsOf(theorem, client, intent, state));
    if (!client.canCrash(current) || state.crashes === theorem.bounds.crashes) return steps;
    const crashed = {
      ...state,
      clients: state.clients.with(i, client.crashed(current)),
      crashes: state.crashes + 1,
    };
    return [...steps, { state: crashed }];
  });
}

function stepsOf(theorem: CompiledTheorem, client: Client, intent: Intent, state: Whole): Successor[] {
  const { me } = client;
  const isSeen = (procedure: string) =>
    theorem.claim.kind === "implements" && theorem.claim.specification.methods.has(procedure);
  const moved = (from: Whole, progress: ReturnType<Client["after"]>, event: Event): Successor => {
    if (progress.kind === "broken") throw new Error(progress.message);
    const clients = from.clients.with(me - 1, progress.state);
    if (progress.ended === undefined || !isSeen(event.procedure)) return { state: { ...from, clients } };
    const { procedure, call } = event;
    const history = [...from.history, { me, procedure, call, answer: progress.ended }];
    return { state: { ...from, clients, history } };
  };
  if (intent.kind === "broken") throw new Error(intent.message);
  if (intent.kind === "call") {
    const { procedure, arguments: given } = intent.began;
    const event = { me, procedure, call: intent.call, given };
    const history = isSeen(procedure) ? [...state.history, event] : state.history;
    return [moved({ ...state, history }, intent.progress, event)];
  }
  return outcomes(theorem, me, intent.request, state).map(({ ado, answer, isLost }) => {
    const { request, from } = intent;
    const objects = state.objects.with(request.object, { ...state.objects[request.object]!, ado });
    const lost = state.lost + (isLost ? 1 : 0);
    return moved({ ...state, objects, lost }, client.after(intent, answer), { me, ...from });
  });
}

function outcomes(
  theorem: CompiledTheorem,
  me: number,
  request: Request,
  state: Whole,
): { ado: Ado21; answer: Value; isLost?: boolean }[] {
  const { bounds } = theorem;
  const { ado } = state.objects[request.object]!;
  const same = { ado, answer: fail };
  switch (request.kind) {
    case "pull": {
      const won = openTimes(ado, bounds.times!).flatMap((time) =>
        places(ado).flatMap((at) => {
          const after = pull(ado, me, time, at);
          return after === undefined
            ? []
            : [{ ado: after, answer: stateAt(theorem, state, request.object, at) }];
        }),
      );
      const next = (ado.owners.at(-1)?.[0] ?? 0) + 1;
      const preempted = next <= bounds.times! ? preempt(ado, next) : undefined;
      return [...won, same, ...(preempted === undefined ? [] : [{ ado: preempted, answer: fail }])];
    }
    case "invoke": {
      const method = { ...request, me } as unknown as Method;
      const after = invoke(ado, me, method);
      if (after === undefined) return [same];
      const before = stateAt(theorem, state, request.object, parentOf(nextOf(ado, me)!));
      return [{ ado: after, answer: run(theorem, request.object, before, method)[1] }];
    }
    case "push": {
      const won = pushable(ado, me).flatMap((at) => {
        const after = push(ado, me, at)!;
        const before = stateAt(theorem, state, request.object, parentOf(at));
        const [, answer] = run(theorem, request.object, before, methodsUpTo(ado, at).at(-1)!);
        const lost = { ado: after, answer: fail, isLost: true };
        return [{ ado: after, answer }, ...(state.lost < bounds.lost ? [lost] : [])];
      });
      return [...won, same];
    }
  }
}

function stateAt(theorem: CompiledTheorem, { objects }: Whole, object: number, at: string): readonly Value[] {
  const { first, ado } = objects[object]!;
  return methodsUpTo(ado, at).reduce<readonly Value[]>(
    (state, method) => run(theorem, object, state, method)[0],
    first,
  );
}

function run(theorem: CompiledTheorem, object: number, state: readonly Value[], invocation: Method) {
  const {
    method,
    me,
    request,
    arguments: given,
  } = invocation as unknown as Request & { kind: "invoke"; me: number };
  const code = theorem.application.objects[object]!.type.methods.get(method)!;
  const done = runMethod(code, state, given, { me, ...(request !== undefined && { request }) });
  if (done.kind === "fault") throw new Error(done.message);
  return [done.state, done.answer] as const;
}
