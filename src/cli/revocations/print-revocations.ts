import { table } from '../table.ts';
import type { RevocationAnswer } from './revocation-answers.ts';

export interface RevocationPage {
  readonly items: readonly RevocationAnswer[];
  readonly next: string | null;
}

/** Characters of a cell at most: `gatehouse revocations show` has the whole. */
const longestCell = 40;

/** A row for each revocation, newest first, and how to get the older ones. */
export function printRevocations({ items, next }: RevocationPage): string {
  if (items.length === 0) return 'No revocation in the log fits.\n';
  const rows = items.map((item) => [
    String(item.seq),
    item.at,
    whatOf(item),
    item.issuer,
    item.actor,
    shortened(item.reason ?? ''),
  ]);
  const more = next === null ? '' : `\nThere are older ones: add --cursor ${next}\n`;
  return table(['SEQ', 'WHEN', 'WHAT', 'ISSUER', 'BY', 'WHY'], rows) + more;
}

function whatOf({ kind, value, client }: RevocationAnswer): string {
  if (kind === 'issuer') return 'issuer';
  const named = kind === 'token' ? `${value.slice(0, 16)}…` : shortened(value);
  return `${kind} ${named}${client === undefined ? '' : ` with client ${shortened(client)}`}`;
}

function shortened(text: string): string {
  return text.length > longestCell ? `${text.slice(0, longestCell - 1)}…` : text;
}
