/** What the value of a question has to be: a ratio, or a figure in a unit of its own. */
export interface Goal {
  readonly bound: 'at least' | 'at most';
  readonly value: number;
  /** What would be better still. */
  readonly aim?: number;
  /** Default: the value is a ratio. */
  readonly unit?: string;
}

export function isMet({ bound, value }: Goal, measured: number): boolean {
  return bound === 'at least' ? measured >= value : measured <= value;
}

/** `>= 1.60`, `<= 120 MB` */
export function goalText({ bound, value, unit }: Goal): string {
  return `${bound === 'at least' ? '>=' : '<='} ${valueText(value, unit)}`;
}

export function valueText(value: number, unit?: string): string {
  return unit === undefined ? value.toFixed(2) : `${value < 10 ? value.toFixed(2) : Math.round(value)} ${unit}`;
}
