/**
 * `npm run bench` asks every question that this machine can answer, and keeps the answers in results.json and
 * results.svg; `npm run bench -- NAME...` asks only the named ones, and with `--keep` puts their answers in the place of
 * the kept ones. `--rounds N` says how often each is measured.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { cores, killAll } from './harness/pinned-process.ts';
import type { Question } from './harness/question.ts';
import { type Answer, answerOf, table } from './harness/report.ts';
import { keepResult } from './harness/results.ts';
import { Site } from './harness/site.ts';
import { howToGet, missing } from './harness/tools.ts';
import { questions } from './questions/questions.ts';

const { values: options, positionals: names } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, keep: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const order = questions.map(({ name }) => name);
const unknown = names.filter((name) => !questions.some((question) => question.name === name));
if (unknown.length > 0) {
  console.error(`no question is called ${unknown.join(', ')}; there are ${order.join(', ')}`);
  process.exit(2);
}
process.once('exit', killAll);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
// This process is no part of what is measured: it keeps off the core of the systems.
spawnSync('taskset', ['-acp', cores.rest, String(process.pid)]);

const wanted = questions.filter(({ name }) => names.length === 0 || names.includes(name));
const keeps = names.length === 0 || options.keep;
const answers: Answer[] = [];
for (const question of wanted) await ask(question);
console.log(table(answers));

async function ask(question: Question): Promise<void> {
  const absent = missing(question.needs);
  if (absent.length > 0) {
    console.log(`skipped ${question.name}: it needs ${absent.join(', ')} (${howToGet(absent)})`);
    return;
  }
  console.error(`${question.name}: ${question.asks}`);
  const site = await Site.open(Number(options.rounds));
  try {
    const answer = answerOf(question, await question.measure(site));
    answers.push(answer);
    if (keeps) keepResult(answer, order);
  } catch (error) {
    console.error(`${question.name} FAILED:`, error);
    process.exitCode = 1;
  } finally {
    await site.close();
  }
}
