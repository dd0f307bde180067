import { Command } from 'commander';
import { runWorker } from '../app/index.ts';

/** What `gatehouse start` runs where the gateway has several workers; not for people. */
export function workerCommand(): Command {
  return new Command('worker').action(runWorker);
}
