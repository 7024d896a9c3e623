/** The two streams that the command line writes to: results to stdout, everything else to stderr. */

let isReaderGone = false;
let isPrinted = false;
let leave = (): void => {};
let clear = (): void => {};

/** Calls `onFailure` where stdout cannot be written to, a full disk for instance. */
export function guardStreams(onFailure: (error: NodeJS.ErrnoException) => void): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") {
      onFailure(error);
      return;
    }
    if (!isReaderGone) leave();
    isReaderGone = true;
  });
  process.stderr.on("error", () => {});
}

/** Calls `onGone` once nobody reads stdout any longer, as in `muchado … | head`; what is printed after that is dropped. */
export function watchReader(onGone: () => void): void {
  leave = onGone;
}

/** Calls `clearLine` before anything is written: what is shown for the moment only has to go. */
export function beforeWriting(clearLine: () => void): void {
  clear = clearLine;
}

/** Prints results. */
export function print(text: string): void {
  isPrinted = true;
  clear();
  if (!isReaderGone) process.stdout.write(text);
}

/** Whether there are results already. */
export function hasPrinted(): boolean {
  return isPrinted;
}

/** Says something about the command, rather than about a model: one line, or a passage of a file with it. */
export function remark(text: string): void {
  clear();
  process.stderr.write(`muchado: ${text}\n`);
}

/** Resolves when all that was printed is written. */
export async function flush(): Promise<void> {
  if (!isReaderGone) await new Promise((resolve) => process.stdout.write("", resolve));
}

/** The width of the terminal behind stdout; none where it is a file or a pipe. */
export function terminalWidth(): number | undefined {
  return process.stdout.isTTY ? process.stdout.columns || undefined : undefined;
}

/** Whether results are coloured: what the option says, then `NO_COLOR`, then `FORCE_COLOR`, then whether it is a terminal. */
export function hasColor(isRefused: boolean): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (isRefused || (NO_COLOR ?? "") !== "") return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return process.stdout.isTTY === true && TERM !== "dumb";
}
