/**
 * Whether any gateway lets in what a receipt says is dead: three gateways and a provider, each a process, on one
 * PostgreSQL, under load with JWTs and opaque tokens, ours and of others. `node bench/revocation/proof.ts [SCENARIO]
 * [revocations]`; a scenario is part of the name of a fault of test/revocation-proof/faults.ts, `calm` (default),
 * `skew` (clocks up to 50 s apart) or `all` (every fault). Ends with 1 where a token was let in, or wrongly refused.
 */
import { faults } from '../../test/revocation-proof/faults.ts';
import { startFleet } from '../../test/revocation-proof/fleet.ts';
import { Trial, type Verdict } from '../../test/revocation-proof/trial.ts';
import { histogram, quantiles } from './quantiles.ts';

const [, , scenario = 'calm', revocations = '2000'] = process.argv;
const chosen = Object.keys(faults).filter((name) => scenario === 'all' || name.includes(scenario));

const fleet = await startFleet({
  maxStaleness: 2000,
  linked: chosen.length > 0,
  fsync: true,
  clocks: scenario === 'skew' ? [-25_000, -25_000, 0, 25_000] : [0, 0, 0, 0],
});
try {
  const options = { revocations: Number(revocations), concurrency: chosen.length > 0 ? 64 : 12, load: 2, pauseMs: 1 };
  const verdict = await new Trial(fleet, options).run(async () => {
    for (const name of chosen) {
      console.log(`${name} ...`);
      await faults[name]?.(fleet);
    }
  });
  report(verdict);
} finally {
  await fleet.close();
}

function report({ tally, complete, incomplete, propagation, receipts }: Verdict): void {
  const { unavailable, wrong, ...counts } = tally;
  console.log(`${scenario}: ${complete} receipts say it is in force everywhere, ${incomplete} do not`);
  console.table(counts);
  for (const [what, count] of [...unavailable, ...wrong]) console.log(`${count} times ${what}`);
  console.log(`from the call to the index of each gateway: ${quantiles(propagation)}`);
  console.log(histogram(propagation).join('\n'));
  console.log(`from when it is durable until a receipt knows: ${quantiles(receipts)}`);
  if (tally.letIn > 0 || wrong.size > 0) process.exitCode = 1;
}
