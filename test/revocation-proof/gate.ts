import { Pool } from 'undici';
import type { FleetProcess } from './fleet-process.ts';
import type { TokenOnTrial } from './token-on-trial.ts';

/** What a gateway says of a token; status 0: nothing, since it is not there. */
export interface Answer {
  readonly status: number;
  readonly code: string | undefined;
}

const connections = 24;

/** A gateway of the fleet, as a caller sees it. */
export class Gate {
  readonly name: string;
  readonly process: FleetProcess;
  readonly #pool: Pool;

  constructor(name: string, process: FleetProcess, port: number) {
    this.name = name;
    this.process = process;
    this.#pool = new Pool(`http://127.0.0.1:${port}`, { connections });
  }

  async ask({ path, text }: TokenOnTrial): Promise<Answer> {
    const headers = { authorization: `Bearer ${text}` };
    try {
      const { statusCode: status, body } = await this.#pool.request({ method: 'GET', path, headers });
      const content = await body.text();
      return { status, code: status === 200 ? undefined : JSON.parse(content).code };
    } catch {
      return { status: 0, code: undefined };
    }
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }
}
