import { printable } from '../printable.ts';

/** What the admin API says of the issuers. */
export interface IssuerList {
  readonly items: readonly IssuerState[];
}

interface IssuerState {
  readonly name: string;
  readonly identifier: string;
  readonly refusal: string | null;
  readonly keys: KeysState;
  readonly introspection: IntrospectionState | null;
}

interface FailureState {
  readonly code: string;
  readonly title: string;
  readonly remedy: string;
}

interface KeysState {
  readonly state: string;
  readonly discovery: string | null;
  readonly jwks_uri: string | null;
  readonly keys: readonly { readonly kid: string | null; readonly algorithms: readonly string[] }[];
  readonly skipped: readonly { readonly kid: string | null; readonly reason: string }[];
  readonly last_success: string | null;
  readonly last_attempt: string | null;
  readonly next_fetch: string | null;
  readonly usable_until: string | null;
  readonly failure: FailureState | null;
  readonly warnings: readonly string[];
}

interface IntrospectionState {
  readonly endpoint: string;
  readonly state: string;
  readonly last_success: string | null;
  readonly last_failure: (FailureState & { readonly at: string }) | null;
  readonly failures: number;
  readonly next_attempt: string | null;
}

/** How many keys of an issuer are shown. */
const shownAtMost = 10;

/** For each issuer the state of its discovery, its keys and its introspection, and what to do where they fail. */
export function printIssuers({ items }: IssuerList): string {
  if (items.length === 0) return 'No issuer is configured. Remedy: see `gatehouse issuers add --help`.\n';
  return `${items.map(describe).join('\n\n')}\n`;
}

function describe({ name, identifier, refusal, keys, introspection }: IssuerState): string {
  return [
    `${name}  ${printable(identifier)}`,
    ...(refusal === null ? [] : [`  JWTs are refused: ${refusal}`]),
    ...describeKeys(keys),
    ...(introspection === null ? [] : describeIntrospection(introspection)),
  ].join('\n');
}

function describeKeys(keys: KeysState): readonly string[] {
  const { discovery, jwks_uri: jwksUri, failure } = keys;
  return [
    ...(discovery === null ? [] : [`  discovery: ${printable(discovery)}`]),
    ...(jwksUri === null ? [] : [`  key set: ${printable(jwksUri)}`]),
    `  keys: ${[keys.state, ...keyTimes(keys)].join(', ')}`,
    ...shown(keys.keys.map(({ kid, algorithms }) => `${kid ?? '(no kid)'}  ${algorithms.join(' ')}`)),
    ...shown(keys.skipped.map(({ kid, reason }) => `${kid ?? '(no kid)'}  skipped: ${reason}`)),
    ...keys.warnings.map((warning) => `  warning: ${printable(warning)}`),
    ...(failure === null ? [] : [describeFailure(failure)]),
  ];
}

function shown(lines: readonly string[]): readonly string[] {
  const kept = lines.slice(0, shownAtMost).map((line) => `    ${printable(line)}`);
  return lines.length > shownAtMost ? [...kept, `    and ${lines.length - shownAtMost} more`] : kept;
}

/** Our own provider's keys are at hand: none of them is ever fetched. */
function keyTimes({ failure, ...times }: KeysState): readonly string[] {
  return [
    ...said('last fetched', times.last_success),
    ...(failure === null ? [] : said('last tried', times.last_attempt)),
    ...(failure === null ? [] : said('good until', times.usable_until)),
    ...said('next fetch', times.next_fetch),
  ];
}

function describeIntrospection(state: IntrospectionState): readonly string[] {
  const { endpoint, failures, last_failure: failure } = state;
  const facts = [
    state.state,
    ...said('last answer', state.last_success),
    ...(failures === 0 ? [] : [`${failures} failures in a row`]),
    ...said('next attempt', state.next_attempt),
  ];
  const isWell = failures === 0 || failure === null;
  return [
    `  introspection: ${printable(endpoint)}`,
    `    ${facts.join(', ')}`,
    ...(isWell ? [] : [describeFailure(failure)]),
  ];
}

function describeFailure({ code, title, remedy }: FailureState): string {
  return `  failed: ${code}. ${title} Remedy: ${remedy}`;
}

function said(what: string, at: string | null): readonly string[] {
  return at === null ? [] : [`${what} ${at}`];
}
