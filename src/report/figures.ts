/** Numbers as people read them. */

/** `12,345,678` */
export function count(value: number): string {
  return value.toFixed(0).replaceAll(/\B(?=(\d{3})+$)/g, ",");
}

/** `one run`, `2 runs` */
export function plural(value: number, noun: string): string {
  return `${value === 1 ? "one" : count(value)} ${noun}${value === 1 ? "" : "s"}`;
}

/** `12.3 M`, at most six characters. */
export function rounded(value: number): string {
  if (value < 1000) return value.toFixed(0);
  const [scale, unit] = value < 999_500 ? [1e3, "k"] : value < 999_500_000 ? [1e6, "M"] : [1e9, "G"];
  return `${threeDigits(value / scale)} ${unit}`;
}

/** `412 MiB` */
export function bytes(value: number): string {
  if (value < 2 ** 20) return `${(value / 2 ** 10).toFixed(0)} KiB`;
  const [scale, unit] = value < 1000 * 2 ** 20 ? [2 ** 20, "MiB"] : [2 ** 30, "GiB"];
  return `${threeDigits(value / scale)} ${unit}`;
}

/** `0.43 s`, `12.3 s`, `2 min 5 s`, `1 h 3 min` */
export function duration(seconds: number): string {
  if (seconds < 9.995) return `${seconds.toFixed(2)} s`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** `less than a second`, `about 12 s`, `about 3 min`: no more than an estimate knows. */
export function roughly(seconds: number): string {
  if (seconds < 1) return "less than a second";
  if (seconds < 90) return `about ${Math.round(seconds)} s`;
  if (seconds < 5400) return `about ${Math.round(seconds / 60)} min`;
  return `about ${Math.round(seconds / 3600)} h`;
}

function threeDigits(value: number): string {
  return value.toFixed(value < 9.995 ? 2 : value < 99.95 ? 1 : 0);
}
