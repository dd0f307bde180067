import type { Provider } from 'oidc-provider';
import { generateOpaqueToken } from '../../opaque/index.ts';
import { tokenExchanged, tokenIssued } from '../channels.ts';
import type { ExchangeGrant } from '../exchange-rule.ts';
import type { IssuedToken } from '../ports/token-registry.ts';
import type { Services } from '../services.ts';
import { revocationOf } from '../token-revocation.ts';
import { type AccessModel, issuedToken } from './issued-token.ts';
import { errors } from './library.ts';
import { originOf } from './token-origin.ts';

type Saved = { jti: string; save(): Promise<string> };

/**
 * Gives every token of this library instance its recognisable form, and puts every access token on record before it
 * leaves. The library has no setting for either; its models' `save` is the one place that all tokens come through.
 */
export function recordTokens(oidc: Provider, services: Services, keyId: string): void {
  shape(oidc.RefreshToken.prototype, 'ghr_');
  shape(oidc.AuthorizationCode.prototype, 'ghc_');
  record(oidc.AccessToken.prototype, services, keyId);
  record(oidc.ClientCredentials.prototype, services, keyId);
}

function shape(model: Saved, prefix: 'ghr_' | 'ghc_'): void {
  const { save } = model;
  model.save = function (this: Saved) {
    this.jti ??= generateOpaqueToken(prefix);
    return save.call(this);
  };
}

function record(model: AccessModel, services: Services, keyId: string): void {
  const { save } = model;
  model.save = async function (this: AccessModel) {
    prepare(this, Math.floor(services.clock() / 1000));
    const value = await save.call(this);
    const token = issuedToken(services.issuer, this, value, keyId);
    await services.registry.record(token);
    if (token.grantId !== undefined && !(await services.families.live(token.grantId))) {
      await services.revocations.revoke([revocationOf(services.issuer, token, tooLate)]);
      throw new errors.InvalidGrant('the grant was revoked meanwhile');
    }
    tokenIssued.announce(token);
    announceExchange(originOf(this)?.grant, token);
    return value;
  };
}

function announceExchange(grant: ExchangeGrant | undefined, token: IssuedToken): void {
  const [subjectToken] = token.subjectTokens;
  if (grant === undefined || subjectToken === undefined) return;
  const { id, client, subject, audience, scopes, expiresAt } = token;
  tokenExchanged.announce({ grant, id, client, subject, audience, scopes, expiresAt, subjectToken });
}

const tooLate = { actor: 'provider', reason: 'issued while its grant was being revoked' };

/** The library takes over what is set: an identifier with its format, and the times. */
function prepare(token: AccessModel, now: number): void {
  token.iat ??= now;
  token.exp ??= token.iat + token.expiration;
  if (token.resourceServer?.accessTokenFormat === 'jwt') return;
  Object.assign(token, { jti: generateOpaqueToken('gho_'), format: 'opaque' });
}
