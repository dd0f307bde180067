import type { Access } from '../../access/index.ts';
import type { EpochMs } from '../../base/clock.ts';
import type { Provider } from '../../provider/index.ts';
import { type NewRevocation, prepareRevocations, RevocationIndex } from '../../revocation/index.ts';

/** How much a revocation would hit. */
export interface Reach {
  /** Tokens of ours that have not expired; undefined where that cannot be counted, as for tokens of others. */
  readonly issued: number | undefined;
  /** Tokens that this process has let in lately; undefined where it decides about none. */
  readonly seen: number | undefined;
}

export interface ReachDependencies {
  readonly access: Pick<Access, 'remembered' | 'countRemembered'>;
  readonly provider: { readonly issuer: string; readonly tokens: Pick<Provider['tokens'], 'count'> } | undefined;
}

/** @throws RevocationInvalid naming everything that is wrong with the entries */
export async function reachOf(
  entries: readonly NewRevocation[],
  now: EpochMs,
  { access, provider }: ReachDependencies,
): Promise<Reach> {
  const index = new RevocationIndex();
  index.apply(prepareRevocations(entries, now).map((entry, n) => ({ ...entry, seq: n + 1 })));
  const [entry] = entries;
  return {
    issued: entry?.issuer === provider?.issuer ? await issuedOf(entry, provider) : undefined,
    // A process that is no gateway remembers nothing, and so knows nothing of what others have seen.
    seen: access.remembered === 0 ? undefined : access.countRemembered((caller) => index.match(caller) !== undefined),
  };
}

/** Other kinds name so few tokens that nobody counts them. */
async function issuedOf(
  entry: NewRevocation | undefined,
  provider: ReachDependencies['provider'],
): Promise<number | undefined> {
  if (entry === undefined || provider === undefined) return undefined;
  const { kind, value, client, before = 0 } = entry;
  const common = { issuedUntil: before };
  switch (kind) {
    case 'issuer':
      return provider.tokens.count(common);
    case 'client':
      return provider.tokens.count({ ...common, client: value });
    case 'subject':
      return provider.tokens.count({ ...common, subject: value, client });
    default:
      return undefined;
  }
}
