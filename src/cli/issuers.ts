import { Command } from 'commander';
import { adminClient } from './admin-client.ts';
import { configOption, readConfig } from './config-option.ts';
import { printable } from './printable.ts';

interface IssuerList {
  readonly items: readonly IssuerState[];
}

interface IssuerState {
  readonly name: string;
  readonly identifier: string;
  readonly refusal: string | null;
  readonly keys: {
    readonly state: string;
    readonly keys: readonly { readonly kid: string | null; readonly algorithms: readonly string[] }[];
    readonly skipped: readonly { readonly kid: string | null; readonly reason: string }[];
    readonly last_success: string | null;
    readonly next_fetch: string | null;
    readonly failure: { readonly code: string; readonly title: string; readonly remedy: string } | null;
    readonly warnings: readonly string[];
  };
}

/** Shows for each issuer how it stands with its keys. */
export function issuersCommand(): Command {
  return new Command('issuers').addOption(configOption()).action(async ({ config }: { config: string }) => {
    const admin = await adminClient(await readConfig(config));
    const { items } = await admin.get<IssuerList>('/issuers');
    process.stdout.write(`${items.map(describe).join('\n\n')}\n`);
  });
}

function describe({ name, identifier, refusal, keys }: IssuerState): string {
  const { failure } = keys;
  return [
    `${name}  ${identifier}`,
    `  keys: ${[keys.state, ...times(keys)].join(', ')}`,
    ...keys.keys.map((key) => `    ${printable(key.kid ?? '(no kid)')}  ${key.algorithms.join(' ')}`),
    ...keys.skipped.map((key) => `    ${printable(key.kid ?? '(no kid)')}  skipped: ${printable(key.reason)}`),
    ...keys.warnings.map((warning) => `  warning: ${printable(warning)}`),
    ...(refusal === null ? [] : [`  refused: ${refusal}`]),
    ...(failure === null ? [] : [`  failed: ${failure.code}. ${failure.title} Remedy: ${failure.remedy}`]),
  ].join('\n');
}

/** Our own provider's keys are at hand: none of them is ever fetched. */
function times({ last_success: last, next_fetch: next }: IssuerState['keys']): string[] {
  return [...(last === null ? [] : [`last fetched ${last}`]), ...(next === null ? [] : [`next ${next}`])];
}
