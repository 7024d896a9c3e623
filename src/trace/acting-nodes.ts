/** Which nodes a state knows of, and which of them take a step. */

import type { Transition } from "../model/instance.ts";
import { CellsPlace, RowsPlace } from "../schema/array.ts";
import { RecordPlace } from "../schema/record.ts";
import type { AnyType } from "../schema/type.ts";
import { NodeType } from "../schema/values.ts";
import { areChannels } from "./networks.ts";

/** The printed names of all nodes that have a part of the state. */
export function nodesOf(type: AnyType): string[] {
  return [...new Set(partsByNode(type, (value) => value).map(({ node }) => node))];
}

/** The nodes that a step's parameters name, then those whose part of the state it changes. */
export function actingNodes(
  type: AnyType,
  { parameters }: Transition,
  choice: { readonly [parameter: string]: unknown },
  [before, after]: readonly [object, object],
): string[] {
  const named = parameters.flatMap(([name, domain]) => domain.nodesIn(choice[name]));
  const changed = partsByNode(type, (value) => value).flatMap(({ node, read }) =>
    JSON.stringify(read(before)) === JSON.stringify(read(after)) ? [] : [node],
  );
  return [...new Set([...named, ...changed])];
}

/** A part of the state that belongs to a node. */
interface PartOfNode {
  readonly node: string;
  read(state: unknown): unknown;
}

function partsByNode(type: AnyType, read: (state: unknown) => unknown): PartOfNode[] {
  if (type instanceof RecordPlace) {
    return type.fields.flatMap(([name, field]) => {
      const readField = (state: unknown): unknown => (read(state) as { [field: string]: unknown })[name];
      return type.isByNode ? [{ node: name, read: readField }] : partsByNode(field, readField);
    });
  }
  if (!(type instanceof RowsPlace || type instanceof CellsPlace) || areChannels(type)) return [];
  const { index } = type;
  if (!(index instanceof NodeType)) return [];
  return index.values().map((value, i) => ({
    node: index.print(value),
    read: (state) => (read(state) as readonly unknown[])[i],
  }));
}
