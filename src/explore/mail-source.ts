/**
 * The sources of how states get to the workers that they belong to.
 *
 * A worker collects the states that it comes to in parcels, one for each worker. Its own it looks up when the parcel is
 * full. The others it posts: the count of states, written last, hands a parcel over, and a count of 0 hands it back. Each
 * worker has several parcels for each other one, used in turns, and takes in what came for it whenever it looks up its own.
 */

import { entryWords, type LookUpOptions, ownerOf } from "./lookup-source.ts";
import { BATCH, Control, type Memory, parcelsEach, parcelWords } from "./memory.ts";
import { each } from "./word-source.ts";
import { LINE } from "./words.ts";

interface MailOptions extends LookUpOptions {
  readonly worker: number;
  /** Name of what is told of full parcels, and source that runs after each batch. */
  readonly listener: string;
  readonly batchDone: string;
}

/** Source of putting the state in `w` into a parcel: `isRelevant` tells whether properties have to look at it. */
export function sendSource(memory: Memory, words: number, isTiny: boolean, isRelevant: string): string {
  return `const to = ${ownerOf("tag", memory.workers)}, e = next[to];
    mail[e] = ${isRelevant} ? tag : tag ^ 1;
    ${isTiny ? "mail[e + 1] = rest;" : each(words, (i) => `mail[e + ${i + 1}] = w[${i}];`)}
    next[to] = e + ${entryWords({ words, isTiny })};
    if (--room[to] === 0) deliver(to);`;
}

/**
 * Source of `deliver(to)`, which is called with a full parcel, and of `clear()`, after which this worker has nothing left
 * that is to be looked up, but for what is sent to it meanwhile.
 */
export function mailSource(options: MailOptions): string {
  const { memory, worker, listener, batchDone, dropsFrom } = options;
  const { workers, words } = memory;
  const parcels = parcelsEach(workers);
  const size = parcelWords(words);
  const parcel = (from: string | number, to: string | number, turn: string): string =>
    `(((${to}) * ${workers} + ${from}) * ${parcels} + ${turn})`;
  // A worker posts nothing to itself: one of its parcels collects its own states, another those that are given up.
  const [own, lost] = [0, 1].map((turn) => ((worker * workers + worker) * parcels + turn) * size);
  return `
    const next = offHeap(${workers}), room = offHeap(${workers}).fill(${BATCH});
    const sent = offHeap(${workers}), taken = offHeap(${workers});
    for (let to = 0; to < ${workers}; to++) next[to] = ${parcel(worker, "to", "0")} * ${size};
    function deliver(to) {
      if (to === ${worker}) flush();
      else if (to < control[${Control.awake}]) post(to);
      else standIn(to);
    }
    function flush() {
      const n = ${BATCH} - room[${worker}];
      next[${worker}] = ${own};
      room[${worker}] = ${BATCH};
      lookUp(${own}, n, ${worker}, ${worker});
      ${batchDone}
      receive();
    }
    function standIn(owner) {
      const n = ${BATCH} - room[owner];
      const from = ${parcel(worker, "owner", "sent[owner]")} * ${size};
      next[owner] = from;
      room[owner] = ${BATCH};
      lookUp(from, n, ${worker}, owner);
      ${batchDone}
    }
    function receive() {
      for (let from = 0; from < ${workers}; from++) {
        for (;;) {
          const p = ${parcel("from", worker, "taken[from]")};
          const n = Atomics.load(posted, p * ${LINE});
          if (n === 0) break;
          taken[from] = (taken[from] + 1) % ${parcels};
          lookUp(p * ${size}, n, from, ${worker});
          Atomics.store(posted, p * ${LINE}, 0);
          ${batchDone}
        }
      }
    }
    function post(to) {
      Atomics.store(posted, ${parcel(worker, "to", "sent[to]")} * ${LINE}, ${BATCH} - room[to]);
      sent[to] = (sent[to] + 1) % ${parcels};
      room[to] = ${BATCH};
      const p = ${parcel(worker, "to", "sent[to]")};
      next[to] = p * ${size};
      while (Atomics.load(posted, p * ${LINE}) !== 0) {
        if (control[${Control.stop}] >= ${dropsFrom}) {
          next[to] = ${lost};
          return;
        }
        receive();
        ${listener}.waitForRoom();
      }
    }
    function clear() {
      flush();
      for (let to = 0; to < ${workers}; to++) if (to !== ${worker} && room[to] < ${BATCH}) deliver(to);
      seal();
    }`;
}
