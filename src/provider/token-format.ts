/** What an API's owner may need of the tokens that we issue for it. `apis.*.tokens.needs` in the configuration. */
export const tokenNeeds = {
  federation: {
    wants: 'jwt',
    because: 'federation: resource servers of others must recognise the token by our signature.',
  },
  'local-validation-by-others': {
    wants: 'jwt',
    because: 'local-validation-by-others: whoever validates without asking us needs a signature to check.',
  },
  'readable-by-bearer': {
    wants: 'jwt',
    because: 'readable-by-bearer: the client is to read the claims, and an opaque token has none to read.',
  },
  'early-revocation': {
    wants: 'either',
    because: 'early-revocation: decides nothing, since every Gatehouse gateway refuses a revoked token of either kind.',
  },
  latency: {
    wants: 'either',
    because: 'latency: decides nothing, since a gateway decides about a token it has seen from memory, whichever kind.',
  },
} as const satisfies Record<string, { readonly wants: 'jwt' | 'either'; readonly because: string }>;

export type TokenNeed = keyof typeof tokenNeeds;

export type TokenFormat = 'opaque' | 'jwt';

export interface TokenFormatSettings {
  /** Default `auto`: from the needs. */
  readonly format?: TokenFormat | 'auto' | undefined;
  readonly needs?: readonly TokenNeed[] | undefined;
}

export interface TokenFormatChoice {
  readonly format: TokenFormat;
  /** Sentences that say why, for `gatehouse advise`. */
  readonly reasons: readonly string[];
  /** What the owner gives up by it, or has set against a need. */
  readonly cautions: readonly string[];
}

const whyOpaque =
  'Nothing needs a JWT, and an opaque token tells its bearer nothing, leaks nothing into logs and stays short; ' +
  'the upstream can have a signed JWT all the same (`forward.identity: jwt`).';

/** Opaque unless something needs a JWT. A format that was set is obeyed, and judged by the same rule. */
export function chooseTokenFormat({ format = 'auto', needs = [] }: TokenFormatSettings): TokenFormatChoice {
  const forJwt = needs.filter((need) => tokenNeeds[need].wants === 'jwt');
  const advised: TokenFormat = forJwt.length > 0 ? 'jwt' : 'opaque';
  const chosen = format === 'auto' ? advised : format;
  const said = needs.map((need): string => tokenNeeds[need].because);
  const set = format === 'auto' ? [] : [`\`format: ${format}\` is set.`];
  const reasons = [...set, ...said, ...(advised === 'opaque' && chosen === 'opaque' ? [whyOpaque] : [])];
  return Object.freeze({ format: chosen, reasons, cautions: cautionsOf(chosen, needs, forJwt) });
}

function cautionsOf(chosen: TokenFormat, needs: readonly TokenNeed[], forJwt: readonly TokenNeed[]): readonly string[] {
  if (chosen === 'opaque') {
    return forJwt.map((need) => `An opaque token does not meet the need ${need}: set \`format: jwt\` or \`auto\`.`);
  }
  const readable = needs.includes('readable-by-bearer')
    ? []
    : ['Whoever holds a JWT can read its claims: put nothing into `tokens.claims` that the client must not know.'];
  const outlives =
    needs.includes('early-revocation') && needs.some((need) => need !== 'readable-by-bearer' && forJwt.includes(need))
      ? ['Those who validate on their own accept a revoked JWT until it expires: keep `tokens.ttl` short.']
      : [];
  return [...readable, ...outlives];
}
