import type { Span } from "./ast.ts";
import type { Code, Operation } from "./code.ts";
import {
  EvaluationError,
  evaluate,
  evaluatePlain,
  evaluateTruth,
  replacePart,
  type Surroundings,
} from "./evaluate.ts";
import { unset, type Value } from "./values.ts";

/** A mistake of the program that a run came upon. `errorAt` shows it with its place. */
export interface Fault {
  readonly kind: "fault";
  readonly message: string;
  readonly hint?: string;
  readonly span: Span;
}

/** Where a client stands in a procedure: before an operation, or behind its end. */
export type Rest =
  /** `at` is the position of the operation to be done next; dead locals of the frame are unset. */
  | { readonly kind: "waiting"; readonly at: number; readonly frame: readonly Value[] }
  /** `owned` is what is left of the frame: the client's variables. */
  | { readonly kind: "returned"; readonly value: Value; readonly owned: readonly Value[] }
  | Fault;

/** An operation with its operands evaluated. */
export type Request =
  | { readonly kind: "pull" | "push"; readonly object: number }
  | {
      readonly kind: "invoke";
      readonly object: number;
      readonly method: string;
      readonly arguments: readonly Value[];
      readonly request?: Value;
    };

/** How many instructions one step may take before it counts as endless. */
const maxInstructions = 10_000;

/** Begins a call of a procedure: from its first instruction to its first operation. `owned` are the client's variables. */
export function beginCall(
  code: Code,
  owned: readonly Value[],
  parameters: readonly Value[],
  surroundings: Surroundings,
): Rest {
  const locals = code.slots.length - owned.length - parameters.length;
  const frame = [...owned, ...parameters, ...new Array<Value>(locals).fill(unset)];
  return guarded(() => runFrom(code, 0, frame, surroundings));
}

/** Goes on from the operation at `rest`, which answered `answer`, to the next operation or the end. */
export function resume(
  code: Code,
  rest: Rest & { kind: "waiting" },
  answer: Value,
  surroundings: Surroundings,
): Rest {
  const operation = code.instructions[rest.at] as Operation;
  const frame = [...rest.frame];
  if (operation.result >= 0) frame[operation.result] = answer;
  return guarded(() => runFrom(code, rest.at + 1, frame, surroundings));
}

/** What the client asks for at `rest`. */
export function requestAt(
  code: Code,
  rest: Rest & { kind: "waiting" },
  surroundings: Surroundings,
): Request | Fault {
  const operation = code.instructions[rest.at] as Operation;
  return guarded(() => {
    const object = evaluate(operation.object, rest.frame, surroundings) as number;
    if (operation.kind !== "invoke") return { kind: operation.kind, object };
    return {
      kind: "invoke",
      object,
      method: operation.method,
      arguments: operation.arguments.map((argument) => evaluatePlain(argument, rest.frame, surroundings)),
      ...(operation.request === undefined
        ? {}
        : { request: evaluate(operation.request, rest.frame, surroundings) }),
    };
  });
}

/** Runs a method on the state of its object: the new state and the answer. Deterministic. */
export function runMethod(
  code: Code,
  state: readonly Value[],
  parameters: readonly Value[],
  surroundings: Surroundings,
): { readonly kind: "done"; readonly state: readonly Value[]; readonly answer: Value } | Fault {
  const rest = beginCall(code, state, parameters, surroundings);
  if (rest.kind === "returned") return { kind: "done", state: rest.owned, answer: rest.value };
  if (rest.kind === "fault") return rest;
  throw new Error(`${code.name} is no method: it calls an object`);
}

/** Runs the method that a client's `request` asks for. */
export function runRequest(
  { methods }: { readonly methods: ReadonlyMap<string, Code> },
  state: readonly Value[],
  me: number,
  request: Request & { readonly kind: "invoke" },
): ReturnType<typeof runMethod> {
  const surroundings = { me, ...(request.request !== undefined && { request: request.request }) };
  return runMethod(methods.get(request.method)!, state, request.arguments, surroundings);
}

/** Turns an evaluation error into a fault. */
function guarded<R>(run: () => R): R | Fault {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    const { message, hint, span } = error;
    return { kind: "fault", message, ...(hint === undefined ? {} : { hint }), span };
  }
}

/** Runs up to the next operation; `frame` is changed in place. */
function runFrom(code: Code, from: number, frame: Value[], surroundings: Surroundings): Rest {
  let at = from;
  for (let count = 0; count < maxInstructions; count++) {
    const instruction = code.instructions[at]!;
    switch (instruction.kind) {
      case "set": {
        const { slot, path, span } = instruction;
        const keyOf = (term: Parameters<typeof evaluate>[0]) => evaluatePlain(term, frame, surroundings);
        const value = (path.length > 0 ? evaluatePlain : evaluate)(instruction.value, frame, surroundings);
        frame[slot] = path.length === 0 ? value : replacePart(frame[slot]!, path, value, span, keyOf);
        at++;
        break;
      }
      case "branch":
        at = evaluateTruth(instruction.condition, frame, surroundings) ? at + 1 : instruction.otherwise;
        break;
      case "jump":
        at = instruction.to;
        break;
      case "return": {
        const value = evaluate(instruction.value, frame, surroundings);
        return { kind: "returned", value, owned: frame.slice(0, code.owned) };
      }
      default: {
        const live = new Set(instruction.live);
        return {
          kind: "waiting",
          at,
          frame: frame.map((value, slot) => (slot < code.owned || live.has(slot) ? value : unset)),
        };
      }
    }
  }
  throw new EvaluationError(
    spanNear(code, at),
    `this loop does not end within ${maxInstructions.toLocaleString("en")} instructions`,
    "leave it earlier, or call an object in it",
  );
}

function spanNear(code: Code, at: number): Span {
  const instruction = code.instructions.slice(at).find((candidate) => candidate.kind !== "jump");
  return instruction !== undefined && "span" in instruction
    ? instruction.span
    : { start: 0, end: 0, line: 1, column: 1 };
}
