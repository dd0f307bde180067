import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A process that appends to the log on and on. */
export class Appender {
  /** Sequence numbers of what was acknowledged, so far. */
  readonly acknowledged: number[] = [];
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;

  constructor(url: string) {
    const script = new URL('./a-busy-appender.ts', import.meta.url).pathname;
    this.#child = spawn(process.execPath, [script, url], { stdio: ['ignore', 'pipe', 'inherit'] });
    if (this.#child.stdout === null) throw new Error('The appender has no output.');
    const lines = createInterface(this.#child.stdout);
    lines.on('line', (line) => this.acknowledged.push(Number(line)));
    this.#ended = Promise.all([once(lines, 'close'), once(this.#child, 'exit')]);
  }

  /** kill -9; resolves when all that it said was read. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }
}
