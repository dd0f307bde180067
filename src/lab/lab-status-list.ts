import { encodeStatusList, newStatusList, setStatus } from '../status/index.ts';

/** What may be said of a token (draft-ietf-oauth-status-list-21 section 7.1). */
export const labStatuses = { valid: 0, invalid: 1, suspended: 2 } as const;

type LabStatus = keyof typeof labStatuses;

export function isLabStatus(text: string): text is LabStatus {
  return Object.hasOwn(labStatuses, text);
}

/** More tokens than anybody tries out; after that, places are given again. */
const entries = 4096;

/** Seconds: so short that a change is seen while one looks. */
const ttl = 5;

/** The status list of an issuer of the lab. */
export class LabStatusList {
  readonly #uri: string;
  readonly #list = newStatusList(2, entries);
  #given = 0;

  constructor(uri: string) {
    this.#uri = uri;
  }

  /** The claim of a new token, which is valid. */
  refer(): object {
    const idx = this.#given++ % entries;
    setStatus(this.#list, idx, labStatuses.valid);
    return { status_list: { idx, uri: this.#uri } };
  }

  /** @param token a JWT of this issuer; @returns whether it has a place in the list */
  set(token: string, status: LabStatus): boolean {
    const idx = placeOf(token);
    if (idx === undefined || idx >= this.#given) return false;
    setStatus(this.#list, idx, labStatuses[status]);
    return true;
  }

  /** @param nowSeconds since 1970 */
  async claims(nowSeconds: number): Promise<Readonly<Record<string, unknown>>> {
    const status_list = await encodeStatusList(this.#list);
    return { sub: this.#uri, iat: nowSeconds, exp: nowSeconds + 60, ttl, status_list };
  }
}

function placeOf(token: string): number | undefined {
  try {
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    const idx: unknown = claims?.status?.status_list?.idx;
    return typeof idx === 'number' && idx >= 0 ? idx : undefined;
  } catch {
    return undefined;
  }
}
