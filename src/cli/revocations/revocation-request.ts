import type { Config } from '../../config/index.ts';
import { CommandFailure } from '../command-failure.ts';

/** What the options of `gatehouse revoke` name. */
export interface RevocationOptions {
  readonly issuer?: string;
  readonly hash?: string;
  readonly jti?: string;
  readonly subject?: string;
  readonly client?: string;
  readonly session?: string;
  readonly key?: string;
  readonly all?: boolean;
  readonly before?: string;
  readonly reason?: string;
}

/** What the admin API is asked to revoke. */
export interface RevocationRequest {
  readonly kind: 'token' | 'jti' | 'subject' | 'client' | 'session' | 'key' | 'issuer';
  readonly issuer?: string | undefined;
  readonly token?: string | undefined;
  readonly hash?: string | undefined;
  readonly value?: string | undefined;
  readonly client?: string | undefined;
  readonly before?: string | undefined;
  readonly reason?: string | undefined;
}

const kinds = ['jti', 'subject', 'client', 'session', 'key'] as const;

/**
 * What is to be revoked; undefined where no option names anything, so that a token is wanted.
 *
 * @throws CommandFailure where the options do not go together, or leave open whose tokens are meant
 */
export function revocationRequest(options: RevocationOptions, config: Config): RevocationRequest | undefined {
  const { issuer, before, reason, subject, client, hash } = options;
  const thing = thingOf(options);
  if (thing === undefined) {
    if (before !== undefined) throw cutOffMisplaced('one token');
    return undefined;
  }
  if (issuer === undefined) throw issuerMissing(thing, config);
  if (thing === 'hash' || thing === 'jti') {
    if (before !== undefined) throw cutOffMisplaced(`--${thing}`);
    return thing === 'hash'
      ? { kind: 'token', hash, issuer, reason }
      : { kind: thing, value: options.jti, issuer, reason };
  }
  if (thing === 'all') return { kind: 'issuer', issuer, before, reason };
  const narrowed = thing === 'subject' ? { value: subject, client } : { value: options[thing] };
  return { kind: thing, ...narrowed, issuer, before, reason };
}

function thingOf(options: RevocationOptions): (typeof kinds)[number] | 'hash' | 'all' | undefined {
  const named = [...kinds, 'hash' as const, 'all' as const].filter((name) => options[name] !== undefined);
  const things = named.filter((name) => name !== 'client' || !named.includes('subject'));
  if (things.length <= 1) return things[0];
  const list = things.map((name) => `--${name}`).join(', ');
  throw new CommandFailure(`${list} name several things. Remedy: revoke one at a time; --client may go with --subject`);
}

function cutOffMisplaced(thing: string): CommandFailure {
  return new CommandFailure(`--before does not go with ${thing}. Remedy: leave it out, or name many tokens`);
}

function issuerMissing(thing: string, { issuers, provider }: Config): CommandFailure {
  const names = [...(provider === undefined ? [] : ['provider']), ...issuers.map(({ name }) => name)].join(', ');
  return new CommandFailure(`--${thing} does not say whose tokens. Remedy: name one of these by --issuer: ${names}`);
}
