import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cores, PinnedProcess } from './pinned-process.ts';
import { ports } from './ports.ts';
import { type BenchAlgorithm, issuer, TokenMint, type TokenWish, tamper } from './tokens.ts';

const peers = fileURLToPath(new URL('../peers/', import.meta.url));
const distinctTokens = 1_000;

/** Tokens for the load, in a file, one a line; and a good one and bad ones to ask with. */
export interface TokenSupply {
  readonly file: string;
  readonly issuer: string;
  readonly good: string;
  readonly bad: readonly string[];
}

export interface StartOptions {
  /** Default: the one of the system under test. */
  readonly core?: string;
  /** Where it listens once it is ready. Default: the system's. */
  readonly port?: number;
  /** How long it may take until it listens. Default 20 seconds. */
  readonly patienceMs?: number;
  /** Puts into its folder what else it needs. */
  prepare?(folder: string): void;
}

/** What all systems have in common: a folder, the issuer with its keys and tokens, and the upstream. */
export class Site {
  readonly folder: string;
  /** How often each question is measured. */
  readonly rounds: number;
  readonly #mints = { RS256: new TokenMint('RS256'), ES256: new TokenMint('ES256') };
  readonly #supplies = new Map<BenchAlgorithm, TokenSupply>();
  #upstream: PinnedProcess | undefined;
  #folders = 0;

  private constructor(folder: string, rounds: number) {
    this.folder = folder;
    this.rounds = rounds;
  }

  static async open(rounds: number): Promise<Site> {
    const site = new Site(mkdtempSync(join(tmpdir(), 'gatehouse-bench-')), rounds);
    // nginx's workers are another user.
    chmodSync(site.folder, 0o755);
    site.#publish();
    site.#upstream = await site.start('nginx', ['-c', 'upstream.conf', '-e', 'stderr'], {
      core: cores.rest,
      port: ports.upstream,
    });
    return site;
  }

  tokens(algorithm: BenchAlgorithm): TokenSupply {
    const known = this.#supplies.get(algorithm);
    if (known !== undefined) return known;
    const mint = this.#mints[algorithm];
    const tokens = Array.from({ length: distinctTokens }, () => mint.mint());
    const file = join(this.folder, `${algorithm}.tokens`);
    writeFileSync(file, tokens.join('\n'));
    const good = tokens[0] as string;
    const made = { file, issuer, good, bad: [tamper(good), mint.mint({ livesSeconds: -60 })] };
    this.#supplies.set(algorithm, made);
    return made;
  }

  mint(algorithm: BenchAlgorithm, wish: TokenWish = {}): string {
    return this.#mints[algorithm].mint(wish);
  }

  /** Starts a program in a furnished folder of its own. */
  start(run: string, args: readonly string[], options: StartOptions = {}): Promise<PinnedProcess> {
    const { core = cores.system, port = ports.system, patienceMs = 20_000, prepare } = options;
    const folder = this.furnishedFolder();
    prepare?.(folder);
    const prefix = run === 'nginx' ? ['-p', folder] : [];
    return PinnedProcess.start({ run, args: [...prefix, ...args], core, folder, port, patienceMs });
  }

  /** A new folder with the peers' configurations, the keys and the issuer's documents. */
  furnishedFolder(): string {
    const folder = join(this.folder, String(++this.#folders));
    cpSync(peers, folder, { recursive: true });
    cpSync(join(this.folder, 'shared'), folder, { recursive: true });
    return folder;
  }

  async close(): Promise<void> {
    await this.#upstream?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #publish(): void {
    const shared = join(this.folder, 'shared');
    const documents = join(shared, 'issuer');
    mkdirSync(join(documents, '.well-known'), { recursive: true });
    const discovery = { issuer, jwks_uri: `${issuer}/jwks`, ...requiredMetadata };
    writeFileSync(join(documents, '.well-known', 'openid-configuration'), JSON.stringify(discovery));
    const mints = Object.values(this.#mints);
    writeFileSync(join(documents, 'jwks'), JSON.stringify({ keys: mints.map(({ jwk }) => jwk) }));
    for (const { algorithm, pem } of mints) writeFileSync(join(shared, `${algorithm}.pem`), pem);
  }
}

/** OpenID Connect Discovery section 3. */
const requiredMetadata = {
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  response_types_supported: ['code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256', 'ES256'],
};
