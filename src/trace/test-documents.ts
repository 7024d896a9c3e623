/** For tests: small models with every sort of network, and the documents of their findings. */

import { explore } from "../explore/explore.ts";
import { instantiate } from "../model/instance.ts";
import { type Model, model, system } from "../model/model.ts";
import { received } from "../schema/received.ts";
import {
  array,
  bags,
  channels,
  flag,
  messages,
  node,
  oneOf,
  option,
  range,
  record,
  sequence,
  set,
} from "../schema/schema.ts";
import { judge } from "../verdict/judge.ts";
import { documentTrace, findingsOf } from "./document-trace.ts";
import type { TraceDocument, Transfer } from "./trace-document.ts";

/** The documents of all that a run finds, by the names of the properties. */
export function documentsOf(
  checked: Model,
  bounds: { readonly [name: string]: number } = {},
): Map<string, TraceDocument> {
  const instance = instantiate(checked, bounds);
  const properties = instance.defaultProperties;
  const run = judge(instance, explore(instance), {
    target: checked.name,
    workers: 1,
    seconds: 0,
    repeat: `muchado check ${checked.name}`,
    properties,
  });
  const origin = { tool: { name: "muchado", version: "0" }, target: run.target, repeat: run.repeat };
  return new Map(
    findingsOf(run.properties).map((finding) => [finding.name, documentTrace(instance, finding, origin)]),
  );
}

/** `n1 sent ping{from: n1} #1` */
export const transferText = ({ kind, message, id, node }: Transfer): string =>
  `${node} ${kind} ${message} #${id}`;

/** Each step as its label and what it does to messages. */
export function stepTexts({ trace }: TraceDocument): string[][] {
  return trace.steps.map(({ label, transfers }) => [label, ...transfers.map(transferText)]);
}

/** Pings that stay where they were sent; pongs that are only looked up. */
export const pinging = model({
  name: "pinging",
  about: "a ping that is heard twice, and a pong that is looked up",
  bounds: {},
  system() {
    const peer = node(2);
    const sent = messages({ ping: { from: peer }, pong: { to: peer } });
    return system({ heard: array(peer, range(0, 2)), isOver: flag(), sent }, ({ action, always }) => ({
      actions: {
        ping: action({ from: peer }, (s, { from }) => {
          if (from === 1 || s.sent.ping.size > 0) return false;
          s.sent.ping.send({ from });
        }),
        hear: action({ message: received(sent, "ping") }, (s, { message }) => {
          const to = 1 - message.from;
          if (s.heard.get(to) === 2) return false;
          s.heard.set(to, s.heard.get(to) + 1);
          if (s.heard.get(to) === 2) s.sent.pong.send({ to: message.from });
        }),
        end: action({ at: peer }, (s, { at }) => {
          if (s.isOver || s.sent.pong.match({ to: at }) === undefined) return false;
          s.isOver = true;
        }),
      },
      properties: { endless: always((s) => !s.isOver || "it is over") },
    }));
  },
});

/** A bag and a channel, and faults that lose and duplicate what is in them. */
export const unreliable = model({
  name: "unreliable",
  about: "messages that are lost and duplicated",
  bounds: {},
  system() {
    const peer = node(2, "p");
    const mail = bags({ letter: { text: oneOf("a", "b") } }, 2);
    const links = channels(peer, peer, { frame: { number: range(1, 2) } }, 2);
    const state = { mail, links, got: sequence(oneOf("a", "b"), 2), frames: sequence(range(1, 2), 2) };
    return system(state, ({ action, fault, always }) => ({
      actions: {
        write: action({ at: peer, text: oneOf("a", "b") }, (s, { text, at }) => {
          if (at === 1 || s.mail.letter.size > 0 || s.got.length > 0 || text === "b") return false;
          s.mail.letter.send({ text });
        }),
        read: action({ letter: received(mail, "letter"), at: peer }, (s, { letter, at }) => {
          if (at === 0 || s.got.length === 2) return false;
          s.mail.letter.take(letter);
          s.got = [...s.got, letter.text];
        }),
        call: action({ number: range(1, 2) }, (s, { number }) => {
          if (s.got.length < 2 || number !== 1 + s.links[0]![1]!.length || s.frames.length > 0) return false;
          s.links[0]![1]!.send({ type: "frame", number });
        }),
        answer: action({ link: received(links) }, (s, { link: { from, to, message } }) => {
          s.links[from]![to]!.shift();
          s.frames = [...s.frames, message.number];
        }),
      },
      faults: {
        copy: fault({ letter: received(mail, "letter") }, (s, { letter }) => {
          if (s.got.length > 0) return false;
          s.mail.letter.send(letter);
        }),
        drop: fault({}, (s) => {
          const link = s.links[0]![1]!;
          if (link.length < 2) return false;
          link.shift();
        }),
      },
      properties: {
        "in/order": always((s) => s.frames.length === 0 || s.frames[0] === 1 || "frame 2 came first"),
      },
    }));
  },
});

/** Every sort of type in one state, so that its shape and its readers are tried on all of them. */
export const motley = model({
  name: "motley",
  about: "a bit of everything",
  bounds: {},
  system() {
    const peer = node(2, "m");
    const entry = record({ round: range(0, 2), text: oneOf("", "x", "a;b #c") });
    const state = {
      count: range(-1, 2),
      owner: option(peer),
      best: option(entry),
      log: sequence(entry, 2),
      known: set(peer),
      marks: array(range(1, 2), flag()),
      logs: array(peer, record({ log: sequence(range(0, 2), 2), last: entry })),
      mail: bags({ note: { to: peer } }, 2),
      links: channels(peer, peer, { go: { entry }, stop: {} }, 2),
    };
    return system(state, ({ action, always, sometimes }) => ({
      actions: {
        go: action({ at: peer }, (s, { at }) => {
          if (s.count === 2) return false;
          s.count++;
          s.owner = at;
          const last = { round: Math.max(0, s.count), text: "a;b #c" } as const;
          s.best = last;
          if (s.log.length < 2) s.log = [...s.log, last];
          s.known.add(at);
          s.marks.set(1, !s.marks.get(1));
          s.logs[at]!.log = [Math.max(0, s.count)];
          s.logs[at]!.last = last;
          if (s.mail.note.size < 2) s.mail.note.send({ to: at });
          if (s.links[at]![1 - at]!.length < 2) s.links[at]![1 - at]!.send({ type: "go", entry: last });
        }),
      },
      properties: { small: always((s) => s.count < 2 || "too much"), some: sometimes((s) => s.count === 1) },
    }));
  },
});
