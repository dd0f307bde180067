/**
 * What the index takes in resident memory for each live entry, and how long an append of others keeps requests waiting
 * while it grows: `node bench/revocation/index-memory.ts [entries]`.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { RevocationIndex } from '../../src/revocation/index.ts';
import { entriesOfAllKinds, tokenOf } from './many-entries.ts';
import { quantiles } from './quantiles.ts';

const count = Number(process.argv[2] ?? 1_000_000);
const batch = 1000;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function resident(): number {
  collect();
  return process.memoryUsage.rss();
}

// What the collector keeps at hand for work of this kind is not the entries' part: the same work, with nothing to keep.
const scratch = new RevocationIndex();
for (let first = 0; first < count; first += batch) scratch.apply(entriesOfAllKinds(0, batch));
const index = new RevocationIndex();
const before = resident();
const waits: number[] = [];
const startedAt = performance.now();
for (let first = 0; first < count; first += batch) {
  const entries = entriesOfAllKinds(first, batch);
  const at = performance.now();
  index.apply(entries);
  waits.push(performance.now() - at);
}
const seconds = (performance.now() - startedAt) / 1000;
const bytes = (resident() - before) / index.size;
const found = Array.from({ length: count / 100 }, (_, n) => index.match(tokenOf(n * 100)) !== undefined);

console.log(
  `${index.size} entries: ${bytes.toFixed(1)} bytes of resident memory each, made in ${seconds.toFixed(1)} s`,
);
console.log(`a page of ${batch} entries: ${quantiles(waits)}`);
console.log(`${found.filter(Boolean).length} of ${found.length} asked for are found`);
