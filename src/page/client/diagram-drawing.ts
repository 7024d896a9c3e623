/** The lanes, steps and messages of the rows in view, as SVG. */

import type { Delivery } from "../deliveries.ts";
import { type Geometry, NOBODY } from "./diagram-geometry.ts";
import { classes, svg } from "./dom.ts";
import type { Story } from "./story.ts";

export interface View {
  readonly story: Story;
  readonly deliveries: readonly Delivery[];
  readonly geometry: Geometry;
  /** The rows to draw, both included. */
  readonly rows: { readonly first: number; readonly last: number };
  /** The step that is looked at. */
  readonly at: number;
}

const DOT = 5.5;
const HEAD = 8;
/** Width of a lane, and distance from the end of a line, in pixels. */
const LEAST_FOR_NAMES = 60;
const FROM_END = 60;

interface Point {
  readonly x: number;
  readonly y: number;
}

export function drawRows(view: View): SVGElement[] {
  const { deliveries, rows } = view;
  const inView = deliveries.filter(({ from, to }) => {
    const begin = from?.step ?? 0;
    return begin <= rows.last && (to?.step ?? begin + 1) >= rows.first;
  });
  // What is looked at is drawn over the rest.
  const ordered = [...inView].sort((a, b) => Number(touches(a, view.at)) - Number(touches(b, view.at)));
  return [...drawLanes(view), ...ordered.map((delivery) => drawDelivery(delivery, view)), ...drawSteps(view)];
}

function touches({ from, to }: Delivery, at: number): boolean {
  return from?.step === at || to?.step === at;
}

function drawLanes({ geometry, rows, story }: View): SVGElement[] {
  const top = geometry.y(Math.max(0, rows.first - 1));
  const bottom = Math.min(geometry.y(story.length), geometry.y(rows.last + 1));
  return geometry.lanes.map((lane) => {
    const x = geometry.x(lane);
    return svg("line", {
      class: classes("lane", lane === NOBODY && "nobody"),
      x1: x,
      x2: x,
      y1: top,
      y2: bottom,
    });
  });
}

function drawSteps({ story, geometry, rows, at }: View): SVGElement[] {
  const drawn: SVGElement[] = [];
  for (let step = rows.first; step <= rows.last; step++) {
    const taken = story.stepAt(step);
    const nodes = taken === undefined ? geometry.lanes.slice(0, story.nodes.length) : taken.nodes;
    const isBad = story.markAt(step)?.tone === "bad";
    const mark = classes("event", step === at && "current", taken === undefined && "first", isBad && "bad");
    const y = geometry.y(step);
    const xs = (nodes.length > 0 ? nodes : [NOBODY]).map((node) => geometry.x(node));
    if (taken !== undefined && xs.length > 1) {
      drawn.push(svg("line", { class: "together", x1: Math.min(...xs), x2: Math.max(...xs), y1: y, y2: y }));
    }
    for (const [i, x] of xs.entries()) {
      const radius = (i === 0 ? DOT : DOT - 1.5) + (step === at ? 1.5 : 0);
      drawn.push(
        taken?.isFault === true
          ? svg("path", { class: classes(mark, "fault"), d: cross({ x, y }, radius) })
          : svg("circle", { class: mark, cx: x, cy: y, r: radius }),
      );
    }
  }
  return drawn;
}

function drawDelivery(delivery: Delivery, view: View): SVGElement {
  const { geometry, at } = view;
  const { kind, message, from, to } = delivery;
  const start = { x: geometry.x(from?.node ?? to?.node ?? null), y: geometry.y(from?.step ?? 0) };
  const end = endOf(delivery, start, geometry);
  const isLoop = kind === "delivered" && start.x === end.x;
  const bulge = Math.min(26, geometry.laneWidth * 0.36);
  const d = isLoop
    ? `M${start.x},${start.y} C${start.x + bulge},${start.y + 12} ${end.x + bulge},${end.y - 12} ${end.x},${end.y}`
    : `M${start.x},${start.y} L${end.x},${end.y}`;
  const isAhead = (from?.step ?? 0) > at;
  const isOnWay = !isAhead && (to === null || to.step > at);
  const parts: SVGElement[] = [
    svg("path", { class: "line", d }),
    // A line that is wide enough to be pointed at.
    svg("path", { class: "reach", d }),
    ...endMark(delivery, isLoop ? { x: end.x + bulge, y: end.y - 12 } : start, end),
  ];
  const isNamed = touches(delivery, at) && geometry.laneWidth >= LEAST_FOR_NAMES;
  if (isNamed) parts.push(nameOf(delivery, start, end, isLoop ? bulge : 0));
  const word = { delivered: "", lost: "lost: ", duplicated: "duplicated: ", pending: "not received: " }[kind];
  return svg(
    "g",
    {
      class: classes(
        "message",
        kind,
        touches(delivery, at) && "current",
        isAhead && "ahead",
        isOnWay && "on-way",
      ),
      "data-message": message,
    },
    svg("title", {}, word + message),
    ...parts,
  );
}

/** Where a message ends: at its receiver, or beside its sender where nobody has it. */
function endOf({ kind, to }: Delivery, start: Point, geometry: Geometry): Point {
  if (to === null) return { x: start.x + 13, y: start.y + 17 };
  if (kind === "delivered") return { x: geometry.x(to.node), y: geometry.y(to.step) };
  return { x: start.x + geometry.laneWidth * 0.32, y: geometry.y(to.step) };
}

function endMark({ kind }: Delivery, before: Point, end: Point): SVGElement[] {
  switch (kind) {
    case "delivered":
      return [svg("path", { class: "tip", d: tip(before, end) })];
    case "lost":
      return [svg("path", { class: "cross", d: cross(end, 4.5) })];
    case "duplicated":
      return [
        svg("circle", { class: "copy", cx: end.x - 2.5, cy: end.y, r: 4 }),
        svg("circle", { class: "copy", cx: end.x + 2.5, cy: end.y, r: 4 }),
      ];
    case "pending":
      return [svg("circle", { class: "open", cx: end.x, cy: end.y, r: 3 })];
  }
}

/** An arrowhead whose tip just touches the dot of the step. */
function tip(before: Point, end: Point): string {
  const angle = Math.atan2(end.y - before.y, end.x - before.x);
  const point = { x: end.x - (DOT + 1) * Math.cos(angle), y: end.y - (DOT + 1) * Math.sin(angle) };
  const corner = (side: number): string => {
    const direction = angle + Math.PI + side * 0.42;
    return `${round(point.x + HEAD * Math.cos(direction))},${round(point.y + HEAD * Math.sin(direction))}`;
  };
  return `M${round(point.x)},${round(point.y)} L${corner(1)} L${corner(-1)} Z`;
}

function cross({ x, y }: Point, size: number): string {
  return `M${x - size},${y - size} L${x + size},${y + size} M${x - size},${y + size} L${x + size},${y - size}`;
}

/** The name of a message: beside where it waits, or near the end of its line. */
function nameOf({ kind, message }: Delivery, start: Point, end: Point, bulge: number): SVGElement {
  const [name = message] = message.split(/[{(]/);
  if (kind === "pending") return svg("text", { class: "name", x: end.x + 7, y: end.y + 4 }, name);
  const length = Math.hypot(end.x - start.x, end.y - start.y);
  const along = 1 - Math.min(0.5, FROM_END / Math.max(1, length));
  const x = start.x + (end.x - start.x) * along + bulge * 0.75;
  const y = start.y + (end.y - start.y) * along;
  const anchor = bulge > 0 ? "start" : "middle";
  return svg("text", { class: "name", x: round(x), y: round(y - 4), "text-anchor": anchor }, name);
}

const round = (pixels: number): number => Math.round(pixels * 10) / 10;
