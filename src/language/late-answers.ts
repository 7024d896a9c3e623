/**
 * Whether a claim that holds on the ADO holds as well where answers come late. On the ADO a push commits, answers, and its
 * client makes something of the answer, all in one step. Over a protocol the commit comes first: until the answer arrives,
 * the client's variables are what they were before that step, while the objects and the other clients go on.
 *
 * Each way for the claim to fail is looked at by itself. It is safe if it speaks of one client alone, or of objects alone,
 * since what each of them goes through is the same. It is also safe if every variable of a client that it reads changes
 * behind an operation only towards failing: where the claim fails with the old value, it then fails with the new one.
 */

import { type Code, isOperation, partsOfTerm, successorsOf, type Term } from "./code.ts";

/** What a way to fail reads of a client, or of the objects. */
interface Reading {
  readonly of: "objects" | "several clients" | `client ${number}`;
  /** The index of a variable, or a status; none of objects. */
  readonly variable?: number | "idle" | "crashed";
  /** Whether the claim fails rather with true than with false; 0 where that cannot be told. */
  readonly sign: 1 | -1 | 0;
}

/** Values that a variable gets behind an operation. */
type Changes = ReadonlyMap<Reading["variable"], ReadonlySet<boolean | "other">>;

/** `failsWith` is the truth of `predicate` with which the claim fails. */
export function toleratesLateAnswers(
  predicate: Term,
  failsWith: boolean,
  procedures: Iterable<Code>,
): boolean {
  const changes = changesBehindOperations(procedures);
  return waysToBe(failsWith, predicate).every((way) => isSafe(way, changes));
}

function isSafe(readings: readonly Reading[], changes: Changes): boolean {
  const parties = new Set(readings.map(({ of }) => of));
  if (parties.size <= 1 && !parties.has("several clients")) return true;
  return readings.every(({ variable, sign }) => {
    const values = [...(changes.get(variable) ?? [])];
    return values.every((value) => sign !== 0 && value === (sign === 1));
  });
}

/** What is read by each of the ways in which `term` can be `truth`: it is if one of them is. */
function waysToBe(truth: boolean, term: Term): readonly (readonly Reading[])[] {
  switch (term.kind) {
    case "unary":
      if (term.operator === "!") return waysToBe(!truth, term.operand);
      break;
    case "binary":
      if (term.operator === "||" && truth) return both(truth, truth, term);
      if (term.operator === "&&" && !truth) return both(truth, truth, term);
      if (term.operator === "==>" && truth) return both(false, true, term);
      break;
    case "quantifier":
      if ((term.quantifier === "exists") === truth && term.domain.kind === "clients")
        return waysToBe(truth, term.body);
  }
  return [readingsOf(term, truth ? 1 : -1, new Set())];
}

function both(left: boolean, right: boolean, term: Term & { kind: "binary" }): (readonly Reading[])[] {
  return [...waysToBe(left, term.left), ...waysToBe(right, term.right)];
}

/** `ranging` are the slots of clients of which the term speaks several times over. */
function readingsOf(term: Term, sign: Reading["sign"], ranging: ReadonlySet<number>): readonly Reading[] {
  const within = (part: Term, partSign: Reading["sign"] = 0) => readingsOf(part, partSign, ranging);
  const opposite = sign === 0 ? 0 : sign === 1 ? -1 : 1;
  switch (term.kind) {
    case "object-field":
      return [{ of: "objects", sign }, ...within(term.object)];
    case "client-variable":
      return [{ of: clientOf(term.client, ranging), variable: term.index, sign }, ...within(term.client)];
    case "client-status":
      return [{ of: clientOf(term.client, ranging), variable: term.status, sign }, ...within(term.client)];
    case "unary":
      return within(term.operand, term.operator === "!" ? opposite : 0);
    case "binary":
      if (term.operator === "==>") return [...within(term.left, opposite), ...within(term.right, sign)];
      if (term.operator === "&&" || term.operator === "||")
        return [...within(term.left, sign), ...within(term.right, sign)];
      break;
    case "quantifier": {
      const domain = partsOfTerm(term).filter((part) => part !== term.body);
      return [
        ...domain.flatMap((part) => within(part)),
        ...readingsOf(term.body, sign, new Set([...ranging, term.slot])),
      ];
    }
  }
  return partsOfTerm(term).flatMap((part) => within(part));
}

function clientOf(client: Term, ranging: ReadonlySet<number>): Reading["of"] {
  return client.kind === "slot" && !ranging.has(client.slot) ? `client ${client.slot}` : "several clients";
}

function changesBehindOperations(procedures: Iterable<Code>): Changes {
  const changes = new Map<Reading["variable"], Set<boolean | "other">>([["idle", new Set([true])]]);
  const note = (slot: number, value: boolean | "other"): void =>
    void changes.set(slot, new Set([...(changes.get(slot) ?? []), value]));
  for (const { instructions } of procedures) {
    const seen = new Set<number>();
    const follow = (at: number): void => {
      const instruction = instructions[at];
      if (instruction === undefined || seen.has(at)) return;
      seen.add(at);
      if (isOperation(instruction)) return;
      if (instruction.kind === "set") {
        const { slot, path, value } = instruction;
        const isTruth = path.length === 0 && value.kind === "literal" && typeof value.value === "boolean";
        note(slot, isTruth ? (value.value as boolean) : "other");
      }
      for (const next of successorsOf(instruction, at)) follow(next);
    };
    for (const [at, instruction] of instructions.entries()) {
      if (!isOperation(instruction)) continue;
      note(instruction.result, "other");
      follow(at + 1);
    }
  }
  return changes;
}
