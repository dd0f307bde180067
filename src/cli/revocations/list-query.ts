import { CommandFailure } from '../command-failure.ts';

/** What narrows a list of revocations. */
export interface ListOptions {
  readonly issuer?: string;
  readonly kind?: string;
  readonly value?: string;
  readonly subject?: string;
  readonly actor?: string;
  readonly since?: string;
  readonly cursor?: string;
  readonly limit: number;
}

/**
 * As the admin API takes it.
 *
 * @throws CommandFailure where two options narrow the same
 */
export function listQuery({ subject, ...options }: ListOptions): URLSearchParams {
  if (subject !== undefined && (options.kind !== undefined || options.value !== undefined)) {
    throw new CommandFailure(
      '--subject is short for --kind subject --value. Remedy: leave out --kind and --value, or --subject',
    );
  }
  const narrowed = subject === undefined ? options : { ...options, kind: 'subject', value: subject };
  const given = Object.entries(narrowed).filter(([, value]) => value !== undefined);
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
}
