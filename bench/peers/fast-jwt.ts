// A program: verifies tokens that were seen before by fast-jwt with its cache. Prints verifications a second.
import { readFileSync } from 'node:fs';
import { createVerifier } from 'fast-jwt';
import { callsPerSecond } from '../programs/calls-per-second.ts';

const [, , tokenFile = ''] = process.argv;
const tokens = readFileSync(tokenFile, 'utf8').split('\n');
const verify = createVerifier({
  key: readFileSync('RS256.pem', 'utf8'),
  algorithms: ['RS256'],
  allowedIss: 'http://127.0.0.1:19000',
  allowedAud: 'https://orders.example',
  cache: 10_000,
});
for (const token of tokens) verify(token);

const perSecond = await callsPerSecond((turn) => {
  const { sub } = verify(tokens[turn % tokens.length] as string) as { sub?: string };
  if (sub === undefined) throw new Error('a token without a subject');
});
console.log(JSON.stringify({ perSecond }));
