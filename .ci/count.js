/** Adds up the results of the test runs in the given files: `N passed, N failed`. */

import { existsSync, readFileSync } from "node:fs";

const reports = process.argv.slice(2).map((file) => {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { numPassedTests: 0, numFailedTests: 1 };
});
const sum = (field) => reports.reduce((total, report) => total + report[field], 0);
console.log(`${sum("numPassedTests")} passed, ${sum("numFailedTests")} failed`);
