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
  if (input.isTTY) process.stderr.write(`Paste ${what}, then press Enter and Ctrl-D.\n`);
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > maxLength) throw new CommandFailure(`standard input is longer than ${maxLength} bytes`);
    chunks.push(bytes);
  }
  const secret = Buffer.concat(chunks).toString('utf8').trim();
  if (secret === '') throw new CommandFailure(`${what} is missing. Remedy: send it to standard input`);
  return secret;
}

/** @throws CommandFailure where there is no token on standard input */
export async function readToken(input: NodeJS.ReadStream): Promise<string> {
  const token = await readSecret(input, 'the token');
  return token.replace(/^bearer +/i, '');
}
