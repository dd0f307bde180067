import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gate } from '../harness/gate.ts';
import { cores } from '../harness/pinned-process.ts';
import type { Question } from '../harness/question.ts';
import { gatehouse, program, type System } from '../harness/systems.ts';
import { compareThroughput, requestsPerSecond } from '../harness/throughput.ts';

export const twoWorkers: Question = {
  name: 'workers',
  asks: 'processor time of a request with two workers, against one, on two cores that load and upstream share',
  goal: { bound: 'at most', value: 1.1 },
  unit: requestsPerSecond,
  needs: ['taskset', 'wrk', 'nginx'],
  measure(site) {
    const tokens = site.tokens('RS256');
    // The time for a request is the other way round than requests in a time.
    return compareThroughput(site, gate(withWorkers(1), tokens), gate(withWorkers(2), tokens));
  },
};

function withWorkers(workers: number): System {
  return {
    ...gatehouse(),
    label: workers === 1 ? 'one worker' : `${workers} workers`,
    start: (site) =>
      site.start(process.execPath, [program, 'start', '--config', 'gatehouse.yaml'], {
        core: cores.both,
        prepare(folder) {
          const file = join(folder, 'gatehouse.yaml');
          writeFileSync(file, readFileSync(file, 'utf8').replace('gateway: {', `gateway: { workers: ${workers},`));
        },
      }),
  };
}
