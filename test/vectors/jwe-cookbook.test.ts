import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { decryptJwe, importDecryptionKey } from '../../src/tokens/index.ts';
import { outcome } from '../fixtures/a-jwt.ts';

/** The worked examples of RFC 7520 section 5, where the folder lies beside the repository. */
const folder = new URL('../../../shared/vectors/jose-cookbook/', import.meta.url);
const options = { skip: existsSync(folder) ? false : `the vectors are not at ${folder.pathname}` };

interface Example {
  readonly input: { readonly key: Readonly<Record<string, unknown>> };
  readonly output: { readonly compact: string };
}

function read(file: string): Example {
  return JSON.parse(readFileSync(new URL(`${file}.json`, folder), 'utf8')) as Example;
}

/** What they hold is a sentence, so an example that is opened is refused for that. */
test('RFC 7520 section 5.5: ECDH-ES with A128CBC-HS256 is opened', options, async () => {
  const { input, output } = read('jwe-5_5.key_agreement_using_ecdh-es_with_aes-cbc-hmac-sha2');
  const key = importDecryptionKey(JSON.stringify(input.key));
  const seen: unknown[] = [];
  const verdict = await decryptJwe(output.compact, [key], 16 * 1024, (check, facts) => seen.push([check, facts]));
  assert.equal(outcome(verdict), 'encrypted_content_unsigned');
  const kid = 'meriadoc.brandybuck@buckland.example';
  const opened = { alg: 'ECDH-ES', enc: 'A128CBC-HS256', kid, key: { kid, kty: 'EC', crv: 'P-256' } };
  assert.deepEqual(seen.at(-1), ['decryption', opened]);
});

const refused = {
  'jwe-5_2.key_encryption_using_rsa-oaep_with_aes-gcm': 'RSA-OAEP by SHA-1',
  'jwe-5_4.key_agreement_with_key_wrapping_using_ecdh-es_and_aes-keywrap_with_aes-gcm': 'ECDH-ES+A128KW',
};

for (const [file, title] of Object.entries(refused)) {
  test(
    `RFC 7520 section ${file.slice(4, 7).replace('_', '.')}: ${title} is not, although its key is at hand`,
    options,
    async () => {
      const { input, output } = read(file);
      const key = importDecryptionKey(JSON.stringify(input.key));
      assert.equal(outcome(await decryptJwe(output.compact, [key], 16 * 1024)), 'encryption_not_allowed');
    },
  );
}

const keyless = {
  'jwe-5_1.key_encryption_using_rsa_v15_and_aes-hmac-sha2': 'RSA1_5',
  'jwe-5_6.direct_encryption_using_aes-gcm': 'dir',
  'jwe-5_7.key_wrap_using_aes-gcm_keywrap_with_aes-cbc-hmac-sha2': 'A256GCMKW',
  'jwe-5_8.key_wrap_using_aes-keywrap_with_aes-gcm': 'A128KW',
  'jwe-5_9.compressed_content': 'compressed content',
};

for (const [file, title] of Object.entries(keyless)) {
  test(`RFC 7520 section ${file.slice(4, 7).replace('_', '.')}: ${title} is refused by name`, options, async () => {
    assert.equal(outcome(await decryptJwe(read(file).output.compact, [], 16 * 1024)), 'encryption_not_allowed');
  });
}
