/**
 * Refinement of the atomic distributed object, the property at the centre of Muchado: every step of a protocol, seen as
 * rounds, is some pulls, invokes and pushes that the ADO allows, or nothing; the committed log only grows; and clients
 * are told the truth.
 */

import { type AdoView, adoSpecification, type RefinesAdoOptions, type Specification } from "../src/index.ts";

export const refinesAdo = (options: RefinesAdoOptions): Specification<AdoView> => adoSpecification(options);
