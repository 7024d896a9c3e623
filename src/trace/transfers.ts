/** What the steps of a trace do to messages: sent, received, lost, duplicated, each message with a number of its own. */

import { without } from "../schema/without.ts";
import type { Mailbox } from "./networks.ts";
import type { Transfer } from "./trace-document.ts";

/** A step, as far as its messages are concerned. */
export interface Passage {
  readonly before: object;
  readonly after: object;
  readonly isFault: boolean;
  /** The node that takes the step, if the model tells. */
  readonly node: string | null;
  /** The messages of a mailbox, as printed, that the step takes as a parameter or reads there. */
  taken(mailbox: Mailbox): readonly string[];
}

/** Follows messages from step to step. */
export class Transfers {
  readonly #mailboxes: readonly { readonly mailbox: Mailbox; readonly numbers: Numbers }[];
  #last = 0;

  /** @param first the first state; what is in a mailbox there was never sent. */
  constructor(mailboxes: readonly Mailbox[], first: object) {
    this.#mailboxes = mailboxes.map((mailbox) => {
      const numbers = new Numbers();
      for (const message of mailbox.read(first)) numbers.add(message, this.#next());
      return { mailbox, numbers };
    });
  }

  /** Must be asked of the steps in order; what is received comes before what is sent. */
  of(passage: Passage): Transfer[] {
    const transfers = this.#mailboxes.flatMap((entry) =>
      this.#ofMailbox(entry.mailbox, entry.numbers, passage),
    );
    const isArrival = ({ kind }: Transfer): boolean => kind === "received" || kind === "lost";
    return [...transfers.filter(isArrival), ...transfers.filter((transfer) => !isArrival(transfer))];
  }

  #ofMailbox(mailbox: Mailbox, numbers: Numbers, passage: Passage): Transfer[] {
    const { isFault, node, taken } = passage;
    const { gone, come } = changes(mailbox, passage);
    const { network, from, to } = mailbox;
    const read = taken(mailbox);
    const arrived = isFault ? gone : [...gone, ...without(unique(read), gone)];
    const arrivals = arrived.flatMap((message): Transfer[] => {
      const id = numbers.oldest(message);
      // What was never there cannot arrive: a step may read a message that it sends itself.
      if (id === undefined) return [];
      return [{ kind: isFault ? "lost" : "received", network, message, id, node: to ?? node }];
    });
    // A copy made by a fault is one of a message that was there when the step began.
    const copies = come.map((message) => (isFault ? numbers.oldest(message) : undefined));
    for (const message of gone) numbers.remove(message);
    const departures = come.map((message, i): Transfer => {
      const id = copies[i] ?? this.#next();
      numbers.add(message, id);
      return {
        kind: copies[i] === undefined ? "sent" : "duplicated",
        network,
        message,
        id,
        node: from ?? node,
      };
    });
    return [...arrivals, ...departures];
  }

  #next(): number {
    this.#last++;
    return this.#last;
  }
}

/** The numbers of the messages in a mailbox; equal ones leave it in the order in which they came. */
class Numbers {
  readonly #byMessage = new Map<string, number[]>();

  add(message: string, id: number): void {
    this.#byMessage.set(message, [...(this.#byMessage.get(message) ?? []), id]);
  }

  oldest(message: string): number | undefined {
    return this.#byMessage.get(message)?.[0];
  }

  remove(message: string): void {
    this.#byMessage.get(message)?.shift();
  }
}

/** What left a mailbox and what came into it. A channel loses at its front and gains at its end, unless by a fault. */
function changes(
  { kind, read }: Mailbox,
  { before, after, isFault }: Passage,
): { gone: readonly string[]; come: readonly string[] } {
  const [was, is] = [read(before), read(after)];
  if (kind === "channel" && !isFault) {
    for (let received = 0; received < was.length; received++) {
      const kept = was.slice(received);
      if (kept.every((message, i) => message === is[i]))
        return { gone: was.slice(0, received), come: is.slice(kept.length) };
    }
  }
  return { gone: without(was, is), come: without(is, was) };
}

const unique = (items: readonly string[]): string[] => [...new Set(items)];
