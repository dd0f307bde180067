// One process of the fleet: the program as `gatehouse start` runs it, with a clock that may be off, telling what its
// index has when. node a-node.ts CONFIG LOG CLOCK_OFFSET_MS ROLE...
import { readFileSync } from 'node:fs';
import { compose, type Role } from '../../src/app/index.ts';
import { parseConfig, renderReport } from '../../src/config/index.ts';
import { revocationsApplied } from '../../src/revocation/index.ts';

const [, , path = '', logFile = '', offset = '0', ...roles] = process.argv;
const outcome = parseConfig(readFileSync(path, 'utf8'), { path, env: {} });
if (!outcome.ok) throw new Error(renderReport(outcome.faults, outcome.warnings));

revocationsApplied.listen(({ entries, initial }) => {
  const at = performance.timeOrigin + performance.now();
  if (!initial) process.send?.(entries.map(({ seq }) => [seq, at]));
});
process.once('disconnect', () => process.exit(1));

const clock = (): number => Date.now() + Number(offset);
const app = await compose(outcome.config, { roles: roles as Role[], logFile, clock });
await app.start();
process.send?.('ready');
