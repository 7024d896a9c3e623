/** From the text of a program to what can be compiled. */

import { type Checked, checkProgram } from "./check.ts";
import { formatError, type LanguageError } from "./errors.ts";
import { parseProgram } from "./parse.ts";
import type { TypedProgram } from "./typed.ts";

/** Parses and checks in one go. Names and types are looked at only if the text can be read. */
export function readProgram(
  source: string,
  file: string,
): Checked | { readonly errors: readonly LanguageError[] } {
  const { program, errors } = parseProgram(source, file);
  return errors.length > 0 ? { errors } : checkProgram(program);
}

/** The program that `source` spells, ready to be compiled.  @throws Error with every error as a user reads it. */
export function typedProgram(source: string, file = "program.ado"): TypedProgram {
  const checked = readProgram(source, file);
  if ("typed" in checked && checked.errors.length === 0) return checked.typed;
  throw new Error(checked.errors.map(formatError).join("\n\n"));
}
