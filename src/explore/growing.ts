/**
 * Which fields keep growing from level to level: what to look at where a search does not end. That a field grew up to the
 * newest level is no more than an observation; further on it may stop.
 */

import type { Instance } from "../model/instance.ts";
import { gaugeOf, type Measure } from "../schema/sizes.ts";
import { BLOCK, Control, type Memory } from "./memory.ts";

/** A part of the state whose sizes have come to more and more, or a number to less and less, up to the newest level. */
export interface Growing extends Measure {
  /** At some depths, in ascending order, the size that is farthest from those of the first states. */
  readonly levels: readonly { readonly depth: number; readonly size: number }[];
}

/** Levels that are compared with the first, at equal distances up to the newest that is complete. */
const LEVELS = 4;
/** All models look as if they grew for ever if there are fewer; and for longer, where no end is declared. */
const LEAST_DEPTH = 6;
const LEAST_DEPTH_WITHOUT_END = 20;
/** Sizes with less room than this have an end in sight. */
const LEAST_ROOM = 32;
/** So do those that cannot go on for as many times as far as they have come. */
const LEAST_PROSPECT = 4;
/** What grew by less than this part of its early pace in later levels is coming to rest. */
const STEADINESS = 0.6;
const SAMPLES_A_LEVEL = 5000;
const MOST_NAMED = 3;

/** The sizes of a measure in one level. */
interface Extent {
  readonly least: number;
  readonly most: number;
}

/**
 * The fields that keep growing, those that could go on for the longest first; none while the levels get smaller. Looks at
 * some of the states only, which takes a few microseconds for each.
 */
export function growingFields(instance: Instance, memory: Memory, samples = SAMPLES_A_LEVEL): Growing[] {
  const { control, levels, fill } = memory;
  const newest = control[Control.depth]!;
  if (newest < LEAST_DEPTH) return [];
  const depths = Array.from({ length: LEVELS + 1 }, (_, i) => Math.round((newest * i) / LEVELS));
  const widthOf = (depth: number): number =>
    fill.subarray(levels[depth]!, levels[depth + 1]!).reduce((sum, states) => sum + states, 0);
  if (widthOf(newest) < widthOf(depths.at(-2)!)) return [];
  const found = [...extentsIn(instance, memory, depths, samples)].flatMap(([measure, extents]) => [
    ...growthOf(measure, depths, extents, 1),
    ...growthOf(measure, depths, extents, -1),
  ]);
  const ranked = found.sort((a, b) => b.prospect - a.prospect).map(({ growing }) => growing);
  return ranked
    .filter(({ field }) => !ranked.some((other) => isWithin(field, other.field)))
    .slice(0, MOST_NAMED);
}

/** How sizes went on growing, or where `way` is −1 getting less; nothing if they did not. */
function growthOf(
  measure: Measure,
  depths: readonly number[],
  extents: readonly (Extent | undefined)[],
  way: 1 | -1,
): { growing: Growing; prospect: number }[] {
  const sizes = extents.map((extent) => extent && way * (way === 1 ? extent.most : extent.least));
  const end = way === 1 ? measure.most : -measure.least;
  // What is in a collection that is empty at first has no size there.
  const start = sizes[0] === undefined ? 1 : 0;
  const origin = sizes[0] ?? (way === 1 ? measure.least : -(measure.most ?? 0));
  const known = sizes.slice(start).map((size) => size ?? -Infinity);
  const isRising = known.every((size, i) => size > (known[i - 1] ?? -Infinity));
  if (!isRising) return [];
  const middle = known.length >> 1;
  const [first, half, last] = [known[0]!, known[middle]!, known.at(-1)!];
  const [early, late] = [(half - first) / middle, (last - half) / (known.length - 1 - middle)];
  const prospect = end === null ? LEAST_PROSPECT : (end - last) / (last - origin);
  if (late < STEADINESS * early || prospect < LEAST_PROSPECT) return [];
  if (end === null && depths.at(-1)! < LEAST_DEPTH_WITHOUT_END) return [];
  const levels = known.map((size, i) => ({ depth: depths[start + i]!, size: way * size }));
  return [{ prospect, growing: { ...measure, levels } }];
}

/** By what is measured, the sizes in samples of each level. */
function extentsIn(
  { root, address }: Instance,
  { fill, levels, arena, words }: Memory,
  depths: readonly number[],
  samples: number,
): Map<Measure, (Extent | undefined)[]> {
  const extents = new Map<Measure, (Extent | undefined)[]>();
  const gauge = gaugeOf(root, LEAST_ROOM);
  if (gauge === undefined) return extents;
  for (const [i, depth] of depths.entries()) {
    const note = (measure: Measure, size: number): void => {
      const all = extents.get(measure) ?? depths.map(() => undefined);
      const { least = size, most = size } = all[i] ?? {};
      all[i] = { least: Math.min(least, size), most: Math.max(most, size) };
      extents.set(measure, all);
    };
    const [start, end] = [levels[depth]! * BLOCK, levels[depth + 1]! * BLOCK];
    const stride = Math.max(1, Math.floor((end - start) / samples));
    for (let index = start; index < end; index += stride) {
      if (index % BLOCK >= fill[Math.floor(index / BLOCK)]!) continue;
      gauge(arena.subarray(index * words, (index + 1) * words), address, note);
    }
  }
  return extents;
}

/** Whether a field is in the elements of another: of the two, the other says more. */
function isWithin(field: string, other: string): boolean {
  return field.startsWith(`${other}[*]`);
}

/** Looks now and then for what keeps growing, while a search goes on. */
export class GrowthWatch {
  readonly #instance: Instance;
  readonly #memory: Memory;
  readonly #looksBetween: number;
  #looks = 0;
  #depth = 0;
  #found: string | undefined;

  /** Of calls to `look`, one in `looksBetween` looks. */
  constructor(instance: Instance, memory: Memory, looksBetween: number) {
    this.#instance = instance;
    this.#memory = memory;
    this.#looksBetween = looksBetween;
  }

  /** The field that could go on growing for the longest, as it was found last. */
  look(): string | undefined {
    const depth = this.#memory.control[Control.depth]!;
    if (++this.#looks % this.#looksBetween === 0 && depth !== this.#depth) {
      this.#depth = depth;
      this.#found = growingFields(this.#instance, this.#memory, WATCHED_SAMPLES)[0]?.field;
    }
    return this.#found;
  }
}

/** The thread that watches has other things to do, and shares its processor with one that searches. */
const WATCHED_SAMPLES = 300;
