/** The folder of a suite's certificates: one JSON file each, found again by what it says and not by its name. */

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import {
  CERTIFICATE_FORMAT,
  CERTIFICATE_VERSION,
  type Certificate,
  type CertifiedRun,
  differenceOf,
  isSameRun,
} from "../gate/certificate.ts";
import { jsonText } from "../verdict/json-text.ts";
import { makeFolder } from "./make-folder.ts";
import { FreshNames, stemOf } from "./run-name.ts";
import { UsageError } from "./usage-error.ts";
import { writeWhole } from "./whole-file.ts";
import { checkFolder } from "./writable.ts";

interface Kept {
  readonly file: string;
  readonly certificate: Certificate;
}

export class CertificateFolder {
  readonly #path: string;
  readonly #kept: Kept[];

  /** Reads what is kept at `path`; nothing if there is no such folder.  @throws UsageError */
  constructor(path: string) {
    this.#path = path;
    if (existsSync(path) && !statSync(path).isDirectory())
      throw new UsageError(`${path}: it is not a folder`);
    const files = existsSync(path) ? readdirSync(path).filter((file) => file.endsWith(".json")) : [];
    this.#kept = files.sort().map((file) => ({ file, certificate: readCertificate(join(path, file)) }));
  }

  /** @throws UsageError if certificates cannot be written here */
  checkWritable(): void {
    checkFolder(this.#path);
  }

  /** Why the certificate that is kept does not stand for `now`, in a sentence; nothing if it does. */
  objection(now: Certificate): string | undefined {
    const kept = this.#find(now);
    if (kept === undefined) return `there is no certificate in ${this.#path}`;
    const difference = differenceOf(kept.certificate, now);
    return difference && `${difference} (${join(this.#path, kept.file)})`;
  }

  /** Certificates of none of `runs`, a sentence each. */
  leftOver(runs: readonly CertifiedRun[]): string[] {
    return this.#kept
      .filter(({ certificate }) => !runs.some((run) => isSameRun(run, certificate)))
      .map(({ file }) => `${join(this.#path, file)} is of no run that the configuration asks for: remove it`);
  }

  /** Writes a certificate in place of the one that is kept of its run.  @returns the file */
  write(certificate: Certificate): string {
    const file = this.#find(certificate)?.file ?? this.#freshName(certificate);
    makeFolder(this.#path);
    writeWhole(join(this.#path, file), jsonText(certificate));
    const others = this.#kept.filter((kept) => kept.file !== file);
    this.#kept.splice(0, this.#kept.length, ...others, { file, certificate });
    return join(this.#path, file);
  }

  #find(run: CertifiedRun): Kept | undefined {
    return this.#kept.find(({ certificate }) => isSameRun(certificate, run));
  }

  #freshName(run: CertifiedRun): string {
    const names = new FreshNames(this.#kept.map(({ file }) => file));
    return names.next([stemOf(run), ...run.reductions].join("-"), ".json");
  }
}

function readCertificate(path: string): Certificate {
  let read: Partial<Certificate> | null;
  try {
    read = JSON.parse(readFileSync(path, "utf8")) as Partial<Certificate> | null;
  } catch (error) {
    throw new UsageError(`${path}: it cannot be read as a certificate (${(error as Error).message})`);
  }
  const isOurs = read?.format === CERTIFICATE_FORMAT && read.version === CERTIFICATE_VERSION;
  const isWhole =
    isOurs &&
    [read?.target, read?.digest].every((text) => typeof text === "string") &&
    [read?.bounds, read?.faults].every((values) => typeof values === "object" && values !== null) &&
    Array.isArray(read?.properties) &&
    Array.isArray(read?.reductions);
  if (!isWhole) {
    throw new UsageError(`${path}: it is not a certificate of version ${CERTIFICATE_VERSION}`);
  }
  return read as Certificate;
}
