import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Running } from './running.ts';

/** The system under test has a core of its own; everything else shares the other one. */
export const cores = { system: '0', rest: '1', both: '0,1' } as const;

export interface Command {
  readonly run: string;
  readonly args: readonly string[];
  /** As taskset(1) lists them. */
  readonly core: string;
  readonly folder: string;
  /** Where it listens once it is ready. */
  readonly port: number;
  readonly patienceMs: number;
}

const running = new Set<ChildProcess>();

/** For the case that the benchmark itself is told to stop: nothing of it shall hold the ports. */
export function killAll(): void {
  for (const child of running) child.kill('SIGTERM');
}

/** A server in a process of its own, on one core. What it writes goes to a file, as under a service manager. */
export class PinnedProcess implements Running {
  readonly folder: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, folder: string) {
    this.#child = child;
    this.folder = folder;
  }

  /** @throws where somebody else listens there, and where it ends or does not listen in time */
  static async start({ run, args, core, folder, port, patienceMs }: Command): Promise<PinnedProcess> {
    if (await listens(port)) throw new Error(`somebody listens on port ${port} already`);
    const file = openSync(join(folder, 'output.log'), 'w');
    const child = spawn('taskset', ['-c', core, run, ...args], {
      cwd: folder,
      stdio: ['ignore', file, file],
    });
    closeSync(file);
    running.add(child);
    child.once('exit', () => running.delete(child));
    const started = new PinnedProcess(child, folder);
    await started.#untilListening(port, patienceMs);
    return started;
  }

  get pids(): readonly number[] {
    return [this.#child.pid as number];
  }

  /** What it wrote so far. */
  output(): string {
    return readFileSync(join(this.folder, 'output.log'), 'utf8');
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

  async #untilListening(port: number, patienceMs: number): Promise<void> {
    const deadline = Date.now() + patienceMs;
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
