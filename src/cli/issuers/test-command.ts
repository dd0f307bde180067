import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { systemClock } from '../../base/clock.ts';
import type { Config } from '../../config/index.ts';
import { diagnoseIssuer, type IssuerQuestion, questionsOfOptions } from '../../issuers/index.ts';
import { CommandFailure } from '../command-failure.ts';
import { usualConfig } from '../config-option.ts';
import { openOutbound, outboundHint, outboundOption } from './outbound.ts';
import { printDiagnosis } from './print-diagnosis.ts';
import { readQuestion } from './read-question.ts';

/** Tries an issuer, step by step: exit code 0 if it is well, 1 if not. Needs neither configuration nor server. */
export function testCommand(): Command {
  return new Command('test')
    .description('try an issuer step by step, and say what fails and what to do about it')
    .argument('<issuer>', "an issuer's URL or domain, or its discovery document's; or its name in the configuration")
    .addOption(outboundOption())
    .addHelpText('after', '\nExit code: 0 where every step is passed, 1 where one fails.')
    .action(async (target: string, { config: file }: { config?: string }) => {
      const { http, config } = await openOutbound(file ?? usualConfigFor(target));
      try {
        for (const question of await questionsOf(target, config)) {
          const diagnosis = await diagnoseIssuer(question, { http, clock: systemClock });
          process.stdout.write(printDiagnosis(diagnosis) + outboundHint(diagnosis, config));
          if (!diagnosis.ok) process.exitCode = 1;
        }
      } finally {
        await http.close();
      }
    });
}

/** An issuer by its name in the configuration: what is no domain, but for loopback. */
function isName(target: string): boolean {
  return /^[a-z][\w-]*$/.test(target) && target !== 'localhost';
}

/** `gatehouse issuers` shows names without being told where the configuration is; they are understood here, too. */
function usualConfigFor(target: string): string | undefined {
  return isName(target) && existsSync(usualConfig) ? usualConfig : undefined;
}

async function questionsOf(target: string, config: Config | undefined): Promise<readonly IssuerQuestion[]> {
  if (config === undefined || !isName(target)) return [readQuestion(target)];
  const { issuerOptions } = await import('../../app/index.ts');
  const options = issuerOptions(config.issuers)[target];
  if (options === undefined) {
    const names = config.issuers.map(({ name }) => name).join(', ') || 'none is configured';
    throw new CommandFailure(
      `no issuer is named ${JSON.stringify(target)}. Remedy: name one of these: ${names}; write a host as https://${target}`,
    );
  }
  const questions = questionsOfOptions(target, options);
  if (questions.length > 0) return questions;
  throw new CommandFailure(
    `${target} has no keys to try: it is asked about its tokens. Remedy: see \`gatehouse issuers\` for how it answers`,
  );
}
