import { STATUS_CODES } from 'node:http';

const statusLines = new Map<number, string>();

/** RFC 9112 section 4 */
export function statusLine(status: number): string {
  const known = statusLines.get(status);
  if (known !== undefined) return known;
  const made = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n`;
  statusLines.set(status, made);
  return made;
}
