/** The lanes, steps and messages of the rows in view, as SVG. */

import type { Arrow, Point, Row } from "../../trace/space-time.ts";
import type { DiagramLayout } from "./diagram-layout.ts";
import { classes, svg } from "./dom.ts";
import type { Story } from "./story.ts";

export interface View {
  readonly story: Story;
  readonly layout: DiagramLayout;
  /** The rows to draw, both included. */
  readonly rows: { readonly first: number; readonly last: number };
  /** The step that is looked at. */
  readonly at: number;
}

/** Sizes in pixels: of a step, of an arrowhead, of a cross where a message is lost, of the mark of a copy. */
const DOT = 5.5;
const TIP = 8;
const CROSS = 4.5;
const COPY = 3.2;
/** How far a message to its sender goes out of its lane, at most. */
const BULGE = 26;
/** Width of a lane that has room for names, and how far from the end of a line they stand. */
const LEAST_FOR_NAMES = 60;
const FROM_END = 60;
/** Height of a name, and about what a letter of it is wide. */
const NAME = 13;
const LETTER = 6.6;

export function drawRows(view: View): SVGElement[] {
  const { layout, rows, at } = view;
  const inView = layout.arrows.filter(
    ({ sentAt, endsAt }) => sentAt <= rows.last && endsAt + 1 >= rows.first,
  );
  // What is looked at is drawn over the rest.
  const ordered = [...inView].sort((a, b) => Number(touches(a, at)) - Number(touches(b, at)));
  return [
    ...drawLanes(view),
    ...ordered.map((arrow) => drawMessage(arrow, view)),
    ...drawSteps(view),
    ...drawNames(
      inView.filter((arrow) => touches(arrow, at)),
      layout,
    ),
  ];
}

function touches({ sentAt, endsAt }: Arrow, at: number): boolean {
  return sentAt === at || endsAt === at;
}

function drawLanes({ layout, rows }: View): SVGElement[] {
  const top = layout.rows[Math.max(0, rows.first - 1)]!.y;
  const bottom = layout.rows[Math.min(layout.rows.length - 1, rows.last + 1)]!.y;
  return layout.lanes.map(({ node, x }) =>
    svg("line", { class: classes("lane", node === null && "nobody"), x1: x, x2: x, y1: top, y2: bottom }),
  );
}

function drawSteps({ story, layout, rows, at }: View): SVGElement[] {
  return layout.rows.slice(rows.first, rows.last + 1).flatMap((row) => {
    const { step, y } = row;
    const isFirst = step === 0;
    const points = isFirst
      ? layout.lanes.flatMap(({ node, x }) => (node === null ? [] : [{ x, y }]))
      : row.points;
    const isBad = story.markAt(step)?.tone === "bad";
    const mark = classes("event", step === at && "current", isFirst && "first", isBad && "bad");
    return [
      ...(isFirst ? [] : together(row)),
      ...points.map((point, i) => {
        const radius = (i === 0 || isFirst ? DOT : DOT - 1.5) + (step === at ? 1.5 : 0);
        return row.isFault
          ? svg("path", { class: classes(mark, "fault"), d: cross(point, radius) })
          : svg("circle", { class: mark, cx: point.x, cy: point.y, r: radius });
      }),
    ];
  });
}

/** A line between the nodes that take a step together. */
function together({ points, y }: Row): SVGElement[] {
  if (points.length < 2) return [];
  const xs = points.map(({ x }) => x);
  return [svg("line", { class: "together", x1: Math.min(...xs), x2: Math.max(...xs), y1: y, y2: y })];
}

const WORDS = { received: "", lost: "lost: ", waiting: "not received: " } as const;

function drawMessage(arrow: Arrow, { layout, at }: View): SVGElement {
  const { kind, message, isCopy, from, to, sentAt, endsAt } = arrow;
  const bulge = bulgeOf(arrow, layout);
  const isLoop = bulge > 0;
  const d = isLoop
    ? `M${from.x},${from.y} C${from.x + bulge},${from.y + 12} ${to.x + bulge},${to.y - 12} ${to.x},${to.y}`
    : `M${from.x},${from.y} L${to.x},${to.y}`;
  const isCurrent = touches(arrow, at);
  return svg(
    "g",
    {
      class: classes("message", kind, isCopy && "copied", isCurrent && "current", sentAt > at && "ahead"),
      "data-message": message,
      "data-ends": endsAt,
    },
    svg("title", {}, `${WORDS[kind]}${isCopy ? "copy of " : ""}${message}`),
    svg("path", { class: "line", d }),
    // A line that is wide enough to be pointed at.
    svg("path", { class: "reach", d }),
    ...(isCopy ? copyMark(from) : []),
    endMark(arrow, isLoop ? { x: to.x + bulge, y: to.y - 12 } : from),
  );
}

/** @param before where the line comes from when it ends. */
function endMark({ kind, to }: Arrow, before: Point): SVGElement {
  switch (kind) {
    case "received":
      return svg("path", { class: "tip", d: tip(before, to) });
    case "lost":
      return svg("path", { class: "cross", d: cross(to, CROSS) });
    case "waiting":
      return svg("circle", { class: "open", cx: to.x, cy: to.y, r: 3 });
  }
}

/** Two rings where a message was copied, beside the step that copied it. */
function copyMark({ x, y }: Point): SVGElement[] {
  return [DOT + COPY, DOT + 2 * COPY].map((away) =>
    svg("circle", { class: "copy", cx: x + away, cy: y, r: COPY }),
  );
}

/** An arrowhead whose tip just touches the dot of the step. */
function tip(before: Point, end: Point): string {
  const angle = Math.atan2(end.y - before.y, end.x - before.x);
  const point = { x: end.x - (DOT + 1) * Math.cos(angle), y: end.y - (DOT + 1) * Math.sin(angle) };
  const corner = (side: number): string => {
    const direction = angle + Math.PI + side * 0.42;
    return `${round(point.x + TIP * Math.cos(direction))},${round(point.y + TIP * Math.sin(direction))}`;
  };
  return `M${round(point.x)},${round(point.y)} L${corner(1)} L${corner(-1)} Z`;
}

function cross({ x, y }: Point, size: number): string {
  return `M${x - size},${y - size} L${x + size},${y + size} M${x - size},${y + size} L${x + size},${y - size}`;
}

/** How far a message goes out of its lane on the way back into it. */
function bulgeOf({ kind, from, to }: Arrow, { laneWidth }: DiagramLayout): number {
  return kind !== "waiting" && from.x === to.x ? Math.min(BULGE, laneWidth * 0.36) : 0;
}

interface Name extends Point {
  readonly text: string;
  readonly anchor: "start" | "middle" | "end";
}

/** The names of messages, one above another where they would lie on each other. */
function drawNames(arrows: readonly Arrow[], layout: DiagramLayout): SVGElement[] {
  if (layout.laneWidth < LEAST_FOR_NAMES) return [];
  const names: Name[] = [];
  for (const arrow of arrows) {
    let name = nameOf(arrow, bulgeOf(arrow, layout));
    const away = arrow.kind === "waiting" ? NAME : -NAME;
    while (names.some((other) => overlap(name, other))) name = { ...name, y: name.y + away };
    names.push(name);
  }
  return names.map(({ text, x, y, anchor }) =>
    svg("text", { class: "name", x: round(x), y: round(y), "text-anchor": anchor }, text),
  );
}

/** The name of a message: beside where it waits, or near the end of its line. */
function nameOf({ kind, message, from, to }: Arrow, bulge: number): Name {
  const [text = message] = message.split(/[{(]/);
  if (kind === "waiting") return { text, x: to.x - 8, y: to.y + 7, anchor: "end" };
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const along = 1 - Math.min(0.5, FROM_END / Math.max(1, length));
  const x = from.x + (to.x - from.x) * along + bulge * 0.75;
  const y = from.y + (to.y - from.y) * along - 4;
  return { text, x, y, anchor: bulge > 0 ? "start" : "middle" };
}

/** Which part of a name is to the left of its place. */
const BEFORE = { start: 0, middle: 0.5, end: 1 } as const;

function overlap(a: Name, b: Name): boolean {
  const left = ({ x, text, anchor }: Name): number => x - BEFORE[anchor] * text.length * LETTER;
  const right = (name: Name): number => left(name) + name.text.length * LETTER;
  return Math.abs(a.y - b.y) < NAME && left(a) < right(b) && left(b) < right(a);
}

const round = (pixels: number): number => Math.round(pixels * 10) / 10;
