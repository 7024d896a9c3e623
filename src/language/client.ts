import type { Claim } from "../ado/condensed.ts";
import { type Code, partsOfTerm, type Term } from "./code.ts";
import type { CompiledCall, CompiledTheorem } from "./compile-theorem.ts";
import { errorAt, formatError } from "./errors.ts";
import { followedBy, type Use, union, usesOf } from "./ownership.ts";
import { beginCall, type Fault, type Request, type Rest, requestAt, resume } from "./run.ts";
import { printValue, type Value } from "./values.ts";

/** Where a client stands; plain and canonical. `call` counts the calls that are over. */
export type ClientState =
  | { readonly kind: "idle"; readonly call: number; readonly variables: readonly Value[] }
  | {
      readonly kind: "calling";
      readonly call: number;
      readonly procedure: string;
      /** Position of the operation that comes next. */
      readonly at: number;
      readonly frame: readonly Value[];
    }
  | { readonly kind: "crashed"; readonly variables: readonly Value[] };

/** A client after some local computation: it stands somewhere, and may have ended its call, or gone wrong. */
export type Progress =
  | { readonly kind: "moved"; readonly state: ClientState; readonly ended?: Value }
  | { readonly kind: "broken"; readonly message: string };

/** Something a client can do next: an operation, perhaps the first of a new call, or a call that needs none. */
export type Intent =
  | {
      readonly kind: "operation";
      readonly began?: CompiledCall;
      readonly request: Request;
      readonly from: ClientState & { kind: "calling" };
    }
  | {
      readonly kind: "call";
      readonly call: number;
      readonly began: CompiledCall;
      readonly progress: Progress;
    }
  /** The program goes wrong before the client can ask for anything: in the call that it begins, or in the one it is in. */
  | { readonly kind: "broken"; readonly message: string; readonly began?: CompiledCall };

export interface ClientOptions {
  /** From 1. */
  readonly me: number;
  /** Whether a call begins together with its first operation, rather than in a step of its own. */
  readonly beginsLate: boolean;
  /** Whether the variables of a client that will not run again are still looked at. */
  readonly keepsVariables: boolean;
  /** Whether it is looked at which of the clients that will not run again have crashed. */
  readonly crashesLate: boolean;
}

/** The clients of a theorem, which tell apart what its claim does. */
export function clientsOf(theorem: CompiledTheorem): Client[] {
  const { claim, workloads } = theorem;
  const isHistory = claim.kind === "implements";
  const asksStatus = (term: Term): boolean =>
    term.kind === "client-status" || partsOfTerm(term).some(asksStatus);
  const crashesLate = "predicate" in claim && asksStatus(claim.predicate.term);
  return workloads.map(
    (_, i) =>
      new Client(theorem, { me: i + 1, beginsLate: isHistory, keepsVariables: !isHistory, crashesLate }),
  );
}

/** One client of a theorem: what it does, as functions of where it stands. */
export class Client {
  readonly me: number;
  readonly #theorem: CompiledTheorem;
  readonly #workload: CompiledTheorem["workloads"][number];
  readonly #options: ClientOptions;
  readonly #uses = new Map<string, readonly (readonly Use[])[]>();
  /** By number of calls that are over: the use of each object from there on. */
  readonly #later: readonly (readonly Use[])[];

  constructor(theorem: CompiledTheorem, options: ClientOptions) {
    this.me = options.me;
    this.#theorem = theorem;
    this.#workload = theorem.workloads[options.me - 1]!;
    this.#options = options;
    const { procedures, objects } = theorem.application;
    for (const [name, code] of procedures) this.#uses.set(name, usesOf(code, objects.length));
    this.#later = this.#usesByCall();
  }

  get first(): ClientState {
    const { variables } = this.#theorem.application;
    return this.#idle(
      0,
      variables.map(({ initial }) => initial),
    );
  }

  /** Whether the client will never do anything again. */
  isOver(state: ClientState): boolean {
    return state.kind === "crashed" || (state.kind === "idle" && state.call === this.#workload.length);
  }

  /** Whether the client may stop for good: not where nobody could tell the difference. */
  canCrash(state: ClientState): boolean {
    return this.#options.crashesLate ? state.kind !== "crashed" : !this.isOver(state);
  }

  intents(state: ClientState): readonly Intent[] {
    switch (state.kind) {
      case "crashed":
        return [];
      case "calling":
        return [this.#operation(state)];
      case "idle":
        return (this.#workload[state.call] ?? []).map((call) => this.#begin(state, call));
    }
  }

  /** Where the client stands once its operation has answered. */
  after({ from }: Intent & { kind: "operation" }, answer: Value): Progress {
    const code = this.#code(from.procedure);
    const rest = { kind: "waiting", at: from.at, frame: from.frame } as const;
    return this.#progress(from, resume(code, rest, answer, { me: this.me }));
  }

  crashed(state: ClientState): ClientState {
    const { length } = this.#theorem.application.variables;
    const variables = state.kind === "calling" ? state.frame.slice(0, length) : state.variables;
    return { kind: "crashed", variables: this.#options.keepsVariables ? variables : [] };
  }

  /** By object: what the client may still do there before it pulls again. */
  claims(state: ClientState): readonly Claim[] {
    if (this.isOver(state)) return this.#theorem.application.objects.map(() => "gone");
    return this.#usesAt(state).map(({ mayInvoke, mayPush }) =>
      mayInvoke ? "invoke" : mayPush ? "push" : "none",
    );
  }

  print(state: ClientState): string {
    const { variables } = this.#theorem.application;
    const own = state.kind === "calling" ? state.frame : state.variables;
    const shown = variables.flatMap(({ name }, i) =>
      name.startsWith("#") || own[i] === undefined ? [] : [`${name} = ${printValue(own[i])}`],
    );
    return [this.#where(state), ...shown].join(", ");
  }

  #where(state: ClientState): string {
    if (state.kind === "crashed") return "crashed";
    if (state.kind === "idle") return this.isOver(state) ? "done" : "idle";
    const { slots } = this.#code(state.procedure);
    const locals = state.frame.flatMap((value, i) => {
      const text = printValue(value);
      const isShown = i >= this.#theorem.application.variables.length && !slots[i]!.startsWith("#");
      return isShown && text !== "unset" ? [`${slots[i]} = ${text}`] : [];
    });
    const request = this.#request(state);
    const next = request.kind === "fault" ? "" : ` before ${this.operationText(request)}`;
    return `in ${state.procedure}(${locals.join(", ")})${next}`;
  }

  /** `lk.insert(97, "x")` */
  operationText(request: Request): string {
    const { name } = this.#theorem.application.objects[request.object]!;
    if (request.kind !== "invoke") return `${name}.${request.kind}()`;
    return `${name}.${callText(request.method, request.arguments)}`;
  }

  #begin(state: ClientState & { kind: "idle" }, call: CompiledCall): Intent {
    const code = this.#code(call.procedure);
    const rest = beginCall(code, state.variables, call.arguments, { me: this.me });
    const progress = this.#progress({ call: state.call, procedure: call.procedure }, rest);
    if (progress.kind === "broken") return { ...progress, began: call };
    if (!this.#options.beginsLate || progress.state.kind !== "calling")
      return { kind: "call", call: state.call, began: call, progress };
    const intent = this.#operation(progress.state);
    return { ...intent, began: call };
  }

  #operation(from: ClientState & { kind: "calling" }): Intent & { kind: "operation" | "broken" } {
    const request = this.#request(from);
    return request.kind === "fault" ? this.#broken(request) : { kind: "operation", request, from };
  }

  #request({ procedure, at, frame }: ClientState & { kind: "calling" }): Request | Fault {
    return requestAt(this.#code(procedure), { kind: "waiting", at, frame }, { me: this.me });
  }

  #progress({ call, procedure }: { call: number; procedure: string }, rest: Rest): Progress {
    switch (rest.kind) {
      case "fault":
        return this.#broken(rest);
      case "waiting":
        return { kind: "moved", state: { kind: "calling", call, procedure, at: rest.at, frame: rest.frame } };
      case "returned":
        return { kind: "moved", state: this.#idle(call + 1, rest.owned), ended: rest.value };
    }
  }

  #broken(fault: Fault): { readonly kind: "broken"; readonly message: string } {
    return { kind: "broken", message: faultText(this.#theorem, fault) };
  }

  #idle(call: number, variables: readonly Value[]): ClientState {
    const isKept = this.#options.keepsVariables || call < this.#workload.length;
    return { kind: "idle", call, variables: isKept ? variables : [] };
  }

  #code(procedure: string): Code {
    return this.#theorem.application.procedures.get(procedure)!;
  }

  #usesAt(state: ClientState): readonly Use[] {
    if (state.kind !== "calling")
      return this.#later[state.kind === "idle" ? state.call : this.#workload.length]!;
    const later = this.#later[state.call + 1]!;
    return this.#uses.get(state.procedure)![state.at]!.map((use, object) => followedBy(use, later[object]!));
  }

  #usesByCall(): (readonly Use[])[] {
    const none: Use = { mayInvoke: false, mayPush: false, mayEnd: false };
    let later: readonly Use[] = this.#theorem.application.objects.map(() => none);
    const all = [later];
    for (const alternatives of this.#workload.toReversed()) {
      const next = later;
      later = next.map((use, object) =>
        alternatives
          .map(({ procedure }) => followedBy(this.#uses.get(procedure)![0]![object]!, use))
          .reduce(union, none),
      );
      all.unshift(later);
    }
    return all;
  }
}

export function callText(name: string, given: readonly Value[]): string {
  return `${name}(${given.map(printValue).join(", ")})`;
}

/** A mistake of the program as its author is told. */
export function faultText({ application }: CompiledTheorem, { span, message, hint }: Fault): string {
  return formatError(errorAt(application.source, span, message, hint));
}
