/** Whether a client keeps what a pull showed it, or looks at it at once and forgets it. */

import { type Code, failTest, type Operation, partsOfTerm, type Term, termsOf } from "./code.ts";

/** Whether the state that some pull of `code` shows outlasts the step, or is handed on; `isAsked` says of which pulls. */
export function keepsPulled(code: Code, isAsked: (pull: Operation) => boolean): boolean {
  return code.instructions.some(
    (instruction, at) =>
      instruction.kind === "pull" &&
      instruction.result >= 0 &&
      isAsked(instruction) &&
      (instruction.result < code.owned || isKept(code, at + 1, instruction.result, new Set())),
  );
}

/** Whether the state in `slot` may be kept from the instruction at `at` on. */
function isKept(code: Code, at: number, slot: number, seen: Set<number>): boolean {
  const instruction = code.instructions[at];
  if (instruction === undefined || seen.has(at)) return false;
  seen.add(at);
  const follow = (next: number): boolean => isKept(code, next, slot, seen);
  switch (instruction.kind) {
    case "jump":
      return follow(instruction.to);
    case "branch": {
      // A state is not FAIL.
      const test = failTest(instruction.condition, slot);
      return (test !== "==" && follow(at + 1)) || (test !== "!=" && follow(instruction.otherwise));
    }
    case "set":
      if (termsOf(instruction).some((term) => reads(term, slot))) return true;
      return (instruction.slot !== slot || instruction.path.length > 0) && follow(at + 1);
    case "return":
      return reads(instruction.value, slot);
    default:
      return instruction.live.includes(slot) || termsOf(instruction).some((term) => reads(term, slot));
  }
}

function reads(term: Term, slot: number): boolean {
  return (term.kind === "slot" && term.slot === slot) || partsOfTerm(term).some((part) => reads(part, slot));
}
