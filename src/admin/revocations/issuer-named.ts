import type { Issuer } from '../../issuers/index.ts';
import type { InputFault } from '../problem.ts';

/** A name is looked for first, so that no identifier can pose as a name. */
export function issuerNamed(name: string | undefined, issuers: readonly Issuer[]): Issuer | undefined {
  return (
    issuers.find((issuer) => issuer.name === name) ??
    issuers.find(({ identifier, expectation }) => identifier === name || expectation.issuers.includes(name ?? ''))
  );
}

export function issuerUnknown(issuers: readonly Issuer[]): InputFault {
  const names = issuers.map(({ name }) => name).join(', ');
  return { path: 'issuer', reason: `is not configured here; there are: ${names}` };
}
