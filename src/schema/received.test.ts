import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RowsPlace } from "./array.ts";
import { ListPlace } from "./list.ts";
import { asDomain, Chosen, type Domain, elementOf, type Head, received, Where } from "./received.ts";
import { part, RecordPlace } from "./record.ts";
import { bags, channels, node, range, record, set } from "./schema.ts";
import { SetPlace } from "./set.ts";
import { Packed, Plain } from "./test-packed.ts";
import { scalars } from "./test-scalars.ts";
import { states } from "./test-states.ts";
import type { Address, AnyType } from "./type.ts";
import { Unit } from "./unit.ts";

/** The choices that the generated loop runs through, each with its code. */
function looped(packed: Packed, domain: Domain<unknown>, address: Address): [code: number, value: unknown][] {
  const unit = new Unit(packed.words);
  const root = unit.bind(packed.address as object, "address");
  const loop = domain.loopSource(unit, "w", address, (code, value) => `found.push([${code}, ${value}]);`);
  const accessor = packed.type.accessor(unit);
  return unit.evaluate(
    `(() => { const draft = ${accessor}("", ${root}), found = []; ${loop} return found; })()`,
  );
}

/** Everything that a parameter could be drawn from in a part of a state, with its address and plain value. */
function domainsIn(type: AnyType, address: Address, value: unknown): [Domain<unknown>, Address, unknown][] {
  if (type instanceof SetPlace) return [[elementOf(type), address, value]];
  if (type instanceof RowsPlace) {
    const isMesh = type.row instanceof RowsPlace && type.row.row instanceof ListPlace;
    return isMesh ? [[received(type as never) as Domain<unknown>, address, value]] : [];
  }
  if (!(type instanceof RecordPlace)) return [];
  return type.fields.flatMap(([name, field]) =>
    domainsIn(field, part(address, name), (value as { [field: string]: unknown })[name]),
  );
}

describe("the choices of a parameter", () => {
  test("are the same in the generated loop as on plain data, and each has a code of its own", () => {
    const stateAndValue = states.chain((state) => fc.tuple(fc.constant(state), state.value));
    const property = fc.property(stateAndValue, ([{ type }, value]) => {
      const packed = new Packed(type);
      packed.value = value;
      for (const [domain, address, current] of domainsIn(type, packed.address, value)) {
        const found = looped(packed, domain, address);
        expect(found.map(([, choice]) => choice)).toEqual(domain.choices(current, undefined));
        expect(new Set(found.map(([code]) => code)).size).toBe(found.length);
      }
    });
    fc.assert(property);
  });

  test("of a type are its values", () => {
    const small = scalars().filter(({ type }) => type.size <= 300);
    const property = fc.property(small, ({ type }) => {
      const found = looped(new Packed(record({ x: type })), asDomain(type), []);
      expect(found.map(([, choice]) => choice)).toEqual(type.values());
      expect(asDomain(type).choices(undefined, undefined)).toEqual(type.values());
    });
    fc.assert(property);
  });

  test("may depend on the state", () => {
    const type = record({ top: range(0, 5), seen: set(range(0, 9)) });
    type Draft = { top: number };
    const below = new Chosen<Draft, number>((s) => [s.top, s.top + 1], String);
    const high = new Where<Draft, number>(
      elementOf(type.fields[1]![1] as never),
      (s, value) => value > s.top,
    );
    const [packed, plain] = [new Packed(type), new Plain(type)];
    packed.value = plain.value = { top: 3, seen: [1, 4, 7] };
    expect(looped(packed, below, []).map(([, choice]) => choice)).toEqual([3, 4]);
    expect(below.choices(undefined, plain.draft)).toEqual([3, 4]);
    expect(looped(packed, high, part(packed.address, "seen")).map(([, choice]) => choice)).toEqual([4, 7]);
    expect(high.choices([1, 4, 7], plain.draft)).toEqual([4, 7]);
  });

  test("are refused where they are no array", () => {
    const nothing = new Chosen<unknown, number>((() => undefined) as never, String);
    expect(() => nothing.choices(undefined, undefined)).toThrow("what is chosen from is no array");
  });

  test("in a bag are its different messages, also where there are more values than are kept in memory", () => {
    const bag = bags({ put: { key: range(0, 2 ** 22) } }, 3);
    const packed = new Packed(record({ bag }));
    const put = (key: number) => ({ type: "put", key });
    packed.value = { bag: { put: [put(1), put(2_000_000), put(2_000_000)] } };
    const domain = received(bag, "put");
    const { bag: current } = packed.value as { bag: { put: unknown } };
    expect(domain.choices(current.put, undefined)).toEqual([put(1), put(2_000_000)]);
  });

  test("in channels are the first messages, with the channel's ends", () => {
    const links = channels(node(2), range(1, 2), { a: { n: range(0, 3) } }, 2);
    const packed = new Packed(record({ links }));
    const a = (n: number) => ({ type: "a" as const, n });
    packed.value = {
      links: [
        [[], [a(1), a(2)]],
        [[a(3)], []],
      ],
    };
    const heads: Head<unknown>[] = [
      { from: 0, to: 2, message: a(1) },
      { from: 1, to: 1, message: a(3) },
    ];
    const domain = received(links);
    expect(
      looped(packed, domain as Domain<unknown>, part(packed.address, "links")).map(([, head]) => head),
    ).toEqual(heads);
    expect(domain.print(heads[1] as never)).toBe("n2→1 a{n: 3}");
  });

  test("in channels are named by numbers where their ends are only counted", () => {
    const links = channels(1, node(2), { a: {} }, 2);
    const a = { type: "a" as const };
    const head = { from: 0, to: 1, message: a };
    expect(received(links).choices([[[], [a]]], undefined)).toEqual([head]);
    expect(received(links).print(head)).toBe("0→n2 a{}");
    expect(() => channels("n1" as never, 2, {}, 1)).toThrow(
      'an index is a number of elements, nodes or a range, not "n1"',
    );
  });
});
