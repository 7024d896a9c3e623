/** The sources of looking a state up: how it is mixed into a tag, and what is done with a batch of them. */

import { Control, Stop } from "./memory.ts";

/**
 * A tiny state stands in the table itself, mixed by a bijection of its two 31-bit words (a Feistel network), so equal
 * entries are equal states and nothing else need be compared. Both words keep a bit that says they are there.
 */
export function mixTiny(words: number): string {
  return `
    let x = w[0], y = ${words === 2 ? "w[1]" : "0"};
    let h = Math.imul(y ^ 0x5bd1e995, 0x9e3779b1); x ^= (h ^ (h >>> 15)) & 0x7fffffff;
    h = Math.imul(x + 0x3c6ef372, 0x85ebca6b); y ^= (h ^ (h >>> 13)) & 0x7fffffff;
    h = Math.imul(y ^ 0x27d4eb2f, 0xc2b2ae35); x ^= (h ^ (h >>> 16)) & 0x7fffffff;
    h = Math.imul(x + 0x165667b1, 0x9e3779b1); y ^= (h ^ (h >>> 14)) & 0x7fffffff;
    const tag = (y << 1) | 1, rest = x | 0x80000000;`;
}

/** A tag of 32 bits, its top bits the state's place in the table; states with equal tags are compared whole. */
export function mixExact(words: number): string {
  return `
    let h = 0x2545f491;
    ${each(words, (i) => `h = Math.imul(h ^ w[${i}], 0x9e3779b1); h ^= h >>> 15;`)}
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b); h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    const tag = (h ^ (h >>> 16)) | 1;`;
}

export interface FlushOptions {
  /** No other thread looks states up meanwhile: plain writes do, where atomic ones are calls. */
  readonly isAlone: boolean;
  /** Runs after each batch. */
  readonly batchDone: string;
}

/**
 * Looks up all waiting states. `entry` is what the table keeps of a new state besides its tag; `known` tells whether the
 * entry found, with an equal tag, is the state's. If the two are the whole state, nobody who reads them looks further, and
 * it does not matter in which order other writes are seen.
 */
function flushSource(
  { isAlone, batchDone }: FlushOptions,
  { prefetch, entry, known, isWhole }: { prefetch: string; entry: string; known: string; isWhole: boolean },
): string {
  const claim = isAlone ? "table[at] = tag;" : "other = Atomics.compareExchange(table, at, 0, tag);";
  const publish =
    isAlone || isWhole ? `table[at + 1] = ${entry};` : `Atomics.store(table, at + 1, ${entry});`;
  return `function flush() {
    const n = waiting;
    waiting = 0;
    if (control[${Control.stop}] !== ${Stop.none}) return;
    const shift = 32 - control[${Control.tableBits}];
    let touched = 0;
    for (let j = 0; j < n; j++) touched ^= table[(tags[j] >>> shift) << 1];
    ${prefetch}
    sink = touched;
    let added = 0, news = 0;
    for (let j = 0; j < n; j++) {
      const tag = tags[j];
      for (let at = (tag >>> shift) << 1; ; at += 2) {
        let other = table[at];
        if (other === 0) { ${claim} }
        if (other === 0) {
          ${publish}
          added++;
          if (relevant[j] === 1) fresh[news++] = j;
          break;
        }
        if (other === tag) {
          let entry = table[at + 1];
          // Another worker is about to write it; one that failed meanwhile has stopped the search for all.
          while (entry === 0 && control[${Control.stop}] === ${Stop.none}) entry = Atomics.load(table, at + 1);
          if (${known}) break;
        }
      }
    }
    if (added > 0) Atomics.add(control, ${Control.states}, added);
    for (let i = 0; i < news; i++) inform(fresh[i]);
    ${batchDone}
  }`;
}

export function flushTiny(options: FlushOptions): string {
  return flushSource(options, {
    prefetch: "",
    entry: "(append(j), rests[j])",
    known: "entry === rests[j]",
    isWhole: true,
  });
}

export function flushExact(words: number, options: FlushOptions): string {
  const prefetch = `for (let j = 0; j < n; j++) {
      const at = (tags[j] >>> shift) << 1;
      if (table[at] === tags[j]) touched ^= arena[(table[at + 1] - 1) * ${words}];
    }`;
  return flushSource(options, {
    prefetch,
    // Without room the search is stopping: the claimed entry only must not keep other workers waiting.
    entry: "Math.max(0, append(j)) + 1",
    known: every(words, (i) => `arena[(entry - 1) * ${words} + ${i}] === queue[j * ${words} + ${i}]`),
    isWhole: false,
  });
}

export function each(words: number, source: (i: number) => string): string {
  return Array.from({ length: words }, (_, i) => source(i)).join(" ");
}

export function some(words: number, source: (i: number) => string): string {
  return Array.from({ length: words }, (_, i) => source(i)).join(" || ");
}

export function every(words: number, source: (i: number) => string): string {
  return Array.from({ length: words }, (_, i) => source(i)).join(" && ");
}
