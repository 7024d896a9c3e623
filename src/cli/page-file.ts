/** The file of `--html`: one page that shows traces, in any browser and without a network. */

import type { TracePage } from "../page/page-data.ts";
import { pageHtml } from "../page/page-html.ts";
import { painter } from "../report/paint.ts";
import { runText } from "../report/run-text.ts";
import type { TraceDocument } from "../trace/trace-document.ts";
import type { Run } from "../verdict/run.ts";
import { pageAssets } from "./page-assets.ts";
import { writeWhole } from "./whole-file.ts";
import { checkWritable } from "./writable.ts";

export class PageFile {
  readonly #path: string;
  readonly #traces: TraceDocument[] = [];
  readonly #runs: Run[] = [];

  /** @throws UsageError if no file can be written there. */
  constructor(path: string) {
    this.#path = path;
    checkWritable(`--html ${path}`, path);
  }

  add(trace: TraceDocument): void {
    this.#traces.push(trace);
  }

  addRun(run: Run): void {
    this.#runs.push(run);
  }

  /** Writes the page, violations first. A file is not left as it was: it may show what is no longer so. */
  async write(): Promise<void> {
    const isViolation = ({ property }: TraceDocument): boolean => property.verdict === "violated";
    const traces = [
      ...this.#traces.filter(isViolation),
      ...this.#traces.filter((trace) => !isViolation(trace)),
    ];
    const [first] = traces;
    const title = first === undefined ? "no trace to show" : `${first.target}: ${first.property.name}`;
    const plain = { width: undefined, paint: painter(false), hasCoverage: true };
    const data: TracePage = { traces, answer: this.#runs.map((run) => runText(run, plain)).join("\n") };
    writeWhole(this.#path, pageHtml(data, { title, asksServer: false, ...(await pageAssets("trace-page")) }));
  }
}
