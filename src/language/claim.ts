import type { Condensed } from "../ado/condensed.ts";
import type { Vocabulary } from "../model/model.ts";
import type { Property } from "../model/property.ts";
import { type ClientState, faultText } from "./client.ts";
import { type CompiledTheorem, evaluatePredicate, type Predicate } from "./compile-theorem.ts";
import type { World } from "./evaluate-world.ts";
import type { Cells, Moves } from "./moves.ts";
import type { Seen } from "./observer.ts";
import { Returning } from "./returning.ts";
import type { Value } from "./values.ts";

/** What bodies and properties hold of a state: each part is read and replaced whole. */
export interface Draft {
  readonly objects: { [name: string]: Condensed };
  readonly clients: { [name: string]: ClientState };
  seen?: Seen;
}

/** What the theorem claims, in one line as it is written. */
export function claimText({ claim, application }: CompiledTheorem): string {
  switch (claim.kind) {
    case "implements":
      return `${application.name} implements ${claim.specification.name}`;
    case "returns":
      return `${application.name} returns`;
    default: {
      const { start, end } = claim.predicate.term.span;
      const predicate = application.source.source.slice(start, end).replace(/\s+/g, " ");
      return `${claim.kind} ${application.name} ${predicate}`;
    }
  }
}

/** The property that decides the theorem, under its name. */
export function propertiesOf(
  theorem: CompiledTheorem,
  moves: Moves,
  cellsOf: (s: Draft) => Cells,
  words: Vocabulary<Draft>,
): { readonly [name: string]: Property<Draft> } {
  const name = theorem.claim.kind === "implements" ? "linearizable" : theorem.claim.kind;
  return { [name]: propertyOf(theorem, moves, cellsOf, words) };
}

function propertyOf(
  theorem: CompiledTheorem,
  moves: Moves,
  cellsOf: (s: Draft) => Cells,
  { always, sometimes }: Vocabulary<Draft>,
): Property<Draft> {
  const { claim } = theorem;
  switch (claim.kind) {
    case "implements":
      return always(({ seen }) => (typeof seen === "string" ? seen : true));
    case "returns": {
      const returning = new Returning(moves);
      return always((s) => returning.judge(cellsOf(s)));
    }
    default: {
      const holds = (s: Draft) => truth(theorem, claim.predicate, worldOf(theorem, moves, s));
      if (claim.kind === "sometimes") return sometimes(holds);
      return always(
        (s) =>
          holds(s) === (claim.kind === "always") ||
          `the predicate ${claim.kind === "always" ? "does not hold" : "holds"}`,
      );
    }
  }
}

function truth(theorem: CompiledTheorem, predicate: Predicate, world: World): boolean {
  const holds = evaluatePredicate(predicate, world);
  if (typeof holds === "boolean") return holds;
  throw new Error(faultText(theorem, holds));
}

/** What a predicate sees of a state; parts are read only when it looks at them. */
function worldOf({ application }: CompiledTheorem, { clients }: Moves, s: Draft): World {
  const objects: (readonly Value[])[] = [];
  for (const [i, { name }] of application.objects.entries()) {
    Object.defineProperty(objects, i, { get: () => s.objects[name]!.committed });
  }
  const count = application.variables.length;
  return {
    objects,
    clients: clients.map(({ me }) => ({
      get variables() {
        const state = s.clients[`c${me}`]!;
        return state.kind === "calling" ? state.frame.slice(0, count) : state.variables;
      },
      get isCrashed() {
        return s.clients[`c${me}`]!.kind === "crashed";
      },
      get isIdle() {
        return s.clients[`c${me}`]!.kind === "idle";
      },
    })),
  };
}
