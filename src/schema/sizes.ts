/** How large those parts of a state are that can become large: numbers, collections, and values of any size. */

import { CellsPlace, RowsPlace } from "./array.ts";
import { InternedType } from "./interned.ts";
import { ListPlace } from "./list.ts";
import { part, RecordPlace } from "./record.ts";
import { RecordValueType, VariantType } from "./record-values.ts";
import { SetPlace } from "./set.ts";
import { type Address, type AnyType, join } from "./type.ts";
import { NodeType, OptionType, RangeType, SequenceType } from "./values.ts";

/** Something that every value of a type has a size of, or several if it stands in several places. */
export interface Measure {
  /** `nodes[*].log`, where `[*]` stands for all indices and elements. */
  readonly field: string;
  /** What is counted: the number that the field is, the elements in it, or the characters of its value as text. */
  readonly unit: "number" | "elements" | "characters";
  readonly least: number;
  /** `null` where nothing is declared. */
  readonly most: number | null;
}

/** Is told sizes, each with what it is a size of: the same object each time. */
type Note = (measure: Measure, size: number) => void;
/** Tells the sizes of what stands at an address. */
export type Gauge = (words: Int32Array, address: Address, note: Note) => void;
type ValueGauge = (value: unknown, note: Note) => void;

/**
 * Measures what is of a type, as far as a size can differ by `room` or more from the least; `undefined` if none can. Of sets,
 * only those whose elements can: others are full as soon as all of the few elements are in them.
 */
export function gaugeOf(type: AnyType, room: number, field = ""): Gauge | undefined {
  if (type instanceof RecordPlace) {
    const gauges = type.fields.flatMap(([name, of]): Gauge[] => {
      const gauge = gaugeOf(of, room, join(field, name));
      return gauge ? [(words, address, note) => gauge(words, part(address, name), note)] : [];
    });
    return inTurn(gauges);
  }
  if (type instanceof RowsPlace) {
    const gauge = gaugeOf(type.row as AnyType, room, `${field}[*]`);
    return (
      gauge &&
      ((words, rows, note) => {
        for (const row of rows as readonly Address[]) gauge(words, row, note);
      })
    );
  }
  const gauge = valueGaugeOf(type, room, field);
  return gauge && ((words, address, note) => gauge(type.load(words, address), note));
}

function valueGaugeOf(type: AnyType, room: number, field: string): ValueGauge | undefined {
  if (type instanceof NodeType) return undefined;
  if (type instanceof RangeType) {
    const measure: Measure = { field, unit: "number", least: type.low, most: type.high };
    return type.size > room ? (value, note) => note(measure, value as number) : undefined;
  }
  if (type instanceof InternedType) {
    const measure: Measure = { field, unit: "characters", least: 0, most: null };
    return (value, note) => note(measure, type.lengthOf(value));
  }
  if (type instanceof SetPlace) {
    const items = inEach(type.item);
    return items && inTurn([...elements(type.capacity), items]);
  }
  if (type instanceof ListPlace || type instanceof SequenceType) {
    const items = inEach(type.item as AnyType);
    return inTurn([...elements(type.max), ...(items ? [items] : [])]);
  }
  if (type instanceof CellsPlace) return inEach(type.item);
  if (type instanceof RecordValueType) {
    const gauges = type.fields.flatMap(([name, of]): ValueGauge[] => {
      const gauge = valueGaugeOf(of as AnyType, room, join(field, name));
      return gauge ? [(value, note) => gauge((value as { [name: string]: unknown })[name], note)] : [];
    });
    return inTurn(gauges);
  }
  if (type instanceof OptionType) {
    const some = valueGaugeOf(type.some, room, field);
    return some && ((value, note) => value !== null && some(value, note));
  }
  if (type instanceof VariantType) {
    const gauges = [...type.variants].flatMap(([tag, { record }]): ValueGauge[] => {
      const gauge = valueGaugeOf(record, room, field);
      return gauge ? [(value, note) => (value as { type: string }).type === tag && gauge(value, note)] : [];
    });
    return inTurn(gauges);
  }
  return undefined;

  function elements(most: number): ValueGauge[] {
    const measure: Measure = { field, unit: "elements", least: 0, most };
    return most >= room ? [(value, note) => note(measure, (value as unknown[]).length)] : [];
  }

  function inEach(item: AnyType): ValueGauge | undefined {
    const gauge = valueGaugeOf(item, room, `${field}[*]`);
    return (
      gauge &&
      ((value, note) => {
        for (const one of value as unknown[]) gauge(one, note);
      })
    );
  }
}

function inTurn<A extends unknown[]>(gauges: readonly ((...given: A) => void)[]) {
  if (gauges.length === 0) return undefined;
  return (...given: A): void => {
    for (const gauge of gauges) gauge(...given);
  };
}
