/** The abstract level: the tree of caches, the log that is committed, and the abstract state in words. */

import type { CacheTree } from "../../model/property.ts";
import { type PlacedCache, treeLayout } from "../tree-layout.ts";
import { classes, h, svg } from "./dom.ts";
import type { Story } from "./story.ts";

const COLUMN_GAP = 26;
const ROW_HEIGHT = 46;
const BOX_HEIGHT = 28;
const ELECTION_RADIUS = 15;
/** Width of a letter in the font of the drawing, in pixels. */
const LETTER = 7.4;
const MARGIN = 8;

export class AbstractPanel {
  readonly element: HTMLElement;
  readonly #content = h("div", {});

  constructor() {
    this.element = h(
      "section",
      { class: "panel abstract", "aria-labelledby": "abstract-title" },
      h("h2", { id: "abstract-title" }, "Abstract level"),
      this.#content,
    );
  }

  show(story: Story, at: number): void {
    const { view, tree } = story.stateAt(at);
    const before = at === 0 ? undefined : story.stateAt(at - 1);
    this.element.hidden = view === null;
    if (view === null) return;
    this.#content.replaceChildren(
      tree === null || tree.caches.length === 0 ? "" : drawing(tree, before?.tree ?? tree, view),
      tree === null ? "" : log(tree, before?.tree ?? tree),
      h(
        "ul",
        { class: "view", "aria-label": "Abstract state" },
        ...view.map((line) =>
          h("li", { class: classes(before?.view?.includes(line) === false && "changed") }, line),
        ),
      ),
    );
  }
}

function log({ log }: CacheTree, before: CacheTree): HTMLElement {
  return h(
    "p",
    { class: "log" },
    h("span", { class: "caption" }, "committed log"),
    ...(log.length === 0 ? [h("span", { class: "nothing" }, "empty")] : []),
    ...log.map((method, i) =>
      h("span", { class: classes("method", before.log[i] !== method && "changed") }, method),
    ),
  );
}

function drawing(tree: CacheTree, before: CacheTree, view: readonly string[]): HTMLElement {
  const layout = treeLayout(tree);
  const known = new Map(before.caches.map((cache) => [cache.id, cache]));
  const widths = Array.from({ length: layout.columns }, (_, column) =>
    Math.max(
      2 * ELECTION_RADIUS,
      ...layout.placed.filter((p) => p.column === column).map(({ cache }) => widthOf(cache.label)),
    ),
  );
  const lefts: number[] = [];
  let x = MARGIN;
  for (const width of widths) {
    lefts.push(x);
    x += width + COLUMN_GAP;
  }
  const middle = (column: number): number => lefts[column]! + widths[column]! / 2;
  const y = (row: number): number => MARGIN + (row + 0.5) * ROW_HEIGHT - 6;
  const [width, height] = [x - COLUMN_GAP + MARGIN, layout.rows * ROW_HEIGHT + 2 * MARGIN];
  const lines = layout.placed.map(({ from, column, row, cache }) =>
    from === null
      ? null
      : svg("path", {
          class: classes("branch", cache.isCommitted && "committed"),
          d: branch({ x: middle(from.column), y: y(from.row) }, { x: middle(column), y: y(row) }),
        }),
  );
  const latest = tree.caches.findLast(({ kind }) => kind === "election")?.id;
  const caches = layout.placed.map((place) => {
    const was = known.get(place.cache.id);
    const isChanged = was === undefined || was.isCommitted !== place.cache.isCommitted;
    return draw(place, {
      x: middle(place.column),
      y: y(place.row),
      isChanged,
      isLatest: place.cache.id === latest,
    });
  });
  const picture = svg(
    "svg",
    {
      role: "img",
      "aria-label": `Tree of caches. ${view.join(". ")}`,
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
    },
    ...lines,
    svg("circle", { class: "root", cx: middle(0), cy: y(0), r: 6 }),
    ...caches,
  );
  return h(
    "div",
    { class: "tree", tabindex: 0, role: "group", "aria-label": "Drawing of the tree" },
    picture,
  );
}

const widthOf = (label: string): number =>
  label === "" ? 2 * ELECTION_RADIUS : Math.max(34, label.length * LETTER + 16);

function draw(
  { cache, from }: PlacedCache,
  { x, y, isChanged, isLatest }: { x: number; y: number; isChanged: boolean; isLatest: boolean },
): SVGElement {
  const { kind, isCommitted, round, owner, label, id } = cache;
  const about = `${kind === "election" ? `round ${round}, owned by ${owner}` : `${label} at ${id}`}${isCommitted ? ", committed" : ""}${from === null ? ", on a branch that is not there" : ""}`;
  const group = svg(
    "g",
    {
      class: classes(
        "cache",
        kind,
        isCommitted && "committed",
        isChanged && "changed",
        isLatest && "latest",
        from === null && "astray",
      ),
    },
    svg("title", {}, about),
  );
  if (kind === "election") {
    group.append(
      svg("circle", { cx: x, cy: y, r: ELECTION_RADIUS }),
      svg("text", { x, y: y + 4 }, owner),
      svg("text", { class: "round", x, y: y + ELECTION_RADIUS + 11 }, `round ${round}`),
    );
  } else {
    const width = widthOf(label);
    group.append(
      svg("rect", { x: x - width / 2, y: y - BOX_HEIGHT / 2, width, height: BOX_HEIGHT, rx: 6 }),
      svg("text", { x, y: y + 4 }, label),
    );
  }
  return group;
}

/** From one cache to another: level first, then over to the other row. */
function branch(from: { x: number; y: number }, to: { x: number; y: number }): string {
  if (from.y === to.y) return `M${from.x},${from.y} H${to.x}`;
  const bend = from.x + 22;
  return `M${from.x},${from.y} C${bend},${from.y} ${from.x},${to.y} ${bend + 10},${to.y} H${to.x}`;
}
