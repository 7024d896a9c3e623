/** Programs in `.ado`, read and made into models: what `muchado/language` offers. */

import type { ModelReference } from "../model/load.ts";
import type { Model } from "../model/model.ts";
import { type FindProtocol, protocolErrors } from "./check-protocol.ts";
import { errorAt, formatError, formatErrors, type LanguageError } from "./errors.ts";
import { EvaluationError } from "./evaluate.ts";
import { compileNamed, theoremReference } from "./load-theorem.ts";
import { readProgram } from "./read-program.ts";
import { theoremModel } from "./theorem-model.ts";

/** A theorem as a model that can be checked. */
export interface TheoremEntry {
  readonly kind: "theorem";
  readonly name: string;
  readonly model: Model;
  readonly reference: ModelReference;
  /** The same model, whatever file the program is in: what goes wrong is then told without the file. */
  readonly origin: ModelReference;
}

/** The protocols that the theorems of a program run over, each once; none for a program with errors. */
export function protocolsOf(source: string): string[] {
  const checked = readProgram(source, "");
  if (!("typed" in checked)) return [];
  const theorems = [...checked.typed.names.theorems.values()];
  return [
    ...new Set(theorems.flatMap(({ protocol }) => (protocol === undefined ? [] : [protocol.name.text]))),
  ];
}

/**
 * All theorems of a program, in the order of the file; `file` is for messages only. Where it is `known` which protocols there are, one
 * that is not is an error of the program; otherwise it is one of the system of its theorem.
 */
export function theoremsOf(
  file: string,
  source: string,
  findProtocol: FindProtocol = () => undefined,
  known?: readonly string[],
): { readonly errors: readonly LanguageError[] } | { readonly entries: readonly TheoremEntry[] } {
  const checked = readProgram(source, file);
  if (!("typed" in checked) || checked.errors.length > 0) return { errors: checked.errors };
  const { typed } = checked;
  const errors = known === undefined ? [] : protocolErrors(typed, findProtocol, known);
  if (errors.length > 0) return { errors };
  const { program } = typed;
  const entryOf = (name: string): TheoremEntry => {
    const compiled = compileNamed(typed, name);
    const over = compiled.protocol && findProtocol(compiled.protocol.name);
    const found = { program, name, ...(over?.kind === "implementation" && { over: over.reference }) };
    const reference = theoremReference(found);
    const origin = theoremReference({ ...found, program: { ...program, file: "" } });
    return { kind: "theorem", name, model: theoremModel(compiled, over), reference, origin };
  };
  try {
    return { entries: [...typed.names.theorems.keys()].map(entryOf) };
  } catch (error) {
    // A constant or a first value that cannot be computed.
    if (!(error instanceof EvaluationError)) throw error;
    return { errors: [errorAt(program, error.span, error.message, error.hint)] };
  }
}

export { type FindProtocol, formatError, formatErrors, type LanguageError };
