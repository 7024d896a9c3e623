import type { History } from "./history.ts";
import { keyValueStore } from "./key-value-store.ts";
import { type Recording, recordingOf, shapes } from "./recording.ts";
import { register } from "./register.ts";
import type { SequentialObject } from "./sequential-object.ts";

/** An object to compare recorded histories with. */
export interface Specification {
  readonly name: string;
  readonly about: string;
  readonly object: SequentialObject<unknown>;
  readonly recording: Recording;
  /** The history with its calls as the object takes them, if that is more than what logs have. */
  readonly callsOf?: (history: History) => History;
}

/** The objects that `muchado linearize` knows by name. */
export const builtInSpecifications: readonly Specification[] = [
  {
    name: "register",
    about: "a register with read, write and cas, at first null; with keys, a register for each key",
    object: register(),
    recording: recordingOf("instance", {
      read: { shape: shapes.query },
      write: { shape: shapes.update },
      cas: { shape: shapes.compareAndSet },
    }),
  },
  {
    name: "kv",
    about: "a key-value store with get, put, append, delete and cas; an absent key reads as null",
    object: keyValueStore(),
    recording: recordingOf("argument", {
      get: { shape: shapes.query, names: ["read"] },
      put: { shape: shapes.update, names: ["set", "write"] },
      append: { shape: shapes.update },
      delete: { shape: shapes.command, names: ["remove"] },
      cas: { shape: shapes.compareAndSet },
    }),
  },
];
