/** The way through the steps: a slider, buttons, and keys that work wherever the focus is. */

import { h, svg } from "./dom.ts";
import type { Story } from "./story.ts";

/** Steps that Page Up and Page Down go. */
const PAGE = 10;

export class Player {
  readonly element: HTMLElement;
  readonly #slider: HTMLInputElement;
  readonly #count = h("output", { class: "count" });
  readonly #back: readonly HTMLButtonElement[];
  readonly #forth: readonly HTMLButtonElement[];
  readonly #onSelect: (step: number) => void;
  #at = 0;
  #length = 0;

  constructor(onSelect: (step: number) => void) {
    this.#onSelect = onSelect;
    const button = (icon: string, name: string, key: string, go: () => number): HTMLButtonElement =>
      h(
        "button",
        { type: "button", "aria-label": name, title: `${name} (${key})`, click: () => this.#go(go()) },
        svg(
          "svg",
          { width: 16, height: 16, viewBox: "0 0 16 16", "aria-hidden": "true" },
          svg("path", { d: icon }),
        ),
      );
    this.#slider = h("input", {
      type: "range",
      min: 0,
      step: 1,
      "aria-label": "Step",
      input: () => this.#go(this.#slider.valueAsNumber),
    });
    this.#back = [
      button("M4 3h2.5v10H4zM13 3v10L7 8z", "First state", "Home", () => 0),
      button("M11 3v10L4.5 8z", "Step back", "←", () => this.#at - 1),
    ];
    this.#forth = [
      button("M5 3v10l6.5-5z", "Step forward", "→", () => this.#at + 1),
      button("M9.5 3H12v10H9.5zM3 3v10l6-5z", "Last step", "End", () => this.#length),
    ];
    this.element = h(
      "nav",
      { class: "player", "aria-label": "Steps of the trace" },
      ...this.#back,
      this.#slider,
      ...this.#forth,
      this.#count,
    );
    document.addEventListener("keydown", (event) => this.#onKey(event));
  }

  show(story: Story, at: number): void {
    this.#at = at;
    this.#length = story.length;
    this.#slider.max = String(story.length);
    this.#slider.value = String(at);
    this.#slider.setAttribute(
      "aria-valuetext",
      `${at} of ${story.length}: ${story.stepAt(at)?.label ?? "first state"}`,
    );
    this.#count.textContent = `${at} / ${story.length}`;
    // A button that is disabled would lose the focus.
    for (const button of this.#back) button.setAttribute("aria-disabled", String(at === 0));
    for (const button of this.#forth) button.setAttribute("aria-disabled", String(at === story.length));
  }

  #go(step: number): void {
    const wanted = Math.max(0, Math.min(this.#length, step));
    if (wanted !== this.#at) this.#onSelect(wanted);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || isTakenBy(event)) return;
    const target = this.#targetOf(event.key);
    if (target === undefined) return;
    event.preventDefault();
    this.#go(target);
  }

  #targetOf(key: string): number | undefined {
    switch (key) {
      case "ArrowLeft":
      case "ArrowUp":
        return this.#at - 1;
      case "ArrowRight":
      case "ArrowDown":
        return this.#at + 1;
      case "PageUp":
        return this.#at - PAGE;
      case "PageDown":
        return this.#at + PAGE;
      case "Home":
        return 0;
      case "End":
        return this.#length;
      default:
        return undefined;
    }
  }
}

/** Whether what has the focus has a use of its own for a key: text is edited, lists are chosen from, panels scroll. */
function isTakenBy({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false;
  if (target.matches("input:not([type=range]), select, textarea")) return true;
  return target.closest(".tree, .wide") !== null && key.startsWith("Arrow");
}
