import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePorts, type Ports } from './free-ports.ts';

const program = fileURLToPath(new URL('../../bin/gatehouse.js', import.meta.url));

/** The whole program in a process and a folder of its own, as an operator runs it. */
export interface RunningGatehouse {
  readonly folder: string;
  readonly gateway: string;
  readonly provider: string;
  readonly admin: string;
  /** Where signals arrive, if the configuration has any. */
  readonly signals: string;
  /** What it wrote to standard output and standard error so far. */
  output(): string;
  /** Runs a command of the command line against it. */
  command(args: readonly string[], input?: string): Promise<CommandResult>;
  /** Ends it by a signal, and waits. */
  end(signal: NodeJS.Signals): Promise<number | null>;
  /** Starts it again on the same folder and ports. */
  restart(): Promise<void>;
  /** Ends it and removes the folder. */
  remove(): Promise<void>;
}

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * @param makeConfig the text of gatehouse.yaml, given the ports that were found free
 * @param options of `gatehouse start`
 */
export async function runGatehouse(
  makeConfig: (ports: Ports) => string,
  options: readonly string[] = [],
): Promise<RunningGatehouse> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-'));
  const ports = await freePorts();
  const { gateway, provider, admin, signals } = ports;
  await writeFile(join(folder, 'gatehouse.yaml'), makeConfig(ports));
  let output = '';
  let child = start();
  await ready();

  function start(): ChildProcess {
    const started = spawn(process.execPath, [program, 'start', ...options], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [started.stdout, started.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    return started;
  }

  async function ready(): Promise<void> {
    const deadline = Date.now() + 110_000;
    while (Date.now() < deadline) {
      if (child.exitCode !== null) throw new Error(`gatehouse ended with ${child.exitCode}:\n${output}`);
      const answer = await fetch(`http://127.0.0.1:${admin}/readyz`).catch(() => undefined);
      if (answer?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    child.kill('SIGKILL');
    throw new Error(`gatehouse was not ready in time:\n${output}`);
  }

  function end(signal: NodeJS.Signals): Promise<number | null> {
    return new Promise((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode);
      child.once('exit', resolve);
      child.kill(signal);
    });
  }

  return {
    folder,
    gateway: `http://127.0.0.1:${gateway}`,
    provider: `http://127.0.0.1:${provider}`,
    admin: `http://127.0.0.1:${admin}`,
    signals: `http://127.0.0.1:${signals}`,
    output: () => output,
    command: (args, input = '') => runCommand(folder, args, input),
    end,
    async restart() {
      child = start();
      await ready();
    },
    async remove() {
      await end('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Runs one command of the program in a folder and waits for its end. */
export function runCommand(folder: string, args: readonly string[], input = ''): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...args], { cwd: folder });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('close', (code) => resolve({ code, stdout, stderr }));
    child.stdin.end(input);
  });
}

/** The secret of the client that the admin API was given at first start. */
export async function adminSecret(folder: string): Promise<string> {
  return (await readFile(join(folder, 'data', 'gatehouse-admin.secret'), 'utf8')).trim();
}
