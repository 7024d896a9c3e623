/** Takes snapshots of a search that goes on, one after another. */

import type { Crew } from "./crew.ts";
import type { SearchReport } from "./report.ts";
import type { Snapshot } from "./snapshot.ts";

export interface SnapshotOptions {
  readonly everySeconds: number;
  /** Keeps a snapshot while the search goes on; the next one is not taken before it is done. Never rejects. */
  keep(snapshot: Snapshot): Promise<void>;
}

export class Keeper {
  readonly #keep: SnapshotOptions["keep"];
  readonly #crew: Crew;
  readonly #take: (reports: readonly SearchReport[]) => Snapshot;
  readonly #looksBetween: number;
  #looks = 0;
  #keeping: Promise<void> | undefined;
  #isAsked = false;

  constructor(
    { keep, everySeconds }: SnapshotOptions,
    crew: Crew,
    looksPerSecond: number,
    take: (reports: readonly SearchReport[]) => Snapshot,
  ) {
    this.#keep = keep;
    this.#crew = crew;
    this.#take = take;
    this.#looksBetween = everySeconds * looksPerSecond;
  }

  /** To be called as often as the constructor was told; asks for a snapshot when it is time. */
  look(): void {
    if (this.#keeping !== undefined || this.#isAsked || ++this.#looks < this.#looksBetween) return;
    this.#looks = 0;
    this.#isAsked = true;
    this.#crew.rest((reports) => {
      this.#isAsked = false;
      this.#keeping = this.#keep(this.#take(reports)).finally(() => {
        this.#keeping = undefined;
      });
    });
  }

  /** Resolves when no snapshot is being kept any longer. */
  async done(): Promise<void> {
    await this.#keeping;
  }
}
