import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Proves that a form was made by us for this very interaction and question. The interaction's cookie, which another
 * site can neither read nor have sent with a form of its own, is the first defence; this is the second.
 */
export function formToken(secret: string, uid: string, prompt: string): string {
  return createHmac('sha256', secret).update(`form ${prompt} ${uid}`).digest('base64url');
}

export function formTokenFits(given: string, expected: string): boolean {
  const [actual, wanted] = [Buffer.from(given), Buffer.from(expected)];
  return actual.length === wanted.length && timingSafeEqual(actual, wanted);
}
