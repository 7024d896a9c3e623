/** Values by name, as a person writes them. */

export interface Assignments {
  readonly [name: string]: number;
}

/** `nodes=3, crash=1` */
export function assignmentsText(values: Assignments, separator = ", "): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${value}`)
    .join(separator);
}
