import type { Term, WorldTerm } from "./code.ts";
import { EvaluationError, evaluate, evaluateTruth, type Surroundings } from "./evaluate.ts";
import { isKind, type Value } from "./values.ts";

/** What a predicate looks at: the committed state of every object and every client's variables. */
export interface World {
  /** By number of the object: the values of its fields. */
  readonly objects: readonly (readonly Value[])[];
  /** By number of the client, less one. */
  readonly clients: readonly ClientView[];
}

export interface ClientView {
  readonly variables: readonly Value[];
  readonly isCrashed: boolean;
  /** Whether no call of the client is in progress. */
  readonly isIdle: boolean;
}

/** The value of a term that looks at the whole system. */
export function evaluateWorld(
  term: Term & WorldTerm,
  frame: readonly Value[],
  surroundings: Surroundings,
): Value {
  const { world } = surroundings;
  if (world === undefined) throw new EvaluationError(term.span, "this belongs to the predicate of a theorem");
  const inner = (part: Term) => evaluate(part, frame, surroundings);
  switch (term.kind) {
    case "object-field":
      return world.objects[inner(term.object) as number]![term.index]!;
    case "client-variable":
      return clientOf(world, term.client, inner).variables[term.index]!;
    case "client-status": {
      const client = clientOf(world, term.client, inner);
      return term.status === "crashed" ? client.isCrashed : client.isIdle;
    }
    case "quantifier": {
      const extended = [...frame];
      const holds = (value: Value) => {
        extended[term.slot] = value;
        return evaluateTruth(term.body, extended, surroundings);
      };
      const values = domainOf(term, world, inner);
      return term.quantifier === "forall" ? values.every(holds) : values.some(holds);
    }
  }
}

function clientOf(world: World, term: Term, inner: (term: Term) => Value): ClientView {
  const number = inner(term);
  const client = world.clients[(number as number) - 1];
  if (client === undefined) throw new EvaluationError(term.span, `there is no client ${number}`);
  return client;
}

function domainOf(
  term: WorldTerm & { kind: "quantifier" },
  world: World,
  inner: (term: Term) => Value,
): Value[] {
  const { domain } = term;
  switch (domain.kind) {
    case "clients":
      return world.clients.map((_, i) => i + 1);
    case "range": {
      const from = inner(domain.from) as number;
      return Array.from({ length: Math.max(0, (inner(domain.to) as number) - from) }, (_, i) => from + i);
    }
    case "members": {
      const list = inner(domain.list);
      return isKind(list, "map") ? list.entries.map(([, value]) => value) : [];
    }
  }
}
