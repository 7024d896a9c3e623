/** Where the bodies of a model's actions stand in its source. */

import { existsSync, readFileSync } from "node:fs";
import { Session } from "node:inspector";
import { SourceMap, type SourceMapPayload } from "node:module";
import { dirname, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { Instance } from "../model/instance.ts";
import type { Place } from "../report/pipeline-report.ts";
import type { PlannedRun } from "./plan.ts";
import { isEngineFile } from "./stack.ts";

/** The file that a run's model is written in, if it is below the working directory. */
export function fileOf({ file, origin }: PlannedRun): string | undefined {
  const script = fileURLToPath(origin.module);
  if (file !== undefined || isEngineFile(script)) return file && belowWorkingDirectory(file);
  const entry = sourceMapOf(script)?.findEntry(0, 0);
  const isMapped = entry !== undefined && "originalSource" in entry;
  return belowWorkingDirectory(isMapped ? originalFile(entry.originalSource, script) : script);
}

/** A name under which the engine's inspector finds a function; it is there only while it is asked for. */
const HOOK = "__muchadoFunction";

/**
 * For each action and fault, where its body is written, as far as the engine and source maps tell. Only files below the
 * working directory are named, since reports are read where it is the root.
 */
export function placesOfActions({ model, bounds }: Instance): { readonly [action: string]: Place } {
  const { actions, faults } = model.system(bounds);
  const bodies = Object.entries({ ...actions, ...faults }).map(([name, { body }]) => [name, body] as const);
  const session = new Session();
  session.connect();
  try {
    const scripts = new Map<string, string>();
    session.on("Debugger.scriptParsed", ({ params: { scriptId, url } }) => scripts.set(scriptId, url));
    session.post("Debugger.enable");
    const found = bodies.flatMap(([name, body]) => {
      const at = locationOf(session, body);
      const place = at && sourcePlace(scripts.get(at.scriptId), at.lineNumber, at.columnNumber ?? 0);
      return place === undefined ? [] : [[name, place] as const];
    });
    return Object.fromEntries(found);
  } finally {
    session.disconnect();
  }
}

interface Location {
  readonly scriptId: string;
  /** From 0. */
  readonly lineNumber: number;
  readonly columnNumber?: number | undefined;
}

function locationOf(session: Session, body: unknown): Location | undefined {
  const global = globalThis as { [HOOK]?: unknown };
  global[HOOK] = body;
  let location: Location | undefined;
  session.post("Runtime.evaluate", { expression: HOOK }, (_, answer) => {
    const objectId = answer?.result?.objectId;
    if (objectId === undefined) return;
    session.post("Runtime.getProperties", { objectId, ownProperties: true }, (_, properties) => {
      const internal = properties?.internalProperties ?? [];
      location = internal.find(({ name }) => name === "[[FunctionLocation]]")?.value?.value as
        | Location
        | undefined;
    });
  });
  delete global[HOOK];
  return location;
}

/** A place in a script as one in the file that it was made from. */
function sourcePlace(url: string | undefined, line: number, column: number): Place | undefined {
  if (url === undefined || !url.startsWith("file:")) return undefined;
  const script = fileURLToPath(url);
  if (isEngineFile(script)) return undefined;
  const map = sourceMapOf(script);
  const entry = map?.findEntry(line, column);
  const isMapped = entry !== undefined && "originalSource" in entry;
  const file = isMapped ? originalFile(entry.originalSource, script) : script;
  const name = belowWorkingDirectory(file);
  if (name === undefined || (map !== undefined && !isMapped)) return undefined;
  const at = isMapped ? { line: entry.originalLine, column: entry.originalColumn } : { line, column };
  return { file: name, line: at.line + 1, column: at.column + 1 };
}

function originalFile(source: string, script: string): string {
  return source.startsWith("file:") ? fileURLToPath(source) : resolve(dirname(script), source);
}

/** The path of a file from the working directory, with `/` between folders; nothing for a file elsewhere. */
function belowWorkingDirectory(file: string): string | undefined {
  const path = relative(process.cwd(), file);
  return path === "" || path.startsWith("..") || resolve(path) !== resolve(file)
    ? undefined
    : path.split(sep).join("/");
}

const maps = new Map<string, SourceMap | undefined>();

function sourceMapOf(script: string): SourceMap | undefined {
  if (!maps.has(script)) maps.set(script, readSourceMap(script));
  return maps.get(script);
}

function readSourceMap(script: string): SourceMap | undefined {
  const text = readFileSync(script, "utf8");
  const url = /\n\/\/# sourceMappingURL=(\S+)\s*$/.exec(text)?.[1];
  if (url === undefined) return undefined;
  const [, inline] = /^data:application\/json;base64,(.*)$/.exec(url) ?? [];
  const beside = resolve(dirname(script), url);
  if (inline === undefined && !existsSync(beside)) return undefined;
  const json =
    inline === undefined ? readFileSync(beside, "utf8") : Buffer.from(inline, "base64").toString("utf8");
  return new SourceMap(JSON.parse(json) as SourceMapPayload);
}
