/** The space-time diagram at a width: lanes as wide as the words beside them allow. */

import { layOut, type SpaceTime } from "../../trace/space-time.ts";
import type { Story } from "./story.ts";

/** Height of a row, in pixels. */
export const ROW = 46;
/** Width of the numbers of steps. */
export const GUTTER = 48;
const LEAST_LANE = 30;
const MOST_LANE = 104;
/** What the words beside the lanes need at least: pixels, and a share of the width. */
const LEAST_WORDS = 168;
const LEAST_SHARE = 0.42;

/** What the lane is called of whatever is not told to happen at a node. */
export const NOBODY = "model";

export interface DiagramLayout extends SpaceTime {
  readonly laneWidth: number;
}

/** @param width of all of the diagram. */
export function diagramLayout({ nodes, first, steps }: Story, width: number): DiagramLayout {
  const trace = { nodes, trace: { first, steps } };
  const { lanes } = layOut(trace, { lane: 1, row: 1 });
  const room = (width - GUTTER - Math.max(LEAST_WORDS, width * LEAST_SHARE)) / lanes.length;
  const laneWidth = Math.min(MOST_LANE, Math.max(LEAST_LANE, Math.floor(room)));
  return { laneWidth, ...layOut(trace, { lane: laneWidth, row: ROW }) };
}
