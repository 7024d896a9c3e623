/** Builds the visited table of states that are in the arena already. */

import type { Instance } from "../model/instance.ts";
import { mixExact, mixTiny, ownerOf } from "./lookup-source.ts";
import { BLOCK, bytesUsed, Control, isCrowded, type Memory, shareWords, tableFits } from "./memory.ts";
import { each } from "./word-source.ts";

type Index = (memory: Memory, blocks: number, shift: number) => void;

/** Enters all states of a memory whose table is empty; they must be different.  @returns whether there was room. */
export function indexStates({ words, isTiny }: Instance, memory: Memory, maxBytes: number): boolean {
  const { control } = memory;
  while (isCrowded(memory)) {
    const bits = ++control[Control.tableBits]!;
    if (!tableFits(memory, bits)) return false;
  }
  if (bytesUsed(memory) > maxBytes) return false;
  const text = `"use strict";
    const { arena, fill, table } = memory, w = new Int32Array(${words});
    for (let block = 0; block < blocks; block++) {
      for (let index = block * ${BLOCK}, end = index + fill[block]; index < end; index++) {
        ${each(words, (i) => `w[${i}] = arena[index * ${words} + ${i}];`)}
        ${isTiny ? mixTiny(words) : mixExact(words)}
        let at = ${ownerOf("tag", memory.workers)} * ${shareWords(memory)} + (tag >>> shift) * 2;
        while (table[at] !== 0) at += 2;
        table[at] = tag;
        table[at + 1] = ${isTiny ? "rest" : "index + 1"};
      }
    }`;
  const index = new Function("memory", "blocks", "shift", text) as Index;
  index(memory, control[Control.blocks]!, 32 - control[Control.tableBits]!);
  return true;
}
