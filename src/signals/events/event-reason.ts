import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';

/** Characters of what the transmitter writes: the log is not its notebook. */
const longest = 256;

/**
 * Why, for the log and for `gatehouse revocations`: the name of the event, and what its transmitter says to
 * administrators (CAEP 1.0 section 2; RISC 1.0 has a plain `reason`).
 */
export function eventReason(name: string, { reason_admin, reason, change_type, credential_type }: JsonObject): string {
  const details = [change_type, credential_type, adminText(reason_admin) ?? reason]
    .filter((text) => typeof text === 'string')
    .map(printable)
    .filter((text) => text !== '');
  return [name, ...details].join(': ').slice(0, longest).toWellFormed();
}

/** Texts by language: the English one, else the first. */
function adminText(reason: Json | undefined): Json | undefined {
  return isJsonObject(reason) ? (reason['en'] ?? Object.values(reason)[0]) : reason;
}

/** On one line, and with nothing that steers a terminal or turns the direction of a text. */
export function printable(text: string): string {
  return text
    .slice(0, longest)
    .toWellFormed()
    .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
}
