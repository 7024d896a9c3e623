/**
 * A search of one model on one worker with its properties or without any, in a process of its own: what checking them costs.
 * Arguments: the model, `checked` or `plain`, and bounds as `name=value`. Prints states and seconds as JSON.
 */

import { catalog } from "../models/catalog.ts";
import { exploreParallel, instantiate } from "../src/index.ts";

const [name, mode, ...bounds] = process.argv.slice(2);
const { model, reference } = catalog.find(({ model }) => model.name === name)!;
const instance = instantiate(
  model,
  Object.fromEntries(bounds.map((bound) => [bound.split("=")[0]!, Number(bound.split("=")[1])])),
);
const start = performance.now();
const { states, transitions, ending } = await exploreParallel(instance, {
  workers: 1,
  reference,
  properties: mode === "plain" ? [] : instance.defaultProperties,
});
const seconds = (performance.now() - start) / 1000;
process.stdout.write(`${JSON.stringify({ states, transitions, seconds, ending })}\n`);
