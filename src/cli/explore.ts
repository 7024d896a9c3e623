/** `muchado explore`: a local page on which one walks through a model, step by step. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { ActionError } from "../model/plain.ts";
import { Explorer } from "../page/explorer.ts";
import type { ExplorerPage } from "../page/page-data.ts";
import { pageHtml } from "../page/page-html.ts";
import { printable } from "../report/printable.ts";
import type { TraceDocument } from "../trace/trace-document.ts";
import { FAULT, INTERRUPTED } from "../verdict/exit-codes.ts";
import { checkOptions } from "./check-options.ts";
import type { Typed } from "./command-line.ts";
import { type ExplorerServer, serveExplorer } from "./explorer-server.ts";
import { watchForInterrupts } from "./interrupts.ts";
import type { LoadCatalog } from "./main.ts";
import { wholeNumber } from "./option-values.ts";
import { pageAssets } from "./page-assets.ts";
import { type PlannedRun, planRuns } from "./plan.ts";
import { print, remark } from "./streams.ts";
import { readTool } from "./tool.ts";
import { readTrace } from "./trace-file.ts";
import { UsageError } from "./usage-error.ts";

const LAST_PORT = 65_535;

/** Serves the page until it is interrupted.  @returns the exit code.  @throws UsageError */
export async function explore(typed: Typed, loadCatalog: LoadCatalog): Promise<number> {
  try {
    return await serve(typed, loadCatalog);
  } catch (error) {
    if (!(error instanceof ActionError)) throw error;
    remark(`the model is at fault: ${printable(error.message)}`);
    return FAULT;
  }
}

async function serve(typed: Typed, loadCatalog: LoadCatalog): Promise<number> {
  const interrupts = watchForInterrupts();
  const path = typed.value("trace");
  const trace = path === undefined ? undefined : readTrace(path);
  const { instance, target, repeat } = await theOne(typed, trace, loadCatalog);
  const tool = readTool();
  const explorer = new Explorer(instance, { tool, target, repeat });
  const data: ExplorerPage = {
    tool,
    target,
    about: instance.model.about,
    bounds: instance.bounds,
    faults: instance.budgets,
    properties: explorer.properties,
    watched: typed.value("property") ?? watchedIn(trace, explorer) ?? instance.defaultProperties[0] ?? "",
  };
  const assets = await pageAssets("explorer-page");
  const page = pageHtml(data, { title: `explore ${target}`, asksServer: true, ...assets });
  const server = await listen(explorer, page, port(typed.value("port")));
  const retraced = trace && explorer.retrace(trace);
  const url = retraced === undefined ? server.url : `${server.url}#way=${retraced.way.join(".")}`;
  print(`${url}\n`);
  if (typeof retraced?.remark === "string") remark(printable(retraced.remark));
  remark("Ctrl-C ends it");
  if (typed.has("open")) open(url);
  if (!interrupts.signal.aborted) await once(interrupts.signal, "abort");
  server.close();
  return INTERRUPTED;
}

/** The model that is named, or that a trace is of, at the bounds of the trace where none are given.  @throws UsageError */
async function theOne(
  typed: Typed,
  trace: TraceDocument | undefined,
  loadCatalog: LoadCatalog,
): Promise<PlannedRun> {
  const given = checkOptions(typed);
  const [target, ...more] = given.targets.length > 0 ? given.targets : trace ? [trace.target] : [];
  if (target === undefined || more.length > 0) {
    throw new UsageError("say which model to explore, for instance `muchado explore two-phase-commit`");
  }
  const own = trace?.target === target ? trace : { bounds: {}, faults: {} };
  const bounds = { ...own.bounds, ...given.bounds };
  const faults = { ...own.faults, ...given.faults };
  const [plan, ...others] = await planRuns({ ...given, targets: [target], bounds, faults }, loadCatalog);
  if (others.length === 0) return plan!;
  const names = [plan!, ...others].map((other) => other.target).join(", ");
  throw new UsageError(`${target} has several models; say which: ${names}`);
}

/** The property that a trace is about, if it can be watched. */
function watchedIn(trace: TraceDocument | undefined, { properties }: Explorer): string | undefined {
  return properties.find((name) => name === trace?.property.name);
}

function port(typed: string | undefined): number {
  return typed === undefined ? 0 : wholeNumber("port", typed, { min: 0, max: LAST_PORT });
}

/** @throws UsageError if the port is not to be had. */
async function listen(explorer: Explorer, page: string, port: number): Promise<ExplorerServer> {
  try {
    return await serveExplorer(explorer, page, port);
  } catch (error) {
    throw new UsageError(`--port ${port}: ${(error as Error).message}`);
  }
}

/** Asks the system to show a page; where it cannot, the address was printed. */
function open(url: string): void {
  const openers: { readonly [platform: string]: readonly string[] } = {
    darwin: ["open"],
    win32: ["cmd", "/c", "start", ""],
  };
  const [command, ...words] = openers[process.platform] ?? ["xdg-open"];
  const child = spawn(command!, [...words, url], { stdio: "ignore", detached: true });
  child.on("error", () => remark("no browser could be opened; the address is the first line"));
  child.unref();
}
