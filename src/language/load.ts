/** Programs in `.ado`, read and made into models: what `muchado/language` offers. */

import type { AdoImplementation } from "../model/implementation.ts";
import type { ModelReference } from "../model/load.ts";
import type { Model } from "../model/model.ts";
import { readProgram } from "./check.ts";
import { type FindProtocol, protocolErrors } from "./check-protocol.ts";
import { type CompiledTheorem, compileTheorem } from "./compile-theorem.ts";
import { formatError, formatErrors, type LanguageError } from "./errors.ts";
import { theoremModel } from "./theorem-model.ts";
import type { TypedProgram } from "./typed.ts";

/** A theorem as a model that can be checked. */
export interface TheoremEntry {
  readonly kind: "theorem";
  readonly name: string;
  readonly model: Model;
  readonly reference: ModelReference;
  /** The same model, whatever file the program is in: what goes wrong is then told without the file. */
  readonly origin: ModelReference;
}

/** What a worker thread needs to build a theorem's model again. */
interface TheoremSource {
  readonly source: string;
  readonly name: string;
  /** For messages. */
  readonly file?: string;
  /** Where the implementation is found that the theorem runs over. */
  readonly over?: ModelReference;
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
  const entries = [...typed.names.theorems.keys()].map((name): TheoremEntry => {
    const compiled = compile(typed, name);
    const over = compiled.protocol && findProtocol(compiled.protocol.name);
    const argument: TheoremSource = {
      source,
      name,
      ...(over?.kind === "implementation" && { over: over.reference }),
    };
    const origin = { module: import.meta.url, export: "loadTheorem", argument };
    const reference = { ...origin, argument: { ...argument, file } };
    return { kind: "theorem", name, model: theoremModel(compiled, over), reference, origin };
  });
  return { entries };
}

/** The model of one theorem, for worker threads.  @throws Error if the program has errors, or no such theorem */
export async function loadTheorem({ source, name, file = name, over }: TheoremSource): Promise<Model> {
  const checked = readProgram(source, file);
  if (!("typed" in checked)) throw new Error(checked.errors.map(formatError).join("\n"));
  const compiled = compile(checked.typed, name);
  if (over === undefined) return theoremModel(compiled);
  const module = (await import(over.module)) as { readonly [name: string]: AdoImplementation };
  return theoremModel(compiled, {
    kind: "implementation",
    implementation: module[over.export]!,
    reference: over,
  });
}

function compile(typed: TypedProgram, name: string): CompiledTheorem {
  const theorem = typed.names.theorems.get(name);
  if (theorem === undefined) throw new Error(`there is no theorem called ${name}`);
  return compileTheorem(typed, theorem);
}

export { type FindProtocol, formatError, formatErrors, type LanguageError };
