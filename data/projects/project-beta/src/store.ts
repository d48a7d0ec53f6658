/** Local storage of visits in one SQLite file. */

import { DatabaseSync } from 'node:sqlite';
import type { Step } from './checklist.ts';

export const MAX_STORED_VISITS = 400;

export interface Visit {
  readonly id: string;
  readonly station: string;
  readonly editedAt: number;
  readonly steps: readonly Step[];
}

export class StoreFullError extends Error {
  constructor() {
    super(`The tablet holds ${MAX_STORED_VISITS} visits: synchronise before adding more.`);
    this.name = 'StoreFullError';
  }
}

export class VisitStore {
  readonly #database: DatabaseSync;

  constructor(file: string) {
    this.#database = new DatabaseSync(file);
    this.#database.exec('PRAGMA journal_mode = WAL');
    this.#database.exec(
      'CREATE TABLE IF NOT EXISTS visit (id TEXT PRIMARY KEY, station TEXT, edited_at INTEGER, steps TEXT)',
    );
  }

  count(): number {
    const row = this.#database.prepare('SELECT count(*) AS total FROM visit').get();
    return Number(row?.['total'] ?? 0);
  }

  save(visit: Visit): void {
    if (this.count() >= MAX_STORED_VISITS) throw new StoreFullError();
    // FIXME: saving an existing visit also counts against the limit
    this.#database
      .prepare('INSERT OR REPLACE INTO visit VALUES (?, ?, ?, ?)')
      .run(visit.id, visit.station, visit.editedAt, JSON.stringify(visit.steps));
  }
}
