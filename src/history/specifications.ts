import { keyValueStore } from "./key-value-store.ts";
import { command, compareAndSet, query, type Recording, recordingOf, update } from "./recording.ts";
import { register } from "./register.ts";
import type { SequentialObject } from "./sequential-object.ts";

/** An object to compare recorded histories with. */
export interface Specification {
  readonly name: string;
  readonly about: string;
  readonly object: SequentialObject<unknown>;
  readonly recording: Recording;
}

export const builtInSpecifications: readonly Specification[] = [
  {
    name: "register",
    about: "a register with read, write and cas, at first null; with keys, a register for each key",
    object: register(),
    recording: recordingOf("instance", {
      read: { shape: query, names: [] },
      write: { shape: update, names: [] },
      cas: { shape: compareAndSet, names: [] },
    }),
  },
  {
    name: "kv",
    about: "a key-value store with get, put, append, delete and cas; an absent key reads as null",
    object: keyValueStore(),
    recording: recordingOf("argument", {
      get: { shape: query, names: ["read"] },
      put: { shape: update, names: ["set", "write"] },
      append: { shape: update, names: [] },
      delete: { shape: command, names: ["remove"] },
      cas: { shape: compareAndSet, names: [] },
    }),
  },
];
