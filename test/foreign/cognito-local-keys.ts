// Loaded before cognito-local, whose one key is part of its package: puts another in its place.
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { createRequire } from 'node:module';

const { PRIVATE_KEY } = process.env;
if (PRIVATE_KEY !== undefined) {
  const require = createRequire(import.meta.url);
  const privateKey = createPrivateKey(PRIVATE_KEY);
  const publicKey = createPublicKey(privateKey);
  const pem = publicKey.export({ type: 'pkcs1', format: 'pem' });
  const published = require('cognito-local/lib/keys/cognitoLocal.public.json');
  Object.assign(published, { jwk: { ...published.jwk, ...publicKey.export({ format: 'jwk' }) }, pem });
  Object.assign(require('cognito-local/lib/keys/cognitoLocal.private.json'), { pem: PRIVATE_KEY });
}
