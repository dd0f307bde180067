const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** How long something took or lasts, for people: `3.1 ms`, `12.4 s`, `5 min`, `3 h`. */
export function elapsed(milliseconds: number): string {
  if (milliseconds < second) return `${rounded(milliseconds)} ms`;
  if (milliseconds < 2 * minute) return `${rounded(milliseconds / second)} s`;
  if (milliseconds < 2 * hour) return `${Math.round(milliseconds / minute)} min`;
  return `${Math.round(milliseconds / hour)} h`;
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
