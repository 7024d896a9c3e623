/** What a command says that has no answer: a line on stderr, and with `--json` the one document on stdout that is promised. */

import { failureDocument } from "../report/failure-document.ts";
import { optionWords } from "./commands.ts";
import { hasPrinted, print, remark } from "./streams.ts";
import { readTool } from "./tool.ts";

let isDocumentDue = false;

/** Has {@link noAnswer} print a document if `words` ask for one. */
export function promiseDocument(words: readonly string[]): void {
  const options = optionWords(words);
  isDocumentDue = options.some(
    (word, i) =>
      ["--json", "--reporter=json"].includes(word) || (word === "json" && options[i - 1] === "--reporter"),
  );
}

/** Says why there is no answer; all of it is written at once, so the process may end after it.  @returns the exit code */
export function noAnswer(exitCode: number, message: string): number {
  remark(message);
  if (isDocumentDue && !hasPrinted()) print(failureDocument({ tool: readTool(), exitCode, message }));
  return exitCode;
}
