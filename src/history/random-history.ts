import type { History } from "./history.ts";
import { HistoryRecorder } from "./history-recorder.ts";
import type { SequentialObject } from "./sequential-object.ts";
import type { Value } from "./value.ts";

export interface RandomHistoryOptions<State> {
  readonly object: SequentialObject<State>;
  readonly clients: number;
  /** How many operations are called in all. */
  readonly operations: number;
  /** Of how many operations the result is lost, of a thousand; half of those have taken effect. */
  readonly lostPerMille: number;
  /** A number from 0 to `below` - 1; the source of all that is random here. */
  readonly choose: (below: number) => number;
  readonly call: (choose: (below: number) => number) => {
    readonly method: string;
    readonly args: readonly Value[];
  };
}

/** A history that is linearizable because it was made by running `object`: each operation takes effect at one moment between its call and its return. */
export function randomHistory<State>(options: RandomHistoryOptions<State>): History {
  const { object, choose } = options;
  const recorder = new HistoryRecorder();
  const inFlight = new Map<string, { method: string; args: readonly Value[]; result?: Value }>();
  let state = object.initial;
  for (let called = 0; called < options.operations || inFlight.size > 0; ) {
    const client = `c${choose(options.clients)}`;
    const operation = inFlight.get(client);
    if (operation === undefined) {
      if (called === options.operations) continue;
      const { method, args } = options.call(choose);
      recorder.invoke({ client, method, args });
      inFlight.set(client, { method, args });
      called++;
    } else if (choose(1000) < options.lostPerMille / 2) {
      recorder.abandon(client);
      inFlight.delete(client);
    } else if (operation.result === undefined) {
      [state, operation.result] = object.apply(state, operation.method, operation.args);
    } else {
      recorder.complete(client, operation.result);
      inFlight.delete(client);
    }
  }
  return recorder.history();
}
