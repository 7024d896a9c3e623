/** The space-time diagram with the steps in words beside it: a list of which only the rows in view are made. */

import { type Delivery, deliveriesOf } from "../deliveries.ts";
import { drawRows } from "./diagram-drawing.ts";
import { Geometry, GUTTER, NOBODY, ROW } from "./diagram-geometry.ts";
import { classes, h, svg } from "./dom.ts";
import type { Story } from "./story.ts";

/** Rows made above and below those in view. */
const MARGIN_ROWS = 6;

export class Diagram {
  readonly element: HTMLElement;
  readonly #scroller: HTMLElement;
  readonly #content: HTMLElement;
  readonly #rows: HTMLElement;
  readonly #drawing: SVGSVGElement;
  readonly #heads: HTMLElement;
  readonly #onSelect: (step: number) => void;
  #story: Story | undefined;
  #deliveries: readonly Delivery[] = [];
  #geometry: Geometry | undefined;
  #at = 0;
  #isDue = false;

  constructor(onSelect: (step: number) => void) {
    this.#onSelect = onSelect;
    this.#drawing = svg("svg", { "aria-hidden": "true", class: "drawing" });
    this.#rows = h("div", { role: "presentation", class: "rows" });
    this.#content = h("div", { role: "presentation", class: "content" }, this.#rows, this.#drawing);
    this.#scroller = h(
      "div",
      {
        role: "listbox",
        tabindex: 0,
        "aria-label": "Steps",
        class: "scroller",
        scroll: () => this.#request(),
      },
      this.#content,
    );
    this.#scroller.addEventListener("click", (event) => this.#choose(event));
    this.#heads = h("div", { class: "heads", "aria-hidden": "true" });
    this.element = h(
      "section",
      { class: "diagram", "aria-labelledby": "diagram-title" },
      h("h2", { id: "diagram-title", class: "visually-hidden" }, "Space-time diagram"),
      this.#heads,
      this.#scroller,
    );
    new ResizeObserver(() => this.#measure()).observe(this.#scroller);
  }

  show(story: Story): void {
    this.#story = story;
    this.#deliveries = deliveriesOf(story.steps);
    this.#content.style.height = `${(story.length + 1) * ROW}px`;
    this.#measure();
  }

  /** Marks a step, and brings it into view. */
  select(step: number): void {
    this.#at = step;
    const { scrollTop, clientHeight } = this.#scroller;
    const top = step * ROW;
    // A row is left on both sides, so that one sees where the next key leads.
    if (top - ROW < scrollTop) this.#scroller.scrollTop = Math.max(0, top - ROW);
    else if (top + 2 * ROW > scrollTop + clientHeight)
      this.#scroller.scrollTop = top + 2 * ROW - clientHeight;
    this.#draw();
  }

  #measure(): void {
    if (this.#story === undefined) return;
    this.#geometry = new Geometry(this.#story, this.#scroller.clientWidth);
    const { lanesWidth } = this.#geometry;
    this.element.style.setProperty("--gutter", `${GUTTER}px`);
    this.element.style.setProperty("--lanes", `${lanesWidth}px`);
    this.#drawing.setAttribute("width", String(lanesWidth));
    this.#draw();
  }

  #request(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => {
      this.#isDue = false;
      this.#draw();
    });
  }

  #draw(): void {
    const [story, geometry] = [this.#story, this.#geometry];
    if (story === undefined || geometry === undefined) return;
    const { scrollTop, clientHeight } = this.#scroller;
    const first = Math.max(0, Math.floor(scrollTop / ROW) - MARGIN_ROWS);
    const last = Math.min(story.length, Math.ceil((scrollTop + clientHeight) / ROW) + MARGIN_ROWS);
    const steps = Array.from({ length: last - first + 1 }, (_, i) => first + i);
    this.#rows.replaceChildren(...steps.map((step) => this.#row(story, step)));
    const top = first * ROW;
    const height = (last - first + 1) * ROW;
    this.#drawing.setAttribute("height", String(height));
    this.#drawing.setAttribute("viewBox", `0 ${top} ${geometry.lanesWidth} ${height}`);
    this.#drawing.style.top = `${top}px`;
    const view = { story, deliveries: this.#deliveries, geometry, rows: { first, last }, at: this.#at };
    this.#drawing.replaceChildren(...drawRows(view));
    this.#drawHeads(story, geometry);
    const isMade = this.#at >= first && this.#at <= last;
    if (isMade) this.#scroller.setAttribute("aria-activedescendant", rowId(this.#at));
    else this.#scroller.removeAttribute("aria-activedescendant");
  }

  #drawHeads(story: Story, geometry: Geometry): void {
    const latest = story.stateAt(this.#at).tree?.caches.findLast(({ kind }) => kind === "election");
    const heads = geometry.lanes.map((lane) => {
      const owns = latest?.owner === lane;
      const head = h("span", { class: classes("head", owns && "owner", lane === NOBODY && "nobody") }, lane);
      if (owns) {
        head.title = `${lane} owns the latest round, ${latest.round}`;
        head.append(h("small", {}, `round ${latest.round}`));
      }
      head.style.left = `${GUTTER + geometry.x(lane)}px`;
      return head;
    });
    this.#heads.replaceChildren(...heads);
  }

  #row(story: Story, number: number): HTMLElement {
    const step = story.stepAt(number);
    const mark = story.markAt(number);
    const isCurrent = number === this.#at;
    const parameters = step === undefined ? "" : step.label.slice(step.action.length).replace(/^\(|\)$/g, "");
    const row = h(
      "div",
      {
        role: "option",
        id: rowId(number),
        "aria-selected": isCurrent ? "true" : "false",
        "aria-posinset": number + 1,
        "aria-setsize": story.length + 1,
        class: classes(
          "row",
          isCurrent && "current",
          number > this.#at && "ahead",
          mark?.tone === "bad" && "bad",
        ),
      },
      h("span", { class: "number" }, String(number)),
      h(
        "span",
        { class: "words" },
        h(
          "span",
          { class: "action" },
          h("b", {}, step?.action ?? "first state"),
          ...(step?.isFault === true ? [h("span", { class: "tag fault" }, "fault")] : []),
          ...(step?.events ?? []).map((event) => h("span", { class: "tag good" }, event)),
          ...(mark === null
            ? []
            : [
                h(
                  "span",
                  { class: mark.tone === "bad" ? "tag bad" : `mark ${mark.tone}`, title: mark.text },
                  signs[mark.tone],
                ),
              ]),
        ),
        parameters === "" ? null : h("span", { class: "parameters" }, parameters),
      ),
    );
    row.style.transform = `translateY(${number * ROW}px)`;
    row.style.height = `${ROW}px`;
    return row;
  }

  #choose(event: MouseEvent): void {
    if (this.#story === undefined) return;
    const step = Math.floor((event.clientY - this.#content.getBoundingClientRect().top) / ROW);
    this.#onSelect(Math.max(0, Math.min(this.#story.length, step)));
  }
}

/** What a mark looks like beside its step. */
const signs = { good: "✓", bad: "violated", plain: "·" } as const;

const rowId = (step: number): string => `step-${step}`;
