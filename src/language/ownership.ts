import { type Code, failTest, type Instruction, isOperation, type Operation, successorsOf } from "./code.ts";
import { beginCall } from "./run.ts";
import { unset, type Value } from "./values.ts";

/** What a client that stands somewhere in a procedure may still do with an object before it pulls it again. */
export interface Use {
  readonly mayInvoke: boolean;
  readonly mayPush: boolean;
  /** Whether it may end the call without having pulled the object. */
  readonly mayEnd: boolean;
}

const unused: Use = { mayInvoke: false, mayPush: false, mayEnd: false };

/** By instruction, then by object: the use of the object from there on. Follows both answers of a pull, where the
 *  program looks at them at once; elsewhere it errs on the side of more use. */
export function usesOf(code: Code, objects: number): readonly (readonly Use[])[] {
  const none = new Array<Use>(objects).fill(unused);
  const uses: (readonly Use[])[] = code.instructions.map(() => none);
  let isGrowing = true;
  while (isGrowing) {
    isGrowing = false;
    for (let at = code.instructions.length - 1; at >= 0; at--) {
      const use = useBefore(code.instructions, at, uses, none);
      if (JSON.stringify(use) !== JSON.stringify(uses[at])) {
        uses[at] = use;
        isGrowing = true;
      }
    }
  }
  return uses;
}

/** The use of an object before `first`, where what follows the end of the call uses it as `later`. */
export function followedBy(first: Use, later: Use): Use {
  return first.mayEnd ? union({ ...first, mayEnd: false }, later) : first;
}

export const union = (a: Use, b: Use): Use => ({
  mayInvoke: a.mayInvoke || b.mayInvoke,
  mayPush: a.mayPush || b.mayPush,
  mayEnd: a.mayEnd || b.mayEnd,
});

function useBefore(
  instructions: readonly Instruction[],
  at: number,
  uses: readonly (readonly Use[])[],
  none: readonly Use[],
): readonly Use[] {
  const instruction = instructions[at]!;
  const after = (position: number): readonly Use[] => uses[position] ?? none;
  const either = (a: readonly Use[], b: readonly Use[]) => a.map((use, object) => union(use, b[object]!));
  switch (instruction.kind) {
    case "set":
    case "jump":
    case "branch":
      return successorsOf(instruction, at).map(after).reduce(either);
    case "return":
      return none.map((use) => ({ ...use, mayEnd: true }));
    case "pull": {
      const { succeeded, failed } = answersOf(instructions, at, instruction);
      const pulled = after(succeeded).map((use, object) =>
        means(instruction, object) === "only" ? unused : use,
      );
      return either(pulled, after(failed));
    }
    case "invoke":
      return after(at + 1).map((use, object) =>
        means(instruction, object) === "not" ? use : { ...use, mayInvoke: true },
      );
    case "push":
      return after(at + 1).map((use, object) =>
        means(instruction, object) === "not" ? use : { ...use, mayPush: true },
      );
  }
}

/** Whether an operation is on the object. */
function means({ object }: Operation, number: number): "only" | "perhaps" | "not" {
  if (object.kind !== "literal") return "perhaps";
  return object.value === number ? "only" : "not";
}

/** Where a client goes on after a pull that succeeded, and after one that failed. */
function answersOf(
  instructions: readonly Instruction[],
  at: number,
  { result }: Operation,
): { succeeded: number; failed: number } {
  const next = instructions[at + 1];
  const test = next?.kind === "branch" ? failTest(next.condition, result) : undefined;
  if (next?.kind !== "branch" || test === undefined) return { succeeded: at + 1, failed: at + 1 };
  const [holds, otherwise] = [at + 2, next.otherwise];
  return test === "==" ? { succeeded: otherwise, failed: holds } : { succeeded: holds, failed: otherwise };
}

/** Whether a call with these arguments may end before its first operation. */
export function mayEndAtOnce(code: Code, given: readonly Value[], me: number): boolean {
  const variables = new Array<Value>(code.owned).fill(unset);
  const rest = beginCall(code, variables, given, { me });
  // What goes wrong here looks at a variable, so it may do something else each time.
  return rest.kind === "returned" || (rest.kind === "fault" && canReachReturn(code, 0, new Set()));
}

function canReachReturn(code: Code, at: number, seen: Set<number>): boolean {
  const instruction = code.instructions[at]!;
  if (seen.has(at)) return false;
  seen.add(at);
  if (instruction.kind === "return") return true;
  if (isOperation(instruction)) return false;
  return successorsOf(instruction, at).some((next) => canReachReturn(code, next, seen));
}
