import { type Instruction, isOperation, partsOfTerm, successorsOf, type Term, termsOf } from "./code.ts";

/** The instructions with the `live` slots of each operation filled in: those that may be read before they are set
 *  again, its own operands included. What belongs to the owner is always live and not listed. Two rests that differ in
 *  dead locals only are one state, so a model forgets these. */
export function withLiveness(instructions: readonly Instruction[], owned: number): Instruction[] {
  const liveBefore = instructions.map(() => new Set<number>());
  let isGrowing = true;
  while (isGrowing) {
    isGrowing = false;
    for (let at = instructions.length - 1; at >= 0; at--) {
      const before = liveBefore[at]!;
      const size = before.size;
      addLive(instructions[at]!, at, liveBefore, before);
      if (before.size > size) isGrowing = true;
    }
  }
  return instructions.map((instruction, at) => {
    if (!isOperation(instruction)) return instruction;
    const live = [...liveBefore[at]!].filter((slot) => slot >= owned).sort((a, b) => a - b);
    return { ...instruction, live };
  });
}

function addLive(
  instruction: Instruction,
  at: number,
  liveBefore: readonly Set<number>[],
  before: Set<number>,
): void {
  for (const next of successorsOf(instruction, at)) {
    for (const slot of liveBefore[next] ?? []) if (slot !== setBy(instruction)) before.add(slot);
  }
  for (const term of termsOf(instruction)) addSlots(term, before);
  if (instruction.kind === "set" && instruction.path.length > 0) before.add(instruction.slot);
}

/** The slot whose whole value the instruction replaces. */
function setBy(instruction: Instruction): number | undefined {
  if (instruction.kind === "set") return instruction.path.length === 0 ? instruction.slot : undefined;
  return "result" in instruction ? instruction.result : undefined;
}

function addSlots(term: Term, found: Set<number>): void {
  if (term.kind === "slot") found.add(term.slot);
  for (const part of partsOfTerm(term)) addSlots(part, found);
}
