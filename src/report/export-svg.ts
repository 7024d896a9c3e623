/** The space-time diagram of a trace as an SVG document, readable in light and dark. */

import { type Arrow, layOut, type Point, type Row } from "../trace/space-time.ts";
import type { TraceDocument } from "../trace/trace-document.ts";
import { configuration } from "./run-text.ts";

const CHARACTER = 7.3;
const LONGEST_LABEL = 70;
const LONGEST_MESSAGE = 20;
/** How far along an arrow its message stands: arrows that cross there rarely cross in the middle too. */
const MESSAGE_AT = 0.65;
const HEAD = 64;
const MARGIN = 16;

const STYLE = `
  svg { font: 12px ui-monospace, monospace; background: #fff; color: #1b1f24; }
  text { fill: currentColor; }
  .title { font-weight: bold; }
  .lane { stroke: #b6bec8; }
  .node { text-anchor: middle; font-weight: bold; }
  .step { fill: currentColor; }
  .fault, .wrong { fill: #c02626; }
  .arrow { stroke: #2563a8; fill: none; marker-end: url(#head); }
  .copy { stroke-dasharray: 5 3; }
  .lost { stroke: #c02626; marker-end: url(#cross); }
  .waiting { stroke: #8a94a0; stroke-dasharray: 2 3; }
  .message { font-size: 10px; text-anchor: middle; paint-order: stroke; stroke: #fff; stroke-width: 3px; }
  @media (prefers-color-scheme: dark) {
    svg { background: #14171b; color: #e4e8ed; }
    .message { stroke: #14171b; }
    .lane { stroke: #4a5460; }
    .arrow { stroke: #7db4f0; }
    .fault, .wrong { fill: #ff8080; }
    .lost { stroke: #ff8080; }
    .waiting { stroke: #8a94a0; }
  }
`;

export function svgText(document: TraceDocument): string {
  const { target, property, trace } = document;
  const { width, height, lanes, rows, arrows } = layOut(document);
  const why = property.why ?? "a witness";
  const heading = `${target}${configuration(document)}`;
  const gutter =
    Math.ceil(
      Math.max(...rows.map(({ step, label }) => cut(labelText(step, label), LONGEST_LABEL).length)) *
        CHARACTER,
    ) + MARGIN;
  const below = `✗ ${property.name}: ${why}`;
  const whole = {
    width:
      Math.max(gutter + width, Math.ceil(Math.max(heading.length, below.length) * CHARACTER)) + 2 * MARGIN,
    height: HEAD + height + 2 * MARGIN,
  };
  const shift = { x: MARGIN + gutter, y: HEAD };
  const moved = ({ x, y }: Point): Point => ({ x: round(x + shift.x), y: round(y + shift.y) });
  const bottom = HEAD + height;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${whole.width}" height="${whole.height}" viewBox="0 0 ${whole.width} ${whole.height}" role="img">
<title>${xml(`${heading}: ${property.name}, ${trace.steps.length} steps`)}</title>
<desc>${xml(why)}</desc>
<style>${STYLE}</style>
<defs>
<marker id="head" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="context-stroke"/></marker>
<marker id="cross" viewBox="0 0 8 8" refX="4" refY="4" markerWidth="9" markerHeight="9" orient="auto"><path d="M1 1 7 7M7 1 1 7" stroke="context-stroke" fill="none"/></marker>
</defs>
<text class="title" x="${MARGIN}" y="24">${xml(heading)}</text>
${lanes
  .map(({ node, x }) => {
    const at = moved({ x, y: 0 }).x;
    const name = `<text class="node" x="${at}" y="${HEAD - 12}">${xml(node ?? "elsewhere")}</text>`;
    return `${name}<line class="lane" x1="${at}" y1="${HEAD}" x2="${at}" y2="${bottom}"/>`;
  })
  .join("\n")}
${arrows.map((arrow) => arrowText(arrow, moved)).join("\n")}
${rows.map((row) => rowText(row, moved)).join("\n")}
<text class="${property.why === null ? "" : "wrong"}" x="${MARGIN}" y="${bottom + MARGIN}">${xml(property.why === null ? `${property.name}: ${why}` : below)}</text>
</svg>
`;
}

function rowText({ step, y, label, isFault, points }: Row, moved: (point: Point) => Point): string {
  const text = labelText(step, label);
  const kind = isFault ? "fault" : "step";
  const dots = points.map((point, i) => {
    const { x, y } = moved(point);
    return `<circle class="${kind}" cx="${x}" cy="${y}" r="${i === 0 ? 4 : 2.5}"/>`;
  });
  const name = `<text class="${kind}" x="${MARGIN}" y="${moved({ x: 0, y }).y + 4}">${xml(cut(text, LONGEST_LABEL))}</text>`;
  return `<g><title>${xml(text)}</title>${name}${dots.join("")}</g>`;
}

function arrowText({ kind, message, isCopy, from, to }: Arrow, moved: (point: Point) => Point): string {
  const [a, b] = [moved(from), moved(to)];
  const isLoop = a.x === b.x;
  // A message to oneself goes out and comes back, so that it does not lie on the lane.
  const path = isLoop
    ? `M${a.x} ${a.y}C${a.x + 50} ${a.y} ${b.x + 50} ${b.y} ${b.x} ${b.y}`
    : `M${a.x} ${a.y}L${b.x} ${b.y}`;
  const along = (from: number, to: number): number => round(from + (to - from) * MESSAGE_AT);
  const middle = {
    x: along(a.x, b.x) + (isLoop ? 36 : 0),
    y: along(a.y, b.y) + (kind === "waiting" ? 12 : -3),
  };
  const style = ["arrow", ...(kind === "received" ? [] : [kind]), ...(isCopy ? ["copy"] : [])].join(" ");
  const text = `<text class="message" x="${middle.x}" y="${middle.y}">${xml(cut(nameOf(message), LONGEST_MESSAGE))}</text>`;
  return `<g><title>${xml(message)}</title><path class="${style}" d="${path}"/>${text}</g>`;
}

/** What sort of message it is; the whole of it appears where one points. */
const nameOf = (message: string): string => /^[^{]+/.exec(message)?.[0] ?? message;

const labelText = (step: number, label: string): string => `${step}  ${label}`;

const cut = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`;

const round = (value: number): number => Math.round(value * 10) / 10;

/** Text of an XML document, without the characters that none may hold. */
function xml(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
