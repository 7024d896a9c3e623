import { expect, test } from "vitest";
import { explore, instantiate, judge } from "../src/index.ts";
import { applications } from "./applications.ts";
import { catalog, overOf } from "./catalog.ts";

const circumstances = { target: "", workers: 1, seconds: 0, repeat: "", properties: [] };

const models = [...catalog, ...applications(overOf)].filter(({ kind }) => kind !== "mutant");

test.each(models.map(({ model }) => [model.name, model] as const))(
  "%s, which ends, is not said to grow without end where it is stopped",
  (_, model) => {
    const instance = instantiate(model);
    for (const maxStates of [500, 5000, 20_000]) {
      const run = judge(instance, explore(instance, { maxStates, properties: [] }), circumstances);
      expect(run.growing).toBeUndefined();
    }
  },
);
