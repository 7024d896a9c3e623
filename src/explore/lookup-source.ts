/** The sources of looking states up: how one is mixed into a tag, whose it is, and what is done with a batch of them. */

import type { Instance } from "../model/instance.ts";
import { Control, type Memory, shareWords } from "./memory.ts";
import { each, every } from "./word-source.ts";

/** The rounds of {@link mixTiny}: each changes one half by what the other one is. */
const ROUNDS = [
  "h = Math.imul(y ^ 0x5bd1e995, 0x9e3779b1); x ^= (h ^ (h >>> 15)) & 0x7fffffff;",
  "h = Math.imul(x + 0x3c6ef372, 0x85ebca6b); y ^= (h ^ (h >>> 13)) & 0x7fffffff;",
  "h = Math.imul(y ^ 0x27d4eb2f, 0xc2b2ae35); x ^= (h ^ (h >>> 16)) & 0x7fffffff;",
  "h = Math.imul(x + 0x165667b1, 0x9e3779b1); y ^= (h ^ (h >>> 14)) & 0x7fffffff;",
];

/**
 * A tiny state stands in the table itself, mixed by a bijection of its two 31-bit words (a Feistel network), so equal
 * entries are equal states and nothing else need be compared. Both words keep a bit that says they are there.
 */
export function mixTiny(words: number): string {
  return `
    let x = w[0], y = ${words === 2 ? "w[1]" : "0"}, h;
    ${ROUNDS.join(" ")}
    const tag = (y << 1) | 1, rest = x | 0x80000000;`;
}

/** The words of a tiny state again, from what {@link mixTiny} made of them. */
function unmixTiny(tag: string, rest: string): string {
  return `
    let x = ${rest} & 0x7fffffff, y = ${tag} >>> 1, h;
    ${ROUNDS.toReversed().join(" ")}`;
}

/** A tag of 32 bits, its top bits the state's place in the table; states with equal tags are compared whole. */
export function mixExact(words: number): string {
  return `
    let h = 0x2545f491;
    ${each(words, (i) => `h = Math.imul(h ^ w[${i}], 0x9e3779b1); h ^= h >>> 15;`)}
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b); h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    const tag = (h ^ (h >>> 16)) | 1;`;
}

/** Source of the worker that a state belongs to: not by the top bits of its tag, which are its place in the share. */
export function ownerOf(tag: string, workers: number): string {
  return workers === 1 ? "0" : `(${tag} >>> 1) % ${workers}`;
}

/** How far probing often comes, in words of the table: half of the time that is in another cache line. */
const FURTHER = 8;

export interface LookUpOptions {
  readonly words: number;
  readonly isTiny: boolean;
  readonly memory: Memory;
  /** The stops from which on nothing is looked up any more. */
  readonly dropsFrom: number;
}

/**
 * Words of an entry of the mail: the tag, whose lowest bit says whether properties have to look, then the state's words, or
 * the rest of a tiny one.
 */
export function entryWords({ words, isTiny }: { words: number; isTiny: boolean }): number {
  return isTiny ? 2 : words + 1;
}

/** Source of copying the state of the entry at `from` of the mail into `words` at `to`. */
export function readSource({ words, isTiny }: Instance, from: string, array: string, to: string): string {
  const x = isTiny ? ["x", "y"] : [];
  return `${isTiny ? unmixTiny(`mail[${from}]`, `mail[${from} + 1]`) : ""}
    ${each(words, (i) => `${array}[${to} + ${i}] = ${x[i] ?? `mail[${from} + ${i + 1}]`};`)}`;
}

/**
 * Source of `lookUp(from, n, sender, owner)`, which looks up `n` entries of the mail that begin at `from`, come to by the worker
 * `sender`, in the share of the worker `owner`. Their table slots are touched one after another, so that the cache misses
 * overlap, and only then probed.
 */
export function lookUpSource({ words, isTiny, memory, dropsFrom }: LookUpOptions): string {
  const entry = entryWords({ words, isTiny });
  const home = (tag: string): string => `share + ((${tag} >>> shift) << 1)`;
  const isKnown = isTiny ? `table[at + 1] === mail[e + 1]` : `isAt((table[at + 1] - 1) * ${words}, e)`;
  const prefetch = isTiny
    ? ""
    : `for (let e = from; e < end; e += ${entry}) {
        const at = ${home("mail[e]")};
        if (table[at] === (mail[e] | 1)) touched ^= arena[(table[at + 1] - 1) * ${words}];
      }`;
  return `function isAt(state, e) { return ${every(words, (i) => `arena[state + ${i}] === mail[e + ${i + 1}]`)}; }
  function lookUp(from, n, sender, owner) {
    if (control[${Control.stop}] >= ${dropsFrom}) return;
    const share = ${memory.workers === 1 ? 0 : `owner * ${shareWords(memory)}`}, shift = 32 - control[${Control.tableBits}], end = from + n * ${entry};
    let touched = 0;
    for (let e = from; e < end; e += ${entry}) {
      const at = ${home("mail[e]")};
      touched ^= table[at] ^ table[at + ${FURTHER}];
    }
    ${prefetch}
    sink = touched;
    let added = 0, news = 0;
    for (let e = from; e < end; e += ${entry}) {
      const tag = mail[e] | 1;
      for (let at = ${home("tag")}; ; at += 2) {
        const other = table[at];
        if (other === 0) {
          const index = append(e, sender);
          if (index < 0) break;
          table[at] = tag;
          table[at + 1] = ${isTiny ? "mail[e + 1]" : "index + 1"};
          added++;
          if (mail[e] === tag) fresh[news++] = e;
          break;
        }
        if (other === tag && ${isKnown}) break;
      }
    }
    if (added > 0) Atomics.add(control, ${Control.states}, added);
    for (let i = 0; i < news; i++) inform(fresh[i]);
  }`;
}
