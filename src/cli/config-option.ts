import { Option } from 'commander';
import { type Config, loadConfig, renderReport } from '../config/index.ts';
import { CommandFailure } from './command-failure.ts';

/** Where the configuration is if nobody says otherwise. */
export const usualConfig = 'gatehouse.yaml';

/** Where the configuration is, for every command. */
export function configOption(): Option {
  return new Option('-c, --config <file>', 'the configuration').env('GATEHOUSE_CONFIG').default(usualConfig);
}

/**
 * @returns the configuration; its warnings go to standard error if wanted
 * @throws CommandFailure with the report where it is refused
 */
export async function readConfig(file: string, { warn = false } = {}): Promise<Config> {
  const outcome = await loadConfig(file, process.env);
  if (!outcome.ok) {
    throw new CommandFailure(`the configuration is refused\n${renderReport(outcome.faults, outcome.warnings)}`);
  }
  if (warn && outcome.warnings.length > 0) process.stderr.write(`${renderReport([], outcome.warnings)}\n`);
  return outcome.config;
}
