/**
 * ADO-21 by itself: every client pulls, invokes and pushes as it likes, and every operation may fail. A cache is named
 * by the time that wrote it and its number within that time: times have one owner, so that is as good as its path.
 */

import {
  array,
  type Model,
  model,
  node,
  oneOf,
  option,
  range,
  record,
  type State,
  sequence,
  set,
  system,
} from "../../src/index.ts";

const ado: Model = model({
  name: "ado",
  about: "the atomic distributed object by itself (ADO-21: log, tree of caches, owners)",
  theorem: "the committed log only grows, and every cache stands on a branch from it",
  bounds: {
    clients: { default: 2, min: 1, max: 4, about: "clients" },
    times: { default: 3, min: 1, max: 5, about: "logical times" },
    methods: { default: 1, min: 1, max: 3, about: "methods that an owner invokes at one time" },
  },
  system({ clients, times, methods }) {
    const client = node(clients, "c");
    const time = range(1, times);
    const index = range(1, methods);
    const cache = record({ time: range(0, times), index: range(0, methods) });
    const fields = {
      /** The committed caches in order. */
      persist: sequence(record({ time, index }), times * methods),
      /** The uncommitted ones. */
      tree: set(record({ time, index })),
      times: array(
        time,
        record({
          /** A preempted time has no owner, and can still be won. */
          state: oneOf("untried", "preempted", "owned"),
          owner: client,
          parent: cache,
          invoked: range(0, methods),
        }),
      ),
      /** The time at which each client would invoke next. */
      current: array(client, option(time)),
    };
    type S = State<typeof fields>;
    type Cache = { readonly time: number; readonly index: number };

    const root = (s: S): Cache => s.persist.at(-1) ?? { time: 0, index: 0 };
    const isSame = (a: Cache, b: Cache): boolean => a.time === b.time && a.index === b.index;
    const isThere = (s: S, c: Cache): boolean =>
      isSame(c, root(s)) || (c.index > 0 && c.time > 0 && s.tree.has(c));
    const latest = (s: S): number => {
      let last = times;
      while (last > 0 && s.times[last]!.state === "untried") last--;
      return last;
    };
    const parentOf = (s: S, { time, index }: Cache): Cache => {
      if (index > 1) return { time, index: index - 1 };
      const { parent } = s.times[time]!;
      return { time: parent.time, index: parent.index };
    };
    /** The caches from the root of all logs to `c`, in order. */
    const path = (s: S, c: Cache): Cache[] => (c.time === 0 ? [] : [...path(s, parentOf(s, c)), c]);
    /** What a time adopted is dropped once nothing stands on it, and its count once its owner has gone on. */
    const tidy = (s: S): void => {
      const used = new Set<number>();
      const use = (t: number): void => {
        if (t === 0 || used.has(t)) return;
        used.add(t);
        use(s.times[t]!.parent.time);
      };
      for (let c = 0; c < clients; c++) use(s.current.get(c) ?? 0);
      for (const { time } of [...s.tree.values(), ...s.persist]) use(time);
      for (let t = 1; t <= times; t++) {
        const { state, owner } = s.times[t]!;
        if (!used.has(t)) s.times[t]!.parent = { time: 0, index: 0 };
        if (state !== "owned" || s.current.get(owner) !== t) s.times[t]!.invoked = 0;
      }
    };
    const preemptUpTo = (s: S, last: number): void => {
      for (let t = 1; t <= last; t++) if (s.times[t]!.state === "untried") s.times[t]!.state = "preempted";
    };

    return system(fields, ({ action, always, step }) => ({
      actions: {
        pull: action({ client, time, at: cache }, (s, { client, time, at }) => {
          const won = s.times[time]!;
          if (won.state === "owned" || time > latest(s) + 1 || at.time >= time || !isThere(s, at))
            return false;
          preemptUpTo(s, time - 1);
          won.state = "owned";
          won.owner = client;
          won.parent = at;
          s.current.set(client, time);
          tidy(s);
        }),
        pullPreempts: action({ time }, (s, { time }) => {
          if (time !== latest(s) + 1) return false;
          preemptUpTo(s, time);
        }),
        pullFails: action({ client }, () => {}),
        invoke: action({ client }, (s, { client }) => {
          const time = s.current.get(client);
          if (time === null) return false;
          const own = s.times[time]!;
          if (own.invoked === methods) return false;
          const next = { time, index: own.invoked + 1 };
          if (!isThere(s, parentOf(s, next))) return false;
          s.tree.add(next);
          own.invoked++;
        }),
        invokeFails: action({ client }, (s, { client }) => {
          const time = s.current.get(client);
          if (time === null) return;
          return !isThere(s, parentOf(s, { time, index: s.times[time]!.invoked + 1 }));
        }),
        push: action({ client, index }, (s, { client, index }) => {
          const time = s.current.get(client);
          const owner = s.times[latest(s)];
          if (time === null || owner?.state !== "owned" || owner.owner !== client) return false;
          const at = { time, index };
          if (!s.tree.has(at)) return false;
          const committed = path(s, at);
          const kept = s.tree
            .values()
            .filter((c) => !isSame(c, at) && path(s, c).some((before) => isSame(before, at)));
          s.persist = committed;
          s.tree.clear();
          for (const c of kept) s.tree.add(c);
          tidy(s);
        }),
        pushFails: action({ client }, () => {}),
      },
      properties: {
        "log-grows": step((before, after) => {
          const isPrefix = before.persist.every(
            (c, i) => after.persist[i] !== undefined && isSame(c, after.persist[i]),
          );
          return isPrefix || "a committed cache was replaced or removed";
        }),
        "log-is-a-branch": always((s) =>
          s.persist.every((c, i) => isSame(parentOf(s, c), s.persist[i - 1] ?? { time: 0, index: 0 })),
        ),
        "tree-hangs-together": always((s) => s.tree.every((c) => isThere(s, parentOf(s, c)))),
        "caches-have-owners": always((s) => s.tree.every(({ time }) => s.times[time]!.state === "owned")),
        "clients-own-their-times": always((s) => {
          for (let c = 0; c < clients; c++) {
            const time = s.current.get(c);
            if (time !== null && (s.times[time]!.state !== "owned" || s.times[time]!.owner !== c))
              return false;
          }
          return true;
        }),
        "no-time-is-skipped": always((s) => {
          for (let t = latest(s); t > 0; t--) if (s.times[t]!.state === "untried") return false;
          return true;
        }),
      },
    }));
  },
});

export default ado;
