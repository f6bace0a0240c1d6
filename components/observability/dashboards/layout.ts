import type { PanelSpec, Row } from './board.ts';

/** Columns of Grafana's grid. */
const COLUMNS = 24;

/** Where a panel stands: in columns of 24 and lines of 30 pixels. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

const WIDTHS: Readonly<Record<PanelSpec['shape'], number>> = { stat: 4, lines: 8, bars: 8, states: 12, table: 12 };
/** A number needs little; lines need room for their legend's table. */
const HEIGHTS: Readonly<Record<PanelSpec['shape'], number>> = { stat: 5, lines: 9, bars: 9, states: 9, table: 9 };

/** The heading of a row, and its panels. */
export interface PlacedRow {
  readonly title: string;
  readonly at: Place;
  readonly panels: readonly { readonly panel: PanelSpec; readonly at: Place }[];
}

/** Rows below each other; in each, panels from left to right, in a new line where the next one has no room. Panels of a line are equally high. */
export function layOut(rows: readonly Row[]): readonly PlacedRow[] {
  let y = 0;
  return rows.map((row) => {
    const at = { x: 0, y, w: COLUMNS, h: 1 };
    y += at.h;
    const panels = linesOf(row.panels).flatMap((line) => {
      const h = Math.max(...line.map(({ shape }) => HEIGHTS[shape]));
      let x = 0;
      const placed = line.map((panel) => {
        const place = { x, y, w: widthOf(panel), h };
        x += place.w;
        return { panel, at: place };
      });
      y += h;
      return placed;
    });
    return { title: row.title, at, panels };
  });
}

function linesOf(panels: readonly PanelSpec[]): readonly (readonly PanelSpec[])[] {
  const lines: PanelSpec[][] = [];
  let room = 0;
  for (const panel of panels) {
    const width = widthOf(panel);
    if (width > room) {
      lines.push([]);
      room = COLUMNS;
    }
    lines.at(-1)?.push(panel);
    room -= width;
  }
  return lines;
}

const widthOf = ({ shape, width = WIDTHS[shape] }: PanelSpec): number => width;
