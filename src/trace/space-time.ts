/** The space-time diagram of a trace: a lane for each node, a row for each step, an arrow for each delivery of a message. */

import type { DocumentedStep, TraceDocument, Transfer } from "./trace-document.ts";

/** Coordinates are in pixels, the first lane and the first state at half a distance from the upper left. */
export interface SpaceTime {
  readonly width: number;
  readonly height: number;
  readonly lanes: readonly Lane[];
  readonly rows: readonly Row[];
  readonly arrows: readonly Arrow[];
}

export interface Lane {
  /** A node; `null` for whatever is not told to be one. */
  readonly node: string | null;
  readonly x: number;
}

/** A state, and the step that led there. */
export interface Row {
  /** Steps from the first state. */
  readonly step: number;
  readonly y: number;
  readonly label: string;
  readonly isFault: boolean;
  /** Where the step happens: the acting node first. */
  readonly points: readonly Point[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The way of a message from where it was sent, or copied, to what became of it. */
export interface Arrow {
  /** A message that was sent once can be received, and drawn, any number of times; it waits if it never is. */
  readonly kind: "received" | "lost" | "waiting";
  readonly id: number;
  readonly network: string;
  readonly message: string;
  readonly isCopy: boolean;
  readonly from: Point;
  readonly to: Point;
  /** The steps at its ends; that of an arrow that waits is the step that sends. */
  readonly sentAt: number;
  readonly endsAt: number;
}

export interface Distances {
  readonly lane: number;
  readonly row: number;
}

/** Where everything goes. Linear in the length of the trace. */
export function layOut(
  { nodes, trace }: Pick<TraceDocument, "nodes" | "trace">,
  { lane: laneDistance, row: rowDistance }: Distances = { lane: 160, row: 36 },
): SpaceTime {
  const named = trace.steps.flatMap(({ nodes, transfers }) => [
    ...(nodes.length === 0 ? [null] : nodes),
    ...transfers.map(({ node }) => node),
  ]);
  const known = new Set<string | null>([...nodes, ...named.filter((node) => node !== null)]);
  // What is not told to happen at a node happens beside them all; so does a step of a model without nodes.
  const isBeside = known.size === 0 || named.includes(null) || hasUnsent(trace.steps);
  const lanes = [...known, ...(isBeside ? [null] : [])].map((node, i) => ({
    node,
    x: (i + 0.5) * laneDistance,
  }));
  const xOf = new Map(lanes.map(({ node, x }) => [node, x]));
  const yOf = (step: number): number => (step + 0.5) * rowDistance;
  const rows = [
    { step: 0, y: yOf(0), label: "first state", isFault: false, points: [] },
    ...trace.steps.map(({ label, isFault, nodes }, i): Row => {
      const y = yOf(i + 1);
      const points = (nodes.length === 0 ? [null] : nodes).map((node) => ({ x: xOf.get(node)!, y }));
      return { step: i + 1, y, label, isFault, points };
    }),
  ];
  return {
    width: lanes.length * laneDistance,
    height: rows.length * rowDistance,
    lanes,
    rows,
    arrows: arrowsOf(trace.steps, {
      pointOf: (node, step) => ({ x: xOf.get(node)!, y: yOf(step) }),
      stub: { x: laneDistance * 0.35, y: rowDistance * 0.6 },
    }),
  };
}

/** Whether something arrives that was there from the start. */
function hasUnsent(steps: readonly DocumentedStep[]): boolean {
  const sent = new Set<number>();
  return steps.some(({ transfers }) =>
    transfers.some(({ kind, id }) => {
      if (kind === "sent") sent.add(id);
      return !sent.has(id);
    }),
  );
}

interface Grid {
  pointOf(node: string | null, step: number): Point;
  /** How far an arrow goes that ends nowhere. */
  readonly stub: Point;
}

/** Where a message, or a copy of it, set out. */
interface Departure {
  readonly transfer: Transfer;
  readonly step: number;
  readonly isCopy: boolean;
  hasArrived: boolean;
}

function arrowsOf(steps: readonly DocumentedStep[], { pointOf, stub }: Grid): Arrow[] {
  const departures = new Map<number, Departure[]>();
  const arrows: Arrow[] = [];
  const depart = (transfer: Transfer, step: number, isCopy: boolean): Departure => {
    const departure = { transfer, step, isCopy, hasArrived: false };
    const all = departures.get(transfer.id);
    if (all === undefined) departures.set(transfer.id, [departure]);
    else all.push(departure);
    return departure;
  };
  for (const [i, { transfers }] of steps.entries()) {
    const step = i + 1;
    for (const transfer of transfers) {
      const { kind, id, network, message, node } = transfer;
      if (kind === "sent" || kind === "duplicated") {
        depart(transfer, step, kind === "duplicated");
        continue;
      }
      const all = departures.get(id) ?? [depart({ ...transfer, node: null }, 0, false)];
      // Each copy arrives once; what stays in the network arrives again and again from where it was sent.
      const departure = all.find(({ hasArrived }) => !hasArrived) ?? all[0]!;
      departure.hasArrived = true;
      const from = pointOf(departure.transfer.node, departure.step);
      arrows.push({
        ...{ kind, id, network, message, isCopy: departure.isCopy, from, to: pointOf(node, step) },
        ...{ sentAt: departure.step, endsAt: step },
      });
    }
  }
  const waiting = [...departures.values()].flat().filter(({ hasArrived }) => !hasArrived);
  return [
    ...arrows,
    ...waiting.map(({ transfer: { id, network, message, node }, step, isCopy }): Arrow => {
      const from = pointOf(node, step);
      const to = { x: from.x + stub.x, y: from.y + stub.y };
      return { kind: "waiting", id, network, message, isCopy, from, to, sentAt: step, endsAt: step };
    }),
  ];
}
