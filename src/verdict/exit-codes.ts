/** The exit codes of all commands; 0 is that everything holds. */

export const VIOLATED = 1;
export const INCONCLUSIVE = 2;
export const VACUOUS = 3;
/** Wrong usage, or a model or file that cannot be read. */
export const USAGE = 64;
/** The tool or a model is at fault. */
export const FAULT = 70;
export const INTERRUPTED = 130;

const FROM_THE_GRAVEST = [FAULT, USAGE, VIOLATED, VACUOUS, INCONCLUSIVE];

/** Of several exit codes the one that counts; 0 if there is none. */
export function gravest(codes: readonly number[]): number {
  return FROM_THE_GRAVEST.find((code) => codes.includes(code)) ?? 0;
}
