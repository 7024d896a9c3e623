/** For tests: documents held against the JSON Schemas that are shipped. */

import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";

const folder = new URL("../../../src/report/", import.meta.url);
const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
for (const file of readdirSync(folder).filter((name) => name.endsWith(".schema.json")))
  ajv.addSchema(JSON.parse(readFileSync(new URL(file, folder), "utf8")), file);

/** What the schema of that name says of a document; `null` for a good one. */
export function schemaErrors(name: string, document: unknown): unknown {
  const isValid = ajv.getSchema(`${name}.schema.json`)!;
  return isValid(document) ? null : isValid.errors;
}
