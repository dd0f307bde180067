import { run } from './cli/index.ts';

process.exitCode = await run(process.argv.slice(2), {
  startDemo: async (configFile) => (await import('./lab/index.ts')).startDemo(configFile),
  openLab: async (port) => (await import('./lab/index.ts')).openLab(port),
});
