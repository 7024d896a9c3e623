/** The steps that are enabled, to be taken with a click. */

import type { Move } from "../page-data.ts";
import { classes, h } from "./dom.ts";

/** From this many on, there is a field to look for one. */
const MANY = 10;
/** Changes that are shown with a step. */
const MOST_CHANGES = 3;

export class MovesPanel {
  readonly element: HTMLElement;
  readonly #title = h("h2", { id: "moves-title" });
  readonly #search: HTMLInputElement;
  readonly #list = h("ol", { class: "move-list", "aria-labelledby": "moves-title" });
  readonly #onTake: (move: number) => void;
  #moves: readonly Move[] = [];
  /** The step that was taken from here, if one was. */
  #taken: number | undefined;

  constructor(onTake: (move: number) => void) {
    this.#onTake = onTake;
    this.#search = h("input", {
      type: "search",
      "aria-label": "Look for a step",
      placeholder: "look for a step",
      input: () => this.#draw(),
    });
    this.element = h(
      "section",
      { class: "panel moves", "aria-labelledby": "moves-title" },
      h("div", { class: "moves-head" }, this.#title, this.#search),
      this.#list,
    );
  }

  /** What is shown is of another state: nothing of it can be taken until the right ones are shown. */
  wait(): void {
    this.#list.setAttribute("aria-busy", "true");
  }

  show(moves: readonly Move[], taken: number | undefined): void {
    this.#moves = moves;
    this.#taken = taken;
    this.#search.hidden = moves.length < MANY;
    this.#title.textContent = moves.length === 0 ? "No step is enabled" : `Enabled steps: ${moves.length}`;
    this.#list.removeAttribute("aria-busy");
    const hadFocus = this.#list.contains(document.activeElement);
    this.#draw();
    if (hadFocus) this.#list.querySelector("button")?.focus();
  }

  #draw(): void {
    const sought = this.#search.hidden ? "" : this.#search.value.toLowerCase();
    const items = [...this.#moves.entries()]
      .filter(([, { label }]) => label.toLowerCase().includes(sought))
      .map(([number, move]) => h("li", {}, this.#button(number, move)));
    this.#list.replaceChildren(...items);
  }

  #button(number: number, { label, action, isFault, changes, mark }: Move): HTMLElement {
    const isTaken = number === this.#taken;
    const more = changes.length - MOST_CHANGES;
    return h(
      "button",
      {
        type: "button",
        class: classes("move", isTaken && "taken", mark?.tone === "bad" && "bad"),
        "aria-current": isTaken ? "step" : undefined,
        click: () => {
          if (!this.#list.hasAttribute("aria-busy")) this.#onTake(number);
        },
      },
      h(
        "span",
        { class: "move-label" },
        h("b", {}, action),
        label.slice(action.length),
        ...(isTaken ? [h("span", { class: "tag node" }, "taken")] : []),
        ...(isFault ? [h("span", { class: "tag fault" }, "fault")] : []),
        ...(mark?.tone === "bad" ? [h("span", { class: "tag bad", title: mark.text }, "violates")] : []),
      ),
      h(
        "span",
        { class: "move-changes" },
        ...changes.slice(0, MOST_CHANGES).map((change) => h("span", {}, change)),
        changes.length === 0 ? h("span", {}, "changes nothing") : null,
        more > 0 ? h("span", {}, `and ${more} more`) : null,
      ),
    );
  }
}
