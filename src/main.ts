import { run } from './cli/index.ts';
import { startDemo } from './lab/index.ts';

process.exitCode = await run(process.argv.slice(2), { startDemo });
