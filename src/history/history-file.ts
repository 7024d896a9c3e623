import { readEdnValues } from "./edn-reader.ts";
import type { History } from "./history.ts";
import { readJsonValues } from "./json-reader.ts";
import { type EventReadingOptions, historyOfEvents } from "./recorded-events.ts";
import { historyOfOperations } from "./recorded-operations.ts";
import { type Located, TextCursor } from "./text-cursor.ts";

/** How a file is read. */
export interface HistoryFileOptions extends EventReadingOptions {
  /** Name of the file, for messages. */
  readonly file: string;
}

/** The history of a file, and where it stands there. */
export interface RecordedHistory {
  readonly history: History;
  /** By position in the history, the line of that event, from 1. */
  readonly lines: readonly number[];
}

/** The history in a file: EDN if its name or its beginning says so, else JSON lines.  @throws HistoryFileError */
export function parseHistory(text: string, options: HistoryFileOptions): RecordedHistory {
  const isEdn = options.file.endsWith(".edn") || ednBeginning.test(text);
  return isEdn ? parseEdn(text, options) : parseJsonLines(text, options);
}

/** A map whose first key is a keyword, or a tagged value, perhaps in a list and after comments. */
const ednBeginning = /^(?:\s|;[^\n]*\n)*[[(]?\s*(?:\{\s*:|#)/;

/** One record a line, or one list of records: events as Jepsen has them (`{"process": 0, "type": "invoke",
 *  "f": "read", "value": null}`, then `ok`, `fail` or `info`), or whole operations (`{"client": 0,
 *  "method": "read", "args": [], "result": 1, "invoked": 10, "returned": 20}`).  @throws HistoryFileError */
export function parseJsonLines(text: string, options: HistoryFileOptions): RecordedHistory {
  const cursor = new TextCursor(text, options.file);
  return historyOf(readJsonValues(cursor), cursor, options);
}

/** The same records in EDN, such as Jepsen's history.edn.  @throws HistoryFileError */
export function parseEdn(text: string, options: HistoryFileOptions): RecordedHistory {
  const cursor = new TextCursor(text, options.file);
  return historyOf(readEdnValues(cursor), cursor, options);
}

function historyOf(
  values: readonly Located[],
  cursor: TextCursor,
  options: HistoryFileOptions,
): RecordedHistory {
  // Nobody wants to hear that a file which was cut or mixed up is linearizable.
  if (values.length === 0) cursor.fail("no event", "write one a line, or [] if nothing happened", 0);
  const records = values.length === 1 ? (values[0]!.items ?? values) : values;
  const areOperations = records[0]?.fields?.has("invoked") ?? false;
  const { history, offsets } = areOperations
    ? historyOfOperations(records, cursor, options.recording)
    : historyOfEvents(records, cursor, options);
  return { history, lines: cursor.linesAt(offsets) };
}
