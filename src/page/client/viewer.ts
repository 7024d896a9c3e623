/** All views of one story, kept at the same step. */

import { AbstractPanel } from "./abstract-panel.ts";
import { Diagram } from "./diagram.ts";
import { h } from "./dom.ts";
import { Player } from "./player.ts";
import { StatePanel } from "./state-panel.ts";
import { StepPanel } from "./step-panel.ts";
import type { Story } from "./story.ts";

export interface ViewerOptions {
  /** Shown below the current step. */
  readonly beside?: HTMLElement;
  /** Called whenever another step is looked at. */
  onSelect?(step: number): void;
}

export class Viewer {
  /** What stands in the middle of the page. */
  readonly main: HTMLElement;
  /** The slider and its buttons. */
  readonly player: HTMLElement;
  readonly #diagram: Diagram;
  readonly #step = new StepPanel();
  readonly #abstract = new AbstractPanel();
  readonly #state = new StatePanel();
  readonly #player: Player;
  readonly #options: ViewerOptions;
  #story: Story | undefined;

  constructor(options: ViewerOptions = {}) {
    this.#options = options;
    const select = (step: number): void => this.select(step);
    this.#diagram = new Diagram(select);
    this.#player = new Player(select);
    this.player = this.#player.element;
    this.main = h(
      "main",
      {},
      this.#diagram.element,
      h(
        "div",
        { class: "details" },
        this.#step.element,
        ...(options.beside ? [options.beside] : []),
        this.#abstract.element,
        this.#state.element,
      ),
    );
  }

  show(story: Story, at: number): void {
    this.#story = story;
    this.#diagram.show(story);
    this.select(at);
  }

  select(step: number): void {
    const story = this.#story;
    if (story === undefined) return;
    this.#diagram.select(step);
    this.#player.show(story, step);
    this.#step.show(story, step);
    this.#abstract.show(story, step);
    this.#state.show(story, step);
    this.#options.onSelect?.(step);
  }
}
