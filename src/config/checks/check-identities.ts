import { parsePasswordHash } from '../../base/password.ts';
import type { Config } from '../config.ts';
import type { Findings } from './findings.ts';

/** Clients and people are told apart, and people's passwords are hashed. */
export function checkIdentities({ clients, accounts }: Config, findings: Findings): void {
  reportRepeated(
    'clients',
    'id',
    clients.map(({ id }) => id),
    findings,
  );
  reportRepeated(
    'accounts',
    'username',
    accounts.map(({ username }) => username),
    findings,
  );
  reportRepeated(
    'accounts',
    'subject',
    accounts.map(({ subject, username }) => subject ?? username),
    findings,
  );
  accounts.forEach(({ password }, index) => {
    if (parsePasswordHash(password.reveal()) !== undefined) return;
    const remedy = 'Make one with `gatehouse hash-password`, and put it in quotes.';
    findings.fault(['accounts', index, 'password'], 'is no password hash', remedy);
  });
}

function reportRepeated(section: string, member: string, values: readonly string[], findings: Findings): void {
  values.forEach((value, index) => {
    const first = values.indexOf(value);
    if (first < index)
      findings.fault([section, index, member], `"${value}" is that of ${section}[${first}] too`, 'Change one.');
  });
}
