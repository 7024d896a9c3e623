import type { Operation } from "./history.ts";
import type { Value } from "./value.ts";

/** What a history is compared with: an object whose methods run one at a time, each a function of the state
 *  and its arguments. */
export interface SequentialObject<State> {
  readonly initial: State;

  /** The state after a call and the call's result; `state` itself stays as it was.
   *  @throws RangeError if the object has no such method, or not with such arguments */
  apply(state: State, method: string, args: readonly Value[]): readonly [State, Value];

  /** Equal for two states exactly if no sequence of calls can tell them apart. */
  key(state: State): string | number;

  /** A state as a reader wants to see it; its key if absent. */
  describe?(state: State): string;

  /** The part of the object that `operation` touches, if the object falls into parts that share nothing: each
   *  part is then checked by itself (P-compositionality, Horn & Kroening 2015). */
  partition?(operation: Operation): string;

  /** Whether `operation` leaves every state as it is in which it can have the recorded result, such as a
   *  read or a compare-and-set that failed. Only a saving: `false` is always right. */
  isReadOnly?(operation: Operation): boolean;
}
