import { Command } from 'commander';
import { adminClient } from './admin-client.ts';
import { configOption, readConfig } from './config-option.ts';
import { findApi } from './find-api.ts';
import { type PrintableExplanation, printExplanation } from './print-explanation.ts';
import { readToken } from './read-secret.ts';

interface ExplainArguments {
  readonly config: string;
  readonly api: string;
  readonly method: string;
  readonly path: string;
  readonly json?: boolean;
}

/** Tells what each check says of a token: exit code 0 if it is granted, 2 if refused. */
export function explainCommand(): Command {
  return new Command('explain')
    .addOption(configOption())
    .requiredOption('--api <name>', 'the API that is called')
    .option('--method <method>', 'with this method', 'GET')
    .option('--path <path>', 'at this path', '/')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExit code: 0 where the token is granted, 2 where it is refused, 1 where nobody could tell.',
    )
    .action(async ({ config: file, json, ...input }: ExplainArguments) => {
      const config = await readConfig(file);
      findApi(config, input.api);
      const token = await readToken(process.stdin);
      const admin = await adminClient(config);
      const told = await admin.post<PrintableExplanation>('/explain', { ...input, token });
      process.stdout.write(json === true ? `${JSON.stringify(told, null, 2)}\n` : printExplanation(told));
      if (!told.granted) process.exitCode = 2;
    });
}
