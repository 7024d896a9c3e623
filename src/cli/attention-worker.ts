/** The thread that looks on while the main thread runs model code, and speaks up if that is blocked. */

import { writeSync } from "node:fs";
import { type Runtime, Session } from "node:inspector";
import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import type { Attention } from "./attention.ts";

/** If the whole process was stopped meanwhile, it takes the main thread no longer to show that it goes on. */
const RESUME_MILLISECONDS = 500;
/** For how long the main thread may go on when it was interrupted: it may be blocked outside of JavaScript. */
const GRACE_MILLISECONDS = 5000;

const { patience, pulse, event } = workerData as Attention;
look();

function look(): void {
  waitUntilBlocked();
  const timer = setTimeout(kill, GRACE_MILLISECONDS);
  interrupt(() => {
    clearTimeout(timer);
    look();
  });
}

function waitUntilBlocked(): void {
  for (;;) {
    const last = Atomics.load(pulse, 0);
    const milliseconds = Atomics.load(patience, 0);
    const shows = (most: number): boolean => Atomics.wait(pulse, 0, last, most) !== "timed-out";
    if (!shows(milliseconds === 0 ? Infinity : milliseconds) && !shows(RESUME_MILLISECONDS)) return;
  }
}

/** Has the main thread emit the event where it is blocked, and then give up what it does there; nothing if nobody listens. */
function interrupt(onNothing: () => void): void {
  const session = new Session();
  session.connectToMainThread();
  session.on("Debugger.paused", () => {
    const expression = `process.emit(${JSON.stringify(event)})`;
    session.post("Runtime.evaluate", { expression }, (_, answer?: Runtime.EvaluateReturnType) => {
      const isHeard = answer?.result.value === true;
      if (isHeard) session.post("Runtime.terminateExecution");
      session.post("Debugger.disable", () => {
        session.disconnect();
        if (!isHeard) onNothing();
      });
    });
  });
  session.post("Debugger.enable");
  session.post("Debugger.pause");
}

function kill(): void {
  let complaint: unknown;
  for (let next = receiveMessageOnPort(parentPort!); next; next = receiveMessageOnPort(parentPort!))
    complaint = next.message;
  writeSync(2, `muchado: ${complaint}, and cannot be stopped: the process is killed\n`);
  process.kill(process.pid, "SIGKILL");
}
