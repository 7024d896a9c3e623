/** Muchado: describe a replicated system, say what should be true of it, and have it checked. */

export {
  type AdoEvent,
  type AdoR,
  type AdoROptions,
  apply,
  best,
  branch,
  type Method,
  type Position,
  persist,
  type Round,
  refusal,
} from "./ado/ado-r.ts";
export { smrSpecification } from "./ado/smr.ts";
export { replaySorted } from "./ado/sorted.ts";
export {
  type Exploration,
  type ExploreHereOptions,
  type ExploreOptions,
  explore,
  exploreParallel,
  type ParallelOptions,
  type Progress,
} from "./explore/explore.ts";
export type { Finding } from "./explore/finding.ts";
export { findSymmetry, NoSymmetry } from "./explore/interchangeable.ts";
export type { IdGroup } from "./explore/symmetry.ts";
export {
  type Budget,
  type Config,
  type ConfiguredMutant,
  type ConfiguredRun,
  defineConfig,
} from "./gate/config.ts";
export { type Explanation as HistoryExplanation, explain } from "./history/explain.ts";
export type { History, Operation } from "./history/history.ts";
export { type HistoryFileOptions, parseHistory, type RecordedHistory } from "./history/history-file.ts";
export { HistoryRecorder } from "./history/history-recorder.ts";
export { type Linearizability, linearize } from "./history/linearize.ts";
export { type Recording, recordingOf, type Shape as RecordedShape, shapes } from "./history/recording.ts";
export type { SequentialObject } from "./history/sequential-object.ts";
export {
  builtInSpecifications,
  type Specification as HistorySpecification,
} from "./history/specifications.ts";
export { HistoryFileError } from "./history/text-cursor.ts";
export { canonicalText, type Value } from "./history/value.ts";
export type { CatalogEntry, Mutant, PinnedRun } from "./model/catalog.ts";
export type { AdoImplementation, Cluster, Election, Leadership, Over } from "./model/implementation.ts";
export { type Instance, instantiate } from "./model/instance.ts";
export type { ModelReference } from "./model/load.ts";
export {
  type Action,
  type Bound,
  BoundsError,
  type Fault,
  type Model,
  model,
  type Parameters,
  type Parts,
  type State,
  type System,
  system,
  type Vocabulary,
} from "./model/model.ts";
export type { Answer, Explanation, Property, Refines, Specification } from "./model/property.ts";
export type { AdoView, Answered } from "./refine/ado-view.ts";
export {
  adoSpecification,
  type HeldLog,
  matchesBranch,
  type RefinesAdoOptions,
} from "./refine/refines-ado.ts";
export { type Domain, elementOf, type Head, received } from "./schema/received.ts";
export { forget } from "./schema/record.ts";
export {
  array,
  bags,
  channels,
  flag,
  interchangeable,
  interned,
  list,
  majority,
  messages,
  node,
  oneOf,
  option,
  range,
  record,
  sequence,
  set,
  subset,
  volatile,
} from "./schema/schema.ts";
export { OutOfRange, type Scalar } from "./schema/type.ts";
export { type SimulationResult, simulate } from "./simulate/simulate.ts";
export type { SimulationOptions } from "./simulate/simulation.ts";
export { STRATEGIES, type StrategyName } from "./simulate/strategy.ts";
export {
  documentTrace,
  type Finding as TraceFinding,
  findingsOf,
  type Origin,
} from "./trace/document-trace.ts";
export { type Refusal as ReplayRefusal, type Replay, replay } from "./trace/replay.ts";
export { type Arrow, layOut, type SpaceTime } from "./trace/space-time.ts";
export { decodeTrace, encodeTrace, type TraceEncoding, UnreadableTrace } from "./trace/trace-bytes.ts";
export type { DocumentedStep, TraceDocument, Transfer } from "./trace/trace-document.ts";
export type { Circumstances } from "./verdict/blank-run.ts";
export { judge } from "./verdict/judge.ts";
export { exitCodeOf, type Run, type Trace, type Verdict, verdictOf } from "./verdict/run.ts";
