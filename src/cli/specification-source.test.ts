import { describe, expect, test } from "vitest";
import { findSpecification, loadSpecification } from "./specification-source.ts";
import { folder } from "./test-command.ts";
import { UsageError } from "./usage-error.ts";

const available =
  /there are register \(.*\), kv \(.*\), with FILE\.ado:Name any ADO of a program, and with FILE\.ts:export an object in TypeScript$/;

describe("a specification", () => {
  const cwd = folder({
    "box.ado": "ADO Box { shared v : int := 0; method read() { return this.v; } }",
    "empty.mjs": "export const nothing = {};",
    "notes.txt": "",
  });

  test.each<[string | undefined, string | RegExp]>([
    [undefined, /^say what the history is compared with, such as --spec register; /],
    [undefined, available],
    ["regsiter", /^unknown specification "regsiter"; did you mean `register`\? There are register/],
    ["queue", available],
    [`${cwd}/none.ado:Box`, "none.ado: there is no such file"],
    [`${cwd}/notes.txt`, "notes.txt: no specification; those are ADOs in .ado files"],
    [`${cwd}/box.ado:Bax`, "box.ado: it has no ADO called Bax; did you mean `Box`? It has Box"],
    [`${cwd}/empty.mjs`, /empty\.mjs: no specification is exported; write `export default/],
  ])("is not had by the name %s", async (name, message) => {
    const loading = findSpecification(name).then(loadSpecification);
    await expect(loading).rejects.toThrow(UsageError);
    await expect(loading).rejects.toThrow(message);
  });

  test("has the name that it is given by", async () => {
    const load = async (name: string) => (await loadSpecification(await findSpecification(name))).name;
    expect(await load("kv")).toBe("kv");
    expect(await load(`${cwd}/box.ado`)).toBe(`${cwd}/box.ado:Box`);
  });
});
