/** Models with one defect each, made by varying the rules of one model. */

import type { Model, Mutant } from "../../src/index.ts";

/** Makes mutants of the model called `of`: `make` builds it with some rule as `vary` has it. */
export function mutantsOf<Variation>(
  of: string,
  make: (name: string, about: string, vary: Variation) => Model,
): (defect: string, about: string, vary: Variation, runs: Omit<Mutant, "of" | "model">) => Mutant {
  return (defect, about, vary, runs) => ({ of, model: make(`${of}/${defect}`, about, vary), ...runs });
}
