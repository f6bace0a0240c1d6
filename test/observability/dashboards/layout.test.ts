import { array, assert, constantFrom, integer, option, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import type { PanelSpec } from '../../../components/observability/dashboards/board.ts';
import { layOut } from '../../../components/observability/dashboards/layout.ts';
import { stepsOf } from '../../../components/observability/dashboards/looks.ts';

const panel = record({ width: option(integer({ min: 1, max: 24 }), { nil: undefined }), shape: constantFrom('stat', 'lines') }).map(
  ({ width, shape }): PanelSpec => ({
    shape,
    title: 't',
    question: 'q',
    reading: 'r',
    unit: 'none',
    queries: [],
    ...(width === undefined ? {} : { width }),
  }),
);

test('panels of any widths fill lines from left to right, and lie over neither each other nor a heading', () => {
  assert(
    property(array(array(panel, { maxLength: 12 }), { maxLength: 5 }), (rows) => {
      const placed = layOut(rows.map((panels) => ({ title: 'row', panels })));
      const places = placed.flatMap(({ at, panels }) => [at, ...panels.map((one) => one.at)]);
      const cells = places.flatMap(({ x, y, w, h }) => Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)}/${y + Math.floor(cell / w)}`));
      expect(new Set(cells).size).toBe(cells.length);
      expect(places.every(({ x, w }) => x >= 0 && x + w <= 24)).toBe(true);
      expect(placed.map(({ panels }) => panels.length)).toEqual(rows.map((panels) => panels.length));
    }),
  );
});

test('panels of a line are equally high, so that the next line begins below all of them', () => {
  const of = (shape: 'stat' | 'lines', width: number): PanelSpec => ({
    shape,
    width,
    title: 't',
    question: 'q',
    reading: 'r',
    unit: 'none',
    queries: [],
  });
  const [row] = layOut([{ title: 'row', panels: [of('stat', 12), of('lines', 12), of('stat', 24)] }]);
  expect(row?.panels.map(({ at }) => [at.x, at.y, at.h])).toEqual([
    [0, 1, 9],
    [12, 1, 9],
    [0, 10, 5],
  ]);
});

test('a colour holds from its limit on; where less is worse, below it', () => {
  const limits = [
    { at: 14, means: 'warn' },
    { at: 3, means: 'bad' },
  ] as const;
  expect(stepsOf([], 'higher')).toEqual([{ value: null, color: 'text' }]);
  expect(stepsOf(limits, 'lower')).toEqual([
    { value: null, color: 'red' },
    { value: 3, color: 'orange' },
    { value: 14, color: 'blue' },
  ]);
  expect(stepsOf(limits.toReversed(), 'higher')).toEqual([
    { value: null, color: 'blue' },
    { value: 3, color: 'red' },
    { value: 14, color: 'orange' },
  ]);
});
