/** The step that is looked at: who did what, what it is on the abstract level, what is wrong with it, what it changed. */

import { guardInWords } from "../../ado/guards.ts";
import { type Difference, differences } from "./differences.ts";
import { type Child, classes, h } from "./dom.ts";
import { settled } from "./settled.ts";
import type { Story } from "./story.ts";

export class StepPanel {
  readonly element: HTMLElement;
  readonly #content = h("div", {});
  /** Says the current step to those who do not see it. */
  readonly #spoken = h("p", { class: "visually-hidden", "aria-live": "polite", "aria-atomic": "true" });
  /** Nobody wants to hear every step of a slider. */
  readonly #speak = settled(200, (text: string) => {
    this.#spoken.textContent = text;
  });

  constructor() {
    this.element = h(
      "section",
      { class: "panel step", "aria-labelledby": "step-title" },
      this.#spoken,
      this.#content,
    );
  }

  show(story: Story, at: number): void {
    const step = story.stepAt(at);
    const mark = story.markAt(at);
    const changes = differences(story, at);
    const hasMoved = at > 0 && step?.view?.join("\n") !== story.stateAt(at - 1).view?.join("\n");
    const isEventless = step !== undefined && step.view !== null && step.events.length === 0;
    this.#content.replaceChildren(
      h(
        "h2",
        { id: "step-title" },
        h("span", { class: "position" }, `Step ${at} of ${story.length}`),
        " ",
        h("span", { class: "label" }, step?.label ?? "first state"),
      ),
      h(
        "p",
        { class: "events" },
        ...(step?.nodes ?? []).map((node) => h("span", { class: "tag node" }, node)),
        ...(step?.isFault === true ? [h("span", { class: "tag fault" }, "fault")] : []),
        ...(step?.events ?? []).map((event) => h("span", { class: "tag good" }, event)),
        isEventless && hasMoved ? h("span", { class: "tag bad" }, "no event explains this") : null,
        isEventless && !hasMoved ? h("span", { class: "tag" }, "nothing on the abstract level") : null,
        mark !== null && mark.tone !== "bad" ? h("span", { class: `tag ${mark.tone}` }, mark.text) : null,
      ),
      ...(mark?.tone === "bad" ? [complaint(mark.text)] : []),
      changes.length > 0
        ? h(
            "ul",
            { class: "changes", "aria-label": "What changed" },
            ...changes.map((change) => h("li", {}, ...changeText(change))),
          )
        : h("p", { class: "nothing" }, at === 0 ? "Nothing has happened yet." : "The step changes nothing."),
    );
    this.#speak(
      `Step ${at} of ${story.length}: ${step?.label ?? "first state"}. ${mark?.tone === "bad" ? `Violated: ${mark.text}. ` : ""}${step?.events.join(", ") ?? ""}`,
    );
  }
}

/** What is wrong, with the rule that is broken in words. */
export function complaint(why: string): HTMLElement {
  const rule = guardInWords(why);
  return h(
    "div",
    { class: "complaint" },
    h("p", { class: "why" }, why),
    rule === undefined ? null : h("p", { class: "rule" }, h("strong", {}, "The rule: "), rule),
  );
}

function changeText(change: Difference): Child[] {
  const path = h("span", { class: "path" }, change.path);
  switch (change.kind) {
    case "value":
      return [path, " ", h("del", {}, change.before), " → ", h("ins", {}, change.after)];
    case "elements":
      return [
        path,
        ...change.gone.flatMap((element) => [" ", h("del", { class: classes("element") }, `− ${element}`)]),
        ...change.come.flatMap((element) => [" ", h("ins", { class: classes("element") }, `+ ${element}`)]),
      ];
  }
}
