/** Where things stand in the space-time diagram: a lane for each node, a row for each step, time going down. */

import type { Story } from "./story.ts";

/** Height of a row, in pixels. */
export const ROW = 46;
/** Width of the numbers of steps. */
export const GUTTER = 48;
const LEAST_LANE = 30;
const MOST_LANE = 104;
/** What the words beside the lanes need at least. */
const LEAST_WORDS = 168;

/** The lane of steps that no node takes. */
export const NOBODY = "model";

export class Geometry {
  readonly lanes: readonly string[];
  readonly laneWidth: number;
  readonly #indices: ReadonlyMap<string, number>;

  constructor(story: Story, width: number) {
    const hasNobody = story.steps.some(({ nodes }) => nodes.length === 0) || story.nodes.length === 0;
    this.lanes = hasNobody ? [...story.nodes, NOBODY] : story.nodes;
    const room = (width - GUTTER - Math.max(LEAST_WORDS, width * 0.42)) / this.lanes.length;
    this.laneWidth = Math.min(MOST_LANE, Math.max(LEAST_LANE, Math.floor(room)));
    this.#indices = new Map(this.lanes.map((lane, i) => [lane, i]));
  }

  get lanesWidth(): number {
    return this.lanes.length * this.laneWidth;
  }

  /** The middle of a lane; of the last one for a node that has none. */
  x(node: string | null): number {
    const index = this.#indices.get(node ?? NOBODY) ?? this.lanes.length - 1;
    return (index + 0.5) * this.laneWidth;
  }

  /** The middle of a row. */
  y(step: number): number {
    return (step + 0.5) * ROW;
  }
}
