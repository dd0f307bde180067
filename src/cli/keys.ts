import { Command } from 'commander';
import { adminClient } from './admin-client.ts';
import { configOption, readConfig } from './config-option.ts';

interface KeyList {
  readonly items: readonly Readonly<Record<string, unknown>>[];
}

/** The provider's signing keys. */
export function keysCommand(): Command {
  return new Command('keys')
    .addCommand(
      new Command('list')
        .description('list the signing keys and the part that each plays')
        .addOption(configOption())
        .action(async ({ config }: { config: string }) => {
          const admin = await adminClient(await readConfig(config));
          printKeys(await admin.get<KeyList>('/keys'));
        }),
    )
    .addCommand(
      new Command('rotate')
        .description('sign with the next key from now on; tokens of the present one stay good until they expire')
        .addOption(configOption())
        .action(async ({ config }: { config: string }) => {
          const admin = await adminClient(await readConfig(config));
          printKeys(await admin.post<KeyList>('/keys/rotate', {}));
        }),
    );
}

function printKeys({ items }: KeyList): void {
  for (const key of items) {
    const facts = Object.entries(key).filter(([, value]) => value !== null);
    process.stdout.write(`${facts.map(([name, value]) => `${name}=${value}`).join('  ')}\n`);
  }
}
