/** Where messages are while they are on their way: the sets, bags and channels of a state. */

import { RowsPlace } from "../schema/array.ts";
import { ListPlace } from "../schema/list.ts";
import { RecordPlace } from "../schema/record.ts";
import { RecordValueType, VariantType } from "../schema/record-values.ts";
import { SetPlace } from "../schema/set.ts";
import { type AnyType, join } from "../schema/type.ts";
import { NodeType, type RangeType } from "../schema/values.ts";

/** A part of the state that holds messages. */
export interface Mailbox {
  /** A set keeps what was ever sent; a bag and a channel lose what is received, and a channel keeps the order. */
  readonly kind: "set" | "bag" | "channel";
  /** The field of the state that it belongs to. */
  readonly network: string;
  /** The part itself, or for a channel the array of all of them: what parameters are drawn from. */
  readonly within: AnyType;
  /** The ends of a channel, as printed, where they are nodes. */
  readonly from: string | null;
  readonly to: string | null;
  /** Its messages in a state, as printed. */
  read(state: object): readonly string[];
  print(message: unknown): string;
}

/** All mailboxes of a state, in the order of its fields. */
export function mailboxesOf(root: RecordPlace<object, unknown>): Mailbox[] {
  return inRecord(root, "", (state) => state);
}

/** Whether a type is an array of channels. */
export function areChannels(type: AnyType): type is RowsPlace<readonly unknown[], unknown> {
  return type instanceof RowsPlace && type.row instanceof RowsPlace && isChannel(type.row.row);
}

function isChannel(type: AnyType): type is ListPlace<unknown, unknown> {
  return type instanceof ListPlace && type.item instanceof VariantType;
}

function inRecord(
  record: RecordPlace<object, unknown>,
  path: string,
  read: (state: object) => unknown,
): Mailbox[] {
  return record.fields.flatMap(([name, field]) => {
    const readField = (state: object): unknown => (read(state) as { [field: string]: unknown })[name];
    if (field instanceof RecordPlace) return inRecord(field, join(path, name), readField);
    if (areChannels(field)) return channelsIn(field, join(path, name), readField);
    if (!(field instanceof SetPlace && isMessage(field.item))) return [];
    const { item } = field;
    const print = (message: unknown): string => item.print(message as object);
    const mailbox: Mailbox = {
      kind: field.isBag ? "bag" : "set",
      network: path === "" ? name : path,
      within: field,
      from: null,
      to: null,
      read: (state) => (readField(state) as readonly unknown[]).map(print),
      print,
    };
    return [mailbox];
  });
}

function isMessage(type: AnyType): type is RecordValueType<object> {
  return type instanceof RecordValueType && type.tag !== undefined;
}

function channelsIn(
  all: RowsPlace<readonly unknown[], unknown>,
  path: string,
  read: (state: object) => unknown,
): Mailbox[] {
  const row = all.row as unknown as RowsPlace<readonly unknown[], unknown>;
  const { item } = row.row as unknown as ListPlace<unknown, unknown>;
  const print = (message: unknown): string => item.print(message);
  return all.index.values().flatMap((from, i) =>
    row.index.values().map((to, j): Mailbox => {
      const readAll = read as (state: object) => readonly (readonly (readonly unknown[])[])[];
      return {
        kind: "channel",
        network: path,
        within: all,
        from: nodeName(all.index, from),
        to: nodeName(row.index, to),
        read: (state) => readAll(state)[i]![j]!.map(print),
        print,
      };
    }),
  );
}

/** How a value of a type prints if it is a node. */
function nodeName(type: RangeType, value: number): string | null {
  return type instanceof NodeType ? type.print(value) : null;
}
