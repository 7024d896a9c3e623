/** Shows on stderr how far a search is: one line that is written over on a terminal, else a line now and then. */

import type { WriteStream } from "node:tty";
import type { Progress } from "../explore/explore.ts";
import { Pace } from "../report/pace.ts";
import { countSentence, progressLine, progressSentence } from "../report/progress-line.ts";
import { beforeWriting } from "./streams.ts";

const SECONDS_BETWEEN_LINES = 10;
const DEFAULT_WIDTH = 80;
const ERASE_LINE = "\r\x1b[2K";

/** One task of those that go on. */
export interface ProgressLine {
  show(progress: Progress, seconds: number): void;
  /** Shows how many of something there are so far, where no more is known. */
  showCount(number: number, noun: string, seconds: number): void;
  end(): void;
}

export class ProgressDisplay {
  readonly #stream: WriteStream;
  readonly #isQuiet: boolean;
  /** The oldest first: it is the one that is shown. */
  readonly #lines: ProgressLine[] = [];
  #isShown = false;

  constructor(stream: WriteStream, isQuiet: boolean) {
    this.#stream = stream;
    this.#isQuiet = isQuiet;
    beforeWriting(() => this.#clear());
  }

  begin(title: string): ProgressLine {
    const pace = new Pace();
    let nextLine = SECONDS_BETWEEN_LINES;
    const write = (seconds: number, line: (width: number) => string, sentence: () => string): void => {
      if (this.#isQuiet || this.#lines[0] !== own) return;
      if (this.#stream.isTTY && process.env.TERM !== "dumb") {
        const width = (this.#stream.columns || DEFAULT_WIDTH) - 1;
        this.#stream.write(ERASE_LINE + line(width));
        this.#isShown = true;
      } else if (seconds >= nextLine) {
        this.#stream.write(`${sentence()}\n`);
        nextLine = seconds + SECONDS_BETWEEN_LINES;
      }
    };
    const own: ProgressLine = {
      show(progress, seconds) {
        pace.add(progress, seconds);
        write(
          seconds,
          (width) => progressLine(title, progress, pace, width),
          () => progressSentence(title, progress, pace),
        );
      },
      showCount(number, noun, seconds) {
        const sentence = (): string => countSentence(title, number, noun, seconds);
        write(seconds, (width) => sentence().slice(0, width), sentence);
      },
      end: () => this.#end(own),
    };
    this.#lines.push(own);
    return own;
  }

  #end(line: ProgressLine): void {
    this.#clear();
    this.#lines.splice(this.#lines.indexOf(line), 1);
  }

  #clear(): void {
    if (this.#isShown) this.#stream.write(ERASE_LINE);
    this.#isShown = false;
  }
}
