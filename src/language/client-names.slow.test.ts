import { expect, test } from "vitest";
import { applications } from "../../models/applications.ts";
import { overOf } from "../../models/catalog.ts";
import { explore } from "../explore/explore.ts";
import { findSymmetry, NoSymmetry } from "../explore/interchangeable.ts";
import { instantiate } from "../model/instance.ts";
import { compareClients, compareOnRandomPrograms } from "./test-client-symmetry.ts";

test("200 random programs are decided as in a full search, with one state for each orbit", () => {
  compareOnRandomPrograms(200);
});

test("so are the applications and their mutants, as far as their clients are interchangeable", () => {
  const decided: string[] = [];
  for (const { model } of applications(overOf)) {
    const instance = instantiate(model);
    try {
      findSymmetry(instance);
    } catch (error) {
      if (!(error instanceof NoSymmetry)) throw error;
      continue;
    }
    const full = explore(instance, { maxStates: 100_000 });
    if (full.ending === "states") continue;
    compareClients(instance, full);
    decided.push(model.name);
  }
  expect(decided.length).toBeGreaterThanOrEqual(16);
});
