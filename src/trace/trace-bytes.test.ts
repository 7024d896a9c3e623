import { Packr } from "msgpackr";
import { describe, expect, test } from "vitest";
import { documentsOf, motley, pinging, unreliable } from "./test-documents.ts";
import { decodeTrace, encodeTrace, type TraceEncoding, UnreadableTrace } from "./trace-bytes.ts";

const documents = [motley, pinging, unreliable].flatMap((model) => [...documentsOf(model).values()]);
const [document] = documents;
const encodings: readonly TraceEncoding[] = ["msgpack", "json"];

/** What is said of bytes that are no trace. */
function complaint(bytes: Uint8Array): string {
  try {
    decodeTrace(bytes);
  } catch (error) {
    if (error instanceof UnreadableTrace) return error.message;
    throw error;
  }
  return "none";
}

// biome-ignore lint/suspicious/noExplicitAny: any part of a document can be damaged
type Damage = (document: any) => void;

const changed = (change: Damage): Uint8Array => {
  const copy = structuredClone(document);
  change(copy);
  return new Packr({ useRecords: false }).pack(copy);
};

describe("a trace file", () => {
  test.each(encodings)("is read as it was written, as %s", (encoding) => {
    for (const written of documents) expect(decodeTrace(encodeTrace(written, encoding))).toEqual(written);
  });

  test.each(encodings)("that is cut short anywhere is refused, as %s", (encoding) => {
    const bytes = encodeTrace(document!, encoding);
    expect(complaint(bytes.subarray(0, 0))).toBe("the file is empty");
    for (let length = 1; length < bytes.length - 1; length += 7) {
      const said = complaint(bytes.subarray(0, length));
      if (length < 40) expect(said).not.toBe("none");
      else expect(said).toBe("a damaged trace: the file is cut short, or was changed");
    }
  });

  test("with more behind it is refused", () => {
    const bytes = encodeTrace(document!, "msgpack");
    expect(complaint(Buffer.concat([bytes, bytes]))).toMatch(/^a damaged trace: /);
  });

  test("of a newer version is refused by its number", () => {
    const said = complaint(changed((copy) => (copy.version = 2)));
    expect(said).toBe(
      "a trace of version 2; this Muchado reads version 1 and no later one: use a newer Muchado",
    );
  });

  test.each([
    ["text", Buffer.from("hello\n")],
    ["other JSON", Buffer.from('{"runs": []}')],
    ["a number", Buffer.from([7])],
    ["nothing that can be decoded", Buffer.from([0xc1, 0xff, 0xfe])],
    ["other MessagePack", new Packr().pack({ format: "else" })],
  ])("that is something else is refused: %s", (_, bytes) => {
    expect(complaint(bytes)).toMatch(/^not a trace; /);
  });

  test.each<[string, Damage, string]>([
    ["a part is missing", (copy) => delete copy.repeat, "the document must have required property 'repeat'"],
    ["a version that never was", (copy) => (copy.version = 0), "/version must be equal to constant"],
    [
      "a part is of another sort",
      (copy) => (copy.trace.steps[0].label = 3),
      "/trace/steps/0/label must be string",
    ],
    [
      "a state is another's",
      (copy) => (copy.trace.steps[0].state.count = "x"),
      "in the state after step 1, count is not a whole number",
    ],
    [
      "a state lacks elements",
      (copy) => copy.trace.first.state.marks.pop(),
      "in the state after step 0, marks is not a list of 2",
    ],
    [
      "a message is unknown",
      (copy) => copy.trace.first.state.links[0][1].push({ type: "x" }),
      "in the state after step 0, links[0][1][0] is not one of the messages it can be",
    ],
  ])("that is damaged is refused, with the place: %s", (_, change, what) => {
    expect(complaint(changed(change))).toBe(`a damaged trace: ${what}`);
  });
});
