import { ordinaryClaims, signTexts } from '../../fixtures/a-jwt.ts';
import { type Forgery, forgery, issuerKey } from './forgery.ts';

/** Ways of writing an object that some parser reads, each done to the JSON of a good token. */
const disguises: Record<string, (json: string) => string | Uint8Array> = {
  'a member twice': (json) => json.replace('{', '{"kid":"a","kid":"a",'),
  'a member twice, once escaped': (json) => json.replace('{', '{"x":1,"\\u0078":2,'),
  'a member twice, far inside': (json) => json.replace('{', '{"x":[{"y":{"z":1,"z":2}}],'),
  '`__proto__` twice': (json) => json.replace('{', '{"__proto__":{},"__proto__":{},'),
  'a trailing comma': (json) => json.replace(/}$/, ',}'),
  'a leading comma': (json) => json.replace('{', '{,'),
  'a comment': (json) => json.replace('{', '{/* */'),
  'a comment to the end of the line': (json) => json.replace('{', '{//\n'),
  'single quotation marks': (json) => json.replaceAll('"', "'"),
  'a name without quotation marks': (json) => json.replace('{', '{x:1,'),
  NaN: (json) => json.replace('{', '{"x":NaN,'),
  Infinity: (json) => json.replace('{', '{"x":Infinity,'),
  'a number beyond all numbers': (json) => json.replace('{', '{"x":1e400,'),
  'a number below all numbers': (json) => json.replace('{', '{"x":[-1e400],'),
  'a number with a leading zero': (json) => json.replace('{', '{"x":007,'),
  'a number with a plus sign': (json) => json.replace('{', '{"x":+1,'),
  'a hexadecimal number': (json) => json.replace('{', '{"x":0x10,'),
  'a byte order mark': (json) => `\ufeff${json}`,
  'UTF-16': (json) => Buffer.from(json, 'utf16le'),
  'an overlong form in UTF-8': (json) => withBytes(json, [0xc0, 0xaf]),
  'a surrogate in UTF-8': (json) => withBytes(json, [0xed, 0xa0, 0x80]),
  'a byte of Latin-1': (json) => withBytes(json, [0xe9]),
  'a character cut off': (json) => withBytes(json, [0xe2, 0x82]),
  'half a surrogate pair, high': (json) => json.replace('{', '{"x":"\\ud800",'),
  'half a surrogate pair, low': (json) => json.replace('{', '{"x":"\\udc00",'),
  'half a surrogate pair in a name': (json) => json.replace('{', '{"\\ud83d":1,'),
  'a line feed in a string': (json) => json.replace('{', '{"x":"\n",'),
  'an escape that is none': (json) => json.replace('{', '{"x":"\\q",'),
  'thirty-three levels': (json) => json.replace('{', `{"x":${'['.repeat(33)}${']'.repeat(33)},`),
  'three thousand levels': (json) => json.replace('{', `{"x":${'['.repeat(3000)}${']'.repeat(3000)},`),
  'something behind': (json) => `${json}x`,
  'a NUL behind': (json) => `${json}\0`,
  'a second object': (json) => `${json}${json}`,
  'an array around': (json) => `[${json}]`,
  'a string around': (json) => JSON.stringify(json),
  nothing: () => '',
  null: () => 'null',
  'a number': () => '1790000000',
  'an empty array': () => '[]',
  'a brace that is never closed': (json) => json.slice(0, -1),
};

function withBytes(json: string, bytes: readonly number[]): Uint8Array {
  const [before = '', after = ''] = json.replace('{', '{"x":"|",').split('|');
  return Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)]);
}

const header = JSON.stringify({ alg: 'ES256', typ: 'at+jwt', kid: issuerKey.kid });
const payload = JSON.stringify(ordinaryClaims);

export const jsonForgeries: readonly Forgery[] = Object.entries(disguises).flatMap(([name, disguise]) => [
  forgery('json_invalid', `${name} in the payload`, () => signTexts(header, disguise(payload), issuerKey)),
  // An empty header is no part at all, which the structure tells.
  ...(name === 'nothing'
    ? []
    : [forgery('json_invalid', `${name} in the header`, () => signTexts(disguise(header), payload, issuerKey))]),
]);
