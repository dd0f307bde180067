/** One of the processes of index-memory.ts: applies so many entries, of which it keeps so many, and reports its memory. */
import { setTimeout as later } from 'node:timers/promises';
import { RevocationIndex } from '../../src/revocation/index.ts';
import { entriesOf, type MixtureName, tokenOf } from './many-entries.ts';

const [, , mixture, entries, keep] = process.argv as unknown as [string, string, MixtureName, string, string];
const [count, kept] = [Number(entries), Number(keep)];
const page = 1000;

const index = new RevocationIndex();
for (let first = 0; first < count; first += page) index.apply(entriesOf(mixture, first % kept, page));
if (index.size !== kept) throw new Error(`${index.size} of ${kept} entries are held.`);

globalThis.gc?.();
await later(500); // Pages of the heap are given back in the background.
process.send?.(process.memoryUsage.rss());
for (let n = 0; n < kept; n += 97) {
  if (index.match(tokenOf(mixture, n)) === undefined) throw new Error(`Entry ${n} is not found.`);
}
process.disconnect?.();
