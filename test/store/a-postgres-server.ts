import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Identity } from '../fixtures/certificates.ts';
import { freePort } from './free-port.ts';
import { postgresBinaries, type ServerUser, serverUser } from './postgres-binaries.ts';

/** Ends the server when the test process does, however it ends: then its end of the pipe closes. */
const untilOrphaned = `"$@" & server=$!; cat > /dev/null; kill -QUIT $server; wait $server`;

export interface ServerOptions {
  /** Further settings of postgresql.conf. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Makes the server speak TLS, to those who ask for it. */
  readonly tls?: Identity;
  /** Whether a commit waits for the disk. Default false: what is asked is seldom whether the disk is honest. */
  readonly fsync?: boolean;
}

/** A real PostgreSQL of its own, on loopback. */
export class PostgresServer {
  readonly password: string;
  readonly data: string;
  readonly port: number;
  readonly #home: string;
  readonly #bin: string;
  readonly #user: ServerUser;
  #settings: Readonly<Record<string, string>>;
  #process: ChildProcess | undefined;
  #databases = 0;

  private constructor(home: string, port: number, password: string, options: ServerOptions) {
    this.#home = home;
    this.#user = serverUser();
    this.#bin = postgresBinaries(this.#user, home);
    this.#settings = { fsync: options.fsync === true ? 'on' : 'off', ...options.settings };
    this.data = join(home, 'data');
    this.port = port;
    this.password = password;
  }

  /** Starts a new, empty server. */
  static async start(options: ServerOptions = {}): Promise<PostgresServer> {
    const server = new PostgresServer(newHome(), await freePort(), randomBytes(12).toString('hex'), options);
    server.#initialise(options.tls);
    await server.start();
    return server;
  }

  /** A standby of this server, made from a copy of its files while it is stopped; follows it as soon as it runs. */
  async standby(): Promise<PostgresServer> {
    const standby = new PostgresServer(newHome(), await freePort(), this.password, { settings: this.#settings });
    cpSync(this.data, standby.data, { recursive: true });
    const primary = `host=127.0.0.1 port=${this.port} user=postgres password=${this.password}`;
    writeFileSync(join(standby.data, 'standby.signal'), '');
    writeFileSync(join(standby.data, 'postgresql.auto.conf'), `primary_conninfo = '${primary}'\n`);
    standby.#own(standby.data);
    return standby;
  }

  async start(): Promise<void> {
    const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', ...this.#settings };
    const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const command = [join(this.#bin, 'postgres'), '-D', this.data, '-p', String(this.port), ...options];
    const child = spawn('sh', ['-c', untilOrphaned, 'sh', ...command], {
      ...this.#user,
      cwd: this.#home,
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    this.#process = child;
    await saysReady(child);
  }

  /** @param signal SIGINT ends the connections and shuts down in good order, SIGQUIT at once */
  async stop(signal: 'SIGINT' | 'SIGQUIT' = 'SIGINT'): Promise<void> {
    if (this.#process === undefined) return;
    const ended = once(this.#process, 'exit');
    process.kill(this.#postmaster(), signal);
    this.#process.stdin?.end();
    await ended;
    this.#process = undefined;
  }

  /** kill -9 for the server and all its processes: no goodbye, no checkpoint. */
  async kill(): Promise<void> {
    if (this.#process === undefined) return;
    const ended = once(this.#process, 'exit');
    const postmaster = this.#postmaster();
    const children = spawnSync('ps', ['-o', 'pid=', '--ppid', String(postmaster)], { encoding: 'utf8' }).stdout;
    for (const pid of [postmaster, ...children.split('\n').map(Number).filter(Boolean)]) killIfThere(pid);
    this.#process.stdin?.end();
    await ended;
    this.#process = undefined;
  }

  /** Stops the server and removes all it has written. */
  async close(): Promise<void> {
    await this.stop('SIGQUIT');
    this.#removeSharedMemory();
    rmSync(this.#home, { recursive: true, force: true });
  }

  /** What a server that was killed, and not started again, has left with the system. */
  #removeSharedMemory(): void {
    const file = join(this.data, 'postmaster.pid');
    const id = existsSync(file) ? readFileSync(file, 'utf8').split('\n')[6]?.trim().split(/\s+/)[1] : undefined;
    if (id !== undefined) spawnSync('ipcrm', ['-m', id]);
  }

  url(database = 'postgres'): string {
    return `postgres://postgres:${this.password}@127.0.0.1:${this.port}/${database}`;
  }

  /** @returns the URL of a new, empty database */
  async createDatabase(): Promise<string> {
    const name = `db${++this.#databases}`;
    await this.query(`CREATE DATABASE ${name}`);
    return this.url(name);
  }

  /** Runs a statement as the superuser. */
  async query(sql: string, database = 'postgres'): Promise<readonly Record<string, unknown>[]> {
    const client = new pg.Client(this.url(database));
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  }

  /** Sorts as people of a country do by default, so that what must sort by code point has to say so. */
  #initialise(tls: Identity | undefined): void {
    const passwordFile = join(this.#home, 'password');
    writeFileSync(passwordFile, this.password);
    if (tls !== undefined) this.#settings = { ...this.#settings, ...this.#tlsSettings(tls) };
    this.#own(this.#home);
    const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=en-US'];
    const access = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
    const made = spawnSync(join(this.#bin, 'initdb'), ['-D', this.data, '--no-sync', ...locale, ...access], {
      ...this.#user,
      cwd: this.#home,
      encoding: 'utf8',
    });
    if (made.status !== 0) throw new Error(`initdb failed: ${made.error ?? made.stderr}`);
  }

  #tlsSettings({ cert, key }: Identity): Readonly<Record<string, string>> {
    const [certFile, keyFile] = [join(this.#home, 'server.crt'), join(this.#home, 'server.key')];
    writeFileSync(certFile, cert);
    writeFileSync(keyFile, key, { mode: 0o600 });
    return { ssl: 'on', ssl_cert_file: certFile, ssl_key_file: keyFile };
  }

  /** Gives what lies there to the server's user, and to nobody else. */
  #own(path: string): void {
    chmodSync(path, 0o700);
    const { uid, gid } = this.#user;
    if (uid === undefined || gid === undefined) return;
    spawnSync('chown', ['-R', `${uid}:${gid}`, path]);
  }

  #postmaster(): number {
    return Number(readFileSync(join(this.data, 'postmaster.pid'), 'utf8').split('\n')[0]);
  }
}

function newHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'gatehouse-postgres-'));
  chmodSync(home, 0o755);
  mkdirSync(join(home, 'data'), { mode: 0o700 });
  return home;
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself meanwhile.
  }
}

function saysReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (/ready to accept (read-only )?connections/.test(said)) resolve();
    });
    child.once('exit', () => reject(new Error(`PostgreSQL did not start: ${said}`)));
  });
}
