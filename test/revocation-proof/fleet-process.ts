import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const program = new URL('./a-node.ts', import.meta.url);

/** Where bin/gatehouse.js keeps sources without types, too: to strip them is most of what a start costs. */
const compiled = fileURLToPath(new URL('../../node_modules/.cache/gatehouse', import.meta.url));

/** A process of the fleet, which can be stopped in every way. */
export class FleetProcess {
  /** By sequence number, when the entry was first in its index: milliseconds since 1970. */
  readonly appliedAt = new Map<number, number>();
  readonly #options: readonly string[];
  #child: ChildProcess | undefined;

  /** @param options of a-node.ts */
  constructor(options: readonly string[]) {
    this.#options = options;
  }

  /** Resolves when it is ready. */
  async start(): Promise<void> {
    const child = fork(program, this.#options, { env: { ...process.env, NODE_COMPILE_CACHE: compiled } });
    this.#child = child;
    const ready = Promise.withResolvers<void>();
    child.on('message', (message) => {
      if (message === 'ready') ready.resolve();
      else this.#note(message as [number, number][]);
    });
    child.once('exit', (code) => ready.reject(new Error(`a process of the fleet ended with ${code}`)));
    await ready.promise;
  }

  /** Takes it off the processor: it does nothing, and does not know that. */
  pause(): void {
    this.#child?.kill('SIGSTOP');
  }

  resume(): void {
    this.#child?.kill('SIGCONT');
  }

  async kill(): Promise<void> {
    if (this.#child === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }

  #note(applied: readonly [number, number][]): void {
    for (const [seq, at] of applied) if (!this.appliedAt.has(seq)) this.appliedAt.set(seq, at);
  }
}
