import type { EpochMs } from '../base/clock.ts';
import { type NewRevocation, retainForCutOff } from '../revocation/index.ts';
import { tokensRevoked } from './channels.ts';
import { isTokenRevoked } from './is-token-revoked.ts';
import type { IssuedToken, TokenCount, TokenQuery, TokenSelection } from './ports/token-registry.ts';
import type { Services } from './services.ts';
import { pagesOf, type RevocationNote, revocationOf } from './token-revocation.ts';

/** The access tokens that we issued: never their values. */
export interface IssuedTokens {
  /** Those that would be accepted now, newest first. A page may be short although another follows. */
  list(query: Omit<TokenQuery, 'liveAt'>): Promise<TokenPage>;
  /** How many of them have not expired; those that are revoked already are counted, too. */
  count(query: Omit<TokenCount, 'liveAt'>): Promise<number>;
  /** Until when the token of this hash was issued; undefined where none is on record, or no more. */
  issuedUntil(hash: string): Promise<EpochMs | undefined>;
  /** Ends the selected tokens earlier than they were to end, on every gateway; returns how many. */
  shorten(selection: TokenSelection, expiresAt: EpochMs, note: RevocationNote): Promise<number>;
  /**
   * Revokes the selected tokens. Where a client or a subject is selected, what could be made into new tokens dies too:
   * refresh tokens, codes and sign-ins. Resolves when that is durable and applied in this process.
   */
  revoke(selection: TokenSelection, note: RevocationNote): Promise<void>;
}

export interface TokenPage {
  readonly tokens: readonly IssuedToken[];
  /** Where the next page goes on; undefined after the last. */
  readonly next: TokenQuery['after'];
}

export function createIssuedTokens(services: Services): IssuedTokens {
  const { clock, registry, revocations, families } = services;
  return Object.freeze<IssuedTokens>({
    async list(query) {
      const page = await registry.list({ ...query, liveAt: clock() });
      const tokens = page.filter((token) => !isTokenRevoked(services, token));
      return { tokens, next: page.length < query.limit ? undefined : page.at(-1) };
    },
    count: (query) => registry.count({ ...query, liveAt: clock() }),
    issuedUntil: async (hash) => (await registry.find(hash))?.issuedUntil,
    async shorten(selection, expiresAt, note) {
      // The log first: it reaches gateways that remember the tokens as they were issued.
      await revokeEach(services, selection, note, expiresAt);
      return registry.shorten(selection, expiresAt);
    },
    async revoke(selection, note) {
      const { id, grantId, subject, client } = selection;
      if (grantId !== undefined) return families.end(grantId, 'revoked', note.actor);
      if (id !== undefined) return revokeEach(services, selection, note);
      if (subject === undefined && client === undefined) throw new TypeError('No token is selected.');
      await revocations.revoke([cutOff(services, { subject, client }, note)]);
    },
  });
}

/** @param from undefined: at once; tokens that end before it are left alone */
async function revokeEach(
  services: Services,
  selection: TokenSelection,
  note: RevocationNote,
  from?: EpochMs,
): Promise<void> {
  const { issuer, clock, registry, revocations } = services;
  for await (const tokens of pagesOf(registry, selection, clock())) {
    const living = tokens.filter(({ expiresAt }) => expiresAt > (from ?? 0));
    await revocations.revoke(living.map((token) => ({ ...revocationOf(issuer, token, note), from })));
    tokensRevoked.announce({ ids: living.map(({ id }) => id), ...note });
  }
}

function cutOff(
  { issuer, clock, longestLifetime }: Services,
  { subject, client }: TokenSelection,
  { actor, reason }: RevocationNote,
): NewRevocation {
  const before = Math.floor(clock() / 1000);
  const common = { issuer, before, actor, reason, expiresAt: retainForCutOff(before, longestLifetime) };
  if (subject === undefined) return { ...common, kind: 'client', value: client ?? '' };
  return { ...common, kind: 'subject', value: subject, client };
}
