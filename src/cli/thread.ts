/** Threads that answer one question each, so that the main one can be interrupted. */

import { Worker } from "node:worker_threads";

/** What the thread of `module` answers to `task`; `ended` answers for one that ends without.  @throws what it throws */
export function askThread<Reply>(module: URL, task: unknown, ended: (code: number) => Reply): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(module, { workerData: task });
    worker.once("message", resolve).once("error", reject);
    worker.once("exit", (code) => resolve(ended(code)));
  });
}
