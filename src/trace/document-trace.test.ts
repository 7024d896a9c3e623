import { describe, expect, test } from "vitest";
import { array, messages, node, record } from "../schema/schema.ts";
import { nodesOf } from "./acting-nodes.ts";
import { documentsOf, motley, pinging, stepTexts, unreliable } from "./test-documents.ts";

describe("the document of a trace", () => {
  test("tells who sends a message and each time it is received, by its number", () => {
    const document = documentsOf(pinging).get("endless")!;
    expect(stepTexts(document)).toEqual([
      ["ping(from: n1)", "n1 sent ping{from: n1} #1"],
      ["hear(message: ping{from: n1})", "n2 received ping{from: n1} #1"],
      ["hear(message: ping{from: n1})", "n2 received ping{from: n1} #1", "n2 sent pong{to: n1} #2"],
      ["end(at: n1)", "n1 received pong{to: n1} #2"],
    ]);
    expect(document.nodes).toEqual(["n1", "n2"]);
    expect(document.property).toEqual({
      name: "endless",
      kind: "always",
      verdict: "violated",
      why: "it is over",
    });
  });

  test("tells what faults lose and duplicate, and the ends of channels", () => {
    const document = documentsOf(unreliable).get("in/order")!;
    expect(stepTexts(document)).toEqual([
      ["write(at: p1, text: a)", "p1 sent letter{text: a} #1"],
      ["copy(letter: letter{text: a})", "null duplicated letter{text: a} #1"],
      ["read(letter: letter{text: a}, at: p2)", "p2 received letter{text: a} #1"],
      ["read(letter: letter{text: a}, at: p2)", "p2 received letter{text: a} #1"],
      ["call(number: 1)", "p1 sent frame{number: 1} #2"],
      ["call(number: 2)", "p1 sent frame{number: 2} #3"],
      ["drop()", "p2 lost frame{number: 1} #2"],
      ["answer(link: p1→p2 frame{number: 2})", "p2 received frame{number: 2} #3"],
    ]);
    expect(document.trace.steps.map(({ isFault }) => isFault)).toEqual([
      ...[false, true, false, false, false, false, true, false],
    ]);
    expect(document.trace.steps[0]!.transfers[0]!.network).toBe("mail");
    expect(document.trace.steps[7]!.nodes).toEqual(["p2"]);
  });

  test("is plain data, with a violation and a witness once each", () => {
    const documents = documentsOf(motley);
    expect([...documents].map(([name, { property }]) => [name, property.verdict])).toEqual([
      ["small", "violated"],
      ["some", "holds"],
    ]);
    for (const document of documents.values()) expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });
});

test("nodes are the indices of what belongs to them, at any depth of records", () => {
  const [peer, client] = [node(2), node(2, "c")];
  const state = record({
    inner: record({ logs: array(peer, record({ at: array(client, peer) })) }),
    sent: messages({ ping: { from: client } }),
    clients: array(client, peer),
  });
  expect(nodesOf(state)).toEqual(["n1", "n2", "c1", "c2"]);
});
