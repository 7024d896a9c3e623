import { expect, test } from "vitest";
import { explore } from "../explore/explore.ts";
import { searchPlainly } from "../explore/test-search.ts";
import { received } from "../schema/received.ts";
import { messages, node, range, record } from "../schema/schema.ts";
import { embedded } from "./embed.ts";
import { instantiate } from "./instance.ts";
import { model, system } from "./model.ts";

/** Counts up to its limit, by sending itself what is to be added; every way to draw a parameter is in it. */
function counter() {
  const sent = messages({ add: { by: range(1, 2), at: node(2) } });
  return system({ sent, count: range(0, 3) }, ({ action, where, chosen }) => ({
    actions: {
      send: action({ by: where(range(1, 2), (s, by) => by > s.count), at: node(2) }, (s, { by, at }) => {
        if (s.sent.add.has({ type: "add", by, at })) return false;
        s.sent.add.send({ by, at });
      }),
      add: action({ message: received(sent, "add") }, (s, { message }) => {
        if (s.count + message.by > 3) return false;
        s.count += message.by;
      }),
      drop: action({ to: chosen((s) => Array.from({ length: s.count }, (_, i) => i)) }, (s, { to }) => {
        s.count = to;
      }),
    },
  }));
}

const alone = model({ name: "alone", about: "one counter", bounds: {}, system: counter });
const pair = model({
  name: "pair",
  about: "two counters that know nothing of each other",
  bounds: {},
  system() {
    const parts = { a: counter(), b: counter() };
    const fields = { both: record({ a: parts.a.state, b: parts.b.state }), steps: range(0, 1) };
    return system(fields, () => ({
      actions: Object.fromEntries(
        Object.entries(parts).flatMap(([name, { actions }]) =>
          Object.entries(actions).map(([what, action]) => [
            `${name}.${what}`,
            embedded(action, ["both", name]),
          ]),
        ),
      ),
    }));
  },
});

test("systems side by side have the product of their states, packed as on plain data", () => {
  const one = searchPlainly(instantiate(alone)).states.length;
  const two = explore(instantiate(pair));
  expect(one).toBeGreaterThan(20);
  expect(two).toMatchObject({ ending: "complete", fault: undefined, states: one ** 2 });
  expect(searchPlainly(instantiate(pair)).states).toHaveLength(one ** 2);
});

test("the choices of an embedded action are named as those of the action", () => {
  const { transitions } = instantiate(pair);
  const [, domain] = transitions.find(({ name }) => name === "b.add")!.parameters[0]!;
  expect(domain.print({ type: "add", by: 2, at: 1 })).toBe("add{by: 2, at: n2}");
});
