import { describe, expect, it } from "vitest";
import { formatError, formatErrors } from "./errors.ts";
import { parseProgram } from "./parse.ts";

describe("errors are printed", () => {
  it("with as much of a long line as is near the place", () => {
    const source = `ADO C { ${"shared n : int := 0; ".repeat(20)}shared m : int = 0; ${"shared n : int := 0; ".repeat(20)}}`;
    const [, line, caret] = formatError(parseProgram(source, "x.ado").errors[0]!).split("\n");
    expect(line).toMatch(/^1 \| ….{160}…$/);
    expect(line!.slice(caret!.indexOf("^")).startsWith("= 0;")).toBe(true);
  });

  it("up to twenty, and how many there are more", () => {
    const { errors } = parseProgram("const N := 1;\n".repeat(23), "x.ado");
    const lines = formatErrors(errors).split("\n");
    expect(lines.filter((line) => line.startsWith("x.ado:"))).toHaveLength(20);
    expect(lines.at(-1)).toBe("and 3 more");
  });

  it("as one where the file is no text", () => {
    for (const source of ["\x7fELF\x02\0\0", "ADO C {}\n// caf\ufffd", "\ufffd\ufffdA\0D\0O\0"]) {
      const { errors } = parseProgram(source, "x.ado");
      expect(errors.map(({ message }) => message)).toEqual(["this is not a text file (UTF-8)"]);
    }
  });
});
