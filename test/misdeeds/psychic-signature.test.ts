import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verifyJws } from '../../src/tokens/index.ts';
import { aJwt, aSigningKey, encode, keySetOf, outcome, verify } from '../fixtures/a-jwt.ts';

/** ECDSA signatures of zeros verified any message under any key: CVE-2022-21449. */
const orders: Record<string, string> = {
  ES256: 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551',
  ES384: `${'f'.repeat(48)}c7634d81f4372ddf581a0db248b0a77aecec196accc52973`,
  ES512: `01${'f'.repeat(65)}a51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409`,
};

for (const [alg, order] of Object.entries(orders)) {
  test(`R and S of an ${alg} signature lie between zero and the order of the curve`, () => {
    const key = aSigningKey(alg);
    const width = order.length;
    const zero = '0'.repeat(width);
    const beyond = (BigInt(`0x${order}`) + 1n).toString(16).padStart(width, '0');
    const numbers = [zero, order, beyond, 'f'.repeat(width), '1'.padStart(width, '0')];
    const [header, payload] = aJwt(key).split('.');
    for (const r of numbers) {
      for (const s of numbers) {
        const token = `${header}.${payload}.${encode(Buffer.from(r + s, 'hex'))}`;
        assert.equal(outcome(verify(token, keySetOf(key))), 'signature_invalid', `${r} ${s}`);
        assert.equal(outcome(verifyJws(token, key.jwk)), 'signature_invalid');
      }
    }
  });
}
