/** The space-time diagram with the steps in words beside it: a list of which only the rows in view are made. */

import { drawRows } from "./diagram-drawing.ts";
import { type DiagramLayout, diagramLayout, GUTTER, NOBODY, ROW } from "./diagram-layout.ts";
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
  #layout: DiagramLayout | undefined;
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
    this.#layout = diagramLayout(this.#story, this.#scroller.clientWidth);
    const { width } = this.#layout;
    this.element.style.setProperty("--gutter", `${GUTTER}px`);
    this.element.style.setProperty("--lanes", `${width}px`);
    this.#drawing.setAttribute("width", String(width));
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
    const [story, layout] = [this.#story, this.#layout];
    if (story === undefined || layout === undefined) return;
    const { scrollTop, clientHeight } = this.#scroller;
    const first = Math.max(0, Math.floor(scrollTop / ROW) - MARGIN_ROWS);
    const last = Math.min(story.length, Math.ceil((scrollTop + clientHeight) / ROW) + MARGIN_ROWS);
    const steps = Array.from({ length: last - first + 1 }, (_, i) => first + i);
    this.#rows.replaceChildren(...steps.map((step) => this.#row(story, step)));
    const top = first * ROW;
    const height = (last - first + 1) * ROW;
    this.#drawing.setAttribute("height", String(height));
    this.#drawing.setAttribute("viewBox", `0 ${top} ${layout.width} ${height}`);
    this.#drawing.style.top = `${top}px`;
    const view = { story, layout, rows: { first, last }, at: this.#at };
    this.#drawing.replaceChildren(...drawRows(view));
    this.#drawHeads(story, layout);
    const isMade = this.#at >= first && this.#at <= last;
    if (isMade) this.#scroller.setAttribute("aria-activedescendant", rowId(this.#at));
    else this.#scroller.removeAttribute("aria-activedescendant");
  }

  #drawHeads(story: Story, { lanes }: DiagramLayout): void {
    const latest = story.stateAt(this.#at).tree?.caches.findLast(({ kind }) => kind === "election");
    const heads = lanes.map(({ node, x }) => {
      const owned = node !== null && latest?.owner === node ? latest.round : undefined;
      const head = h(
        "span",
        { class: classes("head", owned !== undefined && "owner", node === null && "nobody") },
        node ?? NOBODY,
      );
      if (owned !== undefined) {
        head.title = `${node} owns the latest round, ${owned}`;
        head.append(h("small", {}, `round ${owned}`));
      }
      head.style.left = `${GUTTER + x}px`;
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
        title: step?.label,
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
