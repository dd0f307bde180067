import { Command } from 'commander';
import { adminClient } from '../admin-client.ts';
import { configOption, readConfig } from '../config-option.ts';
import { addCommand } from './add-command.ts';
import type { IssuerList } from './print-issuers.ts';
import { printIssuers } from './print-issuers.ts';
import { testCommand } from './test-command.ts';

/** Shows for each issuer how it stands; tries one that is not configured yet; says how to configure it. */
export function issuersCommand(): Command {
  return new Command('issuers')
    .enablePositionalOptions()
    .addOption(configOption())
    .action(async ({ config }: { config: string }) => {
      const admin = await adminClient(await readConfig(config));
      process.stdout.write(printIssuers(await admin.get<IssuerList>('/issuers')));
    })
    .addCommand(testCommand())
    .addCommand(addCommand());
}
