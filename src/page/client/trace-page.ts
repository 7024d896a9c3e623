/** The page of a trace: it begins where the trace ends, for that is what one came to see. */

import type { TraceDocument } from "../../trace/trace-document.ts";
import { DATA_ID, type TracePage } from "../page-data.ts";
import { h } from "./dom.ts";
import { settled } from "./settled.ts";
import { complaint } from "./step-panel.ts";
import { Story } from "./story.ts";
import { themeButton } from "./theme.ts";
import { Viewer } from "./viewer.ts";

/** Browsers take only so many changes of the address in a while. */
const ADDRESS_MILLISECONDS = 300;

const { traces, answer } = JSON.parse(document.getElementById(DATA_ID)!.textContent!) as TracePage;
const viewer = new Viewer({
  onSelect: settled(ADDRESS_MILLISECONDS, (step: number) => history.replaceState(null, "", `#${step}`)),
});
const heading = h("header", { class: "top" });
document.body.append(heading, viewer.main, viewer.player);

const chooser = h(
  "select",
  { "aria-label": "Trace", change: () => show(traces[chooser.selectedIndex]!, undefined) },
  ...traces.map(({ target, property }) => h("option", {}, `${target}: ${property.name}`)),
);
const theme = themeButton();

/** Shows a trace at a step, or at its end. */
function show(trace: TraceDocument, step: number | undefined): void {
  const { target, bounds, faults, seed, property, repeat, tool } = trace;
  const isBad = property.verdict === "violated";
  const facts = [
    ...Object.entries({ ...bounds, ...faults }).map(([name, value]) => `${name} = ${value}`),
    ...(seed === null ? [] : [`seed = ${seed}`]),
  ];
  heading.replaceChildren(
    h(
      "div",
      { class: "title" },
      h("h1", {}, target),
      h("span", { class: isBad ? "tag bad" : "tag good" }, isBad ? "violated" : "witness"),
      h(
        "ul",
        { class: "facts", "aria-label": "Bounds and faults" },
        ...facts.map((fact) => h("li", {}, fact)),
      ),
      h("div", { class: "tools" }, ...(traces.length > 1 ? [chooser] : []), theme),
    ),
    h(
      "div",
      { class: "verdict" },
      h("p", { class: "property" }, property.name),
      property.why === null ? h("p", {}, "A way to what should be seen sometimes.") : complaint(property.why),
      h("p", { class: "repeat" }, `${tool.name} ${tool.version}, found by `, h("code", {}, repeat)),
    ),
  );
  const story = Story.of(trace);
  viewer.show(story, Math.min(step ?? story.length, story.length));
}

const [first] = traces;
if (first === undefined) document.body.replaceChildren(h("pre", { class: "answer" }, answer));
else show(first, /^#\d+$/.test(location.hash) ? Number(location.hash.slice(1)) : undefined);
