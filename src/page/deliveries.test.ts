import { describe, expect, test } from "vitest";
import { documentsOf, pinging, unreliable } from "../trace/test-documents.ts";
import { type Delivery, deliveriesOf } from "./deliveries.ts";

const text = ({ kind, message, from, to }: Delivery): string =>
  `${kind} ${message} ${from?.step ?? "first"}→${to?.step ?? "nowhere"}`;

describe("the messages of a trace", () => {
  test("are shown once for each receipt", () => {
    const { trace } = documentsOf(pinging).get("endless")!;
    const receipts = trace.steps.flatMap(({ transfers }) =>
      transfers.filter(({ kind }) => kind === "received"),
    );
    const deliveries = deliveriesOf(trace.steps);
    expect(deliveries.filter(({ kind }) => kind === "delivered")).toHaveLength(receipts.length);
    expect(deliveries.map(text)).toEqual([
      "delivered ping{from: n1} 1→2",
      "delivered ping{from: n1} 1→3",
      "delivered pong{to: n1} 3→4",
    ]);
  });

  test("end where they are lost, and where they are copied", () => {
    for (const [, { trace }] of documentsOf(unreliable)) {
      const transfers = trace.steps.flatMap((step) => step.transfers);
      const deliveries = deliveriesOf(trace.steps);
      const count = (kind: string): number => transfers.filter((transfer) => transfer.kind === kind).length;
      expect(deliveries.filter(({ kind }) => kind === "lost")).toHaveLength(count("lost"));
      expect(deliveries.filter(({ kind }) => kind === "duplicated")).toHaveLength(count("duplicated"));
    }
  });

  test("are pending where nobody has them", () => {
    const sent = { kind: "sent", network: "sent", message: "ping{}", id: 1, node: "n1" } as const;
    expect(deliveriesOf([{ transfers: [] }, { transfers: [sent] }])).toEqual([
      { kind: "pending", message: "ping{}", from: { step: 2, node: "n1" }, to: null },
    ]);
  });

  test("come from nowhere where they were there from the start", () => {
    const received = { kind: "received", network: "sent", message: "ping{}", id: 1, node: "n1" } as const;
    expect(deliveriesOf([{ transfers: [received] }])).toEqual([
      { kind: "delivered", message: "ping{}", from: null, to: { step: 1, node: "n1" } },
    ]);
  });
});
