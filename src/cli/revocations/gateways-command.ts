import { Command } from 'commander';
import { adminClient } from '../admin-client.ts';
import { configOption, readConfig } from '../config-option.ts';
import { type GatewayList, printGateways } from './print-gateways.ts';

/** Lists who decides about tokens, and how far each has followed the log of revocations. */
export function gatewaysCommand(): Command {
  return new Command('gateways')
    .addOption(configOption())
    .option('--json', 'print JSON')
    .action(async ({ config, json }: { config: string; json?: boolean }) => {
      const admin = await adminClient(await readConfig(config));
      const list = await admin.get<GatewayList>('/gateways');
      process.stdout.write(json === true ? `${JSON.stringify(list, null, 2)}\n` : printGateways(list));
    });
}
