import { totalmem } from "node:os";
import { expect, test } from "vitest";
import { bytesOf, Spending } from "./spending.ts";

test("a run may take the memory that it is given, be that more than is usual, but no more than all may", () => {
  const all = totalmem();
  expect(new Spending({}).limits({ memory: all }).maxBytes).toBe(all);
  expect(new Spending({ memory: "100M" }).limits({ memory: all }).maxBytes).toBe(bytesOf("100M"));
  expect(new Spending({ memory: "100M" }).limits({}).maxBytes).toBe(bytesOf("100M"));
});
