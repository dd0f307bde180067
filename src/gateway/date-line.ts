/** It says the same for a second. */
let told = { second: Number.NaN, line: '' };

/** RFC 9110 section 6.6.1 */
export function dateLine(nowMs: number): string {
  const second = Math.floor(nowMs / 1000);
  if (second !== told.second) told = { second, line: `Date: ${new Date(nowMs).toUTCString()}\r\n` };
  return told.line;
}
