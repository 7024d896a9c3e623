import type { BinaryOperator, Span } from "./ast.ts";
import { isFail, type Value } from "./values.ts";

/** A method, or a procedure compiled to a control-flow graph: a list of instructions that name each other by position.
 *  It works on a frame: what its owner has (fields of the object, variables of the client), then the parameters, then
 *  the locals. A position that holds an operation is a program counter at which a client may rest; all other
 *  instructions belong to the step before them. */
export interface Code {
  readonly name: string;
  /** Names of the slots of the frame; those of hidden locals begin with `#`. */
  readonly slots: readonly string[];
  /** How many slots belong to the owner, and how many are parameters behind them. */
  readonly owned: number;
  readonly parameters: number;
  readonly instructions: readonly Instruction[];
}

export type Instruction =
  | Operation
  | {
      readonly kind: "set";
      readonly slot: number;
      /** Which part of the slot's value is set; the whole if empty. */
      readonly path: readonly Access[];
      readonly value: Term;
      readonly span: Span;
    }
  /** Goes on with the next instruction if the condition holds, else at `otherwise`. */
  | { readonly kind: "branch"; readonly condition: Term; readonly otherwise: number; readonly span: Span }
  | { readonly kind: "jump"; readonly to: number }
  | { readonly kind: "return"; readonly value: Term; readonly span: Span };

/** One operation on one object; its answer goes to the slot `result` (-1: nowhere), and the next instruction follows.
 *  `live` lists the slots whose values are still wanted by a client that rests here. */
export type Operation = {
  readonly object: Term;
  readonly result: number;
  readonly live: readonly number[];
  readonly span: Span;
} & (
  | { readonly kind: "pull" | "push" }
  | {
      readonly kind: "invoke";
      readonly method: string;
      readonly arguments: readonly Term[];
      /** The identity of the call, where the method asks for it. */
      readonly request?: Term;
    }
);

export function isOperation(instruction: Instruction): instruction is Operation {
  return instruction.kind === "pull" || instruction.kind === "invoke" || instruction.kind === "push";
}

/** Where control may go from the instruction at `at`. */
export function successorsOf(instruction: Instruction, at: number): readonly number[] {
  switch (instruction.kind) {
    case "jump":
      return [instruction.to];
    case "branch":
      return [at + 1, instruction.otherwise];
    case "return":
      return [];
    default:
      return [at + 1];
  }
}

/** How a condition compares what is in a slot with FAIL, if that is all it does. */
export function failTest(condition: Term, slot: number): "==" | "!=" | undefined {
  if (condition.kind !== "binary") return undefined;
  const { operator, left, right } = condition;
  if (operator !== "==" && operator !== "!=") return undefined;
  const isSlot = (term: Term): boolean => term.kind === "slot" && term.slot === slot;
  const isFailTerm = (term: Term): boolean => term.kind === "literal" && isFail(term.value);
  return (isSlot(left) && isFailTerm(right)) || (isFailTerm(left) && isSlot(right)) ? operator : undefined;
}

/** A step into a value: to a field of a record, a component of a tuple, an entry of a map. */
export type Access =
  | { readonly kind: "field"; readonly name: string }
  | { readonly kind: "component"; readonly index: number }
  | { readonly kind: "entry"; readonly key: Term; readonly absent: Value };

/** An expression with its names resolved to slots. Pure: it reads the frame and answers a value or an error. */
export type Term = { readonly span: Span } & (
  | { readonly kind: "literal"; readonly value: Value }
  | { readonly kind: "slot"; readonly slot: number; readonly name: string }
  | { readonly kind: "me" | "request" }
  | { readonly kind: "some"; readonly value: Term }
  | { readonly kind: "tuple" | "list"; readonly elements: readonly Term[] }
  | { readonly kind: "record"; readonly name: string; readonly fields: readonly (readonly [string, Term])[] }
  | { readonly kind: "field"; readonly of: Term; readonly name: string }
  | { readonly kind: "component"; readonly of: Term; readonly index: number }
  /** An entry of a map; `absent` if it was never written. */
  | { readonly kind: "entry"; readonly of: Term; readonly key: Term; readonly absent: Value }
  /** The value of the entry at a position, in the order of the keys. */
  | { readonly kind: "nth"; readonly of: Term; readonly position: Term }
  | { readonly kind: "unary"; readonly operator: "!" | "-"; readonly operand: Term }
  | { readonly kind: "binary"; readonly operator: BinaryOperator; readonly left: Term; readonly right: Term }
  | { readonly kind: "apply"; readonly builtIn: "hash" | "len" | "the"; readonly argument: Term }
  | WorldTerm
);

/** Terms of predicates, which look at the whole system. */
export type WorldTerm =
  /** A field of an object's committed state. */
  | { readonly kind: "object-field"; readonly object: Term; readonly index: number }
  | { readonly kind: "client-variable"; readonly client: Term; readonly index: number }
  | { readonly kind: "client-status"; readonly client: Term; readonly status: "crashed" | "idle" }
  | {
      readonly kind: "quantifier";
      readonly quantifier: "forall" | "exists";
      readonly slot: number;
      readonly domain:
        | { readonly kind: "clients" }
        | { readonly kind: "range"; readonly from: Term; readonly to: Term }
        | { readonly kind: "members"; readonly list: Term };
      readonly body: Term;
    };

/** The terms right inside `term`. */
export function partsOfTerm(term: Term): readonly Term[] {
  switch (term.kind) {
    case "literal":
    case "slot":
    case "me":
    case "request":
      return [];
    case "some":
      return [term.value];
    case "tuple":
    case "list":
      return term.elements;
    case "record":
      return term.fields.map(([, field]) => field);
    case "field":
    case "component":
      return [term.of];
    case "entry":
      return [term.of, term.key];
    case "nth":
      return [term.of, term.position];
    case "unary":
      return [term.operand];
    case "binary":
      return [term.left, term.right];
    case "apply":
      return [term.argument];
    case "object-field":
      return [term.object];
    case "client-variable":
    case "client-status":
      return [term.client];
    case "quantifier":
      if (term.domain.kind === "clients") return [term.body];
      return term.domain.kind === "range"
        ? [term.domain.from, term.domain.to, term.body]
        : [term.domain.list, term.body];
  }
}

/** The terms that an instruction evaluates. */
export function termsOf(instruction: Instruction): readonly Term[] {
  switch (instruction.kind) {
    case "set":
      return [
        ...instruction.path.flatMap((access) => (access.kind === "entry" ? [access.key] : [])),
        instruction.value,
      ];
    case "branch":
      return [instruction.condition];
    case "jump":
      return [];
    case "return":
      return [instruction.value];
    case "pull":
    case "push":
      return [instruction.object];
    case "invoke":
      return [
        instruction.object,
        ...instruction.arguments,
        ...(instruction.request === undefined ? [] : [instruction.request]),
      ];
  }
}
