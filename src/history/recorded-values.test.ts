import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseEdn, parseJsonLines } from "./history-file.ts";
import { builtInSpecifications } from "./specifications.ts";
import { canonicalText } from "./value.ts";

const ofRegister = { file: "h.jsonl", recording: builtInSpecifications[0]!.recording };

describe("a value", () => {
  const values = fc.jsonValue();

  test("keeps numbers apart that a number of the machine cannot, and knows those that are only written differently", () => {
    const read = (text: string): string => {
      const event = `{"process":0,"type":"invoke","f":"write","value":${text},"took":0.10000000000000000001}`;
      return canonicalText(parseJsonLines(event, ofRegister).history[0]!.args[0]!);
    };
    const apart = [
      "0.1",
      "0.10000000000000000001",
      "1e400",
      "1e401",
      "-1e400",
      "1e-400",
      "0",
      "1e99999999999999999999",
    ];
    expect(new Set(apart.map(read)).size).toBe(apart.length);
    expect(read("1.50")).toBe(read("15e-1"));
    expect(read("10e399")).toBe(read("1.0E+400"));
    expect(read("0.30000000000000004")).toBe("0.30000000000000004");
    expect(read("-0.0e7")).toBe("0");
  });

  test("is read from JSON as JSON.parse reads it", () => {
    fc.assert(
      fc.property(values, (value) => {
        const line = JSON.stringify({ process: 0, type: "invoke", f: "write", value });
        const [operation] = parseJsonLines(line, ofRegister).history;
        expect(canonicalText(operation!.args[0]!)).toBe(canonicalText(JSON.parse(JSON.stringify(value))));
      }),
    );
  });

  test("is read from EDN as it was written there", () => {
    const edn = (value: unknown): string => {
      if (value === null) return "nil";
      if (Array.isArray(value)) return `[${value.map(edn).join(" ")}]`;
      if (typeof value !== "object") return JSON.stringify(value);
      return `{${Object.entries(value)
        .map(([name, field]) => `${JSON.stringify(name)} ${edn(field)}`)
        .join(", ")}}`;
    };
    const unmistakable = fc.jsonValue({ stringUnit: fc.constantFrom("a", "é", "\n", '"', "\\", "/") });
    fc.assert(
      fc.property(unmistakable, (value) => {
        const text = `{:process 0 :type :invoke :f :write :value ${edn(value)}}`;
        const [operation] = parseEdn(text, { ...ofRegister, hasKeyPairs: false }).history;
        expect(canonicalText(operation!.args[0]!)).toBe(canonicalText(JSON.parse(JSON.stringify(value))));
      }),
    );
  });
});
