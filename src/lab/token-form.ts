import { createPublicKey } from 'node:crypto';
import type { JWK } from 'jose';
import type { LabTokenRequest } from './lab-issuer.ts';

/** A day, in seconds: nobody should come to rely on a toy. */
const longestLifetime = 86_400;

/** Why a form cannot be served. */
class FormFault extends Error {}

/**
 * The form fields of the lab's token endpoint: `sub`, `client_id`, `scope`, `audience` (more than once if need be),
 * `ttl` in seconds, `alg`, `claims`, a JSON object that is put over the rest, `format` (`jwt` or `opaque`), `status`
 * (`true` gives a JWT a place in the issuer's status list), and `encrypt_to`, a public JWK that the JWT is encrypted to.
 *
 * @returns why the form cannot be served, or the request
 */
export function readTokenForm(form: URLSearchParams): LabTokenRequest | string {
  try {
    return {
      subject: form.get('sub') ?? undefined,
      client: form.get('client_id') ?? undefined,
      scopes: (form.get('scope') ?? '').split(' ').filter((scope) => scope !== ''),
      audiences: form.getAll('audience'),
      lifetimeSeconds: lifetimeOf(form.get('ttl') ?? '600'),
      algorithm: oneOf(['ES256', 'RS256'], 'alg', form),
      claims: objectOf('claims', form) ?? {},
      format: oneOf(['jwt', 'opaque'], 'format', form),
      status: oneOf(['true', 'false'], 'status', form) === 'true',
      encryptTo: publicKeyOf('encrypt_to', form),
    };
  } catch (error) {
    if (error instanceof FormFault) return error.message;
    throw error;
  }
}

function lifetimeOf(text: string): number {
  const seconds = Number(text);
  if (seconds >= 1 && seconds <= longestLifetime) return seconds;
  throw new FormFault(`ttl is a number of seconds from 1 to ${longestLifetime}`);
}

function oneOf<Value extends string>(values: readonly Value[], name: string, form: URLSearchParams): Value | undefined {
  const text = form.get(name);
  const found = values.find((value) => value === text);
  if (text !== null && found === undefined) throw new FormFault(`${name} is ${values.join(' or ')}`);
  return found;
}

function objectOf(name: string, form: URLSearchParams): Record<string, unknown> | undefined {
  const text = form.get(name);
  const value = text === null ? undefined : parse(text);
  if (text === null) return undefined;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new FormFault(`${name} is a JSON object`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function publicKeyOf(name: string, form: URLSearchParams): JWK | undefined {
  const jwk = objectOf(name, form);
  if (jwk === undefined || (!('d' in jwk) && isKey(jwk))) return jwk;
  throw new FormFault(`${name} is a public JWK: RSA, EC or X25519`);
}

function isKey(jwk: Record<string, unknown>): boolean {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' }).asymmetricKeyType !== 'ed25519';
  } catch {
    return false;
  }
}
