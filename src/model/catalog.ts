/** How models are listed: by name, with where to find them again and what is expected of them. */

import type { Over } from "./implementation.ts";
import type { ModelReference } from "./load.ts";
import type { Model } from "./model.ts";

/** A model that is known by name. */
export interface CatalogEntry {
  /** A `reference` model exists to be compared with published figures; a `mutant` is a model with a known defect. */
  readonly kind: "protocol" | "reference" | "application" | "theorem" | "mutant" | "ado";
  readonly model: Model;
  readonly reference: ModelReference;
  /** Runs of the pinned suite. */
  readonly pinned?: readonly PinnedRun[];
  readonly mutant?: Mutant;
  /** What comes of programs that are to run over the protocol. */
  readonly over?: Over;
}

/** Bounds and fault budgets of a run; what is not said is at the model's default. */
export interface PinnedRun {
  readonly bounds?: { readonly [name: string]: number };
  readonly faults?: { readonly [name: string]: number };
}

/** A variation of a model with one defect: it shows whether the checker would notice, and at which bounds. */
export interface Mutant {
  /** The name of the model it varies. */
  readonly of: string;
  readonly model: Model;
  /** The least bounds at which it is caught; for one that is expected to survive, the largest it was tried at. */
  readonly at: PinnedRun;
  /** Smaller bounds at which it is not caught, to show that they do not suffice. */
  readonly survivesAt?: readonly PinnedRun[];
  /** Why it is no defect after all, for one that is expected to survive. */
  readonly survives?: string;
}
