/** How models are listed: by name, with where to find them again and the runs that a suite does of them. */

import type { ModelReference } from "./load.ts";
import type { Model } from "./model.ts";

export interface CatalogEntry {
  /** A `reference` model exists to be compared with published figures; a `mutant` is a model with a known defect. */
  readonly kind: "protocol" | "reference" | "application" | "theorem" | "mutant" | "ado";
  readonly model: Model;
  readonly reference: ModelReference;
  /** The parent of a mutant. */
  readonly of?: string;
  /** Runs of the pinned suite; what is not said is at its default. */
  readonly pinned?: readonly PinnedRun[];
}

export interface PinnedRun {
  readonly bounds?: { readonly [name: string]: number };
  readonly faults?: { readonly [name: string]: number };
}
