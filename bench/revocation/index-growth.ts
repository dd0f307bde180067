/**
 * For how long requests wait while the index grows by a page of entries, and while entries that have expired are
 * dropped: `node bench/revocation/index-growth.ts [entries]`.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { RevocationIndex } from '../../src/revocation/index.ts';
import { entriesOf } from './many-entries.ts';
import { quantiles } from './quantiles.ts';

const count = Number(process.argv[2] ?? 1_000_000);
const page = 1000;
const index = new RevocationIndex();

function timesOfPages(): readonly number[] {
  const times: number[] = [];
  for (let first = 0; first < count; first += page) {
    const entries = entriesOf('usual', first, page);
    const startedAt = performance.now();
    index.apply(entries);
    times.push(performance.now() - startedAt);
  }
  return times;
}

async function timesOfTurns(work: Promise<unknown>): Promise<readonly number[]> {
  const times: number[] = [];
  let isDone = false;
  void work.then(() => {
    isDone = true;
  });
  while (!isDone) {
    const startedAt = performance.now();
    await nextTurn();
    times.push(performance.now() - startedAt);
  }
  return times;
}

console.log(`${count} entries, a page of ${page}: ${quantiles(timesOfPages())}`);
console.log(`a turn of the purge of all of them: ${quantiles(await timesOfTurns(index.purge(Date.UTC(2100, 0))))}`);
