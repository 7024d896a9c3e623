import type { History, Operation } from "./history.ts";
import type { Value } from "./value.ts";

/** A history that stands in a text. */
export interface HistoryInText {
  readonly history: History;
  /** By position in the history, where that event begins in the text. */
  readonly offsets: readonly number[];
}

/** What a client calls. */
export interface Call {
  readonly client: string;
  readonly instance?: string;
  readonly method: string;
  readonly args: readonly Value[];
}

/** Makes a history from its events, told in their order. */
export class HistoryRecorder {
  readonly #operations: Operation[] = [];
  readonly #inFlight = new Map<string, Call & { invoked: number }>();
  #position = 0;

  /** The call of `client` that has not ended. */
  inFlight(client: string): Call | undefined {
    return this.#inFlight.get(client);
  }

  /** @throws RangeError if the client has an operation in flight */
  invoke(call: Call): void {
    const invoked = this.#position++;
    const previous = this.#inFlight.get(call.client);
    if (previous !== undefined) {
      throw new RangeError(
        `client ${call.client} has two operations in flight: it called ${call.method} at ${invoked}, ` +
          `while ${previous.method}, called at ${previous.invoked}, had not returned`,
      );
    }
    this.#inFlight.set(call.client, { ...call, invoked });
  }

  /** The client's operation returned `result`. */
  complete(client: string, result: Value): void {
    const call = this.#end(client);
    this.#operations.push({ kind: "complete", ...call, returned: this.#position++, result });
  }

  /** The client stopped waiting: its operation may take effect now, later or never. */
  abandon(client: string): void {
    const call = this.#end(client);
    this.#operations.push({ kind: "pending", ...call, abandoned: this.#position++ });
  }

  /** The client's operation is known not to have taken effect, and never will. */
  cancel(client: string): void {
    this.#end(client);
    this.#position++;
  }

  /** The history so far, by invocation; operations in flight are pending. */
  history(): History {
    const inFlight = [...this.#inFlight.values()].map((call): Operation => ({ kind: "pending", ...call }));
    return [...this.#operations, ...inFlight].sort((a, b) => a.invoked - b.invoked);
  }

  #end(client: string): Call & { invoked: number } {
    const call = this.#inFlight.get(client);
    if (call === undefined)
      throw new RangeError(`client ${client} has no operation in flight at ${this.#position}`);
    this.#inFlight.delete(client);
    return call;
  }
}
