/** A model that is easily broken, for tests of what becomes of it. */

import { instantiate } from "../model/instance.ts";
import { type Model, model, type Parts, type State, system, type Vocabulary } from "../model/model.ts";
import { range } from "../schema/schema.ts";
import { type ExploreOptions, explore } from "./explore.ts";

export const fields = { x: range(0, 299), y: range(0, 299) };
export type Draft = State<typeof fields>;

/** Two counters from 0 to 299, and whatever else a test wants to try. */
export function counters(more: (words: Vocabulary<Draft>) => Partial<Parts<Draft>> = () => ({})): Model {
  return model({
    name: "counters",
    about: "two counters",
    bounds: {},
    system: () =>
      system(fields, (words) => {
        const up = (name: "x" | "y") =>
          words.action({}, (s) => {
            if (s[name] === 299) return false;
            s[name]++;
          });
        const { actions, ...rest } = more(words);
        return { actions: { right: up("x"), up: up("y"), ...actions }, ...rest };
      }),
  });
}

export const run = (model: Model, options: ExploreOptions = {}) =>
  explore(instantiate(model), { maxBytes: 2 ** 24, ...options });
