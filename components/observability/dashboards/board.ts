/** Grafana's ids of units (its `@grafana/data`, `valueFormats`): what stands behind a number. */
export type Unit = 'none' | 'short' | 'percentunit' | 's' | 'ms' | 'bytes' | 'reqps' | 'ops' | 'cps' | 'currencyUSD' | 'dateTimeFromNow';

/** One line, or one column of a table. `$__rate_interval` is Grafana's; every other `$name` is a variable of the board. */
export interface Query {
  readonly expr: string;
  /** Name of its lines: text with `{{label}}`. In a table, the name of the column of its values. */
  readonly legend: string;
  /** Of its column in a table. Default: the panel's. */
  readonly unit?: Unit;
  /** Of its column in a table. Default: the panel's. */
  readonly meanings?: readonly Meaning[];
}

/** From this value on (or below it, in a panel whose `worse` is `lower`) a colour says what the number means. */
export interface Limit {
  readonly at: number;
  readonly means: 'warn' | 'bad';
}

/** What a number stands for, where it is a code: the text says what the colour repeats. */
export interface Meaning {
  readonly value: number;
  readonly text: string;
  readonly means: 'good' | 'unknown' | 'warn' | 'bad';
}

/** What every panel has. */
interface PanelBase {
  readonly title: string;
  /** What the person on call asks, and the panel answers. Begins its description. */
  readonly question: string;
  /** How to read it and what follows: what Weir does by itself, what somebody must do. Ends its description. */
  readonly reading: string;
  readonly unit: Unit;
  readonly queries: readonly Query[];
  /** From the mildest. Default none: the number alone says nothing about good or bad. */
  readonly limits?: readonly Limit[];
  /** Default `higher`. */
  readonly worse?: 'higher' | 'lower';
  /** Default none: the value is a number and not a code. */
  readonly meanings?: readonly Meaning[];
  /** What stands there when no query answers; default `no data`, which is never the same as 0. */
  readonly empty?: string;
  /** Columns of 24. Default: 4 for a stat, 8 for lines and bars, 12 for states and tables. */
  readonly width?: number;
}

/** One number each: the look at the top of a board. */
export interface Stat extends PanelBase {
  readonly shape: 'stat';
}

/** Lines over time; `stacked` where their sum means something. */
export interface Lines extends PanelBase {
  readonly shape: 'lines';
  /** Default false. */
  readonly stacked?: boolean;
  /** Default none. What an axis must show at least, so that a small wobble looks small. */
  readonly atLeast?: number;
}

/** Bands of states over time, one for each series: since when. */
export interface States extends PanelBase {
  readonly shape: 'states';
  readonly meanings: readonly Meaning[];
}

/** The labels of a query's series and their present values, as rows. */
export interface Table extends PanelBase {
  readonly shape: 'table';
  /** Labels that become columns, in this order; no other one does. */
  readonly columns: readonly string[];
  /** Default none. The board that a row leads to, with those of its columns that are variables there. */
  readonly leadsTo?: { readonly uid: string; readonly title: string; readonly variables: readonly VariableName[] };
}

/** Present values side by side, the largest first. */
export interface Bars extends PanelBase {
  readonly shape: 'bars';
}

export type PanelSpec = Stat | Lines | States | Table | Bars;

/** Panels below one heading. */
export interface Row {
  readonly title: string;
  readonly panels: readonly PanelSpec[];
}

/** Chosen above a board; `variables.ts` says where their values come from. */
export type VariableName = 'tenant' | 'model' | 'version';

/** Something that happened, as a line through all panels. */
export interface Happening {
  readonly name: string;
  /** A point wherever it answers. */
  readonly expr: string;
  /** Text with `{{label}}`. */
  readonly title: string;
  readonly means: 'warn' | 'bad' | 'unknown';
}

/** A dashboard, as data: what it asks, not how Grafana writes it. */
export interface Board {
  /** Its address: `/d/<uid>`. Never changes, since bookmarks and runbooks name it. */
  readonly uid: string;
  readonly title: string;
  /** What it is for, in one sentence. */
  readonly purpose: string;
  readonly variables: readonly VariableName[];
  /** How far back it shows at first, such as `now-6h`. */
  readonly from: string;
  readonly happenings: readonly Happening[];
  /** The first one answers in one look: is anything wrong, since when, what did Weir do, must I act. */
  readonly rows: readonly [Row, ...Row[]];
}
