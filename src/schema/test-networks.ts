/** For tests: random networks. */

import fc from "fast-check";
import type { Fifo } from "./list.ts";
import { bags, channels, type MessageTypes, messages, node } from "./schema.ts";
import type { Elements, SetPlace } from "./set.ts";
import {
  arrayOf,
  asking,
  changing,
  elements,
  field,
  type Operation,
  queueing,
  type Sample,
  sample,
  within,
  writes,
} from "./test-operations.ts";
import { scalars, valuesOf, valuesOrOdd, type Written, written } from "./test-scalars.ts";
import type { AnyType, Scalar } from "./type.ts";
import { asScalar } from "./values.ts";

/** Up to three types of messages with up to two fields each. */
const messageTypes: fc.Arbitrary<Written<MessageTypes>> = fc
  .array(fc.array(scalars(1), { maxLength: 2 }), { minLength: 1, maxLength: 3 })
  .filter((types) => types.every((fields) => sizeOf(fields.map(({ type }) => type)) < 2 ** 29))
  .map((types) => {
    const named = types.map(
      (fields, i) => ["abc"[i]!, fields.map(({ type }, j) => [`f${j}`, type])] as const,
    );
    const text = types.map(
      (fields, i) => `${"abc"[i]}: { ${fields.map(({ text }, j) => `f${j}: ${text}`)} }`,
    );
    const type = Object.fromEntries(named.map(([name, fields]) => [name, Object.fromEntries(fields)]));
    return written(type, `{ ${text.join(", ")} }`);
  });

export const networks = fc.tuple(messageTypes, fc.boolean()).map(([{ type, text }, isBounded]) => {
  const large = Object.entries(type).filter(
    ([, fields]) => isBounded || sizeOf(Object.values(fields)) > 1000,
  );
  const capacity = Object.fromEntries(large.map(([name]) => [name, 3]));
  return mailboxes(
    messages(type, capacity),
    `messages(${text}, ${JSON.stringify(capacity)})`,
    (item) => [changing(item, "send")],
    false,
  );
});

export const multisets = fc
  .tuple(messageTypes, fc.integer({ min: 1, max: 4 }))
  .map(([{ type, text }, capacity]) =>
    mailboxes(
      bags(type, capacity),
      `bags(${text}, ${capacity})`,
      (item) => [changing(item, "send"), changing(item, "take")],
      true,
    ),
  );

/** How many messages have the given fields. */
function sizeOf(fields: readonly AnyType[]): number {
  return fields.reduce<number>((size, type) => size * asScalar(type).size, 1);
}

/** A record of sets of messages. */
function mailboxes(
  type: ReturnType<typeof messages> | ReturnType<typeof bags>,
  text: string,
  changes: (item: Scalar<unknown>) => fc.Arbitrary<Operation>[],
  isBag: boolean,
): Sample {
  const boxes = type.fields as readonly (readonly [string, SetPlace<unknown, Elements<unknown>>])[];
  const operations = boxes.map(([name, box]) =>
    fc
      .oneof(asking(box), ...changes(box.item))
      .map((op) => within(`.${name}`, op, (draft) => field(draft, name))),
  );
  const values = boxes.map(([name, { item }]) => [name, elements(item, isBag ? 1 : 3, isBag)]);
  return sample({
    type: type as AnyType,
    text,
    value: fc.record(Object.fromEntries(values)),
    operation: fc.oneof(...operations),
  });
}

export const links = fc
  .tuple(messageTypes, fc.integer({ min: 1, max: 4 }))
  .map(([{ type, text }, capacity]) => {
    const ends = node(2);
    const place = channels(ends, ends, type, capacity);
    const { item } = (place.row as unknown as { row: { item: Scalar<unknown> } }).row;
    const send = valuesOrOdd(item).map((value) =>
      writes<Fifo<unknown>>(`.send(${fc.stringify(value)})`, (draft) => draft.send(value)),
    );
    const operation = fc.oneof({ weight: 2, arbitrary: send }, ...queueing(item));
    return sample({
      type: place as unknown as AnyType,
      text: `channels(node(2), node(2), ${text}, ${capacity})`,
      value: arrayOf(arrayOf(fc.array(valuesOf(item), { maxLength: capacity }), 2), 2),
      operation: fc
        .tuple(fc.nat({ max: 1 }), fc.nat({ max: 1 }), operation)
        .map(([from, to, op]) =>
          within(`[${from}][${to}]`, op, (draft) => field(field(draft, String(from)), String(to))),
        ),
    });
  });
