import { Command, InvalidArgumentError } from 'commander';
import { adminClient } from '../admin-client.ts';
import { configOption, readConfig } from '../config-option.ts';
import { printRevocation, type ShownRevocation } from './print-revocation.ts';

/** Shows one revocation, and where it is in force. */
export function showCommand(): Command {
  return new Command('show')
    .description('show who revoked what, why and when, and on which gateways it is in force')
    .argument('<seq>', 'its number in the log', numberOf)
    .addOption(configOption())
    .option('--json', 'print JSON')
    .action(async (seq: number, { config, json }: { config: string; json?: boolean }) => {
      const admin = await adminClient(await readConfig(config));
      const shown = await admin.get<ShownRevocation>(`/revocations/${seq}`);
      process.stdout.write(json === true ? `${JSON.stringify(shown, null, 2)}\n` : printRevocation(shown));
    });
}

function numberOf(text: string): number {
  const seq = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(seq) && seq > 0) return seq;
  throw new InvalidArgumentError('Write the number that `gatehouse revocations` lists.');
}
