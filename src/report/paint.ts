/** Colours by meaning. */

import { styleText } from "node:util";

export interface Painter {
  good(text: string): string;
  bad(text: string): string;
  doubtful(text: string): string;
  strong(text: string): string;
  faint(text: string): string;
}

const STYLES = { good: "green", bad: "red", doubtful: "yellow", strong: "bold", faint: "dim" } as const;

export function painter(hasColor: boolean): Painter {
  const paint = (meaning: keyof typeof STYLES) => (text: string) =>
    hasColor ? styleText(STYLES[meaning], text, { validateStream: false }) : text;
  return {
    good: paint("good"),
    bad: paint("bad"),
    doubtful: paint("doubtful"),
    strong: paint("strong"),
    faint: paint("faint"),
  };
}
