import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTypedIssuer } from './typed-issuer.ts';

const openid = '/.well-known/openid-configuration';
const oauth = '/.well-known/oauth-authorization-server';

test('an issuer is taken to the letter, and its document sought in every form', () => {
  const { identifier, discoveryUrls } = readTypedIssuer('https://acme.okta.com/oauth2/default') ?? {};
  assert.equal(identifier, 'https://acme.okta.com/oauth2/default');
  assert.deepEqual(discoveryUrls, [
    `https://acme.okta.com/oauth2/default${openid}`,
    `https://acme.okta.com${oauth}/oauth2/default`,
    `https://acme.okta.com/oauth2/default${oauth}`,
    `https://acme.okta.com${openid}/oauth2/default`,
  ]);
  assert.equal(readTypedIssuer('https://acme.eu.auth0.com/')?.identifier, 'https://acme.eu.auth0.com/');
});

test('the documents of an Entra issuer of version 1.0 are where they really are', () => {
  const [first] = readTypedIssuer('https://sts.windows.net/4c9e1b70/')?.discoveryUrls ?? [];
  assert.equal(first, `https://login.microsoftonline.com/4c9e1b70${openid}`);
});

test('a bare domain is https, and AD FS and Okta are found below it', () => {
  const { identifier, discoveryUrls = [] } = readTypedIssuer('fs.acme.example') ?? {};
  assert.equal(identifier, undefined);
  assert.equal(discoveryUrls[0], `https://fs.acme.example${openid}`);
  assert.ok(discoveryUrls.includes(`https://fs.acme.example/adfs${openid}`));
  assert.ok(discoveryUrls.includes(`https://fs.acme.example/oauth2/default${openid}`));
  const below = readTypedIssuer('id.acme.example:8443/realms/acme')?.discoveryUrls ?? [];
  assert.equal(below[0], `https://id.acme.example:8443/realms/acme${openid}`);
});

test('a bare loopback host is http', () => {
  for (const host of ['localhost:9400', '127.0.0.1:9400', '[::1]:9400', 'lab.localhost:9400']) {
    assert.equal(readTypedIssuer(host)?.discoveryUrls[0], `http://${host}${openid}`);
  }
});

test('the URL of a document is asked as it is, with its query', () => {
  const url = `https://login.microsoftonline.com/4c9e1b70/v2.0${openid}?appid=7`;
  assert.deepEqual(readTypedIssuer(url), { identifier: undefined, discoveryUrls: [url] });
});

test('what is no place on the web is none', () => {
  for (const text of ['', '://', 'https://', 'a b', 'https://ada:secret@id.example', 'ada@id.example'])
    assert.equal(readTypedIssuer(text), undefined, text);
});
