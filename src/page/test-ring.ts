/** For tests: a token that goes round, for traces of any length. */

import { model, system } from "../model/model.ts";
import { received } from "../schema/received.ts";
import { bags, node, range } from "../schema/schema.ts";

const LONGEST = 10_000;

export const ring = model({
  name: "ring",
  about: "a token that three nodes hand on",
  bounds: { laps: { default: 5, min: 1, max: LONGEST, about: "how often the token is handed on" } },
  system({ laps }) {
    const peer = node(3);
    const mail = bags({ token: { to: peer } }, 1);
    return system({ passed: range(0, laps), mail }, ({ action, always }) => ({
      actions: {
        begin: action({ at: peer }, (s, { at }) => {
          if (at !== 0 || s.passed > 0) return false;
          s.passed++;
          s.mail.token.send({ to: 1 });
        }),
        pass: action({ token: received(mail, "token"), at: peer }, (s, { token, at }) => {
          if (token.to !== at || s.passed === laps) return false;
          s.passed++;
          s.mail.token.take(token);
          s.mail.token.send({ to: (at + 1) % 3 });
        }),
      },
      properties: { endless: always((s) => s.passed < laps || `the token was handed on ${laps} times`) },
    }));
  },
});
