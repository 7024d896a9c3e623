/** For tests: models that need a lot of heap. */

import { model, system } from "../model/model.ts";
import type { Specification } from "../model/property.ts";
import { flag, interned, range } from "../schema/schema.ts";

const top = 60;
const anything: Specification<unknown> = {
  initial: () => undefined,
  explain: () => ({ events: ["moved"] }),
  events: ["moved"],
  print: () => [],
};

/** Something large. */
const bulk = (x: number, y: number): object[] =>
  Array.from({ length: 3000 }, (_, i) => ({ i: i + x, y: [y] }));

const hoard: object[] = [];

/** A walk on a square, with a view for each place. */
function walk(name: string, view: (x: number, y: number) => unknown) {
  return model({
    name,
    about: "a walk with large views",
    bounds: {},
    system: () =>
      system({ x: range(0, top), y: range(0, top) }, ({ action, refines }) => ({
        actions: {
          right: action({}, (s) => {
            if (s.x === top) return false;
            s.x++;
          }),
          up: action({}, (s) => {
            if (s.y === top) return false;
            s.y++;
          }),
        },
        properties: { moves: refines(anything, (s) => view(s.x, s.y)) },
      })),
  });
}

export const views = walk("views", bulk);

export const hoarder = walk("hoarder", (x, y) => {
  hoard.push(bulk(x, y));
  return [x, y];
});

export const glutton = walk("glutton", (x, y) => {
  const all: object[] = [];
  while (x === 3) all.push(bulk(x, y));
  return [x, y];
});

/** Long texts, each different. */
export const texts = model({
  name: "texts",
  about: "a text that grows",
  bounds: {},
  system: () =>
    system({ text: interned<string>("") }, ({ action, always }) => ({
      actions: {
        write: action({ isLong: flag() }, (s, { isLong }) => {
          if (s.text.length === 16 * 40) return false;
          s.text += (isLong ? "a" : "b").repeat(40);
        }),
      },
      properties: { fits: always((s) => s.text.length <= 640) },
    })),
});
