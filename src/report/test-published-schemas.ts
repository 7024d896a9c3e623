/** For tests: reports held against the published schemas of their formats, by validators that are not ours. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { validateXML } from "xmllint-wasm";

/** What libxml2 says of a JUnit report by the schema of Jenkins' reader; nothing for a good one. */
export async function junitErrors(xml: string): Promise<readonly unknown[]> {
  const schema = readFileSync(new URL("../../../src/report/test-jenkins-junit.xsd", import.meta.url), "utf8");
  const { errors } = await validateXML({
    xml: { fileName: "report.xml", contents: xml },
    schema: { fileName: "junit.xsd", contents: schema },
  } as never);
  return errors;
}

interface OldAjv {
  addMetaSchema(schema: object): void;
  compile(schema: object): { (value: unknown): boolean; errors: unknown };
}

/** What the schema of SARIF 2.1.0 says of a log, with the validator that its authors use; `null` for a good one. */
export function sarifErrors(log: unknown): unknown {
  const require = createRequire(import.meta.url);
  const inside = createRequire(require.resolve("@microsoft/jest-sarif/package.json"));
  const Ajv = inside("ajv") as new (options: object) => OldAjv;
  const ajv = new Ajv({ schemaId: "auto" });
  ajv.addMetaSchema(inside("ajv/lib/refs/json-schema-draft-04.json"));
  const isValid = ajv.compile(require("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"));
  return isValid(log) ? null : isValid.errors;
}
