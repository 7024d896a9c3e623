import type { Operation } from "./history.ts";
import type { SequentialObject } from "./sequential-object.ts";
import { StepTable, UNKNOWN } from "./step-table.ts";
import { canonicalText, isSame, type Value } from "./value.ts";

/** The answer of `Automaton.step` where the object would not give the recorded result. */
export const ILLEGAL = -1;

/** A sequential object as seen by some operations, in small integers: states are numbered as they are met,
 *  and a step that was computed once is remembered. */
export class Automaton<State> {
  /** The number of the initial state. */
  static readonly initial = 0;

  readonly #object: SequentialObject<State>;
  readonly #operations: readonly Operation[];
  readonly #states: State[] = [];
  readonly #numberOf = new Map<string | number, number>();
  readonly #steps = new StepTable();
  #keyUnits = 0;
  readonly #classOf: Int32Array;
  /** For each class the recorded result; `undefined` if pending. */
  readonly #results: (Value | undefined)[] = [];

  constructor(object: SequentialObject<State>, operations: readonly Operation[]) {
    this.#object = object;
    this.#operations = operations;
    this.#classOf = this.#classify(operations);
    this.#number(object.initial);
  }

  /** An estimate: a state is taken to be as large as its key. */
  get bytes(): number {
    return this.#steps.bytes + 4 * this.#keyUnits + 200 * this.#states.length;
  }

  /** The class of an operation: those with the same method, arguments and result have the same one. */
  classOf(operation: number): number {
    return this.#classOf[operation]!;
  }

  stateAt(number: number): State {
    return this.#states[number]!;
  }

  /** The state after `operation` in `state`, or `ILLEGAL`. A pending operation is legal in every state. */
  step(state: number, operation: number): number {
    const known = this.#steps.get(state, this.#classOf[operation]!);
    return known === UNKNOWN ? this.#computeStep(state, operation) : known;
  }

  #computeStep(state: number, operation: number): number {
    const { method, args } = this.#operations[operation]!;
    const [after, result] = this.#object.apply(this.#states[state]!, method, args);
    const operationClass = this.#classOf[operation]!;
    const recorded = this.#results[operationClass];
    const isLegal = recorded === undefined || isSame(recorded, result);
    const successor = isLegal ? this.#number(after) : ILLEGAL;
    this.#steps.add(state, operationClass, successor);
    return successor;
  }

  #number(state: State): number {
    const key = this.#object.key(state);
    const known = this.#numberOf.get(key);
    if (known !== undefined) return known;
    const number = this.#states.push(state) - 1;
    this.#keyUnits += String(key).length;
    this.#numberOf.set(key, number);
    return number;
  }

  #classify(operations: readonly Operation[]): Int32Array {
    const classes = new Map<string, number>();
    return Int32Array.from(operations, (operation) => {
      const result = operation.kind === "complete" ? operation.result : undefined;
      const text = canonicalText([operation.method, operation.args, result === undefined ? [] : [result]]);
      const known = classes.get(text);
      if (known !== undefined) return known;
      classes.set(text, classes.size);
      this.#results.push(result);
      return classes.size - 1;
    });
  }
}
