import type { ModelReference } from "../model/load.ts";
import type { Model } from "../model/model.ts";
import { readProgram } from "./check.ts";
import { type CompiledTheorem, compileTheorem } from "./compile-theorem.ts";
import { formatError, type LanguageError } from "./errors.ts";
import { theoremModel } from "./theorem-model.ts";
import type { TypedProgram } from "./typed.ts";

/** A theorem as a model that can be checked. */
export interface TheoremEntry {
  readonly kind: "theorem";
  readonly name: string;
  readonly model: Model;
  readonly reference: ModelReference;
}

/** What a worker thread needs to build a theorem's model again. */
interface TheoremSource {
  readonly file: string;
  readonly source: string;
  readonly name: string;
}

/** All theorems of a program, in the order of the file; `file` is for messages only. */
export function theoremsOf(
  file: string,
  source: string,
): { readonly errors: readonly LanguageError[] } | { readonly entries: readonly TheoremEntry[] } {
  const checked = readProgram(source, file);
  if (!("typed" in checked) || checked.errors.length > 0) return { errors: checked.errors };
  const { typed } = checked;
  const entries = [...typed.names.theorems.keys()].map((name): TheoremEntry => {
    const argument: TheoremSource = { file, source, name };
    const reference = { module: import.meta.url, export: "loadTheorem", argument };
    return { kind: "theorem", name, model: theoremModel(compile(typed, name)), reference };
  });
  return { entries };
}

/** The model of one theorem, for worker threads.  @throws Error if the program has errors, or no such theorem */
export async function loadTheorem({ file, source, name }: TheoremSource): Promise<Model> {
  const checked = readProgram(source, file);
  if (!("typed" in checked)) throw new Error(checked.errors.map(formatError).join("\n"));
  return theoremModel(compile(checked.typed, name));
}

function compile(typed: TypedProgram, name: string): CompiledTheorem {
  const theorem = typed.names.theorems.get(name);
  if (theorem === undefined) throw new Error(`there is no theorem called ${name}`);
  return compileTheorem(typed, theorem);
}

export { formatError };
