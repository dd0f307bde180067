import { readFileSync } from 'node:fs';
import { ports } from './ports.ts';
import type { Site } from './site.ts';
import { startGatehouse } from './systems.ts';

/** One start of Gatehouse with all roles on an empty store. */
export interface Launch {
  /** From the start of the process until `/readyz` says yes. */
  readonly readyMs: number;
  /** Resident memory five seconds later, as the system counts it (VmRSS). */
  readonly idleMegabytes: number;
}

export async function launch(site: Site): Promise<Launch> {
  const start = performance.now();
  const running = await startGatehouse(site);
  try {
    while (!(await isReady())) await new Promise((resolve) => setTimeout(resolve, 5));
    const readyMs = performance.now() - start;
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    return { readyMs, idleMegabytes: residentBytes(running.pids[0] as number) / 1e6 };
  } finally {
    await running.stop();
  }
}

async function isReady(): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${ports.admin}/readyz`).catch(() => undefined);
  return answer?.ok === true;
}

function residentBytes(pid: number): number {
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kibibytes) * 1024;
}
