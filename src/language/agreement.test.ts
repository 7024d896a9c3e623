import { expect, it } from "vitest";
import { agreeOn } from "./test-agreement.ts";

it("the model of a theorem decides random programs as whole trees and whole histories do", () => {
  const seen = agreeOn(60, 1500);
  expect(seen["implements holds"]).toBeGreaterThan(0);
  expect(seen["implements violated"]).toBeGreaterThan(0);
});
