import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { AdminClient } from '../admin-client.ts';
import { CommandFailure } from '../command-failure.ts';
import { printable } from '../printable.ts';
import type { RevocationRequest } from './revocation-request.ts';

/** How many tokens a revocation would hit, as far as that is known. */
export interface ReachAnswer {
  /** Of our own provider, and not expired. */
  readonly issued: number | null;
  /** Let in lately by the process that was asked. */
  readonly seen: number | null;
}

export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream;
}

/** Whether it would kill so much that a slip must not be enough: all that there is of somebody, up to now. */
export function hitsMany({ kind, before }: RevocationRequest): boolean {
  return (kind === 'issuer' || kind === 'client' || kind === 'key') && before === undefined;
}

/**
 * Says how many tokens would be hit, and asks whether that is meant.
 *
 * @throws CommandFailure where it is not, or where nobody is there to be asked; nothing is revoked then
 */
export async function confirmReach(
  request: RevocationRequest,
  admin: Pick<AdminClient, 'post'>,
  terminal: Terminal,
): Promise<void> {
  const reach = await admin.post<ReachAnswer>('/revocations/reach', request);
  const what = `all tokens${whose(request)} from ${printable(request.issuer ?? '')} issued until now`;
  if (terminal.input.isTTY !== true) {
    throw new CommandFailure(
      `this would revoke ${what} (${howMany(reach)}), and standard input is no terminal to confirm it on. Remedy: add --yes; or bound it by --before`,
    );
  }
  terminal.output.write(`This revokes ${what}: ${howMany(reach)}.\nGo on? [y/N] `);
  if (!/^y(es)?$/i.test((await readLine(terminal)).trim())) throw new CommandFailure('nothing was revoked');
}

function whose({ kind, value }: RevocationRequest): string {
  return kind === 'issuer' ? '' : ` of ${kind} ${printable(value ?? '')}`;
}

function howMany({ issued, seen }: ReachAnswer): string {
  const known = issued === null ? 'how many there are, nobody here knows' : `${issued} that have not expired`;
  return seen === null ? known : `${known}; the gateway that was asked has let in ${seen} of them lately`;
}

async function readLine({ input, output }: Terminal): Promise<string> {
  const lines = createInterface({ input, output, terminal: false });
  const [line = ''] = await Promise.race([once(lines, 'line'), once(lines, 'close')]);
  lines.close();
  return line;
}
