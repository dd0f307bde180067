import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';

/** The system under test has a core of its own; everything else shares the other one. */
export const cores = { system: 0, rest: 1 } as const;

export interface Command {
  readonly run: string;
  readonly args: readonly string[];
  readonly core: number;
  readonly folder: string;
  /** Where it listens once it is ready. */
  readonly port: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** A server in a process of its own, on one core. What it writes goes to a file, as under a service manager. */
export class PinnedProcess {
  readonly #child: ChildProcess;
  readonly #log: string;

  private constructor(child: ChildProcess, log: string) {
    this.#child = child;
    this.#log = log;
  }

  /** @throws where it ends, or does not listen within 20 seconds */
  static async start({ run, args, core, folder, port, env }: Command): Promise<PinnedProcess> {
    const log = join(folder, 'output.log');
    const file = openSync(log, 'w');
    const child = spawn('taskset', ['-c', String(core), run, ...args], {
      cwd: folder,
      env: { ...process.env, ...env },
      stdio: ['ignore', file, file],
    });
    closeSync(file);
    const started = new PinnedProcess(child, log);
    await started.#untilListening(port);
    return started;
  }

  get pid(): number {
    return this.#child.pid as number;
  }

  /** What it wrote so far. */
  output(): string {
    return readFileSync(this.#log, 'utf8');
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => {
      if (this.#hasEnded()) resolve(undefined);
      this.#child.once('exit', resolve);
      this.#child.kill('SIGTERM');
      setTimeout(() => this.#child.kill('SIGKILL'), 3_000).unref();
    });
  }

  #hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  async #untilListening(port: number): Promise<void> {
    const deadline = Date.now() + 20_000;
    while (!(await listens(port))) {
      if (this.#hasEnded()) throw new Error(`${this.#child.spawnargs.join(' ')} ended:\n${this.output()}`);
      if (Date.now() > deadline) throw new Error(`nobody listens on ${port}:\n${this.output()}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
