import type { Fault } from './fault.ts';

/** One line for each fault, then one for each warning, as compilers write them. Empty where there are none. */
export function renderReport(faults: readonly Fault[], warnings: readonly Fault[]): string {
  return [...faults.map((fault) => line(fault, '')), ...warnings.map((warning) => line(warning, 'warning: '))].join(
    '\n',
  );
}

function line({ file, line, column, path, reason, remedy }: Fault, label: string): string {
  const subject = path === '' ? '' : `${path}: `;
  const place = line === 0 ? file : `${file}:${line}:${column}`;
  return `${place}  ${label}${subject}${reason}. Remedy: ${remedy}`;
}
