/** Answers that are kept by two objects, told apart as such, and a text. */
export class Memo<V> {
  readonly #known = new Map<object, Map<object, Map<string, V>>>();

  /** What `make` answered when it was asked about these first. */
  of(one: object, other: object, text: string, make: () => V): V {
    let byOther = this.#known.get(one);
    if (byOther === undefined) {
      byOther = new Map();
      this.#known.set(one, byOther);
    }
    let byText = byOther.get(other);
    if (byText === undefined) {
      byText = new Map();
      byOther.set(other, byText);
    }
    let value = byText.get(text);
    if (value === undefined) {
      value = make();
      byText.set(text, value);
    }
    return value;
  }
}
