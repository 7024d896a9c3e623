/**
 * Theorems that follow from two runs: a program that keeps its promise on the ADO, and a protocol that refines the ADO.
 * `docs/composition.md` says why, and for which programs.
 */

import type { Instance } from "../model/instance.ts";
import type { Model } from "../model/model.ts";
import { isAdoSpecification } from "../refine/refines-ado.ts";
import type { Run } from "./run.ts";

export interface Composed {
  /** The target of the run of the program, and of that of the protocol. */
  readonly program: string;
  readonly protocol: string;
  /** What follows, within the bounds of both runs. */
  readonly theorem: string;
  /** Bounds and fault budgets of the program. */
  readonly bounds: { readonly [name: string]: number };
  /** Bounds and fault budgets of the protocol, for the cluster of each object. */
  readonly clusterBounds: { readonly [name: string]: number };
}

/** A run, and what its model is to such a theorem. */
export interface Part {
  readonly run: Run;
  readonly composes: Model["composes"];
  /** Names of the properties that say that it refines the ADO. */
  readonly refinements: readonly string[];
}

export function partOf({ model, properties }: Instance, run: Run): Part {
  const refinements = properties.flatMap(([name, property]) =>
    property.kind === "refines" && isAdoSpecification(property.specification) ? [name] : [],
  );
  return { run, composes: model.composes, refinements };
}

/** Every program with every protocol, in the order of the runs; runs that prove nothing by themselves are left out. */
export function composedTheorems(parts: readonly Part[]): Composed[] {
  const sound = parts.filter(({ run }) => isComplete(run));
  const programs = sound.filter(({ composes }) => composes === "program");
  const protocols = sound.filter((part) => part.composes === "protocol" && isRefinement(part));
  return programs.flatMap(({ run: program }) =>
    protocols.map(({ run: protocol }) => ({
      program: program.target,
      protocol: protocol.target,
      theorem: `${program.theorem}, over ${protocol.target}`,
      bounds: { ...program.bounds, ...program.faults },
      clusterBounds: { ...protocol.bounds, ...protocol.faults },
    })),
  );
}

function isComplete({ verdict, expected, vacuous, failure, theorem, simulation }: Run): boolean {
  const isClean = vacuous.length === 0 && failure === null && simulation === undefined;
  return verdict === "holds" && expected === "holds" && isClean && theorem !== null;
}

/** That its rounds sort to the published ADO is left to a property of its own. */
function isRefinement({ run, refinements }: Part): boolean {
  return run.properties.some(({ name, verdict }) => refinements.includes(name) && verdict === "holds");
}
