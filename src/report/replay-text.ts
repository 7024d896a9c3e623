/** What became of a trace that was run again, in words. */

import type { Refusal, Replay } from "../trace/replay.ts";
import type { TraceDocument } from "../trace/trace-document.ts";
import { plural } from "./figures.ts";
import type { Painter } from "./paint.ts";
import { printable } from "./printable.ts";
import { configuration } from "./run-text.ts";

/** More are left out. */
const MOST_LINES = 12;

/** @param target the model the trace was run on, as it was named. */
export function replayText(
  { outcome, step, why, refusal, difference }: Replay,
  { property, bounds, faults, trace }: TraceDocument,
  { target, paint }: { target: string; paint: Painter },
): string {
  const isWitness = property.verdict === "holds";
  const all = trace.steps.length;
  const where = `${paint.strong(printable(target))}${configuration({ bounds, faults })}`;
  const name = printable(property.name);
  const lines: string[] = [];
  if (outcome === "fails") {
    const early = step !== null && step < all ? ` already at step ${step} of ${all}` : ` at step ${step}`;
    if (isWitness)
      lines.push(`${paint.good("still a witness")} of ${name}: ${where}, after ${plural(all, "step")}`);
    else
      lines.push(
        `${paint.bad("still fails")}: ${where},${early}`,
        `  ${paint.bad(name)}: ${printable(why ?? "")}`,
      );
  } else if (outcome === "holds") {
    const what = isWitness ? "no longer a witness" : "no longer fails";
    lines.push(
      `${paint[isWitness ? "doubtful" : "good"](what)}: ${where}`,
      `  ${all === 1 ? "its step" : `all ${all} steps`} can be taken, and ${name} ${isWitness ? "is not seen at the end" : "holds in each"}`,
    );
  } else {
    lines.push(
      `${paint.doubtful("diverges")}: ${where}, at step ${step} of ${all}`,
      ...refusalLines(refusal!).map((line) => `  ${line}`),
    );
  }
  if (difference !== null) {
    lines.push(
      difference.step === 0
        ? "  the first state is another:"
        : `  from step ${difference.step} on its states are others:`,
      ...(difference.fields.length === 0
        ? ["    in a way that does not show when they are printed"]
        : cut(difference.fields).map((line) => `    ${line}`)),
    );
  }
  return `${lines.join("\n")}\n`;
}

/** Why a step cannot be taken, and then what there was to read or to choose. */
export function refusalLines(refusal: Refusal): string[] {
  switch (refusal.kind) {
    case "first state":
      return ["the model does not start in the first state of the trace"];
    case "no action":
      return [`${printable(refusal.action)}: there is no such action or fault`];
    case "other parameters":
      return [
        `${printable(refusal.label)} cannot be taken: ${[
          ...refusal.missing.map((name) => `it does not say what ${printable(name)} is`),
          ...refusal.unknown.map((name) => `there is no parameter ${printable(name)}`),
        ].join(", and ")}`,
      ];
    case "no choice":
      return [
        `${printable(refusal.label)} cannot be taken: ${printable(refusal.parameter)} can be ${
          refusal.choices.length === 0 ? "nothing here" : "only"
        }`,
        ...cut(refusal.choices).map((choice) => `  ${choice}`),
      ];
    case "guard":
      return [
        `${printable(refusal.label)} cannot be taken: its guard refuses${refusal.read.length === 0 ? "" : ", having read"}`,
        ...cut(refusal.read).map((line) => `  ${line}`),
      ];
  }
}

function cut(lines: readonly string[]): string[] {
  const shown = lines.slice(0, MOST_LINES).map(printable);
  return lines.length > MOST_LINES ? [...shown, `and ${lines.length - MOST_LINES} more`] : shown;
}
