/** What is left for those who see only a replicated state machine: a log that everyone sees grow, and never change. */

import { type Method, type Specification, smrSpecification } from "../src/index.ts";

export const refinesSmr: Specification<readonly Method[]> = smrSpecification;
