import type { JsonObject } from '../protocol/claims.ts';
import { type Rejection, rejection } from '../protocol/rejection.ts';

/**
 * A JOSE header (RFC 7515 section 4) whose parameters have their types. `jwk`, `jku`, `x5u` and `x5c` may be in it, and
 * no code of this module reads them: a key that the token brings along proves nothing.
 */
export interface JoseHeader extends JsonObject {
  readonly alg: string;
  readonly typ?: string;
  readonly kid?: string;
  readonly x5t?: string;
  readonly 'x5t#S256'?: string;
}

const optionalStrings = ['typ', 'cty', 'kid', 'x5t', 'x5t#S256'] as const;

/** @returns undefined where the header may be taken for a `JoseHeader` */
export function checkHeader(header: JsonObject): Rejection | undefined {
  // RFC 7515 section 4.1.11: a recipient that does not support a listed extension must refuse, and we support none;
  // nor may the list be empty, or name parameters of the RFC itself. So whatever it holds, it is refused.
  if ('crit' in header) return rejection('critical_header_unknown', { crit: header['crit'] });
  if (typeof header['alg'] !== 'string') return rejection('header_invalid', { parameter: 'alg' });
  const mistyped = optionalStrings.find((name) => name in header && typeof header[name] !== 'string');
  if (mistyped !== undefined) return rejection('header_invalid', { parameter: mistyped });
  // RFC 7516 sections 4.1 and 9: these are of the header of a JWE, of which this is not one.
  const ofJwe = ['enc', 'zip'].find((name) => name in header);
  if (ofJwe !== undefined) return rejection('header_invalid', { parameter: ofJwe });
  // RFC 7797 section 6 demands `crit` with it; without, the payload could be read in two ways.
  if ('b64' in header && header['b64'] !== true) return rejection('header_invalid', { parameter: 'b64' });
  return undefined;
}
