import { printable } from '../printable.ts';
import type { RevocationAnswer } from './revocation-answers.ts';

type Revoked = Pick<RevocationAnswer, 'kind' | 'issuer' | 'value' | 'client' | 'before'>;

/** What a revocation kills, in words. */
export function describeRevocation({ kind, issuer, value, client, before }: Revoked): string {
  if (kind === 'token') return `the token, of ${printable(issuer)}`;
  if (kind === 'jti') return `the token with jti ${printable(value)}, of ${printable(issuer)}`;
  const whose = kind === 'issuer' ? '' : ` of ${kind} ${printable(value)}`;
  const holder = client === undefined ? '' : ` that client ${printable(client)} holds`;
  const until = before === undefined ? '' : ` issued until ${before}`;
  return `all tokens${whose}${holder} from ${printable(issuer)}${until}`;
}
