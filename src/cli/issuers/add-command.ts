import { Command } from 'commander';
import { systemClock } from '../../base/clock.ts';
import { diagnoseIssuer, type FoundIssuer, type IssuerDiagnosis, proposeIssuer } from '../../issuers/index.ts';
import { CommandFailure } from '../command-failure.ts';
import { printable } from '../printable.ts';
import { issuerBlock } from './issuer-block.ts';
import { openOutbound, outboundHint, outboundOption } from './outbound.ts';
import { describeFailure, describeNotice, printDiagnosis } from './print-diagnosis.ts';
import { readQuestion } from './read-question.ts';

/** Prints what to paste into the configuration for an issuer. Changes nothing. */
export function addCommand(): Command {
  return new Command('add')
    .description('find out what an issuer is, and print what to paste into the configuration')
    .argument('<issuer>', "an issuer's URL or domain, or its discovery document's")
    .addOption(outboundOption())
    .addHelpText('after', '\nExit code: 0 where the issuer is well, 1 where it is not.')
    .action(async (target: string, { config: file }: { config?: string }) => {
      // What it calls itself is to be found out.
      const question = { ...readQuestion(target), documentIssuers: undefined };
      const { http, config } = await openOutbound(file);
      const diagnosis = await diagnoseIssuer(question, { http, clock: systemClock }).finally(() => http.close());
      const answer = answerTo(target, diagnosis, config?.issuers.map(({ name }) => name) ?? []);
      process.stdout.write(answer + (diagnosis.found === undefined ? outboundHint(diagnosis, config) : ''));
      if (!diagnosis.ok) process.exitCode = 1;
    });
}

function answerTo(target: string, diagnosis: IssuerDiagnosis, taken: readonly string[]): string {
  if (diagnosis.found === undefined || isNameless(diagnosis)) return printDiagnosis(diagnosis);
  const proposed = proposeIssuer(diagnosis.found, taken);
  if (!proposed.ok) {
    throw new CommandFailure(`${proposed.notice.title} Remedy: ${proposed.notice.remedy}`);
  }
  const { proposal } = proposed;
  const { name, preset, title, because, remarks } = proposal;
  const comments = [
    `${title}: preset ${preset}, since ${because}.`,
    ...renamed(target, diagnosis.found),
    ...remarks,
    ...diagnosis.steps.flatMap(({ notices }) => notices).flatMap(describeNotice),
    ...failures(diagnosis),
    'For gatehouse.yaml; where that has `issuers:` already, what stands below it.',
  ];
  const accept = `# And its name in each API that takes its tokens:\n#   accept: [${name}]`;
  return `${comments.map((line) => `# ${line}`).join('\n')}\n${issuerBlock(proposal)}\n${accept}\n`;
}

/** Its document may give any name, so that it is without one if that step fails. */
function isNameless({ steps }: IssuerDiagnosis): boolean {
  return steps.some(({ step, outcome }) => step === 'issuer' && outcome === 'failed');
}

/** Issuers are compared to the letter, so what was typed may not be what counts. */
function renamed(target: string, { document }: FoundIssuer): readonly string[] {
  const issuer = String(document['issuer']);
  const isExact = target.includes('://') && !target.includes('/.well-known/');
  if (!isExact || issuer === target || issuer.includes('{tenantid}')) return [];
  return [
    `You typed ${printable(target)}; the issuer calls itself ${printable(issuer)}, and that counts, to the letter.`,
  ];
}

function failures({ steps }: IssuerDiagnosis): readonly string[] {
  return steps.flatMap(({ failure }) =>
    failure === undefined ? [] : ['This does not work yet:', ...describeFailure(failure).map((line) => `  ${line}`)],
  );
}
