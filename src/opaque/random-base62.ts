import { randomFillSync } from 'node:crypto';
import { digits } from './base62.ts';

/** Bytes of chance that are kept: the system is asked for many at once, since each asking takes as long as a token. */
const pool = Buffer.alloc(4096);
let used = pool.length;

/** The greatest multiple of 62 that a byte can be below: what lies beyond it would favour the first digits. */
const fair = 248;

/** As many digits of base 62, each as likely as any other: 5.95 bits of chance a digit. */
export function randomBase62(length: number): string {
  let text = '';
  while (text.length < length) {
    const byte = nextByte();
    if (byte < fair) text += digits.charAt(byte % 62);
  }
  return text;
}

/** A byte that was given is wiped: no token that was issued can be read from memory here. */
function nextByte(): number {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const byte = pool.readUInt8(used);
  pool[used] = 0;
  used += 1;
  return byte;
}
