import { randomBytes } from 'node:crypto';

/** Eight random bytes tell processes and restarts apart; the counter tells requests apart. */
const prefix = randomBytes(8).toString('hex');
let counter = 0;

export function nextRequestId(): string {
  return `${prefix}-${(++counter).toString(36)}`;
}

/** What a trusted proxy may call a request: it goes into headers and log lines. */
const sane = /^[\w.:@/+=-]{1,128}$/;

export function isSaneRequestId(id: string): boolean {
  return sane.test(id);
}
