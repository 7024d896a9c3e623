import type { Expression, Procedure, Span } from "./ast.ts";
import type { Access, Code, Instruction, Operation, Term } from "./code.ts";
import { withLiveness } from "./liveness.ts";
import type { TypedProgram } from "./typed.ts";
import type { Type } from "./types.ts";
import { type Declared, defaultOf, type Value } from "./values.ts";

/** What a body is compiled against: the use of its owner, with constants known. */
export interface Owner {
  readonly typed: TypedProgram;
  /** What stands for the type parameters, where the owner is an ADO. */
  readonly substitution: ReadonlyMap<string, Type>;
  readonly constants: ReadonlyMap<string, Value>;
  /** Fields of the object or variables of the client: their slots. */
  readonly owned: readonly string[];
  readonly place: "method" | "procedure" | "predicate";
  /** Numbers of the objects by name, and of the members of each family by stem. */
  readonly objects: ReadonlyMap<string, number>;
  readonly families: ReadonlyMap<string, readonly number[]>;
  readonly procedures: ReadonlyMap<string, Procedure>;
  /** The slot that counts the client's requests, if a method asks for them. */
  readonly requestSlot?: number;
  /** Whether the method asks which call it answers. */
  readonly asksRequest: (ado: string, method: string) => boolean;
  /** In a predicate over an object alone: its fields, by position. */
  readonly objectFields?: readonly string[];
  /** In a predicate: the variables of a client, by position. */
  readonly clientVariables?: readonly string[];
}

/** One body being compiled: its slots, its instructions so far, and what names mean at this point. */
export class Lowering {
  readonly owner: Owner;
  readonly #slots: string[];
  readonly #instructions: Instruction[] = [];
  #parameters = 0;
  /** The slots of the locals of the procedure being expanded. */
  locals = new Map<string, number>();
  /** In a predicate: the locals that are clients. */
  readonly clients = new Set<string>();
  /** Where `break` and `continue` of the loops around here leave their jumps, innermost last. */
  readonly loops: { readonly breaks: number[]; readonly continues: number[] }[] = [];
  /** Where `return` of an expanded procedure leaves its answer and its jump; absent in the outermost. */
  expansion: { readonly result: number; readonly returns: number[] } | undefined;

  constructor(owner: Owner) {
    this.owner = owner;
    this.#slots = [...owner.owned];
  }

  /** The position of the next instruction. */
  get here(): number {
    return this.#instructions.length;
  }

  get slotCount(): number {
    return this.#slots.length;
  }

  slot(name: string): number {
    this.#slots.push(name);
    return this.#slots.length - 1;
  }

  parameter(name: string): void {
    this.locals.set(name, this.slot(name));
    this.#parameters++;
  }

  emit(instruction: Instruction): number {
    this.#instructions.push(instruction);
    return this.#instructions.length - 1;
  }

  set(slot: number, value: Term, span: Span, path: readonly Access[] = []): void {
    this.emit({ kind: "set", slot, path, value, span });
  }

  /** An operation; its live slots are filled in by `code`. */
  operation(
    operation: { [K in Operation["kind"]]: Omit<Operation & { kind: K }, "live"> }[Operation["kind"]],
  ): void {
    this.emit({ ...operation, live: [] } as Operation);
  }

  /** A branch or jump whose target is not known yet. */
  branch(condition: Term, span: Span): number {
    return this.emit({ kind: "branch", condition, otherwise: -1, span });
  }

  jump(to = -1): number {
    return this.emit({ kind: "jump", to });
  }

  /** Aims the branches and jumps at `positions` to `target`. */
  aim(positions: readonly number[], target: number): void {
    for (const position of positions) {
      const instruction = this.#instructions[position]!;
      this.#instructions[position] =
        instruction.kind === "branch" ? { ...instruction, otherwise: target } : { kind: "jump", to: target };
    }
  }

  term(slot: number, span: Span): Term {
    return { kind: "slot", slot, name: this.#slots[slot]!, span };
  }

  /** The type of an expression as this use of the owner has it. */
  typeOf(expression: Expression): Type {
    const { types, unifier } = this.owner.typed;
    const type = types.get(expression);
    if (type === undefined) return unifier.fresh();
    return unifier.look(unifier.substitute(type, this.owner.substitution));
  }

  /** What an entry of a map of type `type` reads as before it is written. */
  absentOf(type: Type): Value {
    const { typed } = this.owner;
    return defaultOf(typed.unifier, type.kind === "map" ? type.value : type, declaredIn(typed));
  }

  code(name: string): Code {
    return {
      name,
      slots: this.#slots,
      owned: this.owner.owned.length,
      parameters: this.#parameters,
      instructions: withLiveness(this.#instructions, this.owner.owned.length),
    };
  }
}

/** What a program declares about records and enumerations, for defaults. */
function declaredIn(typed: TypedProgram): Declared {
  return {
    fieldsOf: (record) => typed.records.get(record) ?? [],
    firstMemberOf: (enumeration) => typed.names.enumerations.get(enumeration)!.members[0]!.text,
  };
}
