/** The explorer: a way through a model, made step by step. Where one is stands in the address, so a link leads there. */

import { DATA_ID, type ExplorerPage, type Way } from "../page-data.ts";
import { h } from "./dom.ts";
import { MovesPanel } from "./moves-panel.ts";
import { askMoves, askStory, askTrace, Refused } from "./questions.ts";
import { settled } from "./settled.ts";
import { Story } from "./story.ts";
import { themeButton } from "./theme.ts";
import { Viewer } from "./viewer.ts";

/** Where one is: a way, how many of its steps are looked at, and the property that is watched. */
interface Position {
  readonly way: Way;
  readonly at: number;
  readonly watched: string;
}

/** How long one stays at a state before it is asked what is enabled there. */
const PAUSE_MILLISECONDS = 60;

const model = JSON.parse(document.getElementById(DATA_ID)!.textContent!) as ExplorerPage;

let position: Position = readAddress();
/** Where the steps on show are enabled. */
let enabledAt: Way = position.way;
/** Questions are answered in any order; only the last one counts. */
let lastQuestion = 0;

const notice = h("p", { class: "notice", role: "alert", hidden: true });
const moves = new MovesPanel((move) => take(move));
const viewer = new Viewer({ beside: moves.element, onSelect: (at) => lookAt(at) });

const watched = h(
  "select",
  { id: "watched", change: () => void go({ ...position, watched: watched.value }) },
  h("option", { value: "" }, "nothing"),
  ...model.properties.map((name) => h("option", { value: name }, name)),
);
const firsts = h("select", {
  id: "firsts",
  change: () => void go({ ...position, way: [firsts.selectedIndex], at: 0 }),
});
const firstsLabel = h("label", { hidden: true }, "first state ", firsts);
const file = h("input", {
  type: "file",
  id: "file",
  class: "visually-hidden",
  change: () => {
    const [chosen] = file.files ?? [];
    if (chosen !== undefined) void openTrace(chosen);
    file.value = "";
  },
});
const undo = h("button", { type: "button", click: () => back() }, "Undo");
const COPY_LINK = "Copy link";
const link = h("button", { type: "button", click: () => void copyLink() }, COPY_LINK);

document.body.append(
  h(
    "header",
    { class: "top" },
    h(
      "div",
      { class: "title" },
      h("h1", {}, model.target),
      h(
        "ul",
        { class: "facts", "aria-label": "Bounds and faults" },
        ...Object.entries({ ...model.bounds, ...model.faults }).map(([name, value]) =>
          h("li", {}, `${name} = ${value}`),
        ),
      ),
      h("div", { class: "tools" }, themeButton()),
    ),
    h("p", { class: "about" }, model.about),
    h(
      "div",
      { class: "controls" },
      h("label", {}, "watch ", watched),
      firstsLabel,
      undo,
      h(
        "button",
        { type: "button", click: () => void go({ ...position, way: position.way.slice(0, 1), at: 0 }) },
        "Start over",
      ),
      link,
      h("label", { class: "button" }, file, "Open trace…"),
    ),
    notice,
  ),
  viewer.main,
  viewer.player,
);

document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => {
  event.preventDefault();
  const [dropped] = event.dataTransfer?.files ?? [];
  if (dropped !== undefined) void openTrace(dropped);
});
addEventListener("hashchange", () => {
  const there = readAddress();
  if (addressOf(there) !== addressOf(position)) void arrive(there);
});
void arrive(position);

/** Goes to a position, which the button of the browser leads back from. */
function go(next: Position): Promise<void> {
  if (addressOf(next) !== location.hash) history.pushState(null, "", addressOf(next));
  return arrive(next);
}

function take(move: number): void {
  const way = [...enabledAt, move];
  void go({ ...position, way, at: way.length - 1 });
}

/** Takes the last step back. */
function back(): void {
  const way = position.way.length > 1 ? position.way.slice(0, -1) : position.way;
  void go({ ...position, way, at: way.length - 1 });
}

async function arrive(next: Position): Promise<void> {
  lastQuestion++;
  const question = lastQuestion;
  try {
    const story = await askStory(next.way, next.watched);
    if (question !== lastQuestion) return;
    position = next;
    say(undefined);
    watched.value = next.watched;
    firsts.replaceChildren(
      ...Array.from({ length: story.firstStates }, (_, i) => h("option", {}, String(i + 1))),
    );
    firsts.selectedIndex = next.way[0] ?? 0;
    firstsLabel.hidden = story.firstStates < 2;
    undo.setAttribute("aria-disabled", String(next.way.length === 1));
    viewer.show(new Story(story, story.nodes, story.marks), Math.min(next.at, story.steps.length));
  } catch (error) {
    complain(error);
  }
}

/** Looks at a state of the way. The one that one has arrived at is asked for at once, others when the slider rests. */
function lookAt(at: number): void {
  moves.wait();
  if (at === position.at) {
    askWhatIsEnabled(position);
    return;
  }
  position = { ...position, at };
  rest(position);
}

const rest = settled(PAUSE_MILLISECONDS, (there: Position) => {
  if (there !== position) return;
  history.replaceState(null, "", addressOf(there));
  askWhatIsEnabled(there);
});

function askWhatIsEnabled({ way, at, watched }: Position): void {
  lastQuestion++;
  const question = lastQuestion;
  const here = way.slice(0, at + 1);
  askMoves(here, watched).then((enabled) => {
    if (question !== lastQuestion) return;
    enabledAt = here;
    moves.show(enabled.moves, way[at + 1]);
    if (enabled.fault !== null) say(`The model is at fault: ${enabled.fault}`);
  }, complain);
}

async function openTrace(trace: File): Promise<void> {
  try {
    const { way, remark } = await askTrace(trace);
    await go({ ...position, way, at: way.length - 1 });
    if (remark !== null) say(remark);
  } catch (error) {
    if (error instanceof Refused) complain(new Refused(`${trace.name}: ${error.message}`));
    else throw error;
  }
}

async function copyLink(): Promise<void> {
  await navigator.clipboard.writeText(location.href).then(
    () => {
      link.textContent = "Copied";
    },
    () => say(`The link is the address of this page: ${location.href}`),
  );
  setTimeout(() => {
    link.textContent = COPY_LINK;
  }, 1500);
}

function complain(error: unknown): void {
  if (!(error instanceof Refused)) throw error;
  say(error.message);
}

function say(text: string | undefined): void {
  notice.hidden = text === undefined;
  notice.textContent = text ?? "";
}

function addressOf({ way, at, watched }: Position): string {
  const isAtEnd = at === way.length - 1;
  return `#way=${way.join(".")}${isAtEnd ? "" : `&at=${at}`}&watch=${encodeURIComponent(watched)}`;
}

/** What the address says, where it says something that makes sense. */
function readAddress(): Position {
  const address = new URLSearchParams(location.hash.slice(1));
  const written = address.get("way") ?? "0";
  const way = /^\d+(\.\d+)*$/.test(written) ? written.split(".").map(Number) : [0];
  const at = Number(address.get("at") ?? way.length - 1);
  const isThere = Number.isInteger(at) && at >= 0 && at < way.length;
  return { way, at: isThere ? at : way.length - 1, watched: address.get("watch") ?? model.watched };
}
