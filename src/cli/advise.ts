import { Command } from 'commander';
import type { ApiConfig } from '../config/index.ts';
import { chooseTokenFormat } from '../provider/index.ts';
import { configOption, readConfig } from './config-option.ts';

/** Says for each API which token format it gets, and why. */
export function adviseCommand(): Command {
  return new Command('advise').addOption(configOption()).action(async ({ config: file }: { config: string }) => {
    const { apis } = await readConfig(file);
    process.stdout.write(`${apis.map(advice).join('\n\n') || 'No API is configured.'}\n`);
  });
}

function advice({ name, accept, tokens }: ApiConfig): string {
  if (!accept.includes('provider')) return `${name}: none. It does not accept our provider's tokens.`;
  const { format, reasons, cautions } = chooseTokenFormat(tokens ?? {});
  return [`${name}: ${format}`, ...reasons.map((reason) => `  - ${reason}`), ...cautions.map((it) => `  ! ${it}`)].join(
    '\n',
  );
}
