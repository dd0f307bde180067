import { goalText, isMet, valueText } from './goal.ts';
import type { Question, Round } from './question.ts';
import { median, type Summary, summarise } from './statistics.ts';

/** The answer to a question, as it is printed, drawn and written to the file of results. */
export interface Answer {
  readonly name: string;
  readonly asks: string;
  readonly goal: Question['goal'];
  readonly unit: string;
  readonly summary: Summary;
  readonly isMet: boolean;
  /** Medians over the rounds, by the name of a system. */
  readonly figures: Readonly<Record<string, number>>;
  readonly rounds: readonly Round[];
}

export function answerOf({ name, asks, goal, unit }: Question, rounds: readonly Round[]): Answer {
  const summary = summarise(rounds.map(({ value }) => value));
  const systems = Object.keys(rounds[0]?.figures ?? {});
  const figures = Object.fromEntries(
    systems.map((system) => [system, median(rounds.map((round) => round.figures[system] ?? Number.NaN))]),
  );
  return { name, asks, goal, unit, summary, isMet: isMet(goal, summary.median), figures, rounds };
}

/** One table, in Markdown, which is readable on a terminal too. */
export function table(answers: readonly Answer[]): string {
  const rows = answers.map(row);
  const header = ['question', 'goal', 'measured', 'spread', 'rounds', 'medians'];
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(header), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)].join('\n');
}

function row({ asks, goal, summary, isMet, figures, unit, rounds }: Answer): readonly string[] {
  const { median, lowest, highest } = summary;
  return [
    asks,
    goalText(goal) + (goal.aim === undefined ? '' : ` (aim ${goal.aim})`),
    `${valueText(median, goal.unit)}${isMet ? '' : ' (missed)'}`,
    `${valueText(lowest, goal.unit)} to ${valueText(highest, goal.unit)}`,
    String(rounds.length),
    `${Object.entries(figures)
      .map(([system, figure]) => `${system} ${figureText(figure)}`)
      .join(', ')} ${unit}`,
  ];
}

function figureText(figure: number): string {
  return figure < 100 ? String(Number(figure.toPrecision(3))) : Math.round(figure).toLocaleString('en');
}
