import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { History } from "./history.ts";
import * as files from "./history-file.ts";
import { linearize } from "./linearize.ts";
import { recordingOf, shapes } from "./recording.ts";
import { builtInSpecifications } from "./specifications.ts";
import { HistoryFileError } from "./text-cursor.ts";

const [register, store] = builtInSpecifications.map(({ recording }) => recording);
const ofRegister = { file: "h.jsonl", recording: register! };
const ofStore = { file: "h.jsonl", recording: store! };

const parseHistory = (text: string, options: files.HistoryFileOptions) =>
  files.parseHistory(text, options).history;
const parseJsonLines = (text: string, options: files.HistoryFileOptions) =>
  files.parseJsonLines(text, options).history;
const parseEdn = (text: string, options: files.HistoryFileOptions) => files.parseEdn(text, options).history;

const writeAndRead: History = [
  { kind: "complete", client: "0", method: "write", args: [1], invoked: 0, returned: 2, result: null },
  { kind: "complete", client: "1", method: "read", args: [], invoked: 1, returned: 3, result: 1 },
];

describe("events in JSON lines", () => {
  test("become operations by process", () => {
    const text = `
      {"process": 0, "type": "invoke", "f": "write", "value": 1}
      {"process": 1, "type": "invoke", "f": "read", "value": null}
      {"process": 0, "type": "ok", "f": "write", "value": 1}
      {"process": 1, "type": "ok", "f": "read", "value": 1}
    `;
    expect(parseJsonLines(text, ofRegister)).toEqual(writeAndRead);
    expect(parseHistory(text, ofRegister)).toEqual(writeAndRead);
  });

  test("may stand in one list", () => {
    const text =
      '[{"process":0,"type":"invoke","f":"write","value":1},{"process":1,"type":"invoke","f":"read"},' +
      '{"process":0,"type":"ok"},{"process":1,"type":"ok","value":1}]';
    expect(parseJsonLines(text, ofRegister)).toEqual(writeAndRead);
  });

  test("of type fail did not happen, of type info may have, and the client may go on", () => {
    const text = `
      {"process": "a", "type": "invoke", "f": "cas", "value": [1, 2]}
      {"process": "a", "type": "fail"}
      {"process": "a", "type": "invoke", "f": "cas", "value": [3, 4]}
      {"process": "a", "type": "info"}
      {"process": "a", "type": "invoke", "f": "cas", "value": [5, 6]}
      {"process": "a", "type": "ok", "value": [5, 6]}
      {"process": "a", "type": "invoke", "f": "cas", "value": [7, 8]}
      {"process": "a", "type": "ok", "value": false}
    `;
    const cas = { client: "a", method: "cas" };
    expect(parseJsonLines(text, ofRegister)).toEqual([
      { kind: "pending", ...cas, args: [3, 4], invoked: 2, abandoned: 3 },
      { kind: "complete", ...cas, args: [5, 6], invoked: 4, returned: 5, result: true },
      { kind: "complete", ...cas, args: [7, 8], invoked: 6, returned: 7, result: false },
    ]);
  });

  test("have keys that are arguments of a store and instances of a register", () => {
    const text = `
      {"process": 0, "type": "invoke", "f": "write", "key": "x", "value": 1}
      {"process": 0, "type": "ok", "f": "write", "key": "x", "value": 1}
    `;
    expect(parseJsonLines(text, ofStore)).toMatchObject([{ method: "put", args: ["x", 1] }]);
    expect(parseJsonLines(text, ofRegister)).toMatchObject([{ method: "write", args: [1], instance: "x" }]);
  });

  test("have keys that differ where only their types do", () => {
    const text = `
      {"process": 0, "type": "invoke", "f": "write", "key": 1, "value": 1}
      {"process": 1, "type": "invoke", "f": "read", "key": "1"}
    `;
    expect(parseJsonLines(text, ofRegister)).toMatchObject([{ instance: "1" }, { instance: '"1"' }]);
  });

  test("may have no operation that took effect", () => {
    const nothing = [
      "[]",
      '{"process":"nemesis","type":"info","f":"start"}',
      '{"process":0,"type":"invoke","f":"write","value":1} {"process":0,"type":"fail"}',
    ];
    for (const text of nothing) expect(parseJsonLines(text, ofRegister)).toEqual([]);
    expect(linearize([], builtInSpecifications[0]!.object)).toMatchObject({ kind: "linearizable" });
  });

  test("keep integers of any size apart", () => {
    const text = '{"process":0,"type":"invoke","f":"write","value":9007199254740993}';
    expect(parseJsonLines(text, ofRegister)).toMatchObject([{ args: [9007199254740993n] }]);
  });

  test("of another object have a list of arguments", () => {
    const recording = recordingOf("instance", { set: { shape: shapes.call } });
    const text =
      '{"process":0,"type":"invoke","f":"set","value":["a","x"]} {"process":0,"type":"ok","value":"was b"}';
    expect(parseJsonLines(text, { file: "h.jsonl", recording })).toMatchObject([
      { method: "set", args: ["a", "x"], result: "was b" },
    ]);
  });
});

describe("whole operations in JSON lines", () => {
  test("are put in order by their times", () => {
    const text = `
      {"client": 1, "method": "read", "args": [], "result": 1, "invoked": 15, "returned": 30.5}
      {"client": 0, "method": "write", "args": [1], "invoked": 10, "returned": 20}
    `;
    expect(parseJsonLines(text, ofRegister)).toEqual(writeAndRead);
  });

  test("are pending without returned, until their client calls again", () => {
    const text = `
      {"client": 0, "method": "write", "args": [1], "invoked": 10}
      {"client": 0, "method": "read", "result": 0, "invoked": 12, "returned": 13}
      {"client": 1, "method": "write", "args": [2], "invoked": 14, "returned": null}
    `;
    expect(parseJsonLines(text, ofRegister)).toMatchObject([
      { kind: "pending", method: "write", args: [1], invoked: 0, abandoned: 1 },
      { kind: "complete", method: "read", invoked: 2, returned: 3, result: 0 },
      { kind: "pending", method: "write", args: [2], invoked: 4 },
    ]);
  });

  test("overlap when the clock cannot tell, but those of one client follow each other", () => {
    const operation = (client: string, result: number, invoked: number, returned: number) =>
      JSON.stringify({ client, method: "read", result, invoked, returned });
    const lines = [
      operation("a", 1, 5, 5),
      operation("a", 2, 5, 5),
      operation("b", 3, 5, 6),
      operation("c", 4, 4, 5),
    ];
    const history = parseJsonLines(lines.join("\n"), ofRegister);
    const [c, a1, b, a2] = history;
    expect(history).toMatchObject([{ result: 4 }, { result: 1 }, { result: 3 }, { result: 2 }]);
    for (const operation of [c, a1, b, a2])
      if (operation?.kind !== "complete") throw new Error("all returned");
    const moments = history.flatMap((op) => (op.kind === "complete" ? [op.invoked, op.returned] : []));
    expect(moments).toEqual([0, 6, 1, 3, 2, 7, 4, 5]);
  });

  test("have nanoseconds since 1970 as exact times", () => {
    const text = `
      {"client": 0, "method": "write", "args": [1], "invoked": 1700000000000000002, "returned": 1700000000000000004}
      {"client": 1, "method": "read", "result": 1, "invoked": 1700000000000000003, "returned": 1700000000000000005}
    `;
    expect(parseJsonLines(text, ofRegister)).toEqual(writeAndRead);
  });

  test("name the key as the first argument of a store, or as key", () => {
    const text = `
      {"client": 0, "method": "set", "args": ["x", 1], "invoked": 1, "returned": 2}
      {"client": 0, "method": "get", "key": "x", "result": 1, "invoked": 3, "returned": 4}
    `;
    expect(parseJsonLines(text, ofStore)).toMatchObject([
      { method: "put", args: ["x", 1], result: null },
      { method: "get", args: ["x"], result: 1 },
    ]);
  });
});

describe("events in EDN", () => {
  const ofEdn = { ...ofRegister, file: "history.edn" };

  test("are read as Jepsen writes them, one map a line", () => {
    const text = `
      {:type :invoke, :f :write, :value 1, :time 3291485317, :process 0, :index 0}
      {:type :info, :f :start, :value nil, :process :nemesis, :index 1}
      {:type :invoke, :f :read, :value nil, :time 3296209422, :process 1, :index 2} ; a comment
      {:type :ok, :f :write, :value 1, :time 3306545279, :process 0, :index 3}
      {:type :info, :f :start, :value {:isolated #{"n1" "n2"}}, :process :nemesis, :index 4}
      {:type :ok, :f :read, :value 1, :time 3316545279, :process 1, :index 5}
    `;
    expect(parseEdn(text, ofEdn)).toEqual(writeAndRead);
    expect(parseHistory(text, ofEdn)).toEqual(writeAndRead);
    expect(parseHistory(`; from a pipe\n${text}`, { ...ofEdn, file: "-" })).toEqual(writeAndRead);
  });

  test("are read from tagged records in one vector, whatever else these hold", () => {
    const text = `[
      #jepsen.history.Op{:index 0, :time 0, :type :invoke, :process 0, :f :write, :value 1}
      #jepsen.history.Op{:index 1, :time 1, :type :invoke, :process 1, :f :read, :value nil}
      #_ #jepsen.history.Op{:type :unreadable}
      #jepsen.history.Op{:index 2, :time 2, :type :ok, :process 0, :f :write, :value 1, :node "n1"
        :extra [1.5e3 -2M 7N 1/2 \\a \\newline \\( foo/bar ##NaN #inst "2024-01-01" #"a\\d" () "a\\"\\u0041\\n" {[1 2] #{}}]}
      #jepsen.history.Op{:index 3, :type :ok, :process 1, :f :read, :value 1, :exception {:via [{:type java.net.X}]}}]`;
    expect(parseEdn(text, ofEdn)).toEqual(writeAndRead);
  });

  const paired = `
    {:process 0 :type :invoke :f :write :value [:x 1]} {:process 0 :type :ok :f :write :value [:x 1]}
    {:process 0 :type :invoke :f :read :value [:y nil]} {:process 0 :type :ok :f :read :value [:y nil]}
    {:process 0 :type :invoke :f :cas :value [:x [1 2]]} {:process 0 :type :ok :f :cas :value [:x [1 2]]}
  `;

  test("with a key in each value are recognized", () => {
    expect(parseEdn(paired, ofEdn)).toMatchObject([
      { instance: ":x", method: "write", args: [1] },
      { instance: ":y", method: "read", args: [], result: null },
      { instance: ":x", method: "cas", args: [1, 2], result: true },
    ]);
    expect(parseEdn(paired, { ...ofStore, file: "history.edn" })).toMatchObject([
      { method: "put", args: [":x", 1] },
      { method: "get", args: [":y"], result: null },
      { method: "cas", args: [":x", 1, 2], result: true },
    ]);
  });

  test("with pairs that a register could hold are taken as plain values, unless told otherwise", () => {
    const text = "{:process 0 :type :invoke :f :write :value [:x [1 2]]}";
    expect(parseEdn(text, ofEdn)).toMatchObject([{ args: [[":x", [1, 2]]] }]);
    expect(parseEdn(text, { ...ofEdn, hasKeyPairs: true })).toMatchObject([
      { instance: ":x", args: [[1, 2]] },
    ]);
    const keyed = "{:process 0 :type :invoke :f :read :value [:x nil]}";
    expect(parseEdn(keyed, ofEdn)).toMatchObject([{ instance: ":x", args: [] }]);
    expect(() => parseEdn(keyed, { ...ofEdn, hasKeyPairs: false })).toThrow(
      '[":x",null] is not what read takes',
    );
  });

  test("of a register whose second value is stale are found not linearizable", () => {
    const text = paired.replace(":value [:y nil]}\n", ":value [:y 7]}\n");
    expect(linearize(parseEdn(text, ofEdn), builtInSpecifications[0]!.object)).toMatchObject({
      kind: "not-linearizable",
      part: { name: ":y" },
    });
  });
});

describe("a mistake in a file", () => {
  const invoke = '{"process":0,"type":"invoke","f":"write","value":1}';
  const whole = '{"client":0,"method":"read","invoked":1,"returned":';

  test.each([
    ["", "1:1: no event; write one a line, or [] if nothing happened"],
    [
      `${invoke}\n{"process":0,"type":"ok","value":2}`,
      "2:34: write returns 2, but was called with 1; write the same value at the return, or none",
    ],
    [
      '{"process":0,"type":"invoke","f":"cas","value":[null,1]}\n{"process":0,"type":"ok","value":[3,2]}',
      "2:34: cas returns [3,2], but was called with [null,1]; write the same value at the return, or none",
    ],
    [
      '{"process":0,"type":"invoke","f":"read","key":"x"}\n{"process":0,"type":"info","key":"y"}',
      '2:34: a return for key "y", but the call was for "x"; write the key of the call',
    ],
    [
      `${invoke}\n{"process":0,"type":"ok","key":"x"}`,
      '2:32: a return for key "x", but the call was for none; write the key of the call',
    ],
    [
      `${invoke}\n{"process":0,"type":"o`,
      '2:21: a string without an end; write " at its end, on the same line',
    ],
    [`${invoke}\n{"process":0,`, '2:14: a field without a name; write "name": value'],
    [`${invoke}\n{"process" 0}`, '2:12: no colon after "process"; write "process": value'],
    [`${invoke}\n{"process":0 "type":1}`, "2:14: the bracket { is not closed; write , or }"],
    ['{"process":0,"process":1}', '1:14: the field "process" twice; leave one out'],
    ['{"process":zero}', "1:12: zero is no JSON value; write one event a line, as a JSON object"],
    [
      '{"process":"\\x"}',
      '1:12: a string with a wrong escape or a control character; write \\n, \\", \\\\ or \\u1234',
    ],
    ["[".repeat(300), "1:201: nested deeper than 200; write one event a line"],
    ["7", "1:1: this is no event; write a map with process, type, f and value"],
    ['{"type":"invoke"}', "1:1: an event without a process; write which client it is of"],
    ['{"process":0}', "1:1: an event without a type; write invoke, ok, fail or info"],
    ['{"process":0,"type":"okay"}', "1:21: an event of type okay; write invoke, ok, fail or info"],
    ['{"process":0,"type":"invoke"}', "1:1: a call without f; write one of read, write, cas"],
    ['{"process":0,"type":"invoke","f":"get"}', "1:34: an unknown method get; write one of read, write, cas"],
    [
      '{"process":0,"type":"invoke","f":"cas","value":[1]}',
      "1:48: [1] is not what cas takes; write [old, new] as the value of cas",
    ],
    [
      '{"process":0,"type":"ok"}',
      "1:1: process 0 has no operation in flight that could end in ok; write its invoke before it",
    ],
    [
      `${invoke}\n${invoke}`,
      "2:1: process 0 has two operations in flight; write the ok, fail or info of its last one before it",
    ],
    [
      `${invoke}\n{"process":0,"type":"ok","f":"read"}`,
      "2:30: read ends, but process 0 called write; write the f of the call",
    ],
    [`${whole}0}`, "1:52: an operation that returned before it was called; write a later time"],
    [`${whole}"now"}`, '1:52: "now" is no time; write a number'],
    [`${whole}2,"reslut":1}`, "1:63: an operation with reslut; write result, or call it something else"],
    [`${whole}2,"type":"fail"}`, "1:61: an operation that failed; leave it out: it did not happen"],
    [`${whole}2,"args":[1]}`, "1:61: read takes 0 arguments, not 1; write them as a list"],
    [`${whole}2}`, "1:1: read returned without a result; write the result, be it null"],
    [
      '{"process":0,"type":"invoke","f":"write"}',
      "1:1: a call of write without a value; write one value, be it null",
    ],
    [
      '{"process":0,"type":"invoke","f":"read"}\n{"process":0,"type":"ok","f":"read"}',
      "2:1: read returned without a value; write the result, be it null",
    ],
    [`${whole}2,"args":1}`, "1:61: 1 is no list; write the arguments as [a, b]"],
    [
      `${whole}3,"result":1}\n${whole}4,"result":1}`,
      "2:1: client 0 has two operations in flight; write another client for one",
    ],
    [
      `${whole}2,"result":1}\n{"client":0}`,
      "2:1: an operation without method; write what was called as method",
    ],
    [
      `${whole}2,"result":1}\n7`,
      "2:1: this is no operation; write a map with client, method, args, result, invoked and returned",
    ],
    [`${whole.replace("read", "get")}2}`, '1:22: an unknown method "get"; write one of read, write, cas'],
  ])("in JSON is told with its place and what to write, case %$", (text, message) => {
    expect(() => parseJsonLines(text, ofRegister)).toThrow(`h.jsonl:${message}`);
    expect(() => parseJsonLines(text, ofRegister)).toThrow(HistoryFileError);
  });

  test.each([
    ["{:process 0 :type :invoke", "1:1: the bracket { is not closed; write } at its end"],
    ["[{:process 0}}", "1:14: } where a value should be; check the brackets before it"],
    ["{:process 0 :type}", "1:13: a map with a key that has no value; write a value after each key"],
    ["{:process 0 :process 1}", "1:13: the key process twice; leave one out"],
    ['{:process "0}', '1:11: a string without an end; write " at its end'],
    ['{:process "\\q"}', '1:11: the escape \\q; write \\n, \\", \\\\ or \\u1234'],
    ["\n  #tag", "2:7: the end of the file where a value should be; check the brackets before it"],
    [
      "{:process 0 :type :invoke :f :put :value 1}",
      "1:1: a call without a key; write a field key, or [key, value] as every value",
    ],
    [
      "{:process 0 :type :invoke :f :get :key 1 :value 2}",
      "1:49: 2 is not what get takes; write nothing as the value of get",
    ],
    [
      "{:process 0 :type :invoke :f :get :value [1 nil]}{:process 0 :type :ok :f :get :value [2 nil]}",
      "1:87: a return for key 2, but the call was for 1; write the key of the call",
    ],
    ["#_ ".repeat(300), "1:603: nested deeper than 200; write one event a line"],
  ])("in EDN is told with its place and what to write, case %$", (text, message) => {
    expect(() => parseEdn(text, { ...ofStore, file: "history.edn" })).toThrow(`history.edn:${message}`);
  });

  test("has no other consequence than a message", () => {
    const pieces = fc.constantFrom(
      '{"process":',
      "0,",
      '"type":',
      '"invoke"',
      '"f":"read"',
      "}",
      "{",
      "[",
      "]",
      "#",
      "#_",
      "#{",
      ":type",
      ":invoke",
      "nil",
      '"',
      "\\",
      "\n",
      " ",
      ",",
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(pieces).map((chosen) => chosen.join("")),
    );
    fc.assert(
      fc.property(text, (broken) => {
        for (const parse of [parseJsonLines, parseEdn]) {
          try {
            parse(broken, ofRegister);
          } catch (error) {
            expect(error).toBeInstanceOf(HistoryFileError);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });
});
