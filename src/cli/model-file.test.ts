import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { instantiate } from "../model/instance.ts";
import { loadModel } from "../model/load.ts";
import { openModule } from "./model-file.ts";
import { folder } from "./test-command.ts";

/** A model file and what it imports, in a folder of their own. */
function place(files: { readonly [name: string]: string }): string {
  const root = folder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return join(root, "model.ts");
}

const lamp = `model({ name: "lamp", about: "a lamp", bounds: {}, system: () => system({ isOn: flag() }, () => ({ actions: {} })) })`;
const words = 'import { flag, model, system } from "muchado";';

test("a file may import its neighbours, installed packages, and Node's own modules", async () => {
  const path = place({
    "model.ts": `${words}
import { existsSync } from "fs";
import { about } from "beside";
import { name } from "./near/name.ts";
export default { ...${lamp}, name, about: about + existsSync("/") };`,
    "near/name.ts": 'interface Named { name: string }\nexport const { name }: Named = { name: "near" };',
    "node_modules/beside/package.json": '{ "name": "beside", "type": "module", "exports": "./main.js" }',
    "node_modules/beside/main.js": 'export const about = "there: ";',
  });
  const [found] = await openModule(path);
  expect([found!.model.name, found!.model.about]).toEqual(["near", "there: true"]);
});

test("all models of a file are found, each once, the default one first", async () => {
  const path = place({
    "model.ts": `${words}\nexport const other = ${lamp};\nconst main = ${lamp};\nexport { main, main as again, main as default };`,
  });
  expect((await openModule(path)).map((found) => found.export)).toEqual(["default", "other"]);
});

test("a model shares the engine that checks it, and is found again by reference", async () => {
  const path = place({
    "model.ts": `import * as muchado from "muchado";\nconst { flag, model, system } = muchado;\nexport default ${lamp};`,
  });
  const [found] = await openModule(path);
  expect(instantiate(await loadModel(found!.reference)).words).toBe(1);
});

test("a file may read programs", async () => {
  const path = place({
    "model.ts": `import { theoremsOf } from "muchado/language";
const read = theoremsOf("register.ado", \`
ADO Register { shared value : int := 0; method write(v) { this.value := v; } }
theorem small: always Register value < 2 given clients = 1, each write(1), times = 1;
\`);
export default read.entries[0].model;`,
  });
  const [found] = await openModule(path);
  expect(found!.model.name).toBe("small");
});

test.for([
  [
    "an incomplete model",
    "export default { name: 'lamp', system() {} };",
    /export default: a model has a `name`/,
  ],
  [
    "a bound that is none",
    "export default { name: 'x', about: 'y', bounds: { top: 3 }, system() {} };",
    /bound top has a default/,
  ],
  ["something else", "export default 3;", /no model is exported/],
  ["a value thrown bare", "throw 'nothing';", /model\.ts: threw "nothing"$/],
  [
    "a name that the engine does not have",
    "import { nothing } from 'muchado/language'; export default nothing;",
    /model\.ts:1:10: No matching export in "muchado\/language" for import "nothing"$/,
  ],
  [
    "a missing package",
    "import 'nowhere-to-be-found';",
    /model\.ts:1:8: Could not resolve "nowhere-to-be-found"$/,
  ],
] as const)("%s is refused", async ([, text, message]) => {
  await expect(openModule(place({ "model.ts": text }))).rejects.toThrow(
    expect.objectContaining({ name: "UsageError", message: expect.stringMatching(message) }),
  );
});
