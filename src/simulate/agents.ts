/** Who takes a step. A model does not say; what a step changes does. */

import type { Instance } from "../model/instance.ts";
import { CellsPlace, RowsPlace } from "../schema/array.ts";
import { part, RecordPlace } from "../schema/record.ts";
import type { Address, AnyType } from "../schema/type.ts";
import { NodeType } from "../schema/values.ts";

/**
 * The agents of a model are its nodes, its faults, and each action that changes nothing that belongs to a node. A step
 * belongs to the first node that has an element of some array changed by it.
 */
export class Agents {
  readonly names: readonly string[];
  /** The bits that belong to each node. */
  readonly #masks: readonly Int32Array[];
  readonly #isFault: readonly boolean[];

  constructor(instance: Instance) {
    const masks = new Map<string, Int32Array>();
    collect(instance.root, instance.address, (node, mark) => {
      const mask = masks.get(node) ?? new Int32Array(instance.words);
      mark(mask);
      masks.set(node, mask);
    });
    this.#masks = [...masks.values()];
    this.#isFault = instance.transitions.map(({ budget }) => budget !== undefined);
    // Behind the nodes, the actions, for steps where no node's bits change.
    this.names = [...masks.keys(), ...instance.transitions.map(({ name }) => name)];
  }

  /** The number of the agent of a step; `at` is where its state after begins. */
  of(action: number, before: Int32Array, after: Int32Array, at = 0): number {
    if (!this.#isFault[action]) {
      for (let node = 0; node < this.#masks.length; node++) {
        const mask = this.#masks[node]!;
        for (let i = 0; i < mask.length; i++)
          if (((before[i]! ^ after[at + i]!) & mask[i]!) !== 0) return node;
      }
    }
    return this.#masks.length + action;
  }
}

type Mark = (mask: Int32Array) => void;

/** Calls back for each element of each array that nodes index. */
function collect(type: AnyType, address: Address, found: (node: string, mark: Mark) => void): void {
  if (type instanceof RecordPlace) {
    for (const [name, field] of type.fields) collect(field, part(address, name), found);
  }
  if (!(type instanceof CellsPlace || type instanceof RowsPlace)) return;
  for (let i = 0; i < type.index.size; i++) {
    if (type.index instanceof NodeType)
      found(type.index.print(type.index.decode(i)), (mask) => type.markElement(mask, address, i));
    else if (type instanceof RowsPlace) collect(type.row, (address as readonly Address[])[i]!, found);
  }
}
