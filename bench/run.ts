/**
 * `npm run bench` asks every question that this machine can answer; `npm run bench -- [--rounds N] NAME...` only the
 * named ones.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { cores } from './harness/pinned-process.ts';
import type { Question } from './harness/question.ts';
import { type Answer, answerOf, table } from './harness/report.ts';
import { Site } from './harness/site.ts';
import { howToGet, missing } from './harness/tools.ts';
import { questions } from './questions/questions.ts';

const { values: options, positionals: names } = parseArgs({
  options: { rounds: { type: 'string', default: '5' } },
  allowPositionals: true,
});
const unknown = names.filter((name) => !questions.some((question) => question.name === name));
if (unknown.length > 0) {
  console.error(
    `no question is called ${unknown.join(', ')}; there are ${questions.map(({ name }) => name).join(', ')}`,
  );
  process.exit(2);
}
const wanted = questions.filter(({ name }) => names.length === 0 || names.includes(name));
const possible = wanted.filter(({ needs }) => missing(needs).length === 0);

// This process is no part of what is measured: it keeps off the core of the systems.
spawnSync('taskset', ['-acp', String(cores.rest), String(process.pid)]);

const answers: Answer[] = [];
for (const question of possible) answers.push(await ask(question));
console.log(table(answers));
tellSkipped(wanted);

async function ask(question: Question): Promise<Answer> {
  console.error(`${question.name}: ${question.asks}`);
  const site = await Site.open(Number(options.rounds));
  try {
    return answerOf(question, await question.measure(site));
  } finally {
    await site.close();
  }
}

function tellSkipped(asked: readonly Question[]): void {
  for (const { name, needs } of asked) {
    const absent = missing(needs);
    if (absent.length > 0) console.log(`skipped ${name}: it needs ${absent.join(', ')} (${howToGet(absent)})`);
  }
}
