import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { folder, muchado } from "./test-command.ts";

describe.concurrent("muchado estimate", () => {
  test("tells what a check will cost, from smaller bounds", async () => {
    const words = ["estimate", "two-phase-commit", "--bound", "participants=7", "--max-seconds", "3"];
    const { exitCode, stdout } = await muchado([...words, "--json"], { cwd: folder() });
    const schema = new URL("../../../src/report/estimate.schema.json", import.meta.url);
    const isDocument = new Ajv2020({ allowUnionTypes: true }).compile(
      JSON.parse(readFileSync(schema, "utf8")),
    );
    const document = JSON.parse(stdout);
    isDocument(document);
    expect(isDocument.errors).toBeNull();
    const [{ states, measured }] = document.estimates;
    expect(exitCode).toBe(0);
    expect(measured.length).toBeGreaterThanOrEqual(3);
    expect(states.value / 296_448).toBeGreaterThan(0.5);
    expect(states.value / 296_448).toBeLessThan(2);
  });

  test("needs a target", async () => {
    const { exitCode, stderr } = await muchado(["estimate"], { cwd: folder() });
    expect(exitCode).toBe(64);
    expect(stderr).toMatch(/estimate needs a target/);
  });
});
