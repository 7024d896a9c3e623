/** Finds the states that a given one is a step away from. */

import type { Instance } from "../model/instance.ts";
import { Unit } from "../schema/unit.ts";
import { canonicalizeSource, KernelSource } from "./kernel-source.ts";
import type { Memory } from "./memory.ts";
import type { IdGroup } from "./symmetry.ts";
import { every } from "./word-source.ts";

/**
 * A test of states by index: does some step lead from it to `target`? This is how a trace is walked backwards, level by
 * level, so that no state has to remember its parent, and the trace does not depend on which worker came first.
 */
export function compileMatcher(
  instance: Instance,
  { arena }: Memory,
  target: Int32Array,
  groups: readonly IdGroup[],
): (index: number) => boolean {
  const { words, transitions } = instance;
  const after = new Int32Array(words);
  const unit = new Unit(after);
  const source = new KernelSource(unit, instance, {
    s: unit.bind(new Int32Array(words), "before"),
    fired: unit.bind(new Float64Array(transitions.length), "fired"),
    edgeMask: "",
    stateMask: "",
    listener: "",
    edges: "none",
    canonicalize: "",
  });
  const actions = source.actions(false);
  const goal = unit.bind(target, "target");
  const draft = instance.root.accessor(unit);
  const address = unit.bind(instance.address as object, "address");
  return unit.evaluate(`(() => {
    const draft = ${draft}("", ${address}), arena = ${unit.bind(arena, "arena")};
    let isHit = false;
    function emit() {
      ${canonicalizeSource(unit, instance, after, groups)}
      if (${every(words, (i) => `w[${i}] === ${goal}[${i}]`)}) isHit = true;
    }
    ${actions.functions}
    return (index) => {
      isHit = false;
      ${source.load("index")}
      // A search that came to a state where an action throws saw the steps before that.
      try { ${actions.calls} } catch {}
      return isHit;
    };
  })()`);
}
