import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Instance } from "../model/instance.ts";
import { draftOf } from "../model/plain.ts";
import { array, bags, channels, flag, node, option, range, record, set } from "../schema/schema.ts";
import { outcome } from "../schema/test-operations.ts";
import { kindsOfStates } from "../schema/test-states.ts";
import type { DraftOf } from "../schema/type.ts";
import { watchedDraft } from "./watched-draft.ts";

describe("a watched draft", () => {
  test.each(kindsOfStates)("%s does what the draft does that it watches", (_, states) => {
    const stateAndOperations = states.chain((state) =>
      fc.tuple(fc.constant(state), fc.array(state.operation, { minLength: 1, maxLength: 10 })),
    );
    const property = fc.property(stateAndOperations, ([{ type }, operations]) => {
      const instance = { root: type } as unknown as Instance;
      const [plain, watched] = [{ state: type.initial }, { state: type.initial }];
      const draft = draftOf(instance, plain);
      const watching = watchedDraft(instance, watched, {});
      for (const operation of operations) {
        const { result, error } = { result: undefined, error: undefined, ...outcome(operation, watching) };
        const expected = { result: undefined, error: undefined, ...outcome(operation, draft) };
        expect(error).toEqual(expected.error);
        if (typeof result !== "object") expect(result).toEqual(expected.result);
        expect(watched).toEqual(plain);
      }
    });
    fc.assert(property, { numRuns: 60 });
  });

  test("tells each part that is read, as printed, and which elements are looked up", () => {
    const peer = node(2);
    const root = record({
      leader: option(peer),
      nodes: array(peer, record({ isUp: flag(), votes: array(range(1, 2), peer) })),
      known: set(peer),
      mail: bags({ note: { to: peer } }, 2),
      links: channels(peer, peer, { go: {} }, 2),
    });
    const state = { ...root.initial, leader: 1, known: [0], mail: { note: [{ type: "note", to: 1 }] } };
    const read: string[] = [];
    const found: unknown[] = [];
    const s = watchedDraft(
      { root } as unknown as Instance,
      { state },
      {
        read: (path, value) => read.push(`${path}: ${value}`),
        found: (_, element) => found.push(element),
      },
    ) as DraftOf<typeof root>;
    expect(s.leader).toBe(1);
    expect(s.nodes[1]!.isUp).toBe(false);
    expect(s.nodes[0]!.votes.get(2)).toBe(0);
    expect(s.known.has(1)).toBe(false);
    expect(s.mail.note.match({ to: 0 })).toBeUndefined();
    expect(s.mail.note.match({ to: 1 })).toEqual({ type: "note", to: 1 });
    expect(s.links[0]![1]!.length).toBe(0);
    s.leader = null;
    expect(read).toEqual([
      ...["leader: n2", "nodes[n2].isUp: false", "nodes[n1].votes[2]: n1", "known: {n1}"],
      ...["mail.note: {note{to: n2}}", "mail.note: note{to: n2}", "links[n1][n2]: []"],
    ]);
    expect(found).toEqual([{ type: "note", to: 1 }]);
  });
});
