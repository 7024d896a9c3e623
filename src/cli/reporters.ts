/** Which reports a pipeline wants, where they go, and their writing. */

import { appendFileSync, existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { annotations } from "../report/annotations.ts";
import { outcomeDocument } from "../report/ci-json.ts";
import { junitXml } from "../report/junit.ts";
import { markdownSummary } from "../report/markdown.ts";
import type { PipelineReport } from "../report/pipeline-report.ts";
import { sarifLog } from "../report/sarif.ts";
import { didYouMean } from "../schema/suggestion.ts";
import { nearest } from "./stack.ts";
import { print } from "./streams.ts";
import { UsageError } from "./usage-error.ts";
import { writeWhole } from "./whole-file.ts";
import { checkWritable } from "./writable.ts";

/** Reports that are documents of their own. */
const DOCUMENTS: { readonly [kind: string]: (report: PipelineReport) => string } = {
  json: ({ outcome }) => outcomeDocument(outcome),
  junit: junitXml,
  sarif: sarifLog,
  markdown: (report) => markdownSummary(report),
};

/** Reports that share stdout line by line. */
const SHARING = ["text", "github"];
const KINDS = [...SHARING, ...Object.keys(DOCUMENTS)];

/** How much GitHub takes of a step's summary. */
const SUMMARY_BYTES = 1024 * 1024;

export interface Asked {
  /** `junit=report.xml` */
  readonly text: string;
  /** From which its file is found. */
  readonly folder: string;
  /** Who asks, for messages. */
  readonly by: string;
}

export class Reporters {
  /** Whether text is printed as the runs go. */
  readonly isText: boolean;
  readonly #isGithub: boolean;
  /** Kinds of documents with their files; without one, it is stdout. */
  readonly #documents: readonly { readonly kind: string; readonly file: string | undefined }[];
  readonly #summary: string | undefined;

  /** @throws UsageError; nothing is written before all has been found to be possible. */
  constructor(asked: readonly Asked[], summary: string | undefined) {
    const read = asked.map(readReporter);
    const printed = read.filter(({ kind, file }) => file === undefined && !SHARING.includes(kind));
    const sharing = read.filter(({ kind }) => SHARING.includes(kind));
    if (printed.length > 1 || (printed.length === 1 && sharing.length > 0)) {
      const [one, other] = [...printed, ...sharing];
      throw new UsageError(
        `${other!.by}: ${other!.kind} and ${one!.kind} would both be printed; write one to a file: ${one!.kind}=FILE`,
      );
    }
    const files = read.flatMap(({ file, by }) => (file === undefined ? [] : [{ file, by }]));
    for (const [i, { file, by }] of files.entries()) {
      if (files.findIndex((other) => resolve(other.file) === resolve(file)) < i) {
        throw new UsageError(`${by}: two reports would be written to ${file}`);
      }
      checkWritable(`${by}: ${file}`, file);
    }
    this.isText = printed.length === 0;
    this.#isGithub = read.some(({ kind }) => kind === "github");
    this.#documents = read.filter(({ kind }) => !SHARING.includes(kind));
    this.#summary = summary === "" ? undefined : summary;
    if (this.#isGithub && this.#summary !== undefined) checkWritable("GITHUB_STEP_SUMMARY", this.#summary);
  }

  write(report: PipelineReport): void {
    if (this.#isGithub) {
      print(annotations(report));
      if (this.#summary !== undefined) appendSummary(this.#summary, report);
    }
    // What is printed comes last: the other files may yet fail, and a document that is printed is the answer.
    const filesFirst = this.#documents.toSorted(
      (a, b) => Number(a.file === undefined) - Number(b.file === undefined),
    );
    for (const { kind, file } of filesFirst) {
      const text = DOCUMENTS[kind]!(report);
      if (file === undefined) {
        print(text);
        continue;
      }
      writeWhole(file, text);
    }
  }
}

function readReporter({ text, folder, by }: Asked): { kind: string; file: string | undefined; by: string } {
  const [, kind = "", named] = /^([^=]*)(?:=([\s\S]*))?$/.exec(text) ?? [];
  if (!KINDS.includes(kind)) {
    const suggestion = didYouMean(kind, KINDS) ?? `known are ${KINDS.join(", ")}`;
    throw new UsageError(`${by}: there is no reporter ${JSON.stringify(kind)}; ${suggestion}`);
  }
  if (named !== undefined && SHARING.includes(kind))
    throw new UsageError(`${by}: ${kind} is printed, it takes no file`);
  if (named === "") throw new UsageError(`${by}: ${kind}= needs a file`);
  const file = named === undefined ? undefined : folder === "." ? named : nearest(resolve(folder, named));
  return { kind, file, by };
}

/** Other steps of the job may have written there, and the limit is for all of it. */
function appendSummary(file: string, report: PipelineReport): void {
  const taken = existsSync(file) ? statSync(file).size : 0;
  appendFileSync(file, markdownSummary(report, { mostBytes: SUMMARY_BYTES - taken }));
}
