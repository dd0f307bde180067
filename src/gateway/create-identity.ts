import { fixedNames, type Identity, type IdentityOptions } from './identity.ts';
import { createClaimHeaders } from './identity-headers.ts';
import { createUpstreamJwt } from './identity-jwt.ts';
import type { IdentitySigner } from './identity-signer.ts';

/** @throws TypeError where the options cannot work */
export function createIdentity(options: IdentityOptions, signer: IdentitySigner | undefined): Identity {
  switch (options.kind) {
    case 'jwt':
      if (signer === undefined) throw new TypeError('identity "jwt" needs a signer');
      return createUpstreamJwt(options.audience, options.lifetimeMs ?? 60_000, signer);
    case 'headers':
      return createClaimHeaders(options.claims ?? {});
    case 'token':
      return silent(true);
    case 'none':
      return silent(false);
  }
}

function silent(passesToken: boolean): Identity {
  const reserved = passesToken ? fixedNames : ['authorization', 'dpop', ...fixedNames];
  return { passesToken, ownNames: new Set(), reserved, fieldsFor: () => [], linesFor: () => '' };
}
