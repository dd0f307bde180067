import { Command, InvalidArgumentError } from 'commander';
import type { Companions } from './companions.ts';
import { stopSignal } from './stop-signal.ts';

/** Serves identity providers in miniature until it is told to stop. Needs no configuration. */
export function labCommand({ openLab }: Companions): Command {
  return new Command('lab')
    .option('--port <number>', 'on this port of loopback; 0: on any that is free', parsePort, 9400)
    .action(async ({ port }: { port: number }) => {
      const lab = await openLab(port);
      process.stdout.write(lab.guide);
      await stopSignal();
      await lab.close();
    });
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError('Write a number from 0 to 65535.');
}
