/** A mistake of the person at the keyboard: its message, one line, is all that is printed, and the exit code is 64. */
export class UsageError extends Error {
  override readonly name: string = "UsageError";
}

/** Mistakes in a program, each of several lines: what is wrong, where that stands, and what to write instead. */
export class ProgramError extends UsageError {
  override readonly name = "ProgramError";
}
