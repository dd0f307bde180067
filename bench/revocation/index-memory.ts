/**
 * What the index takes in resident memory for each live entry: `node bench/revocation/index-memory.ts [mixture] [entries]`.
 *
 * Two processes in turn do the same work: the same number of entries is made and applied. One applies other entries each
 * time, and keeps them; its control applies the same thousand again and again, and so keeps those. What their resident
 * memory differs by is what the entries cost. Both have a young generation of full size from the start: how far it grows
 * by itself is chance, and makes more than 20 MB.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type MixtureName, mixtures } from './many-entries.ts';

const [, , mixture = 'usual', entries = '1000000'] = process.argv;
const rounds = 3;
const keeper = fileURLToPath(new URL('index-memory-of-one.ts', import.meta.url));
const fixedYoungGeneration = ['--min-semi-space-size=16', '--max-semi-space-size=16', '--expose-gc'];

/** Bytes, at the end. */
async function residentMemory(name: MixtureName, kept: number): Promise<number> {
  const child = fork(keeper, [name, entries, String(kept)], { execArgv: fixedYoungGeneration });
  const [bytes] = (await once(child, 'message')) as [number];
  await once(child, 'exit');
  return bytes;
}

async function measure(name: MixtureName): Promise<void> {
  const bytes: string[] = [];
  for (let round = 0; round < rounds; round++) {
    const control = await residentMemory(name, 1000);
    const all = await residentMemory(name, Number(entries));
    bytes.push(((all - control) / (Number(entries) - 1000)).toFixed(1));
  }
  console.log(`${name}, ${entries} entries: ${bytes.join(', ')} bytes of resident memory each`);
}

if (!Object.hasOwn(mixtures, mixture)) throw new Error(`Name one of ${Object.keys(mixtures).join(', ')}.`);
await measure(mixture as MixtureName);
