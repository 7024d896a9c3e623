import type { Vocabulary } from "../model/model.ts";
import type { Answer, Property } from "../model/property.ts";
import { type ClientState, faultText } from "./client.ts";
import { type CompiledTheorem, evaluatePredicate, type Predicate } from "./compile-theorem.ts";
import type { World } from "./evaluate-world.ts";
import type { Seen } from "./observer.ts";
import type { Value } from "./values.ts";

/** What a claim speaks of in a state, besides objects: each part is read and replaced whole. */
export interface Observed {
  readonly clients: { [name: string]: ClientState };
  seen?: Seen;
}

/** What else there is to know of a state with draft `D`. */
export interface Outlook<D> {
  /** The committed state of the object with this number. */
  committed(s: D, object: number): readonly Value[];
  /** Whether every call can still return. */
  returns(s: D): Answer;
}

/** The property that decides the theorem, under its name. */
export function propertiesOf<D extends Observed>(
  theorem: CompiledTheorem,
  outlook: Outlook<D>,
  words: Vocabulary<D>,
): { readonly [name: string]: Property<D> } {
  const name = theorem.claim.kind === "implements" ? "linearizable" : theorem.claim.kind;
  return { [name]: propertyOf(theorem, outlook, words) };
}

function propertyOf<D extends Observed>(
  theorem: CompiledTheorem,
  outlook: Outlook<D>,
  { always, sometimes }: Vocabulary<D>,
): Property<D> {
  const { claim } = theorem;
  switch (claim.kind) {
    case "implements":
      return always(({ seen }) => (typeof seen === "string" ? seen : true));
    case "returns":
      return always((s) => outlook.returns(s));
    default: {
      const holds = (s: D) => truth(theorem, claim.predicate, worldOf(theorem, outlook, s));
      if (claim.kind === "sometimes") return sometimes(holds);
      return always(
        (s) =>
          holds(s) === (claim.kind === "always") ||
          `${claim.predicate.text} ${claim.kind === "always" ? "does not hold" : "holds"}`,
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
function worldOf<D extends Observed>(
  { application, workloads }: CompiledTheorem,
  { committed }: Outlook<D>,
  s: D,
): World {
  const objects: (readonly Value[])[] = [];
  for (const i of application.objects.keys()) {
    Object.defineProperty(objects, i, { get: () => committed(s, i) });
  }
  const count = application.variables.length;
  return {
    objects,
    clients: workloads.map((_, i) => ({
      get variables() {
        const state = s.clients[`c${i + 1}`]!;
        return state.kind === "calling" ? state.frame.slice(0, count) : state.variables;
      },
      get isCrashed() {
        return s.clients[`c${i + 1}`]!.kind === "crashed";
      },
      get isIdle() {
        return s.clients[`c${i + 1}`]!.kind === "idle";
      },
    })),
  };
}
