import {
  abandoned,
  invoked,
  type Possibilities,
  possibilitiesOf,
  possibleResults,
  renameClients,
  responded,
} from "../history/possibilities.ts";
import type { SequentialObject } from "../history/sequential-object.ts";
import type { Value as HistoryValue } from "../history/value.ts";
import { entry } from "../schema/entry.ts";
import type { CallEvent } from "./attempts.ts";
import type { CompiledAdo } from "./flow.ts";
import { printState } from "./print-state.ts";
import { callOf, specificationOf } from "./specification.ts";
import { isFail, printValue, type Value } from "./values.ts";

/** What the specification may have done to explain the calls so far, or why nothing explains them. */
export type Seen = Possibilities<readonly Value[]> | string;

/** Who compares the calls of the clients with a specification. Calls that it has no method for are not looked at. */
export class Observer {
  readonly first: Seen;
  readonly #ado: CompiledAdo;
  readonly #object: SequentialObject<readonly Value[]>;
  readonly #after = new Map<Seen, Map<CallEvent | number, Seen>>();

  constructor(ado: CompiledAdo) {
    this.#ado = ado;
    this.#object = specificationOf(ado);
    this.first = possibilitiesOf(ado.initialStates);
  }

  sees({ procedure }: CallEvent): boolean {
    return this.#ado.methods.has(procedure);
  }

  /** What is seen after an event; one that is the same object is the same event. */
  after(seen: Seen, event: CallEvent): Seen {
    return this.#memo(seen, event, (known) => this.#observe(known, event));
  }

  /** What is seen after a client has crashed, in a call or between two. */
  crashed(seen: Seen, me: number): Seen {
    return this.#memo(seen, me, (known) => abandoned(known, this.#object, me));
  }

  /** What is seen where client c is called `nameOf(c)`, if no call, answer or state names a client. */
  renamed(seen: Seen, nameOf: (client: number) => number): Seen {
    if (typeof seen === "string")
      return seen.replace(/^c(\d+)/, (_, client: string) => `c${nameOf(Number(client))}`);
    return renameClients(seen, nameOf);
  }

  print(seen: Seen): string {
    if (typeof seen === "string") return seen;
    const states = new Set(seen.map(({ state }) => printState(this.#ado.fields, state)));
    const pending = [
      ...new Set(seen.flatMap(({ waiting }) => waiting.map(([me, { method }]) => `c${me}'s ${method}`))),
    ];
    const late = new Set(seen.flatMap((one) => one.abandoned.map(({ method }) => method)));
    return [
      [...states].join(" or "),
      ...(pending.length > 0 ? [`${pending.join(" and ")} pending`] : []),
      ...(late.size > 0 ? [`${[...late].join(" and ")} given up`] : []),
    ].join("; ");
  }

  #memo(seen: Seen, key: CallEvent | number, compute: (seen: Exclude<Seen, string>) => Seen): Seen {
    if (typeof seen === "string") return seen;
    const known = entry(this.#after, seen, () => new Map<CallEvent | number, Seen>());
    return entry(known, key, () => compute(seen));
  }

  #observe(before: Exclude<Seen, string>, { me, call, procedure, began, ended }: CallEvent): Seen {
    let seen = before;
    if (began !== undefined) seen = invoked(seen, me, callOf(this.#ado, procedure, began, { me, call }));
    if (ended === undefined) return seen;
    if (isFail(ended)) return abandoned(seen, this.#object, me);
    const result = ended as unknown as HistoryValue;
    const after = responded(seen, this.#object, me, result);
    if (after.length > 0) return after;
    const possible = possibleResults(seen, this.#object, me).map((value) =>
      answerText(value as unknown as Value),
    );
    return `c${me}'s ${procedure} answered ${answerText(ended)}, where ${this.#ado.name} explains only ${possible.sort().join(" or ")}`;
  }
}

function answerText(value: Value): string {
  return Array.isArray(value) && value.length === 0 ? "nothing" : printValue(value);
}
