/** From the text of a program to what can be compiled. */

import { type Checked, checkProgram } from "./check.ts";
import type { LanguageError } from "./errors.ts";
import { parseProgram } from "./parse.ts";

/** Parses and checks in one go. Names and types are looked at only if the text can be read. */
export function readProgram(
  source: string,
  file: string,
): Checked | { readonly errors: readonly LanguageError[] } {
  const { program, errors } = parseProgram(source, file);
  return errors.length > 0 ? { errors } : checkProgram(program);
}
