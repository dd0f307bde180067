import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { createAuthority } from '../../test/fixtures/certificates.ts';
import { HttpOptionsInvalid } from './http-options-invalid.ts';
import { trustedAuthorities } from './trusted-authorities.ts';

const { cert, issue } = createAuthority();

function aFile(t: TestContext, content: string | Buffer): string {
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-ca-'));
  t.after(() => rmSync(directory, { recursive: true }));
  const path = join(directory, 'ca.pem');
  writeFileSync(path, content);
  return path;
}

function refusal(path: string): string {
  try {
    trustedAuthorities(path);
  } catch (error) {
    assert.ok(error instanceof HttpOptionsInvalid && error.message.includes(path));
    return `${error.message.replaceAll(path, 'F')}. ${error.remedy}`;
  }
  return assert.fail('It was taken.');
}

test("without a file Node's own authorities hold; with one, its certificates are added to them", (t) => {
  assert.equal(trustedAuthorities(undefined), undefined);
  const trusted = trustedAuthorities(aFile(t, `Company CA\n${cert}\n${issue('idp.example').cert}`)) ?? [];
  assert.equal(new Set(trusted).size, trusted.length);
  assert.ok(trusted.includes(cert.trim()) && trusted.length > 2);
});

test('a file that cannot be used is refused by what is wrong with it, and told how to mend it', (t) => {
  const path = aFile(t, 'no certificate');
  assert.match(refusal(path), /^The CA file F holds no certificate\. Name a PEM file/);
  assert.match(refusal(`${path}.missing`), /^The CA file F does not exist/);
  assert.match(refusal(join(path, '..')), /is a directory/);
  assert.match(refusal(aFile(t, issue('idp.example').key)), /no certificate\. It holds a private key/);
  assert.match(refusal(aFile(t, new X509Certificate(cert).raw)), /It looks like DER: `openssl x509 -inform der/);
  const damaged = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----';
  assert.match(refusal(aFile(t, `${cert}\n${damaged}`)), /damaged certificate: number 2 in it\. Copy the file anew/);
});
