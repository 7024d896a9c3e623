import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { replayed } from "./test-guide.ts";

test.each(["applications", "histories", "limits"])(
  "docs/%s.md shows what its commands print; `vitest -u` has it show what they print now",
  async (name) => {
    const path = fileURLToPath(new URL(`../../../docs/${name}.md`, import.meta.url));
    await expect(await replayed(readFileSync(path, "utf8"))).toMatchFileSnapshot(path);
  },
  300_000,
);
