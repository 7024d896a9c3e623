import { describe, expect, test } from "vitest";
import { fieldTables } from "./field-tables.ts";

describe("fields in tables", () => {
  test("stand side by side where they are of one array", () => {
    const paths = [
      "nodes[n1].promised",
      "nodes[n1].log",
      "nodes[n2].promised",
      "nodes[n2].log",
      "sent.prepare",
    ];
    expect(fieldTables(paths)).toEqual({
      arrays: [
        {
          columns: ["n1", "n2"],
          rows: [
            { group: "nodes", label: "promised", paths: ["nodes[n1].promised", "nodes[n2].promised"] },
            { group: "nodes", label: "log", paths: ["nodes[n1].log", "nodes[n2].log"] },
          ],
        },
      ],
      single: ["sent.prepare"],
    });
  });

  test("share a table where their arrays have the same indices", () => {
    const { arrays } = fieldTables(["votes[n1]", "votes[n2]", "up[n1]", "up[n2]", "rounds[1]"]);
    expect(arrays.map(({ columns, rows }) => [columns, rows.map(({ group }) => group)])).toEqual([
      [
        ["n1", "n2"],
        ["votes", "up"],
      ],
      [["1"], ["rounds"]],
    ]);
  });

  test("of arrays in arrays are rows of the outer one", () => {
    const { arrays } = fieldTables(["links[1][n1]", "links[1][n2]", "links[2][n1]", "links[2][n2]"]);
    expect(arrays).toEqual([
      {
        columns: ["1", "2"],
        rows: [
          { group: "links", label: "[n1]", paths: ["links[1][n1]", "links[2][n1]"] },
          { group: "links", label: "[n2]", paths: ["links[1][n2]", "links[2][n2]"] },
        ],
      },
    ]);
  });
});
