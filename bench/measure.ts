/** A command as a process of its own: what it prints, and what it takes of the machine. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";

export interface Measurement {
  readonly wallSeconds: number;
  /** User and system time of all its threads. */
  readonly cpuSeconds: number;
  /** The most memory it occupied; undefined where the system does not tell, or it was over too soon. */
  readonly peakBytes: number | undefined;
  readonly output: string;
}

/** How often its memory is looked at. The system keeps the peak, so only the very end can be missed. */
const POLL_MILLISECONDS = 5;
/** A process that is looked at less often is over too soon for its peak to be known. */
const FEWEST_LOOKS = 20;
/** Runs its arguments as a command. Then `times` prints two lines: what the shell took, and what the command did. */
const TIMED = '"$@"; code=$?; echo; times; exit $code';

/** @throws Error if the command cannot be run or fails. */
export async function measure(command: readonly string[]): Promise<Measurement> {
  const start = performance.now();
  const shell = spawn("bash", ["-c", TIMED, "bash", ...command], { stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  let complaints = "";
  shell.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
  });
  shell.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaints += text;
  });
  const peaks: number[] = [];
  const poll = setInterval(() => peaks.push(...peakOfChild(shell.pid!)), POLL_MILLISECONDS);
  const [code] = (await once(shell, "close")) as [number];
  clearInterval(poll);
  const wallSeconds = (performance.now() - start) / 1000;
  if (code !== 0)
    throw new Error(`${command.join(" ")}\nfailed with exit code ${code}: ${complaints || printed}`);
  const lines = printed.trimEnd().split("\n");
  const times = lines.at(-1)!.split(" ");
  return {
    wallSeconds,
    cpuSeconds: times.reduce((sum, time) => sum + parseTime(time), 0),
    peakBytes: peaks.length < FEWEST_LOOKS ? undefined : peaks.at(-1),
    output: lines.slice(0, -2).join("\n"),
  };
}

/** `1m2.345s` in seconds. */
function parseTime(text: string): number {
  const [minutes, seconds] = text.split("m");
  return Number(minutes) * 60 + Number.parseFloat(seconds!);
}

/** The peak so far of the process that the shell runs; none where it cannot be told. */
function peakOfChild(shell: number): [number] | [] {
  try {
    const [child] = readFileSync(`/proc/${shell}/task/${shell}/children`, "utf8").split(" ");
    const [, kibibytes] = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${child}/status`, "utf8")) ?? [];
    return kibibytes === undefined ? [] : [Number(kibibytes) * 1024];
  } catch {
    return [];
  }
}
