import type { LabTokenRequest } from './lab-issuer.ts';
import type { LabAlgorithm } from './lab-keys.ts';

/** A day, in seconds: nobody should come to rely on a toy. */
const longestLifetime = 86_400;

/**
 * The form fields of the lab's token endpoint: `sub`, `client_id`, `scope`, `audience` (more than once if need be),
 * `ttl` in seconds, `alg`, and `claims`, a JSON object that is put over the rest.
 *
 * @returns why the form cannot be served, or the request
 */
export function readTokenForm(form: URLSearchParams): LabTokenRequest | string {
  const lifetimeSeconds = Number(form.get('ttl') ?? 600);
  const isLifetime = lifetimeSeconds >= 1 && lifetimeSeconds <= longestLifetime;
  if (!isLifetime) return `ttl is a number of seconds from 1 to ${longestLifetime}`;
  const algorithm = form.get('alg') ?? undefined;
  if (algorithm !== undefined && !isAlgorithm(algorithm)) return 'alg is ES256 or RS256';
  const claims = parseObject(form.get('claims') ?? '{}');
  if (claims === undefined) return 'claims is a JSON object';
  return {
    subject: form.get('sub') ?? undefined,
    client: form.get('client_id') ?? undefined,
    scopes: (form.get('scope') ?? '').split(' ').filter((scope) => scope !== ''),
    audiences: form.getAll('audience'),
    lifetimeSeconds,
    algorithm,
    claims,
  };
}

function isAlgorithm(text: string): text is LabAlgorithm {
  return text === 'ES256' || text === 'RS256';
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
