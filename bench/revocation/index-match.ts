/**
 * What it costs to ask the index about a token, with an entry of each kind and with a million, in alternating rounds:
 * `node bench/revocation/index-match.ts [entries]`. A gateway asks once a token for every change of the index; in
 * between it remembers the answer.
 */
import { RevocationIndex } from '../../src/revocation/index.ts';
import { entriesOf, tokenOf } from './many-entries.ts';

const count = Number(process.argv[2] ?? 1_000_000);
const rounds = 15;
/** Living tokens: so many that not all that is asked for is in the caches of the processor. */
const tokens = Array.from({ length: 20_000 }, (_, n) => tokenOf('usual', count + n));

function indexOf(entries: number): RevocationIndex {
  const index = new RevocationIndex();
  for (let first = 0; first < entries; first += 1000)
    index.apply(entriesOf('usual', first, Math.min(1000, entries - first)));
  return index;
}

function nanosecondsOf(index: RevocationIndex): number {
  const startedAt = performance.now();
  for (const token of tokens) if (index.match(token) !== undefined) throw new Error('A living token was found.');
  return ((performance.now() - startedAt) * 1e6) / tokens.length;
}

const median = (times: number[]): number => times.sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN;

const [few, many] = [indexOf(5), indexOf(count)];
const [timesOfFew, timesOfMany]: [number[], number[]] = [[], []];
for (let round = 0; round < rounds; round++) {
  timesOfFew.push(nanosecondsOf(few));
  timesOfMany.push(nanosecondsOf(many));
}
const [small, large] = [median(timesOfFew.slice(3)), median(timesOfMany.slice(3))];
console.log(`a match with ${few.size} entries: ${small.toFixed(0)} ns; with ${many.size}: ${large.toFixed(0)} ns`);
console.log(`ratio: ${(large / small).toFixed(2)}, medians of ${rounds - 3} rounds`);
