/**
 * Checkpoints as files: a snapshot of a search and what it is a search of.
 *
 * In order: a magic word, the number of this format and the length of the header, the header as JSON, the SHA-256 of all
 * that; the parts of the snapshot as they are in memory, and their SHA-256. A file that is not whole is refused.
 */

import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { Snapshot, SnapshotHeader } from "../explore/snapshot.ts";
import { UsageError } from "./usage-error.ts";

/** What a search is a search of: it can be gone on with where all of this is the same. */
export interface Identity {
  readonly version: string;
  readonly model: string;
  /** See `modelDigest`. */
  readonly code: string;
  /** A digest of how states are laid out. */
  readonly layout: string;
  readonly bounds: { readonly [name: string]: number };
  readonly faults: { readonly [name: string]: number };
  readonly properties: readonly string[];
  /** Names of the ids that were taken for interchangeable, by group. */
  readonly interchangeable: readonly (readonly string[])[];
}

interface Header {
  readonly identity: Identity;
  readonly snapshot: SnapshotHeader;
  /** Length of each part. */
  readonly bytes: readonly number[];
}

const MAGIC = "MUCHADO\n";
const FORMAT = 3;
const PREFIX_BYTES = 16;
const DIGEST_BYTES = 32;
const MOST_HEADER_BYTES = 2 ** 28;
/** What is copied at once: shared memory cannot be written from where it is. */
const CHUNK_BYTES = 2 ** 22;

type Part = Snapshot["parts"][number];

/** Writes a checkpoint, whole or not at all.  @throws NodeJS.ErrnoException */
export async function writeCheckpoint(path: string, identity: Identity, snapshot: Snapshot): Promise<void> {
  const partial = `${path}.partial`;
  try {
    const file = await open(partial, "w");
    try {
      await writeAll(file, identity, snapshot);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

async function writeAll(file: FileHandle, identity: Identity, { header, parts }: Snapshot): Promise<void> {
  const bytes = parts.map(({ byteLength }) => byteLength);
  const text = Buffer.from(JSON.stringify({ identity, snapshot: header, bytes } satisfies Header));
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.write(MAGIC, "latin1");
  prefix.writeUInt32LE(FORMAT, 8);
  prefix.writeUInt32LE(text.length, 12);
  const opening = Buffer.concat([prefix, text]);
  await writeBytes(file, opening);
  await writeBytes(file, createHash("sha256").update(opening).digest());
  const hash = createHash("sha256");
  const chunk = Buffer.alloc(CHUNK_BYTES);
  for (const view of parts.flatMap(chunksOf)) {
    chunk.set(view);
    hash.update(chunk.subarray(0, view.length));
    await writeBytes(file, chunk.subarray(0, view.length));
  }
  await writeBytes(file, hash.digest());
}

/** A write may take less than it was given. */
async function writeBytes(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, at);
    at += bytesWritten;
  }
}

/** A new name outlives a crash only once its folder is on the disk; not every system can be asked for that. */
async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, "r");
    await folder.sync().finally(() => folder.close());
  } catch {}
}

/** Whether the file begins as a checkpoint does; it may not be whole.  @throws NodeJS.ErrnoException */
export function looksLikeCheckpoint(path: string): boolean {
  if (!statSync(path).isFile()) return false;
  const file = openSync(path, "r");
  try {
    const start = Buffer.alloc(MAGIC.length);
    readSync(file, start);
    return start.toString("latin1") === MAGIC;
  } finally {
    closeSync(file);
  }
}

/** A checkpoint that is read part by part. */
export class CheckpointReader {
  readonly identity: Identity;
  readonly snapshot: SnapshotHeader;
  readonly #path: string;
  readonly #start: number;
  readonly #bytes: readonly number[];

  /** @throws UsageError if the file is no checkpoint, or not whole. */
  constructor(path: string) {
    this.#path = path;
    const file = this.#open();
    try {
      const { size } = fstatSync(file);
      const prefix = this.#read(file, PREFIX_BYTES, 0);
      if (prefix.toString("latin1", 0, MAGIC.length) !== MAGIC) this.#refuse("it is not a checkpoint");
      const format = prefix.readUInt32LE(8);
      if (format !== FORMAT) this.#refuse(`its format is number ${format}, and this version reads ${FORMAT}`);
      const length = prefix.readUInt32LE(12);
      if (length > Math.min(size, MOST_HEADER_BYTES)) this.#refuse(NOT_WHOLE);
      const text = this.#read(file, length, PREFIX_BYTES);
      const digest = this.#read(file, DIGEST_BYTES, PREFIX_BYTES + length);
      if (!createHash("sha256").update(prefix).update(text).digest().equals(digest)) this.#refuse(NOT_WHOLE);
      const { identity, snapshot, bytes } = JSON.parse(text.toString()) as Header;
      this.identity = identity;
      this.snapshot = snapshot;
      this.#bytes = bytes;
      this.#start = PREFIX_BYTES + length + DIGEST_BYTES;
      const end = bytes.reduce((sum, part) => sum + part, this.#start) + DIGEST_BYTES;
      if (size !== end) this.#refuse(NOT_WHOLE);
    } finally {
      closeSync(file);
    }
  }

  /** Copies the parts to where they belong.  @throws UsageError if they are not what was written. */
  fill(parts: readonly Part[]): void {
    if (parts.map(({ byteLength }) => byteLength).join() !== this.#bytes.join()) this.#refuse(NOT_WHOLE);
    const file = this.#open();
    try {
      const hash = createHash("sha256");
      let at = this.#start;
      for (const view of parts.flatMap(chunksOf)) {
        const chunk = this.#read(file, view.length, at);
        view.set(chunk);
        hash.update(chunk);
        at += view.length;
      }
      if (!hash.digest().equals(this.#read(file, DIGEST_BYTES, at))) this.#refuse(NOT_WHOLE);
    } finally {
      closeSync(file);
    }
  }

  #open(): number {
    try {
      return openSync(this.#path, "r");
    } catch (error) {
      return this.#refuse(`it cannot be read (${(error as Error).message})`);
    }
  }

  #read(file: number, length: number, position: number): Buffer {
    const buffer = Buffer.alloc(length);
    try {
      for (let at = 0; at < length; ) {
        const count = readSync(file, buffer, at, length - at, position + at);
        if (count === 0) this.#refuse(NOT_WHOLE);
        at += count;
      }
    } catch (error) {
      if (error instanceof UsageError) throw error;
      this.#refuse(`it cannot be read (${(error as Error).message})`);
    }
    return buffer;
  }

  #refuse(why: string): never {
    throw new UsageError(`${this.#path}: ${why}`);
  }
}

const NOT_WHOLE = "the checkpoint is cut short or damaged; nothing in it is used";

function chunksOf(part: Part): Uint8Array[] {
  const step = CHUNK_BYTES / part.BYTES_PER_ELEMENT;
  return Array.from({ length: Math.ceil(part.length / step) }, (_, i) => {
    const { buffer, byteOffset, byteLength } = part.subarray(i * step, (i + 1) * step);
    return new Uint8Array(buffer, byteOffset, byteLength);
  });
}
