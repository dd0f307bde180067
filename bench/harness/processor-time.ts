import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second (USER_HZ). */
const ticksPerSecond = 100;

interface ProcessTimes {
  readonly pid: number;
  readonly parent: number;
  readonly ticks: number;
}

/** Seconds of processor time that a process and all below it have used so far, those that ended included. */
export function processorSeconds(root: number): number {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => readTimes(Number(pid)));
  const isBelow = ({ pid, parent }: ProcessTimes): boolean => {
    if (pid === root) return true;
    const above = all.find((each) => each.pid === parent);
    return above !== undefined && isBelow(above);
  };
  const ticks = all.filter(isBelow).reduce((sum, each) => sum + each.ticks, 0);
  return ticks / ticksPerSecond;
}

/** proc_pid_stat(5): fields 14 to 17 are utime, stime, cutime and cstime; the name before them may hold anything. */
function readTimes(pid: number): readonly ProcessTimes[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    return [{ pid, parent: Number(fields[1]), ticks }];
  } catch {
    return []; // It ended while we looked.
  }
}
