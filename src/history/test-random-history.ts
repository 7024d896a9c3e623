/** For tests: random histories. */

import type { History } from "./history.ts";
import { HistoryRecorder } from "./history-recorder.ts";
import type { SequentialObject } from "./sequential-object.ts";
import type { Value } from "./value.ts";

/** Answers a number from 0 to `below` - 1. */
export type Choose = (below: number) => number;

export interface RandomHistoryOptions<State> {
  readonly object: SequentialObject<State>;
  readonly clients: number;
  /** How many operations are called in all. */
  readonly operations: number;
  /** At how many of a thousand turns a client with an operation in flight stops waiting for it. */
  readonly lostPerMille: number;
  readonly choose: Choose;
  readonly call: (choose: Choose) => MethodCall;
}

interface MethodCall {
  readonly method: string;
  readonly args: readonly Value[];
}

/** A history that is linearizable because it was made by running `object`: each operation takes effect at
 *  one moment after its call and before its return; one whose client stopped waiting, before that, after
 *  it or never. */
export function randomHistory<State>(options: RandomHistoryOptions<State>): History {
  const { object, choose } = options;
  const recorder = new HistoryRecorder();
  const inFlight = new Map<string, MethodCall & { result?: Value }>();
  const late: MethodCall[] = [];
  let state = object.initial;
  const takeEffect = ({ method, args }: MethodCall): Value => {
    const [after, result] = object.apply(state, method, args);
    state = after;
    return result;
  };
  for (let called = 0; called < options.operations || inFlight.size > 0; ) {
    if (late.length > 0 && choose(20) === 0) takeEffect(late.pop()!);
    const client = `c${choose(options.clients)}`;
    const operation = inFlight.get(client);
    if (operation === undefined) {
      if (called === options.operations) continue;
      const call = options.call(choose);
      recorder.invoke({ client, ...call });
      inFlight.set(client, { ...call });
      called++;
    } else if (choose(1000) < options.lostPerMille) {
      recorder.abandon(client);
      inFlight.delete(client);
      if (operation.result === undefined) late.push(operation);
    } else if (operation.result === undefined) {
      operation.result = takeEffect(operation);
    } else {
      recorder.complete(client, operation.result);
      inFlight.delete(client);
    }
  }
  return recorder.history();
}

/** Choices that depend on `seed` alone: Marsaglia's xorshift generator of 32 bits (2003), good enough
 *  here. */
export function choicesOf(seed: number): Choose {
  let state = Math.imul(seed, 0x9e3779b1) | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}
