// A program: decodes and verifies JWTs that were never seen, and beside it only their signatures, by crypto.verify with
// key, input and signature at hand. Prints both a second for each algorithm, measured in turns of a tenth of a second.
import { constants, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { decodeJwt, importKeySet, type JwtExpectation, verifyJwt } from '../../src/tokens/index.ts';
import { median } from '../harness/statistics.ts';
import { repeat } from './calls-per-second.ts';

type KeyPair = { publicKey: KeyObject; privateKey: KeyObject };
type Form = { digest: string | null; key: () => KeyPair; options?: object };

const rsa = (): KeyPair => generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = (namedCurve: string) => (): KeyPair => generateKeyPairSync('ec', { namedCurve });
const rawSignature = { dsaEncoding: 'ieee-p1363' };
const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
const forms = {
  RS256: { digest: 'sha256', key: rsa },
  PS256: { digest: 'sha256', key: rsa, options: pss },
  ES256: { digest: 'sha256', key: ec('P-256'), options: rawSignature },
  ES384: { digest: 'sha384', key: ec('P-384'), options: rawSignature },
  EdDSA: { digest: null, key: () => generateKeyPairSync('ed25519') },
} as const satisfies Record<string, Form>;

const expectationFor = (algorithm: keyof typeof forms): JwtExpectation => ({
  issuers: ['https://issuer.example'],
  algorithms: [algorithm],
  types: ['at+jwt'],
  required: ['exp'],
  leewaySeconds: 5,
  maxLifetimeSeconds: undefined,
  equals: {},
});

function measure(algorithm: keyof typeof forms): { readonly ours: number; readonly bare: number } {
  const { digest, key, options = {} }: Form = forms[algorithm];
  const { publicKey, privateKey } = key();
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'k', alg: algorithm };
  const { keySet } = importKeySet({ keys: [jwk] });
  const expectation = expectationFor(algorithm);
  const samples = Array.from({ length: 500 }, (_, n) => {
    const now = Math.floor(Date.now() / 1000);
    const names = { iss: 'https://issuer.example', aud: 'https://orders.example', client_id: 'reporting' };
    const claims = {
      ...names,
      sub: `subject-${n}`,
      jti: `token-${n}`,
      iat: now,
      exp: now + 3600,
      scope: 'orders:read',
    };
    const input = `${encode({ alg: algorithm, typ: 'at+jwt', kid: 'k' })}.${encode(claims)}`;
    const signature = sign(digest, Buffer.from(input), { key: privateKey, ...options });
    return { token: `${input}.${signature.toString('base64url')}`, input: Buffer.from(input), signature };
  });
  const bareKey = { key: createPublicKey({ key: jwk, format: 'jwk' }), ...options };
  const sample = (turn: number) => samples[turn % samples.length] as (typeof samples)[0];
  const ours = (turn: number): void => {
    const decoded = decodeJwt(sample(turn).token, 16_384);
    if (!decoded.ok || !verifyJwt(decoded.value, expectation, keySet, Date.now()).ok) throw new Error('refused');
  };
  const bare = (turn: number): void => {
    const { input, signature } = sample(turn);
    if (!verify(digest, input, bareKey, signature)) throw new Error('refused');
  };
  for (const each of [ours, bare]) repeat(each, 300);
  const turns = Array.from({ length: 10 }, () => ({ ours: repeat(ours, 50), bare: repeat(bare, 50) }));
  return { ours: median(turns.map((turn) => turn.ours)), bare: median(turns.map((turn) => turn.bare)) };
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

const names = Object.keys(forms) as (keyof typeof forms)[];
console.log(JSON.stringify(Object.fromEntries(names.map((name) => [name, measure(name)]))));
