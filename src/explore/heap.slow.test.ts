import { describe, expect, test } from "vitest";
import { instantiate } from "../model/instance.ts";
import { loadModel, type ModelReference } from "../model/load.ts";
import { type Exploration, exploreParallel } from "./explore.ts";

const module = new URL("./test-heap.js", import.meta.url).href;

async function run(reference: ModelReference, maxBytes = 2 ** 26): Promise<Exploration> {
  return exploreParallel(instantiate(await loadModel(reference)), { workers: 2, reference, maxBytes });
}

describe("a worker whose heap is small", () => {
  test("forgets views that it can make again", async () => {
    const { ending, states } = await run({ module, export: "views" });
    expect({ ending, states }).toEqual({ ending: "complete", states: 61 * 61 });
  });

  test("stops with the limit of memory where the model keeps what it makes", async () => {
    const { ending } = await run({ module, export: "hoarder" });
    expect(ending).toBe("memory");
  });

  test("ends the run with the reason where one step takes all there is", async () => {
    await expect(run({ module, export: "glutton" })).rejects.toThrow(/memory/);
  });

  test("holds as many interned values as there is memory for, and no more", async () => {
    const few = await run({ module, export: "texts" }, 2 ** 24);
    expect(few.ending).toBe("memory");
    expect(few.bytes).toBeLessThan(2 ** 24 + 2 ** 20);
    const all = await run({ module, export: "texts" }, 2 ** 28);
    expect([all.ending, all.states]).toEqual(["complete", 2 ** 17 - 1]);
  });
});
