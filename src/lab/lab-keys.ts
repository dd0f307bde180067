import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';

export type LabAlgorithm = 'ES256' | 'RS256';

/** A public key as the key set shows it. */
export interface PublishedKey extends JWK {
  readonly kid: string;
}

interface LabKey {
  readonly algorithm: LabAlgorithm;
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly jwk: PublishedKey;
}

/** The keys of one issuer of the lab, made when they are first needed, since making RSA keys takes its time. */
export class LabKeys {
  readonly #ordinary: LabAlgorithm;
  /** The last of an algorithm signs; all are published. */
  #keys: readonly LabKey[] = [];
  /** Keys are made one after the other. */
  #making: Promise<unknown> = Promise.resolve();

  constructor(ordinary: LabAlgorithm) {
    this.#ordinary = ordinary;
  }

  /** @param shape header and claims, once it is known which key signs */
  async sign(
    algorithm: LabAlgorithm | undefined,
    shape: (kid: string) => { readonly header: Readonly<Record<string, unknown>>; readonly claims: JWTPayload },
  ): Promise<string> {
    const key = await this.#signer(algorithm ?? this.#ordinary);
    const { header, claims } = shape(key.kid);
    return new SignJWT(claims).setProtectedHeader({ alg: key.algorithm, ...header }).sign(key.privateKey);
  }

  /** The public keys. */
  async published(): Promise<readonly PublishedKey[]> {
    await this.#signer(this.#ordinary);
    return this.#keys.map(({ jwk }) => jwk);
  }

  /** @param drop whether the earlier keys are withdrawn at once */
  async rotate({ drop }: { readonly drop: boolean }): Promise<string> {
    const { kid } = await this.#inTurn(async () => {
      const fresh = await makeKey(this.#ordinary);
      this.#keys = drop ? [fresh] : [...this.#keys, fresh];
      return fresh;
    });
    return kid;
  }

  #signer(algorithm: LabAlgorithm): Promise<LabKey> {
    return this.#inTurn(async () => {
      const known = this.#keys.findLast((key) => key.algorithm === algorithm);
      if (known !== undefined) return known;
      const fresh = await makeKey(algorithm);
      this.#keys = [...this.#keys, fresh];
      return fresh;
    });
  }

  #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const done = this.#making.then(work);
    this.#making = done.catch(() => undefined);
    return done;
  }
}

async function makeKey(algorithm: LabAlgorithm): Promise<LabKey> {
  const { publicKey, privateKey } = await generateKeyPair(algorithm);
  const bare = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(bare);
  return { algorithm, kid, privateKey, jwk: { ...bare, kid, x5t: kid, alg: algorithm, use: 'sig' } };
}
