/** `muchado linearize`: whether one recorded history is what a sequential object could have shown. */

import { text } from "node:stream/consumers";
import { defaultLimits } from "../history/linearize.ts";
import { historyDocument } from "../report/history-document.ts";
import { historyText } from "../report/history-text.ts";
import { painter } from "../report/paint.ts";
import { printableLines } from "../report/printable.ts";
import { shellWord } from "../report/shell-word.ts";
import { FAULT, INCONCLUSIVE, INTERRUPTED, VIOLATED } from "../verdict/exit-codes.ts";
import type { Typed } from "./command-line.ts";
import type { HistoryReply, HistoryTask } from "./history-worker.ts";
import { watchForInterrupts } from "./interrupts.ts";
import { noAnswer } from "./no-answer.ts";
import { byteCount, MOST_SECONDS, seconds, wholeNumber } from "./option-values.ts";
import { ProgressDisplay } from "./progress-display.ts";
import { findSpecification } from "./specification-source.ts";
import { hasColor, print, terminalWidth } from "./streams.ts";
import { readText } from "./text-file.ts";
import { askThread } from "./thread.ts";
import { readTool } from "./tool.ts";
import { ProgramError, UsageError } from "./usage-error.ts";

const STANDARD_INPUT = "-";
const EXIT_CODES = { linearizable: 0, "not-linearizable": VIOLATED, unknown: INCONCLUSIVE } as const;
const MILLISECONDS_BETWEEN_PROGRESS = 500;
const MEBIBYTE = 2 ** 20;
const MOST_BYTES = 2 ** 40;
/** What an index of configurations can count. */
const MOST_CONFIGURATIONS = 2 ** 30;

/** @returns the exit code.  @throws UsageError */
export async function linearizeHistory(typed: Typed): Promise<number> {
  const interrupts = watchForInterrupts();
  const [file, ...others] = typed.targets;
  if (file === undefined || others.length > 0) {
    throw new UsageError("say which one history is meant: a file, or - for standard input");
  }
  const limits = limitsOf(typed);
  const specification = typed.value("spec");
  const source = await findSpecification(specification);
  const written = file === STANDARD_INPUT ? await readStandardInput(interrupts.signal) : readText(file);
  if (written === undefined) return noAnswer(INTERRUPTED, "interrupted before there was an answer");

  const start = performance.now();
  const shared = new Int32Array(new SharedArrayBuffer(8));
  interrupts.signal.addEventListener("abort", () => Atomics.store(shared, 0, 1));
  const task = { file, text: written, specification: source, ...limits, shared };
  const reply = await carriedOut(task, new ProgressDisplay(process.stderr, typed.has("quiet")));
  switch (reply.kind) {
    case "usage":
      throw new UsageError(reply.message);
    case "program":
      throw new ProgramError(reply.message);
    case "failed":
      return noAnswer(
        FAULT,
        `the specification or the tool is at fault: ${printableLines(reply.message).join("\n")}`,
      );
    case "judged":
  }
  const { judgement } = reply;
  const isInterrupted = judgement.limit !== null && interrupts.signal.aborted;
  const answer = {
    tool: readTool(),
    exitCode: isInterrupted ? INTERRUPTED : EXIT_CODES[judgement.verdict],
    file,
    specification: specification!,
    judgement,
    limit: isInterrupted ? "interrupted" : judgement.limit,
    seconds: (performance.now() - start) / 1000,
    repeat: repeatCommand(file, specification!, typed),
  } as const;
  print(
    typed.has("json")
      ? historyDocument(answer)
      : historyText(answer, { width: terminalWidth(), paint: painter(hasColor(typed.has("no-color"))) }),
  );
  return answer.exitCode;
}

/** With a limit of time, there is none of configurations unless it is given too. */
function limitsOf(typed: Typed): Pick<HistoryTask, "maxConfigurations" | "maxBytes" | "maxSeconds"> {
  const configurations = typed.value("max-configurations");
  const time = typed.value("max-seconds");
  const memory = typed.value("max-memory");
  const standard = time === undefined ? defaultLimits.maxConfigurations : MOST_CONFIGURATIONS;
  return {
    maxConfigurations:
      configurations === undefined
        ? standard
        : wholeNumber("max-configurations", configurations, { min: 1, max: MOST_CONFIGURATIONS }),
    maxSeconds:
      time === undefined ? Number.POSITIVE_INFINITY : seconds("max-seconds", time, { max: MOST_SECONDS }),
    maxBytes:
      memory === undefined
        ? defaultLimits.maxBytes
        : byteCount("--max-memory", memory, { min: MEBIBYTE, max: MOST_BYTES }),
  };
}

/** What stands on standard input; nothing if that was interrupted. */
async function readStandardInput(signal: AbortSignal): Promise<string | undefined> {
  const interrupted = new Promise<undefined>((resolve) => {
    signal.addEventListener("abort", () => resolve(undefined));
  });
  return Promise.race([text(process.stdin), interrupted]);
}

/** Runs the task in a thread of its own. */
async function carriedOut(task: HistoryTask, display: ProgressDisplay): Promise<HistoryReply> {
  const start = performance.now();
  const line = display.begin(task.file);
  const timer = setInterval(() => {
    line.showCount(Atomics.load(task.shared, 1), "configuration", (performance.now() - start) / 1000);
  }, MILLISECONDS_BETWEEN_PROGRESS);
  try {
    return await askThread<HistoryReply>(new URL("./history-worker.js", import.meta.url), task, (code) => ({
      kind: "failed",
      message: `the thread ended with exit code ${code} before there was an answer`,
    }));
  } finally {
    clearInterval(timer);
    line.end();
  }
}

function repeatCommand(file: string, specification: string, typed: Typed): string {
  const limits = ["max-configurations", "max-seconds", "max-memory"].flatMap((option) =>
    typed.values(option).map((value) => `--${option} ${value}`),
  );
  return ["muchado linearize", shellWord(file), `--spec ${shellWord(specification)}`, ...limits].join(" ");
}
