/** One measured number. `baseline` is the same thing without Weir, measured in the same run; `ratio` is what the two make of each other. */
export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly baseline?: number;
  readonly ratio?: number;
}

/** A table for a terminal: name, value, unit, baseline and ratio where there are any. */
export function table(rows: readonly Row[]): string {
  const cells = [
    ['', 'value', 'unit', 'baseline', 'ratio'],
    ...rows.map(({ name, value, unit, baseline, ratio }) => [
      name,
      figure(value),
      unit,
      figure(baseline),
      ratio === undefined ? '' : ratio.toFixed(2),
    ]),
  ];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const isText = (column: number): boolean => column === 0 || column === 2;
  const line = (row: readonly string[]): string =>
    row.map((cell, column) => (isText(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ');
  return cells.map((row) => line(row).trimEnd()).join('\n');
}

/** Thousands apart; below 100 three figures. */
function figure(value: number | undefined): string {
  if (value === undefined) return '';
  return Math.abs(value) < 100 ? String(Number(value.toPrecision(3))) : Math.round(value).toLocaleString('en');
}
