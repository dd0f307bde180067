import { goalText, valueText } from './goal.ts';
import type { Answer } from './report.ts';

const width = 860;
const rowHeight = 34;
const top = 40;
const barStart = 470;
/** Where a bar ends that just meets its goal. */
const goalAt = 640;
const barEnd = 760;

/**
 * The answers as bars, longer is better: what has to be great is divided by its goal, what has to be small divides it,
 * so that one line is the goal of all.
 */
export function chart(answers: readonly Answer[]): string {
  const height = top + answers.length * rowHeight + 10;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    '<title>What was measured, beside its goal</title>',
    '<style>text{fill:#24292f}.met{fill:#2da44e}.missed{fill:#cf222e}.line{stroke:#57606a}',
    '@media(prefers-color-scheme:dark){text{fill:#e6edf3}.line{stroke:#8b949e}}</style>',
    `<text x="${goalAt}" y="20" text-anchor="middle">goal</text>`,
    ...answers.map(bar),
    `<line class="line" x1="${goalAt}" y1="28" x2="${goalAt}" y2="${height - 8}" stroke-dasharray="4 3"/>`,
    '</svg>',
    '',
  ].join('\n');
}

function bar({ asks, goal, summary, isMet }: Answer, row: number): string {
  const y = top + row * rowHeight;
  const share = goal.bound === 'at least' ? summary.median / goal.value : goal.value / summary.median;
  const length = Math.min(barEnd - barStart, Math.round((goalAt - barStart) * share));
  const [first, second] = wrap(asks);
  return [
    `<text x="10" y="${y + (second === '' ? 15 : 9)}">${escapeXml(first)}</text>`,
    second === '' ? '' : `<text x="10" y="${y + 23}">${escapeXml(second)}</text>`,
    `<rect class="${isMet ? 'met' : 'missed'}" x="${barStart}" y="${y}" width="${length}" height="20" rx="2"/>`,
    `<text x="${barEnd + 8}" y="${y + 9}">${escapeXml(valueText(summary.median, goal.unit))}</text>`,
    `<text x="${barEnd + 8}" y="${y + 22}" font-size="10">${escapeXml(goalText(goal))}</text>`,
  ].join('');
}

/** In two lines, broken at the blank before the 70th character. */
function wrap(text: string): readonly [string, string] {
  if (text.length <= 70) return [text, ''];
  const end = text.lastIndexOf(' ', 70);
  return [text.slice(0, end), text.slice(end + 1)];
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
