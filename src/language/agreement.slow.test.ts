import { expect, it } from "vitest";
import { agreeOn } from "./test-agreement.ts";

it("the models of theorems decide many random programs as whole trees and whole histories do", () => {
  const seen = agreeOn(1200, 6000);
  // The rarest outcome comes about a dozen times.
  for (const kind of ["implements", "always", "never", "sometimes", "returns"]) {
    expect(seen[`${kind} holds`]).toBeGreaterThan(0);
    expect(seen[`${kind} violated`]).toBeGreaterThan(0);
  }
});
