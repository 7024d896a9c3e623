import type { Kind } from "./attempts.ts";
import type { Cells, Moves } from "./moves.ts";

/** Steps that a call may hope for: all but faults. Those that help come first. */
const kinds: readonly Kind[] = ["push", "invoke", "pull", "call", "pushFails", "pullFails"];

/** States that one question may look at. */
const MAX_STATES = 2_000_000;

/** A state on a way, and the one before it. */
interface Visit {
  readonly cells: Cells;
  readonly key: string;
  readonly before: Visit | undefined;
}

/** Whether calls can still return: a question about all that is reachable from a state, answered at once for every state
 *  looked at. */
export class Returning {
  readonly #moves: Moves;
  /** One object for all that are equal, and its number. */
  readonly #parts = new Map<string, { readonly part: object; readonly number: number }>();
  readonly #known = new WeakMap<object, { readonly part: object; readonly number: number }>();
  /** By client, then by state: whether its call can return. */
  readonly #answers: readonly Map<string, boolean>[];

  constructor(moves: Moves) {
    this.#moves = moves;
    this.#answers = moves.clients.map(() => new Map());
  }

  /** `true`, or which call is stuck. States in which an object has no time left are not judged.
   *  @throws RangeError if too many states would have to be looked at */
  judge(cells: Cells): true | string {
    if (cells.objects.some(({ left }) => left === 0)) return true;
    for (const [i, state] of cells.clients.entries()) {
      if (state.kind === "calling" && !this.#canReturn(i, this.#visit(cells))) {
        return `c${i + 1}'s ${state.procedure} can never return from here`;
      }
    }
    return true;
  }

  /** The client is tried alone first: where that does it, few states are looked at. */
  #canReturn(client: number, start: Visit): boolean {
    const answers = this.#answers[client]!;
    const known = answers.get(start.key);
    if (known !== undefined) return known;
    if (this.#search(client, start, true) !== "found") this.#search(client, start, false);
    return answers.get(start.key)!;
  }

  /** Looks for the end of the client's call, last in first out, and keeps what it finds out. */
  #search(client: number, start: Visit, isAlone: boolean): "found" | "none" {
    const answers = this.#answers[client]!;
    const seen = new Set([start.key]);
    const waiting = [start];
    for (let visit = waiting.pop(); visit !== undefined; visit = waiting.pop()) {
      if (answers.get(visit.key) === true || this.#hasReturned(client, start, visit)) {
        for (let on: Visit | undefined = visit.before; on !== undefined; on = on.before)
          answers.set(on.key, true);
        return "found";
      }
      for (const next of this.#successors(client, visit, isAlone).reverse()) {
        if (seen.has(next.key) || answers.get(next.key) === false) continue;
        seen.add(next.key);
        waiting.push(next);
      }
      if (seen.size > MAX_STATES) {
        throw new RangeError(
          `whether calls can return is not decided within ${MAX_STATES} states; give lower bounds`,
        );
      }
    }
    if (!isAlone) for (const key of seen) answers.set(key, false);
    return "none";
  }

  #hasReturned(client: number, start: Visit, { cells }: Visit): boolean {
    const [before, now] = [start, { cells }].map((visit) => visit.cells.clients[client]!);
    return now!.kind !== "calling" || (before!.kind === "calling" && now!.call !== before!.call);
  }

  #successors(client: number, before: Visit, isAlone: boolean): Visit[] {
    return this.#moves.of(kinds, before.cells).flatMap((move) => {
      const [index, state] = move.client;
      if (isAlone && index !== client) return [];
      // What a program comes to that goes wrong is not for this property to say.
      const after = move.broken === undefined ? state : this.#moves.clients[index]!.crashed(state);
      const objects = [...before.cells.objects];
      for (const [i, object] of move.objects) objects[i] = object;
      const clients = before.cells.clients.with(index, after);
      return [this.#visit({ objects, clients }, before)];
    });
  }

  #visit(cells: Cells, before?: Visit): Visit {
    const objects = cells.objects.map((object) => this.#entry(object));
    const clients = cells.clients.map((client) => this.#entry(client));
    return {
      cells: { objects: objects.map(({ part }) => part), clients: clients.map(({ part }) => part) },
      key: [...objects, ...clients].map(({ number }) => number).join(" "),
      before,
    };
  }

  #entry<P extends object>(part: P): { readonly part: P; readonly number: number } {
    let entry = this.#known.get(part);
    if (entry === undefined) {
      const text = JSON.stringify(part);
      entry = this.#parts.get(text) ?? { part, number: this.#parts.size };
      this.#parts.set(text, entry);
      this.#known.set(part, entry);
    }
    return entry as { readonly part: P; readonly number: number };
  }
}
