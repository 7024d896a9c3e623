/** Certificates: what a run that holds has shown, of exactly which model, so that it cannot pass for another's. */

import type { Coverage, Run } from "../verdict/run.ts";

export const CERTIFICATE_FORMAT = "muchado-certificate";
export const CERTIFICATE_VERSION = 1;

/** Which run a certificate speaks of. */
export interface CertifiedRun {
  /** As the configuration names it, so that it is the same on every machine. */
  readonly target: string;
  readonly bounds: { readonly [name: string]: number };
  readonly faults: { readonly [name: string]: number };
  /** Names of the properties that hold. */
  readonly properties: readonly string[];
  /** By what the search was reduced. */
  readonly reductions: readonly string[];
}

export interface Certificate extends CertifiedRun {
  readonly format: typeof CERTIFICATE_FORMAT;
  readonly version: typeof CERTIFICATE_VERSION;
  readonly tool: { readonly name: string; readonly version: string };
  /** Of the model's program and all that it reaches except Muchado itself: `sha256:…`. */
  readonly digest: string;
  readonly theorem: string | null;
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** Whether states were compared whole; if not, the probability that two were taken for one. */
  readonly exact: boolean;
  readonly collisionProbability: number;
  readonly coverage: Coverage;
  readonly workers: number;
  readonly seconds: number;
}

/** What is known of the model and the tool beside the run itself. */
export interface Provenance {
  readonly target: string;
  readonly digest: string;
  readonly tool: Certificate["tool"];
}

/** The certificate of a run that holds. */
export function certify(run: Run, { target, digest, tool }: Provenance): Certificate {
  const { bounds, faults, theorem, states, transitions, depth, exact, collisionProbability } = run;
  const { reductions, coverage, workers, seconds, properties } = run;
  return {
    format: CERTIFICATE_FORMAT,
    version: CERTIFICATE_VERSION,
    tool,
    target,
    bounds,
    faults,
    properties: properties.map(({ name }) => name),
    digest,
    theorem,
    states,
    transitions,
    depth,
    exact,
    collisionProbability,
    reductions,
    coverage,
    workers,
    seconds: Math.round(seconds * 100) / 100,
  };
}

/** Whether two certificates speak of the same run. */
export function isSameRun(a: CertifiedRun, b: CertifiedRun): boolean {
  return keyOf(a) === keyOf(b);
}

function keyOf({ target, bounds, faults, properties, reductions }: CertifiedRun): string {
  const sorted = (values: { readonly [name: string]: number }) => Object.entries(values).sort();
  return JSON.stringify([
    target,
    sorted(bounds),
    sorted(faults),
    [...properties].sort(),
    [...reductions].sort(),
  ]);
}

/** How a certificate that was kept differs from that of the run as it is now, in a sentence; nothing if it stands. */
export function differenceOf(kept: Certificate, now: Certificate): string | undefined {
  if (kept.digest !== now.digest) return "the model has changed since it was certified";
  for (const figure of ["states", "transitions", "depth"] as const) {
    if (kept[figure] !== now[figure]) {
      return `the certificate has ${figure} ${kept[figure]}, and there are ${now[figure]}, though the model is the same`;
    }
  }
  if (kept.exact && !now.exact) return "the certificate is of a search that was exact, and this one was not";
  return undefined;
}
