/** A mistake of the person at the keyboard: its message, one line, is all that is printed, and the exit code is 64. */
export class UsageError extends Error {
  override readonly name: string = "UsageError";
}

/** Mistakes in a program, each of several lines: what is wrong, where that stands, and what to write instead. */
export class ProgramError extends UsageError {
  override readonly name = "ProgramError";
}

/** The exit code for wrong usage, and for a model or file that cannot be read. */
export const USAGE = 64;
/** The exit code for a fault of the tool or of a model. */
export const FAULT = 70;
/** The exit code of an interrupted command. */
export const INTERRUPTED = 130;
