import { encode, ordinaryClaims, signatureBy, signParts } from '../../fixtures/a-jwt.ts';
import { type Forgery, forgery, issuerKey } from './forgery.ts';

/** What lax decoders forgive. Each is done to a part whose length leaves stray bits, and the result is signed. */
const disguises: Record<string, (part: string) => string> = {
  'one padding character': (part) => `${part}=`,
  'two padding characters': (part) => `${part}==`,
  'padding in the middle': (part) => `${part.slice(0, 8)}=${part.slice(8)}`,
  'a space in front': (part) => ` ${part}`,
  'a space behind': (part) => `${part} `,
  'a space within': (part) => `${part.slice(0, 8)} ${part.slice(8)}`,
  'a line feed within': (part) => `${part.slice(0, 8)}\n${part.slice(8)}`,
  'a carriage return and a line feed behind': (part) => `${part}\r\n`,
  'a tab within': (part) => `${part.slice(0, 8)}\t${part.slice(8)}`,
  'a NUL behind': (part) => `${part}\0`,
  'a plus sign': (part) => `${part.slice(0, 8)}+${part.slice(8)}`,
  'a slash': (part) => `${part.slice(0, 8)}/${part.slice(8)}`,
  'a stray bit': (part) => part.slice(0, -1) + nextCharacter(part.at(-1) ?? ''),
  'a character too many': (part) => `${part}AAA`,
  'an escaped padding character': (part) => `${part}%3D`,
  'a letter beyond ASCII': (part) => `${part}\u00e9`,
  'a full-width letter': (part) => `${part.slice(0, 8)}\uff21${part.slice(8)}`,
  'a zero-width space': (part) => `${part.slice(0, 8)}\u200b${part.slice(8)}`,
  'a byte order mark': (part) => `\ufeff${part}`,
  'quotation marks around': (part) => `"${part}"`,
};

/** Differs in the lowest bit, which a part of such a length does not use. */
function nextCharacter(character: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return alphabet[alphabet.indexOf(character) + 1] ?? '';
}

/** Spaces are added to the JSON until its encoding ends in two characters for one byte. */
function uneven(object: object): string {
  let text = JSON.stringify(object);
  while (encode(text).length % 4 !== 2) text += ' ';
  return encode(text);
}

const header = uneven({ alg: 'ES256', typ: 'at+jwt', kid: issuerKey.kid });
const payload = uneven(ordinaryClaims);
/** 64 bytes: 86 characters, and so there are stray bits. */
const signature = encode(signatureBy('ES256', issuerKey.privateKey, `${header}.${payload}`));

export const encodingForgeries: readonly Forgery[] = Object.entries(disguises).flatMap(([name, disguise]) => [
  forgery('encoding_invalid', `${name} of the header`, () => signParts(disguise(header), payload, issuerKey)),
  forgery('encoding_invalid', `${name} of the payload`, () => signParts(header, disguise(payload), issuerKey)),
  forgery('encoding_invalid', `${name} of the signature`, () => `${header}.${payload}.${disguise(signature)}`),
]);
