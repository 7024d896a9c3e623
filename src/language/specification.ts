import type { SequentialObject } from "../history/sequential-object.ts";
import { canonicalText, type Value as HistoryValue } from "../history/value.ts";
import { type Code, partsOfTerm, type Term, termsOf } from "./code.ts";
import { errorAt, formatError } from "./errors.ts";
import type { CompiledAdo } from "./flow.ts";
import { printState } from "./print-state.ts";
import { runMethod } from "./run.ts";
import type { Value } from "./values.ts";

/** Who calls a method of a specification, and as which of its calls. */
export interface Caller {
  readonly me: number;
  readonly call: number;
}

/** An ADO run one method at a time, for histories whose calls are made by {@link callOf}. */
export function specificationOf(ado: CompiledAdo): SequentialObject<readonly Value[]> {
  return {
    initial: ado.initialStates[0]!,
    apply(state, method, args) {
      const code = ado.methods.get(method);
      if (code === undefined) throw new RangeError(`${ado.name} has no method ${method}`);
      const [me, request, ...given] = args as unknown as readonly Value[];
      const surroundings = {
        ...(me !== null && { me: me as number }),
        ...(request !== null && { request: request! }),
      };
      const outcome = runMethod(code, state, given, surroundings);
      if (outcome.kind === "fault") {
        const { span, message, hint } = outcome;
        throw new Error(formatError(errorAt(ado.source, span, message, hint)));
      }
      return [outcome.state, outcome.answer as unknown as HistoryValue];
    },
    key: (state) => canonicalText(state as unknown as HistoryValue),
    describe: (state) => printState(ado.fields, state),
    isReadOnly: ({ method }) => {
      const code = ado.methods.get(method);
      return code !== undefined && !writes(code);
    },
  };
}

/** A call as {@link specificationOf} takes it. Its caller is part of it only where the method looks at it. */
export function callOf(ado: CompiledAdo, method: string, given: readonly Value[], { me, call }: Caller) {
  const code = ado.methods.get(method)!;
  const args: readonly Value[] = [
    looksAt(code, "me") ? me : null,
    looksAt(code, "request") ? [me, call] : null,
    ...given,
  ];
  return { method, args: args as unknown as readonly HistoryValue[] };
}

/** Whether some instruction may change what the owner has. */
function writes({ instructions, owned }: Code): boolean {
  return instructions.some((instruction) => instruction.kind === "set" && instruction.slot < owned);
}

function looksAt({ instructions }: Code, kind: "me" | "request"): boolean {
  const isIn = (term: Term): boolean => term.kind === kind || partsOfTerm(term).some(isIn);
  return instructions.some((instruction) => termsOf(instruction).some(isIn));
}
