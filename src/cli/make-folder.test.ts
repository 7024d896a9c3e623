import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { makeFolder } from "./make-folder.ts";
import { counting, folder, muchado } from "./test-command.ts";

describe("a folder", () => {
  test("is made with those above it, and may be there already", () => {
    const deep = join(folder(), "a/b/c");
    makeFolder(deep);
    makeFolder(deep);
    expect(statSync(deep).isDirectory()).toBe(true);
  });

  test("is made whole or not at all", () => {
    const cwd = folder({ file: "" });
    expect(() => makeFolder(join(cwd, "a/b", "c".repeat(1000)))).toThrow("ENAMETOOLONG");
    expect(existsSync(join(cwd, "a"))).toBe(false);
    expect(() => makeFolder(join(cwd, "file"))).toThrow("it is there, and not a folder");
    expect(() => makeFolder(join(cwd, "file/below"))).toThrow("ENOTDIR");
  });

  test.each([
    ["--out", "/proc/muchado", "it cannot be written to"],
    ["--checkpoint", "/proc/muchado/", "it cannot be written"],
  ])("where nobody can make one is refused by %s, rather than tried for ever", async (option, path, says) => {
    const words = ["check", "model.ts", "--quiet", option, path];
    const { exitCode, stdout, stderr } = await muchado(words, { cwd: folder({ "model.ts": counting() }) });
    expect(stderr).toMatch(
      new RegExp(`^muchado: ${option} ${path}: ${says} \\(.*mkdir '/proc/muchado'\\)\\n$`),
    );
    expect([exitCode, stdout]).toEqual([64, ""]);
  });
});
