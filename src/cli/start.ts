import { Command, InvalidArgumentError, Option } from 'commander';
import { type Application, compose, type Role, roles } from '../app/index.ts';
import { loadConfig, renderReport, watchConfig } from '../config/index.ts';
import type { Companions, Demo } from './companions.ts';
import { configOption, readConfig } from './config-option.ts';
import { stopSignal } from './stop-signal.ts';

interface StartArguments {
  readonly config: string;
  readonly roles?: readonly Role[];
  readonly demo?: boolean;
}

/** This very program. */
const workerProgram = [process.argv[1] ?? '', 'worker'] as const;

export function startCommand({ startDemo }: Companions): Command {
  return new Command('start')
    .addOption(configOption())
    .addOption(
      new Option('--roles <list>', `which of ${roles.join(', ')} to start`)
        .argParser(parseRoles)
        .default(undefined, 'all'),
    )
    .option('--demo', 'with a small upstream, a federated identity provider in miniature, and commands to copy')
    .action(async (args: StartArguments) => {
      if (args.demo === true) await startWithDemo(args, await startDemo(args.config));
      else await startAlone(args);
    });
}

function parseRoles(list: string): readonly Role[] {
  const named = list.split(',').map((name) => name.trim());
  const unknown = named.find((name) => !roles.includes(name as Role));
  if (unknown !== undefined) throw new InvalidArgumentError(`"${unknown}" is no role: there are ${roles.join(', ')}.`);
  return named as Role[];
}

async function startAlone({ config: file, roles }: StartArguments): Promise<void> {
  const app = await compose(await readConfig(file, { warn: true }), { roles, workerProgram });
  await app.start();
  await serveUntilTold(app, file);
}

/** The neighbours are there first, so that nothing is looked for in vain. */
async function startWithDemo({ config: file, roles }: StartArguments, demo: Demo): Promise<void> {
  try {
    const config = await readConfig(file);
    const guide = await demo.open(config);
    const app = await compose(config, { roles, workerProgram, logFile: demo.logFile });
    await app.start();
    process.stdout.write(guide);
    await serveUntilTold(app, file);
    process.stdout.write('\nGatehouse has stopped.\n');
  } finally {
    await demo.close();
  }
}

/** Follows the configuration until a signal, or the end of whoever started us, says stop. */
async function serveUntilTold(app: Application, file: string): Promise<void> {
  let reloaded = Promise.resolve();
  const reload = (): void => {
    reloaded = reloaded.then(() => reloadFrom(file, app));
  };
  const unwatch = await watchConfig(file, reload);
  process.on('SIGHUP', reload);
  await stopSignal();
  unwatch();
  process.off('SIGHUP', reload);
  await reloaded;
  await app.stop();
}

/** A file that is refused changes nothing, and is reported. */
async function reloadFrom(file: string, app: Application): Promise<void> {
  const outcome = await loadConfig(file, process.env);
  if (outcome.ok) await app.reload(outcome.config);
  else app.reportRefusedReload(renderReport(outcome.faults, outcome.warnings));
}
