/** One theorem of a program as a model. Worker threads build it from what was parsed, so that none loads the parser. */

import type { AdoImplementation } from "../model/implementation.ts";
import type { ModelReference } from "../model/load.ts";
import type { Model } from "../model/model.ts";
import type { Program } from "./ast.ts";
import { checkProgram } from "./check.ts";
import { type CompiledTheorem, compileTheorem } from "./compile-theorem.ts";
import { theoremModel } from "./theorem-model.ts";
import type { TypedProgram } from "./typed.ts";

/** What it takes to build a theorem's model again. */
export interface TheoremSource {
  /** A program without errors. */
  readonly program: Program;
  /** The name of the theorem. */
  readonly name: string;
  /** Where the implementation is found that the theorem runs over. */
  readonly over?: ModelReference;
}

/** Where the model of a theorem is found. */
export function theoremReference(argument: TheoremSource): ModelReference {
  return { module: import.meta.url, export: loadTheorem.name, argument };
}

/** The model of one theorem.  @throws Error if the program has none with that name */
export async function loadTheorem({ program, name, over }: TheoremSource): Promise<Model> {
  const compiled = compileNamed(checkProgram(program).typed, name);
  if (over === undefined) return theoremModel(compiled);
  const module = (await import(over.module)) as { readonly [name: string]: AdoImplementation };
  return theoremModel(compiled, {
    kind: "implementation",
    implementation: module[over.export]!,
    reference: over,
  });
}

/** Compiles one theorem of a program without errors.  @throws Error if it has none with that name */
export function compileNamed(typed: TypedProgram, name: string): CompiledTheorem {
  const theorem = typed.names.theorems.get(name);
  if (theorem === undefined) throw new Error(`there is no theorem called ${name}`);
  return compileTheorem(typed, theorem);
}
