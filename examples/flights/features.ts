import { renameSync } from 'node:fs';
import type { DuckDBConnection } from '@duckdb/node-api';

/**
 * Features with point-in-time correctness, on one clock: the data's own departure times, which are local to each origin and which the
 * replay sends as event time.
 *
 * A flight's lateness is known once it has landed. The data has no landing time, so it is estimated, never too early: scheduled departure
 * + 60 minutes + a minute for every 7 miles (420 miles an hour on the ground's clock, slower than airlines plan, plus an hour of taxi and
 * slack) + the arrival delay where it is positive. Shares are kept by ticks of ten minutes, as a feature store would: a landing counts
 * from the first tick strictly after it, for 24 ticks (4 hours); a departure reads the tick that it falls into, so only landings before
 * that tick began. No landing in four hours: null.
 */
const TICK_MINUTES = 10;
const WINDOW_TICKS = 24;
const TAXI_MINUTES = 60;
const MILES_PER_MINUTE = 7;
/** Arriving later than this is late, as the US Department of Transportation counts. Minutes. */
const LATE_MINUTES = 15;

/** A relation (table, `read_parquet(…)`) with the columns of flights-3m and `file_row_number`, which breaks ties of departure time. */
export type FlightRelation = string;

/** Creates the temporary table `features`, one row per flight. @param relation see FlightRelation */
export async function computeFeatures(connection: DuckDBConnection, relation: FlightRelation): Promise<void> {
  await connection.run(`CREATE OR REPLACE TEMP TABLE flights AS
    SELECT file_row_number::INTEGER AS row, date AS event_time, origin, destination, distance::FLOAT AS distance, delay > ${LATE_MINUTES} AS late,
      minute // ${TICK_MINUTES} AS tick,
      (minute + ${TAXI_MINUTES} + ceil(distance / ${MILES_PER_MINUTE})::INTEGER + greatest(delay, 0)::INTEGER) // ${TICK_MINUTES} + 1 AS known_from
    FROM (SELECT *, (epoch_ms(date) // 60000)::INTEGER AS minute FROM ${relation})`); // integers: // of doubles does not round down
  // Every landing is written once into each tick that it counts in: a plain hash aggregation, far cheaper than windows or range joins.
  await connection.run(`CREATE OR REPLACE TEMP TABLE landings AS
    SELECT origin, known_from + step AS tick, count(*) AS landed, count(*) FILTER (late) AS late
    FROM flights, range(${WINDOW_TICKS}) AS steps(step) GROUP BY ALL`);
  await connection.run(`CREATE OR REPLACE TEMP TABLE features AS
    WITH nation AS (SELECT tick, sum(late) / sum(landed) AS share FROM landings GROUP BY tick)
    SELECT row, event_time, distance, hour(event_time)::FLOAT AS hour, isodow(event_time)::FLOAT AS weekday, month(event_time)::FLOAT AS month,
      flights.origin, destination, (landings.late / landings.landed)::FLOAT AS origin_late_4h, nation.share::FLOAT AS nation_late_4h,
      flights.late, event_time + INTERVAL 24 HOUR AS label_time
    FROM flights
    LEFT JOIN landings ON landings.origin = flights.origin AND landings.tick = flights.tick
    LEFT JOIN nation ON nation.tick = flights.tick`);
}

/** Writes the rows of `features` that satisfy a predicate, by event time, whole or not at all. */
export async function writeFeatures(connection: DuckDBConnection, predicate: string, target: string): Promise<void> {
  const draft = `${target}.tmp`;
  await connection.run(
    `COPY (SELECT * FROM features WHERE ${predicate} ORDER BY event_time, row) TO '${draft.replaceAll("'", "''")}' (FORMAT parquet, ROW_GROUP_SIZE 50000)`,
  );
  renameSync(draft, target);
}

/** Settings of the instance that computes features: what keeps the whole process below 600 MB; what does not fit is spilled. */
export const DUCKDB_OPTIONS = { threads: '2', memory_limit: '220MB' } as const;
