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

/** Looks up all waiting states. `claim` runs where one is new, `compare` where a tag is the same and sets `found`. */
function flushSource(prefetch: string, claim: string, compare: string, batchDone: string): string {
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
        if (other === 0) other = Atomics.compareExchange(table, at, 0, tag);
        if (other === 0) {
          ${claim}
          added++;
          if (relevant[j] === 1) fresh[news++] = j;
          break;
        }
        if (other === tag) {
          let entry = table[at + 1];
          // Another worker is about to write it; one that failed meanwhile has stopped the search for all.
          while (entry === 0 && control[${Control.stop}] === ${Stop.none}) entry = Atomics.load(table, at + 1);
          ${compare}
        }
      }
    }
    if (added > 0) Atomics.add(control, ${Control.states}, added);
    for (let i = 0; i < news; i++) inform(fresh[i]);
    ${batchDone}
  }`;
}

export function flushTiny(batchDone: string): string {
  const claim = "Atomics.store(table, at + 1, rests[j]); append(j);";
  return flushSource("", claim, "if (entry === rests[j]) break;", batchDone);
}

export function flushExact(words: number, batchDone: string): string {
  const prefetch = `for (let j = 0; j < n; j++) {
      const at = (tags[j] >>> shift) << 1;
      if (table[at] === tags[j]) touched ^= arena[(table[at + 1] - 1) * ${words}];
    }`;
  const same = Array.from({ length: words }, (_, i) => `arena[theirs + ${i}] === queue[ours + ${i}]`).join(
    " && ",
  );
  const compare = `const theirs = (entry - 1) * ${words}, ours = j * ${words}; if (${same}) break;`;
  // Without room the search is stopping: the claimed entry only must not keep other workers waiting.
  const claim = "Atomics.store(table, at + 1, Math.max(0, append(j)) + 1);";
  return flushSource(prefetch, claim, compare, batchDone);
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
