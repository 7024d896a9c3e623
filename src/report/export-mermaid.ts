/**
 * A trace as a Mermaid sequence diagram: a note for each step, an arrow for each delivery at the step that receives. A
 * message that is lost ends in a cross at the step that loses it; one that is never received is told with its sending.
 */

import { type Arrow, layOut } from "../trace/space-time.ts";
import type { TraceDocument } from "../trace/trace-document.ts";

export function mermaidText(document: TraceDocument): string {
  const { property, target, trace } = document;
  const { lanes, arrows } = layOut(document);
  const participants = new Map(lanes.map(({ node }, i) => [node, `p${i}`]));
  const at = new Map(lanes.map(({ x }, i) => [x, `p${i}`]));
  const arriving = groupedBy(arrows, ({ kind, endsAt }) => (kind === "waiting" ? undefined : endsAt));
  const waiting = groupedBy(arrows, ({ kind, sentAt }) => (kind === "waiting" ? sentAt : undefined));
  const steps = trace.steps.flatMap(({ label, isFault, nodes }, i) => {
    const step = i + 1;
    const actor = participants.get(nodes[0] ?? null)!;
    const notes = [
      `${step} ${isFault ? "fault " : ""}${label}`,
      ...(waiting.get(step) ?? []).map(({ message }) => `sends ${message}`),
      ...(step === trace.steps.length && property.why !== null ? [`✗ ${property.why}`] : []),
    ];
    return [
      ...(arriving.get(step) ?? []).map(
        ({ kind, from, to, message }) =>
          `${at.get(from.x)}${kind === "lost" ? "-x" : "->>"}${at.get(to.x)}: ${escaped(message)}`,
      ),
      `Note over ${actor}: ${notes.map(escaped).join("<br/>")}`,
    ];
  });
  const lines = [
    ...lanes.map(({ node }, i) => `participant p${i} as ${escaped(node ?? "elsewhere")}`),
    ...steps,
  ];
  const title = escaped(`${target}: ${property.name}`);
  return `sequenceDiagram\n${[`title ${title}`, ...lines].map((line) => `    ${line}\n`).join("")}`;
}

function groupedBy(
  arrows: readonly Arrow[],
  keyOf: (arrow: Arrow) => number | undefined,
): ReadonlyMap<number, Arrow[]> {
  const groups = new Map<number, Arrow[]>();
  for (const arrow of arrows) {
    const key = keyOf(arrow);
    if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), arrow]);
  }
  return groups;
}

/** Words that mean something to Mermaid in any text, if a colon follows. */
const KEYWORDS = /wrap|style|classdef/i;

/** Text in which nothing means anything to Mermaid or to HTML: its entity codes are decimal numbers. */
export function escaped(text: string): string {
  const special = KEYWORDS.test(text) ? /[^\p{L}\p{N} .,(){}=+/→✗'-]/gu : /[^\p{L}\p{N} .,:(){}=+/→✗'-]/gu;
  return text.replaceAll(special, (character) => `#${character.codePointAt(0)};`);
}
