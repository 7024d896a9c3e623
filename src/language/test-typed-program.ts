/** For tests: programs that are known to be free of errors. */

import { formatError } from "./errors.ts";
import { readProgram } from "./read-program.ts";
import type { TypedProgram } from "./typed.ts";

/** The program that `source` spells, ready to be compiled.  @throws Error with every error as a user reads it. */
export function typedProgram(source: string, file = "program.ado"): TypedProgram {
  const checked = readProgram(source, file);
  if ("typed" in checked && checked.errors.length === 0) return checked.typed;
  throw new Error(checked.errors.map(formatError).join("\n\n"));
}
