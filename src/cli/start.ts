import { Command, InvalidArgumentError, Option } from 'commander';
import { type Application, compose, type Role, roles } from '../app/index.ts';
import { type Config, loadConfig, renderReport, watchConfig } from '../config/index.ts';
import { configOption, readConfig } from './config-option.ts';

/** What stands beside the program in the demo: made ready before the configuration is read, opened after it. */
export interface Companions {
  startDemo(configFile: string): Promise<Demo>;
}

export interface Demo {
  /** Where log lines go, so that the terminal shows the guide. */
  readonly logFile: string;
  open(config: Config): Promise<string>;
  close(): Promise<void>;
}

interface StartArguments {
  readonly config: string;
  readonly roles: readonly Role[];
  readonly demo?: boolean;
}

export function startCommand({ startDemo }: Companions): Command {
  return new Command('start')
    .description('start the gateway, the provider and the admin API')
    .addOption(configOption())
    .addOption(
      new Option('--roles <list>', `which of ${roles.join(', ')} to start`).argParser(parseRoles).default(roles, 'all'),
    )
    .option('--demo', 'with a small upstream, a federated identity provider in miniature, and commands to copy')
    .action(async (args: StartArguments) => {
      const demo = args.demo === true ? await startDemo(args.config) : undefined;
      const config = await readConfig(args.config, { warn: demo === undefined });
      const app = await compose(config, { roles: args.roles, logFile: demo?.logFile });
      await app.start();
      if (demo !== undefined) process.stdout.write(await demo.open(config));
      await serveUntilTold(app, args.config);
      await demo?.close();
    });
}

function parseRoles(list: string): readonly Role[] {
  const named = list.split(',').map((name) => name.trim());
  const unknown = named.find((name) => !roles.includes(name as Role));
  if (unknown !== undefined) throw new InvalidArgumentError(`"${unknown}" is no role: there are ${roles.join(', ')}.`);
  return named as Role[];
}

/** Follows the configuration until a signal, or the end of whoever started us, says stop. */
async function serveUntilTold(app: Application, file: string): Promise<void> {
  const reload = (): void => void reloadFrom(file, app);
  const unwatch = await watchConfig(file, reload);
  process.on('SIGHUP', reload);
  await told();
  unwatch();
  process.off('SIGHUP', reload);
  await app.stop();
}

function told(): Promise<unknown> {
  const { promise, resolve } = Promise.withResolvers();
  for (const event of ['SIGINT', 'SIGTERM', 'disconnect']) process.once(event, resolve);
  return promise;
}

/** A file that is refused changes nothing, and is reported. */
async function reloadFrom(file: string, app: Application): Promise<void> {
  const outcome = await loadConfig(file, process.env);
  if (outcome.ok) await app.reload(outcome.config);
  else app.reportRefusedReload(renderReport(outcome.faults, outcome.warnings));
}
