import { CommandFailure } from './command-failure.ts';

/** Bytes. Longer than any token that a gateway takes by default. */
const maxLength = 64 * 1024;

/**
 * A token comes on standard input, never as an argument: arguments stand in the shell's history and in the list of
 * processes.
 *
 * @throws CommandFailure where there is none, or something else
 */
export async function readToken(input: NodeJS.ReadStream): Promise<string> {
  if (input.isTTY) process.stderr.write('Paste the token, then press Enter and Ctrl-D.\n');
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > maxLength) throw new CommandFailure(`standard input is longer than ${maxLength} bytes: no token is`);
    chunks.push(bytes);
  }
  const token = Buffer.concat(chunks).toString('utf8').trim();
  if (token === '') throw new CommandFailure('no token on standard input. Remedy: echo "$TOKEN" | gatehouse ...');
  return token.replace(/^bearer +/i, '');
}
