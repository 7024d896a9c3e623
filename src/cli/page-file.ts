/** The file of `--html`: one page that shows traces, in any browser and without a network. */

import type { TracePage } from "../page/page-data.ts";
import { pageHtml } from "../page/page-html.ts";
import type { TraceDocument } from "../trace/trace-document.ts";
import { pageAssets } from "./page-assets.ts";
import { remark } from "./streams.ts";
import { writeWhole } from "./whole-file.ts";
import { checkWritable } from "./writable.ts";

export class PageFile {
  readonly #path: string;
  readonly #traces: TraceDocument[] = [];

  /** @throws UsageError if no file can be written there. */
  constructor(path: string) {
    this.#path = path;
    checkWritable(`--html ${path}`, path);
  }

  add(trace: TraceDocument): void {
    this.#traces.push(trace);
  }

  /** Writes the page, violations first; nothing where there is no trace. */
  async write(): Promise<void> {
    const isViolation = ({ property }: TraceDocument): boolean => property.verdict === "violated";
    const traces = [
      ...this.#traces.filter(isViolation),
      ...this.#traces.filter((trace) => !isViolation(trace)),
    ];
    const [first] = traces;
    if (first === undefined) {
      remark(`there is no trace to show, so ${this.#path} is not written`);
      return;
    }
    const data: TracePage = { traces };
    const title = `${first.target}: ${first.property.name}`;
    writeWhole(this.#path, pageHtml(data, { title, asksServer: false, ...(await pageAssets("trace-page")) }));
  }
}
