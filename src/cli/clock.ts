/** The time limit of a run, as a signal. */

export interface Clock {
  /** Aborted with the reason `"time"` when time is up. */
  readonly signal: AbortSignal;
  stop(): void;
}

export function startClock({ maxSeconds }: { readonly maxSeconds: number | undefined }): Clock {
  const controller = new AbortController();
  const ring = (): void => controller.abort("time");
  const timer = maxSeconds === undefined ? undefined : setTimeout(ring, Math.ceil(maxSeconds * 1000));
  return { signal: controller.signal, stop: () => clearTimeout(timer) };
}
