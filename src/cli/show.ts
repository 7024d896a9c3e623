/** `muchado show`: a trace file, step by step. */

import { painter } from "../report/paint.ts";
import { showText } from "../report/show-text.ts";
import { isPartOf, pathsOf, type Selection } from "../report/trace-selection.ts";
import { didYouMean } from "../schema/suggestion.ts";
import type { TraceDocument } from "../trace/trace-document.ts";
import { jsonText } from "../verdict/json-text.ts";
import type { Typed } from "./command-line.ts";
import { wholeNumber } from "./option-values.ts";
import { PageFile } from "./page-file.ts";
import { hasColor, print, terminalWidth } from "./streams.ts";
import { readTraceFile } from "./trace-file.ts";
import { UsageError } from "./usage-error.ts";
import { writeWhole } from "./whole-file.ts";
import { checkWritable } from "./writable.ts";

/** @returns the exit code.  @throws UsageError */
export async function show(typed: Typed): Promise<number> {
  const { file, document } = readTraceFile(typed);
  refuseTogether(typed);
  const selection = selectionOf(typed, document);
  const format = exportFormat(typed);
  if (format !== undefined) {
    const text = (await EXPORTS[format]())(document);
    const out = typed.value("out");
    if (out !== undefined) checkWritable(`--out ${out}`, out);
    if (out === undefined) print(text);
    else await written(`--out ${out}`, () => writeWhole(out, text));
    return 0;
  }
  const html = typed.value("html");
  if (html !== undefined) {
    const page = new PageFile(html);
    page.add(document);
    await written(`--html ${html}`, () => page.write());
    return 0;
  }
  if (typed.has("json")) {
    print(jsonText(document));
    return 0;
  }
  const paint = painter(hasColor(typed.has("no-color")));
  print(showText(document, { file, paint, width: terminalWidth(), ...selection }));
  return 0;
}

const EXPORTS = {
  itf: async () => (await import("../report/export-itf.ts")).itfText,
  mermaid: async () => (await import("../report/export-mermaid.ts")).mermaidText,
  svg: async () => (await import("../report/export-svg.ts")).svgText,
};

function exportFormat(typed: Typed): keyof typeof EXPORTS | undefined {
  const format = typed.value("export");
  if (format === undefined) {
    if (typed.value("out") !== undefined)
      throw new UsageError("--out needs --export: what is to be written there?");
    return undefined;
  }
  if (Object.hasOwn(EXPORTS, format)) return format as keyof typeof EXPORTS;
  const known = Object.keys(EXPORTS);
  throw new UsageError(`--export: ${JSON.stringify(format)} is none of ${known.join(", ")}`);
}

const FORMS = ["json", "html", "export"];
const CHOICES = ["full", "only", "from", "to"];

/** There is one answer, in one form.  @throws UsageError */
function refuseTogether(typed: Typed): void {
  const isTyped = (option: string): boolean => typed.has(option) || typed.values(option).length > 0;
  const [first, second] = FORMS.filter(isTyped);
  if (second !== undefined) throw new UsageError(`choose one of --${first} and --${second}`);
  const chosen = CHOICES.find(isTyped);
  if (first !== undefined && chosen !== undefined)
    throw new UsageError(`--${chosen} chooses what is printed as text: leave it out with --${first}`);
}

/** Writes what `option` asks for.  @throws UsageError if it cannot be written. */
async function written(option: string, write: () => void | Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    throw new UsageError(`${option}: it cannot be written (${(error as Error).message})`);
  }
}

function selectionOf(typed: Typed, document: TraceDocument): Selection {
  const last = document.trace.steps.length;
  const step = (option: string, otherwise: number): number => {
    const text = typed.value(option);
    return text === undefined ? otherwise : wholeNumber(option, text, { min: 0, max: last });
  };
  const selection = {
    isFull: typed.has("full"),
    only: typed.value("only"),
    from: step("from", 0),
    to: step("to", last),
  };
  const { only, from, to } = selection;
  if (from > to) throw new UsageError(`--from ${from} is after --to ${to}`);
  const paths = pathsOf(document);
  if (only === undefined || paths.some((path) => isPartOf(path, only))) return selection;
  const known = [...new Set(paths.flatMap((path) => [path, path.split(/[.[]/)[0]!]))];
  const suggestion =
    didYouMean(only, known) ??
    `its fields: ${[...new Set(paths.map((path) => path.split(/[.[]/)[0]!))].join(", ")}`;
  throw new UsageError(`the state has no field ${JSON.stringify(only)}; ${suggestion}`);
}
