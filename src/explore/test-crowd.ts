/** For tests: models for several workers. */

import { model, system } from "../model/model.ts";
import { array, flag, interned, node, oneOf, range } from "../schema/schema.ts";

const top = 9;

const stations = 30;

/** One state a level, so that each level falls to one worker or another, and at every station something new to read. */
export const relay = model({
  name: "relay",
  about: "a runner who leaves a mark at each station",
  bounds: {},
  system: () =>
    system({ at: range(0, stations), marks: array(stations, flag()) }, ({ action, sometimes }) => ({
      actions: {
        mark: action({}, (s) => {
          if (s.at === stations || s.marks.get(s.at)) return false;
          s.marks.set(s.at, true);
        }),
        move: action({}, (s) => {
          if (s.at === stations || !s.marks.get(s.at)) return false;
          s.at++;
        }),
      },
      properties: Object.fromEntries(
        Array.from({ length: stations }, (_, i) => [
          `marked ${i}`,
          sometimes((s) => s.at === i && s.marks.get(i)),
        ]),
      ),
    })),
});

/** Many states a level, many of them bad at once. */

const crowd = model({
  name: "crowd",
  about: "counters that count to 9, each for itself",
  bounds: {
    counters: { default: 4, min: 1, max: 8, about: "how many there are" },
    bad: { default: 99, min: 0, max: 99, about: "the sum that is not allowed" },
    broken: { default: 99, min: 0, max: 99, about: "the sum at which an action throws" },
  },
  system({ counters, bad, broken }) {
    const counter = node(counters, "c");
    return system({ counts: array(counter, range(0, top)) }, ({ action, always, sometimes, step }) => {
      const sum = (s: { counts: { get(at: number): number } }): number => {
        let sum = 0;
        for (let at = 0; at < counters; at++) sum += s.counts.get(at);
        return sum;
      };
      return {
        actions: {
          up: action({ at: counter }, (s, { at }) => {
            if (s.counts.get(at) === top) return false;
            s.counts.set(at, sum(s) === broken ? top + 1 : s.counts.get(at) + 1);
          }),
          swap: action({ at: counter, other: counter }, (s, { at, other }) => {
            const count = s.counts.get(at);
            s.counts.set(at, s.counts.get(other));
            s.counts.set(other, count);
          }),
        },
        properties: {
          fewer: always((s) => sum(s) !== bad || s.counts.get(0) === 0),
          even: sometimes((s) => sum(s) > 5 && s.counts.get(counters - 1) === 3),
          calm: step((before, after) => sum(before) !== bad || after.counts.get(0) <= before.counts.get(0)),
        },
      };
    });
  },
});

export default crowd;

/** The same, for no more than two threads: how many have it is counted in `loads`. */
export function forTwo(loads: Int32Array): typeof crowd {
  if (Atomics.add(loads, 0, 1) >= 2) throw new Error("there are two already");
  return crowd;
}

/** Words of a few letters, numbered as they appear: which number a word gets differs from run to run. */
export const words = model({
  name: "words",
  about: "two pens that write letters",
  bounds: { longest: { default: 5, min: 1, max: 9, about: "letters in a word" } },
  system({ longest }) {
    const letter = oneOf("a", "b", "c");
    const pen = node(2, "p");
    return system({ words: array(pen, interned<string>("")) }, ({ action, always, sometimes }) => ({
      actions: {
        write: action({ at: pen, letter }, (s, { at, letter }) => {
          const word = s.words.get(at);
          if (word.length === longest || (at === 1 && letter === "c")) return false;
          s.words.set(at, word + letter);
        }),
      },
      properties: {
        short: always((s) => s.words.get(0).length <= longest),
        same: sometimes((s) => s.words.get(0) === s.words.get(1) && s.words.get(0).length === 3),
      },
    }));
  },
});

/** A first state with very many successors, from the last of which what is not allowed is one step. */
export const fan = model({
  name: "fan",
  about: "one pick among many, then perhaps a fall",
  bounds: { picks: { default: 40_000, min: 1, max: 60_000, about: "what can be picked" } },
  system({ picks }) {
    const pick = range(1, picks);
    return system({ picked: range(0, picks), fallen: flag() }, ({ action, always }) => ({
      actions: {
        pick: action({ pick }, (s, { pick }) => {
          if (s.picked !== 0) return false;
          s.picked = pick;
        }),
        fall: action({}, (s) => {
          if (s.picked !== picks || s.fallen) return false;
          s.fallen = true;
        }),
      },
      properties: { stands: always((s) => !s.fallen) },
    }));
  },
});
