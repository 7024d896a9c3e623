/** Shows on stderr how far a search is: one line that is written over on a terminal, else a line now and then. */

import type { WriteStream } from "node:tty";
import type { Progress } from "../explore/explore.ts";
import { Pace } from "../report/pace.ts";
import { countSentence, progressLine, progressSentence } from "../report/progress-line.ts";

const SECONDS_BETWEEN_LINES = 10;
const DEFAULT_WIDTH = 80;
const ERASE_LINE = "\r\x1b[2K";

export class ProgressDisplay {
  readonly #stream: WriteStream;
  readonly #isQuiet: boolean;
  #title = "";
  #pace = new Pace();
  #nextLine = 0;
  #isShown = false;

  constructor(stream: WriteStream, isQuiet: boolean) {
    this.#stream = stream;
    this.#isQuiet = isQuiet;
  }

  begin(title: string): void {
    this.#title = title;
    this.#pace = new Pace();
    this.#nextLine = SECONDS_BETWEEN_LINES;
  }

  show(progress: Progress, seconds: number): void {
    this.#pace.add(progress, seconds);
    this.#write(seconds, {
      line: (width) => progressLine(this.#title, progress, this.#pace, width),
      sentence: () => progressSentence(this.#title, progress, this.#pace),
    });
  }

  /** Shows how many of something there are so far, where no more is known. */
  showCount(number: number, noun: string, seconds: number): void {
    const sentence = (): string => countSentence(this.#title, number, noun, seconds);
    this.#write(seconds, { line: (width) => sentence().slice(0, width), sentence });
  }

  #write(seconds: number, text: { line(width: number): string; sentence(): string }): void {
    if (this.#isQuiet) return;
    if (this.#stream.isTTY && process.env.TERM !== "dumb") {
      const width = (this.#stream.columns || DEFAULT_WIDTH) - 1;
      this.#stream.write(ERASE_LINE + text.line(width));
      this.#isShown = true;
    } else if (seconds >= this.#nextLine) {
      this.#stream.write(`${text.sentence()}\n`);
      this.#nextLine = seconds + SECONDS_BETWEEN_LINES;
    }
  }

  end(): void {
    if (this.#isShown) this.#stream.write(ERASE_LINE);
    this.#isShown = false;
  }
}
