/**
 * Decodes base64url as RFC 7515 section 2 has it: "with all trailing '=' characters omitted ... and without the
 * inclusion of any line breaks, whitespace, or other additional characters".
 *
 * Node's decoder forgives all of that, and RFC 4648 section 3.5 lets decoders ignore stray trailing bits. Each sequence
 * of bytes has one encoding without padding, so the text is strict exactly if encoding the bytes gives it back.
 *
 * @returns undefined where the text is not strict base64url
 */
export function decodeBase64url(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : undefined;
}
