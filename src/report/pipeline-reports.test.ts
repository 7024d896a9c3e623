import { describe, expect, test } from "vitest";
import { annotations } from "./annotations.ts";
import { outcomeDocument } from "./ci-json.ts";
import { junitXml } from "./junit.ts";
import { markdownSummary } from "./markdown.ts";
import { sarifLog } from "./sarif.ts";
import { fairReport, ILL, illReport } from "./test-pipeline-reports.ts";
import { junitErrors, sarifErrors } from "./test-published-schemas.ts";
import { schemaErrors } from "./test-schemas.ts";

const reports = [
  ["everything goes wrong", illReport],
  ["nothing does", fairReport],
] as const;

describe("reports keep to their published formats", () => {
  test.for(reports)("JUnit XML, where %s", async ([, report]) => {
    expect(await junitErrors(junitXml(report))).toEqual([]);
  });

  test("JUnit XML that is damaged is noticed", async () => {
    const xml = junitXml(fairReport).replace("<testcase name=", "<testcase title=");
    expect(await junitErrors(xml)).not.toEqual([]);
  });

  test.for(reports)("SARIF, where %s", ([, report]) => {
    const log = JSON.parse(sarifLog(report)) as { runs: object[] };
    expect(sarifErrors(log)).toBeNull();
    expect(sarifErrors({ ...log, runs: [{}] })).not.toBeNull();
  });

  test.for(reports)("JSON, where %s", ([, report]) => {
    expect(schemaErrors("ci", JSON.parse(outcomeDocument(report.outcome)))).toBeNull();
  });
});

describe("JUnit XML", () => {
  const xml = junitXml(illReport);

  test("has a suite for each run, and counts how its cases ended", () => {
    const suites = [
      ...xml.matchAll(/<testsuite .*?tests="(\d+)" failures="(\d+)" errors="(\d+)" skipped="(\d+)"/g),
    ];
    expect(suites.map((suite) => suite.slice(1).join(" "))).toEqual([
      ...["3 1 0 0", "2 1 0 0", "2 0 0 1", "2 0 1 0", "2 0 0 0"],
      // The mutant that survives, and the certificate that is of no run.
      ...["1 1 0 0", "1 1 0 0"],
    ]);
    expect(xml).toContain('<testsuites name="muchado" tests="13" failures="4" errors="1" time="9.000">');
  });
});

describe("SARIF", () => {
  interface Log {
    runs: {
      results: {
        ruleId: string;
        message: { text: string };
        locations?: object[];
        codeFlows?: {
          threadFlows: { id: string; locations: { executionOrder: number; location: object }[] }[];
        }[];
      }[];
    }[];
  }
  const { results } = (JSON.parse(sarifLog(illReport)) as Log).runs[0]!;

  test("has a result for each complaint, the gravest first", () => {
    expect(results.map(({ ruleId }) => ruleId)).toEqual([
      ...["failure", "violated", "counts", "certificate", "mutants", "inconclusive"],
    ]);
  });

  test("tells a counterexample node by node, each step where its action is written", () => {
    const violation = results.find(({ ruleId }) => ruleId === "violated")!;
    const { threadFlows } = violation.codeFlows![0]!;
    expect(
      threadFlows.map(({ id, locations }) => [id, ...locations.map((step) => step.executionOrder)]),
    ).toEqual([
      ["environment", 2],
      ["n1", 1],
      ["n3", 3],
    ]);
    const place = {
      physicalLocation: {
        artifactLocation: { uri: "models/l%C3%A4mp%20post.ts", uriBaseId: "%SRCROOT%" },
        region: { startLine: 7, startColumn: 3 },
      },
    };
    expect(threadFlows.flatMap(({ locations }) => locations.map(({ location }) => location))).toEqual(
      Array(3).fill(expect.objectContaining(place)),
    );
    expect(violation.locations).toEqual([place]);
    expect(violation.message.text).toContain("{{0}}[x]\\(y)%0A");
  });
});

describe("annotations", () => {
  test("are one line each, whatever a model says", () => {
    const lines = annotations(illReport).split("\n").slice(0, -1);
    expect(
      lines.map(
        (line) => /^::(error|warning) (?:file=([^,]*),line=7,col=3,)?title=[^,\n]*::/.exec(line)?.[1],
      ),
    ).toEqual([...Array(5).fill("error"), "warning"]);
    expect(lines[1]).toContain("file=models/lämp post.ts,line=7,col=3,");
    expect(lines[1]).toContain("%250A%0A");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
    expect(lines.join("")).not.toMatch(/[\u0000-\u001f\u202e]/);
  });

  test("are no more than GitHub shows, and say how many are not shown", () => {
    const { outcome } = fairReport;
    const failures = Array.from({ length: 25 }, () => ({ gate: "counts", run: 0, message: "no" }) as const);
    const lines = annotations({ ...fairReport, outcome: { ...outcome, failures } })
      .split("\n")
      .slice(0, -1);
    expect(lines).toHaveLength(10);
    expect(lines[9]).toBe("::error::16 more complaints: the summary and the log have all");
  });
});

describe("the Markdown summary", () => {
  test("has a row for each run and a section for each complaint", () => {
    const text = markdownSummary(illReport);
    expect(text.match(/^\| \*\*\w+\*\* /gm)).toHaveLength(5);
    expect(text.match(/^### /gm)).toHaveLength(6);
    // The model's text has one backtick, so what it stands in begins and ends with two.
    expect(text).toContain(`\`\`a"b<c>&]]>--{0}[x](y)%0A\\n::error::\\u{1b}[2J\\u{0}\\u{d800}\\u{fffe}\`\\|`);
    expect(text).not.toContain(ILL);
    // The steps of a counterexample are drawn, and nothing that the model says ends the drawing.
    const [, drawing] = /^```mermaid\n([\s\S]*?)\n```$/m.exec(text)!;
    expect(drawing).toMatch(/^sequenceDiagram\n/);
    expect(drawing!.match(/^ {4}Note over p\d: \d write/gm)).toHaveLength(3);
  });

  test("leaves out a drawing that is too large for Mermaid", () => {
    const { outcome, sources } = illReport;
    const long = sources.map(({ traces, ...source }) => ({
      ...source,
      traces: traces.map((document) => ({
        ...document,
        trace: { ...document.trace, steps: Array(500).fill(document.trace.steps[0]) },
      })),
    }));
    const text = markdownSummary({ ...illReport, outcome, sources: long });
    expect(text).not.toContain("```mermaid");
    expect(text).toContain("\nThe counterexample is too long to be drawn here.\n");
  });

  test("is never longer than there is room for, and says what it leaves out", () => {
    for (const mostBytes of [0, 10, 200, 500, 1000, 3000]) {
      expect(Buffer.byteLength(markdownSummary(illReport, { mostBytes }))).toBeLessThanOrEqual(mostBytes);
    }
    expect(markdownSummary(illReport, { mostBytes: 1500 })).toMatch(
      /parts left out: there is no room for more here\.\n$/,
    );
  });
});
