/** The whole concrete state as tables, what the step changed marked. */

import type { PrintedField } from "../../schema/fields.ts";
import { type FieldTable, fieldTables } from "../field-tables.ts";
import { type Difference, differences } from "./differences.ts";
import { type Child, classes, h } from "./dom.ts";
import type { Story } from "./story.ts";

export class StatePanel {
  readonly element: HTMLElement;
  readonly #content = h("div", { class: "tables" });
  readonly #whole: HTMLDetailsElement;
  #redraw = (): void => {};

  constructor() {
    this.#whole = h(
      "details",
      { open: true },
      h("summary", {}, h("h2", { id: "state-title" }, "Whole state")),
      this.#content,
    );
    this.#whole.addEventListener("toggle", () => this.#redraw());
    this.element = h("section", { class: "panel state", "aria-labelledby": "state-title" }, this.#whole);
  }

  show(story: Story, at: number): void {
    this.#redraw = () => {
      if (!this.#whole.open) return;
      const fields = story.fieldsAt(at);
      const changes = new Map(differences(story, at).map((change) => [change.path, change]));
      const { arrays, single } = fieldTables([...fields.keys()]);
      this.#content.replaceChildren(
        ...arrays.map((table) => arrayTable(table, fields, changes)),
        ...(single.length > 0 ? [singleTable(single, fields, changes)] : []),
      );
    };
    this.#redraw();
  }
}

/** What the columns of an array share of the width of its table. */
const NODES_PERCENT = 72;

type Fields = ReadonlyMap<string, PrintedField>;
type Changes = ReadonlyMap<string, Difference>;

function arrayTable({ columns, rows }: FieldTable, fields: Fields, changes: Changes): HTMLElement {
  const head = h("tr", {}, h("td", {}), ...columns.map((column) => h("th", { scope: "col" }, column)));
  const widths = columns.map(() => {
    const column = h("col");
    column.style.width = `${NODES_PERCENT / columns.length}%`;
    return column;
  });
  let group: string | undefined;
  const body = rows.flatMap((row) => {
    const cells = row.paths.map((path) =>
      path === undefined ? h("td", {}) : cell(fields.get(path)!, changes.get(path)),
    );
    const isNew = row.group !== group;
    group = row.group;
    if (row.label === "")
      return [h("tr", { class: "group-row" }, h("th", { scope: "row" }, row.group), ...cells)];
    const heading = h(
      "tr",
      { class: "group-row" },
      h("th", { scope: "rowgroup", colspan: columns.length + 1 }, row.group),
    );
    return [
      ...(isNew ? [heading] : []),
      h("tr", {}, h("th", { scope: "row", class: "inner" }, row.label), ...cells),
    ];
  });
  return wide(
    h("table", {}, h("colgroup", {}, h("col"), ...widths), h("thead", {}, head), h("tbody", {}, ...body)),
    rows[0]?.group ?? "",
  );
}

function singleTable(paths: readonly string[], fields: Fields, changes: Changes): HTMLElement {
  const rows = paths.map((path) =>
    h("tr", {}, h("th", { scope: "row" }, path), cell(fields.get(path)!, changes.get(path))),
  );
  return wide(h("table", { class: "single" }, h("tbody", {}, ...rows)), "other fields");
}

/** A table that scrolls by itself where it is wider than the page. */
function wide(table: HTMLElement, name: string): HTMLElement {
  return h("div", { class: "wide", tabindex: 0, role: "group", "aria-label": `State: ${name}` }, table);
}

function cell(field: PrintedField, change: Difference | undefined): HTMLElement {
  return h("td", { class: classes(change && "changed") }, ...content(field, change));
}

function content(field: PrintedField, change: Difference | undefined): Child[] {
  if ("text" in field) {
    if (change?.kind !== "value") return [field.text];
    return [h("del", {}, change.before), " ", h("ins", {}, change.after)];
  }
  const { gone, come } = change?.kind === "elements" ? change : { gone: [], come: [] };
  if (field.elements.length + gone.length === 0) return [h("span", { class: "nothing" }, "∅")];
  const left = [...come];
  const items = field.elements.map((element) => {
    const at = left.indexOf(element);
    if (at >= 0) left.splice(at, 1);
    return h("li", {}, at >= 0 ? h("ins", {}, element) : element);
  });
  return [
    h("ul", { class: "elements" }, ...items, ...gone.map((element) => h("li", {}, h("del", {}, element)))),
  ];
}
