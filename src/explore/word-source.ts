/** Sources that do the same with each word of a state. */

export function each(words: number, source: (i: number) => string): string {
  return Array.from({ length: words }, (_, i) => source(i)).join(" ");
}

export function some(words: number, source: (i: number) => string): string {
  return Array.from({ length: words }, (_, i) => source(i)).join(" || ");
}

export function every(words: number, source: (i: number) => string): string {
  return Array.from({ length: words }, (_, i) => source(i)).join(" && ");
}
