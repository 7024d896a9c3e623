/** Numbers as people read them. */

/** `12,345,678` */
export function count(value: number): string {
  return value.toFixed(0).replaceAll(/\B(?=(\d{3})+$)/g, ",");
}

/** `one run`, `2 runs` */
export function plural(value: number, noun: string): string {
  return `${value === 1 ? "one" : count(value)} ${noun}${value === 1 ? "" : "s"}`;
}

/** `12.3 M`, at most six characters below 1000 T. */
export function rounded(value: number): string {
  if (value < 999.5) return value.toFixed(0);
  return scaled(value, 1000, ["k", "M", "G", "T"]);
}

/** `412 MiB` */
export function bytes(value: number): string {
  const kibibytes = value / 2 ** 10;
  return kibibytes < 1024
    ? `${kibibytes.toFixed(0)} KiB`
    : scaled(kibibytes, 1024, ["MiB", "GiB", "TiB", "PiB", "EiB"]);
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
  if (seconds < 100 * 3600) return `about ${Math.round(seconds / 3600)} h`;
  const days = seconds / 86_400;
  return days < 1000 ? `about ${Math.round(days)} days` : "years";
}

/** In the first unit, each `base` times the one before, in which it is less than 1000, or in the last. */
function scaled(value: number, base: number, units: readonly string[]): string {
  const at = units.findIndex((_, i) => value / base ** (i + 1) < 999.5);
  const place = at < 0 ? units.length - 1 : at;
  return `${threeDigits(value / base ** (place + 1))} ${units[place]}`;
}

function threeDigits(value: number): string {
  return value.toFixed(value < 9.995 ? 2 : value < 99.95 ? 1 : 0);
}
