import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { importKeySet, verifyJws } from '../../src/tokens/index.ts';
import { outcome } from '../fixtures/a-jwt.ts';

/** The worked examples of RFC 7520, RFC 7797 and RFC 8037, where the folder lies beside the repository. */
const folder = new URL('../../../shared/vectors/jose-cookbook/', import.meta.url);
const options = { skip: existsSync(folder) ? false : `the vectors are not at ${folder.pathname}` };

interface Part {
  readonly protected?: string;
  readonly signature?: string;
}

interface Example {
  readonly input: { readonly payload: string; readonly key: object };
  readonly output: {
    readonly compact?: string;
    readonly json: { readonly payload?: string; readonly signatures?: readonly Part[] };
  };
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(new URL(`${file}.json`, folder), 'utf8'));
}

const accepted = {
  'jws-4_1.rsa_v15_signature': 'RFC 7520 section 4.1: RSA v1.5',
  'jws-4_2.rsa-pss_signature': 'RFC 7520 section 4.2: RSA-PSS',
  'jws-4_3.ecdsa_signature': 'RFC 7520 section 4.3: ECDSA',
  'curve25519-jws': 'RFC 8037 appendix A.4: Ed25519',
};

for (const [file, title] of Object.entries(accepted)) {
  test(`${title} verifies, with the key alone or in a set`, options, () => {
    const { input, output } = read(file) as Example;
    for (const jwks of [input.key, { keys: [input.key] }]) {
      const verdict = verifyJws(output.compact ?? '', jwks);
      assert.ok(verdict.ok, outcome(verdict));
      assert.equal(Buffer.from(verdict.value.payload).toString(), input.payload);
    }
  });

  test(`${title} does not verify once a bit is changed`, options, () => {
    const { input, output } = read(file) as Example;
    const parts = (output.compact ?? '').split('.');
    for (const part of [1, 2]) {
      const bytes = Buffer.from(parts[part] ?? '', 'base64url');
      bytes[10] = (bytes[10] ?? 0) ^ 1;
      const changed = parts.with(part, bytes.toString('base64url')).join('.');
      assert.equal(outcome(verifyJws(changed, input.key)), 'signature_invalid');
    }
  });
}

test('RFC 7520 section 4.8: the first of several signatures, with all three keys at hand', options, () => {
  const { input, output } = read('jws-4_8.multiple_signatures') as Example;
  const [first] = output.json.signatures ?? [];
  const compact = `${first?.protected}.${output.json.payload}.${first?.signature}`;
  const verdict = verifyJws(compact, { keys: input.key });
  assert.equal(verdict.ok && Buffer.from(verdict.value.payload).toString(), input.payload);
});

const refused = {
  'jws-4_4.hmac-sha2_integrity_protection': 'algorithm_not_allowed',
  'jws-4_5.signature_with_detached_content': 'algorithm_not_allowed',
  'rfc7797-hmac-sha2_b64_false': 'critical_header_unknown',
  'jwe-5_1.key_encryption_using_rsa_v15_and_aes-hmac-sha2': 'token_encrypted',
  'jwe-5_2.key_encryption_using_rsa-oaep_with_aes-gcm': 'token_encrypted',
  'jwe-5_3.key_wrap_using_pbes2-aes-keywrap_with-aes-cbc-hmac-sha2': 'token_encrypted',
  'jwe-5_4.key_agreement_with_key_wrapping_using_ecdh-es_and_aes-keywrap_with_aes-gcm': 'token_encrypted',
  'jwe-5_5.key_agreement_using_ecdh-es_with_aes-cbc-hmac-sha2': 'token_encrypted',
  'jwe-5_6.direct_encryption_using_aes-gcm': 'token_encrypted',
  'jwe-5_7.key_wrap_using_aes-gcm_keywrap_with_aes-cbc-hmac-sha2': 'token_encrypted',
  'jwe-5_8.key_wrap_using_aes-keywrap_with_aes-gcm': 'token_encrypted',
  'jwe-5_9.compressed_content': 'token_encrypted',
  'curve25519-ecdh-es': 'token_encrypted',
};

for (const [file, code] of Object.entries(refused)) {
  test(`${file} is refused: ${code}`, options, () => {
    const { input, output } = read(file) as Example;
    assert.equal(outcome(verifyJws(output.compact ?? '', input.key)), code);
  });
}

const keys = {
  'jwk-3_1.ec_public_key': undefined,
  'jwk-3_2.ec_private_key': 'private',
  'jwk-3_3.rsa_public_key': undefined,
  'jwk-3_4.rsa_private_key': 'private',
  'jwk-3_5.symmetric_key_mac_computation': 'symmetric',
  'jwk-3_6.symmetric_key_encryption': 'not_for_signatures',
};

for (const [file, reason] of Object.entries(keys)) {
  test(`${file} in a published key set is ${reason === undefined ? 'imported' : `skipped: ${reason}`}`, options, () => {
    const { keySet, skipped } = importKeySet({ keys: [read(file)] });
    assert.equal(skipped[0]?.reason, reason);
    assert.equal(keySet.keys.length, reason === undefined ? 1 : 0);
  });
}
