import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { CommandFailure } from './command-failure.ts';

/** Bytes. Longer than any token that a gateway takes by default. */
const maxLength = 64 * 1024;

/**
 * Secrets come on standard input, never as arguments: those stand in the shell's history and in the list of processes.
 *
 * @param what names it, for whoever has to type it
 * @throws CommandFailure where there is none, or something else
 */
export async function readSecret(input: NodeJS.ReadStream, what: string): Promise<string> {
  const secret = (input.isTTY ? await ask(input, what) : await readAll(input, what)).trim();
  if (secret === '') throw new CommandFailure(`${what} is missing. Remedy: send it to standard input`);
  return secret;
}

/** @throws CommandFailure where there is no token on standard input */
export async function readToken(input: NodeJS.ReadStream, what = 'the token'): Promise<string> {
  const token = await readSecret(input, what);
  return token.replace(/^bearer +/i, '');
}

/** Shows nothing of what is typed; takes lines longer than the 4096 characters at which a terminal cuts its own. */
async function ask(input: NodeJS.ReadStream, what: string): Promise<string> {
  process.stderr.write(`Paste ${what} and press Enter; it is not shown. `);
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: unseen, terminal: true });
  lines.once('SIGINT', () => lines.close());
  const [line = ''] = await Promise.race([once(lines, 'line'), once(lines, 'close')]);
  lines.close();
  process.stderr.write('\n');
  return line;
}

async function readAll(input: NodeJS.ReadStream, what: string): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > maxLength) {
      throw new CommandFailure(`standard input is longer than 64 KiB. Remedy: send ${what}, and nothing else`);
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}
