/** What `muchado ci` was told, on its command line and by its configuration. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { CertificateFolder } from "./certificate-folder.ts";
import { workersOf } from "./check-options.ts";
import type { Typed } from "./command-line.ts";
import { type ConfigFile, readConfig } from "./config-file.ts";
import { type Asked, Reporters } from "./reporters.ts";
import { nearest } from "./stack.ts";
import { UsageError } from "./usage-error.ts";

export interface CiOptions {
  readonly file: ConfigFile;
  readonly reporters: Reporters;
  /** Where certificates are kept; none where they are not asked for. */
  readonly certificates: CertificateFolder | undefined;
  /** Whether certificates that do not stand are written again. */
  readonly isCertifying: boolean;
  readonly workers: number;
  readonly isQuiet: boolean;
  readonly isPlain: boolean;
}

/** Where certificates are kept if the configuration does not say. */
const STANDARD_FOLDER = "results/certificates";

/** @throws UsageError */
export async function ciOptions(typed: Typed): Promise<CiOptions> {
  if (typed.targets.length > 0) {
    throw new UsageError(
      `unexpected argument ${JSON.stringify(typed.targets[0])}: the configuration names the runs`,
    );
  }
  const file = await readConfig(typed.value("config"));
  const isCertifying = typed.has("certify");
  return {
    file,
    reporters: new Reporters(reportersAsked(typed, file), process.env.GITHUB_STEP_SUMMARY),
    certificates: openCertificates(file, isCertifying),
    isCertifying,
    workers: workersOf(typed, file.config.workers),
    isQuiet: typed.has("quiet"),
    isPlain: typed.has("no-color"),
  };
}

/** Those of the command line, or else those of the configuration. */
function reportersAsked(typed: Typed, { config, folder, place }: ConfigFile): Asked[] {
  const words = [...typed.values("reporter"), ...(typed.has("json") ? ["json"] : [])];
  if (words.length > 0) return words.map((text) => ({ text, folder: ".", by: "--reporter" }));
  return (config.reporters ?? []).map((text, i) => ({ text, folder, by: place(["reporters", i]) }));
}

function openCertificates(
  { config, folder, place }: ConfigFile,
  isCertifying: boolean,
): CertificateFolder | undefined {
  if (config.certificates === false) {
    if (isCertifying)
      throw new UsageError(`${place(["certificates"])}: no certificates are kept, so --certify has no use`);
    return undefined;
  }
  const path = nearest(join(folder, config.certificates ?? STANDARD_FOLDER));
  if (config.certificates === undefined && !isCertifying && !existsSync(path)) return undefined;
  const certificates = new CertificateFolder(path);
  if (isCertifying) certificates.checkWritable();
  return certificates;
}
