/**
 * How a theorem's steps read and replace the parts of a state. The functions are made from source, with the names of the parts
 * as constants in it: a name that varies is searched for at each access, which took a quarter of the time of a search.
 */

import type { Cells, Move } from "./moves.ts";

/** A state by the names of its parts, each of which is read and replaced whole. */
export interface Access<Draft> {
  /** All parts, in the order of the names. */
  read(s: Draft): Cells;
  /** Replaces what a step changes. */
  write(s: Draft, move: Move): void;
}

/** Access to a state with records `objects` and `clients` of these names, and `seen` if it has that. */
export function accessTo<Draft>(
  objects: readonly string[],
  clients: readonly string[],
  hasSeen: boolean,
): Access<Draft> {
  const [objectParts, clientParts] = [partsOf("objects", objects), partsOf("clients", clients)];
  const read = `return {
    objects: [${objectParts}], clients: [${clientParts}]${hasSeen ? ", seen: s.seen" : ""}
  };`;
  const write = `
    for (let i = 0; i < move.objects.length; i++) {
      const [index, after] = move.objects[i];
      ${replace(objectParts)}
    }
    const [index, after] = move.client;
    ${replace(clientParts)}
    ${hasSeen ? "if (move.seen !== undefined) s.seen = move.seen;" : ""}`;
  return {
    read: new Function("s", `"use strict"; ${read}`) as (s: Draft) => Cells,
    write: new Function("s", "move", `"use strict"; ${write}`) as (s: Draft, move: Move) => void,
  };
}

function partsOf(record: string, names: readonly string[]): string[] {
  return names.map((name) => `s.${record}[${JSON.stringify(name)}]`);
}

/** Source that puts `after` into the part of number `index`. */
function replace(parts: readonly string[]): string {
  return `switch (index) { ${parts.map((part, i) => `case ${i}: ${part} = after; break;`).join(" ")} }`;
}
