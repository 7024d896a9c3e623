/** The JSON document of a command that has no answer, which `failure.schema.json` describes. */

import { jsonText } from "../verdict/json-text.ts";

/** Where a message begins with a place, perhaps of the file alone. */
const PLACE = /^(?:([^\n]+?):(\d+):(\d+)|(?!-)(\S+\.\w+)): /;

export interface FailedCommand {
  readonly tool: { readonly name: string; readonly version: string };
  readonly exitCode: number;
  /** Why there is no answer, as it is printed. */
  readonly message: string;
}

/** The document as text, with a final newline. */
export function failureDocument({ tool, exitCode, message }: FailedCommand): string {
  const [, placed, line, column, file = placed] = PLACE.exec(message) ?? [];
  const error = {
    message,
    file: file ?? null,
    line: line === undefined ? null : Number(line),
    column: column === undefined ? null : Number(column),
  };
  return jsonText({ tool, verdict: null, exitCode, runs: [], error });
}
