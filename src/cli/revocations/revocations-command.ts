import { Command, InvalidArgumentError, Option } from 'commander';
import { revocationKinds } from '../../revocation/index.ts';
import { adminClient } from '../admin-client.ts';
import { configOption, readConfig } from '../config-option.ts';
import { pastArgument } from '../time-argument.ts';
import { type ListOptions, listQuery } from './list-query.ts';
import { printRevocations, type RevocationPage } from './print-revocations.ts';
import { showCommand } from './show-command.ts';

/** Rows of a page, at most: as many as the admin API gives. */
const largestPage = 200;

/** Lists what is revoked, newest first; shows one of them. */
export function revocationsCommand(): Command {
  return new Command('revocations')
    .enablePositionalOptions()
    .addOption(configOption())
    .option('--issuer <name>', 'of this issuer, by its name or identifier')
    .addOption(new Option('--kind <kind>', 'of this kind').choices(Object.keys(revocationKinds)))
    .option('--value <value>', 'of this value: a hash, jti, subject, client, session or key')
    .option('--subject <sub>', 'short for --kind subject --value')
    .option('--actor <who>', 'revoked by this actor, such as client:gatehouse-admin')
    .addOption(
      new Option('--since <time>', 'revoked since that time, ISO 8601, or so long ago at most, such as 2h').argParser(
        pastArgument,
      ),
    )
    .addOption(new Option('--limit <rows>', `at most so many, up to ${largestPage}`).argParser(rowsOf).default(50))
    .option('--cursor <cursor>', 'the older ones, as the page before says')
    .option('--json', 'print JSON')
    .action(async ({ config, json, ...options }: ListOptions & { config: string; json?: boolean }) => {
      const query = listQuery(options);
      const admin = await adminClient(await readConfig(config));
      const page = await admin.get<RevocationPage>(`/revocations?${query}`);
      process.stdout.write(json === true ? `${JSON.stringify(page, null, 2)}\n` : printRevocations(page));
    })
    .addCommand(showCommand());
}

function rowsOf(text: string): number {
  const rows = Number(text);
  if (/^\d+$/.test(text) && rows >= 1 && rows <= largestPage) return rows;
  throw new InvalidArgumentError(`Write a number from 1 to ${largestPage}.`);
}
