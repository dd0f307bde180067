import { cores } from './pinned-process.ts';
import { runTool } from './run-tool.ts';
import type { Site } from './site.ts';

/** Runs one of our programs on the core of the systems. @returns the JSON of the last line that it printed */
export async function runProgram<Result>(site: Site, script: string, args: readonly string[] = []): Promise<Result> {
  const command = ['-c', cores.system, process.execPath, script, ...args];
  const output = await runTool('taskset', command, site.furnishedFolder());
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as Result;
}
