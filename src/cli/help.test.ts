import { describe, expect, test } from "vitest";
import { type Command, type CommandInfo, commands } from "./commands.ts";
import { helpAsked, helpText } from "./help.ts";

describe("the help", () => {
  test.each<[string, ReturnType<typeof helpAsked>]>([
    ["--help", "all"],
    ["-h", "all"],
    ["help", "all"],
    ["help check", "check"],
    ["check help", "check"],
    ["show a.trace --help", "show"],
    ["no-such-command --help", "all"],
    ["check", undefined],
    ["check help me", undefined],
    ["check a -- --help", undefined],
    ["", undefined],
  ])("is asked for by %j: %s", (words, asked) => {
    expect(helpAsked(words.split(" ").filter((word) => word !== ""))).toBe(asked);
  });

  test.each(Object.entries<CommandInfo>(commands))(
    "tells of %s, however narrow the terminal",
    (name, { options }) => {
      expect(helpText("all", 100)).toContain(`\n  muchado ${name}`);
      for (const width of [30, 60, 100]) {
        const text = helpText(name as Command, width);
        for (const option of Object.keys(options)) expect(text).toContain(`\n  --${option}`);
        const tooLong = text.split("\n").filter((line) => line.length > width);
        expect(tooLong).toEqual([]);
      }
    },
  );

  test("stands beside names, and below them where they leave no room", () => {
    expect(helpText("replay", 40)).toContain(
      "\n  --no-color       print no colours\n                   (also NO_COLOR)\n",
    );
    expect(helpText("replay", 24)).toContain("\n  --target TARGET\n            another\n");
  });
});
