import { entry } from "../schema/entry.ts";

/** Answers that are kept by two objects, told apart as such, and a text. */
export class Memo<V> {
  readonly #known = new Map<object, Map<object, Map<string, V>>>();

  /** What `make` answered when it was asked about these first. */
  of(one: object, other: object, text: string, make: () => V): V {
    const byOther = entry(this.#known, one, () => new Map<object, Map<string, V>>());
    const byText = entry(byOther, other, () => new Map<string, V>());
    return entry(byText, text, make);
  }
}
