import { printable } from './printable.ts';

/** Rows below their headings, each column as wide as its widest cell; what others made of a cell is shown harmless. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [headings, ...rows.map((row) => row.map(printable))];
  const widths = headings.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  const padded = (cells: readonly string[]): string =>
    cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
  return `${lines.map((cells) => padded(cells).trimEnd()).join('\n')}\n`;
}
