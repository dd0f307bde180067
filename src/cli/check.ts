import { Command } from 'commander';
import { type Config, loadConfig, renderReport } from '../config/index.ts';
import { federationCallback } from '../provider/index.ts';
import { configOption } from './config-option.ts';

/** Judges a configuration: exit code 0 when it can be started with, 1 when not. */
export function checkCommand(): Command {
  return new Command('check').addOption(configOption()).action(async ({ config: file }: { config: string }) => {
    const outcome = await loadConfig(file, process.env);
    const report = renderReport(outcome.ok ? [] : outcome.faults, outcome.warnings);
    if (report !== '') process.stdout.write(`${report}\n`);
    if (outcome.ok) process.stdout.write(`${redirectUris(outcome.config)}${file}: accepted\n`);
    else process.exitCode = 1;
  });
}

/** What must be registered elsewhere, for people to come back from there. */
function redirectUris({ provider, issuers }: Config): string {
  if (provider === undefined) return '';
  return issuers
    .filter(({ signIn }) => signIn !== undefined)
    .map(({ name }) => `sign-in at ${name}: redirect URI ${federationCallback(provider.issuer, name)}\n`)
    .join('');
}
