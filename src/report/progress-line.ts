/** How far a search is, for the person who waits. */

import type { Progress } from "../explore/explore.ts";
import { bytes, count, duration, plural, roughly, rounded } from "./figures.ts";
import type { Pace } from "./pace.ts";
import { printable } from "./printable.ts";

/** One line of at most `width` columns; what matters least is left out first. */
export function progressLine(title: string, progress: Progress, pace: Pace, width: number): string {
  const left = pace.secondsLeft;
  // In the order of appearance, each with how dearly it is kept.
  const parts: [number, string][] = [
    [2, printable(title)],
    [7, `${rounded(progress.states)} states`],
    [6, `${rounded(pace.rate)}/s`],
    [5, `level ${progress.depth}`],
    [1, `${rounded(progress.frontier)} to go in it`],
    [4, bytes(progress.bytes)],
    [3, left === undefined ? "" : `${roughly(left)} left`],
    [0, progress.growing === undefined ? "" : stillGrowing(progress.growing)],
  ];
  const shown = parts.filter(([, text]) => text !== "");
  const line = (): string => shown.map(([, text]) => text).join("  ");
  while (line().length > width && shown.length > 1) {
    const least = Math.min(...shown.map(([dearness]) => dearness));
    shown.splice(
      shown.findIndex(([dearness]) => dearness === least),
      1,
    );
  }
  return line().slice(0, Math.max(0, width));
}

/** The same for a log file. */
export function progressSentence(title: string, progress: Progress, pace: Pace): string {
  const left = pace.secondsLeft;
  return [
    `${printable(title)}: ${plural(progress.states, "state")}`,
    `${rounded(pace.rate)}/s`,
    `level ${progress.depth}`,
    `${count(progress.frontier)} to go in it`,
    bytes(progress.bytes),
    ...(left === undefined ? [] : [`${roughly(left)} left`]),
    ...(progress.growing === undefined ? [] : [stillGrowing(progress.growing)]),
  ].join(", ");
}

const stillGrowing = (field: string): string => `${printable(field)} is still growing`;

/** The same where nothing is known but a number. */
export function countSentence(title: string, number: number, noun: string, seconds: number): string {
  return `${printable(title)}: ${plural(number, noun)} in ${duration(seconds)}`;
}
