import { type ChildProcess, spawn } from 'node:child_process';
import { untilAnswered } from '../e2e/until-answered.ts';

export interface ServerCommand {
  /** The path of a script and its arguments. */
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** What answers as soon as it serves. */
  readonly probe: string;
}

/** A server in a process of its own, so that it can go as servers go: without a word. */
export class ServerProcess {
  readonly #command: ServerCommand;
  #child: ChildProcess | undefined;
  #output = '';

  constructor(command: ServerCommand) {
    this.#command = command;
  }

  /** @param env what is other than it was, from now on */
  async start(env: Readonly<Record<string, string>> = {}): Promise<void> {
    const { args, cwd, probe } = this.#command;
    const child = spawn(process.execPath, args, {
      cwd,
      env: { ...process.env, NODE_OPTIONS: '', ...this.#command.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => this.#note(text));
    this.#child = child;
    const ended = new Promise<never>((_, reject) => {
      child.once('exit', (code) => reject(new Error(`The server ended with ${code}:\n${this.#output}`)));
    });
    const answer = await Promise.race([untilAnswered(probe), ended]);
    ended.catch(() => undefined);
    await answer.body?.cancel();
  }

  kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
    return new Promise((resolve) => {
      child.once('exit', () => resolve());
      child.kill('SIGKILL');
    });
  }

  #note(text: string): void {
    this.#output += text;
  }
}
