"""Stores readings in PostgreSQL through any DB-API connection."""

from __future__ import annotations

from typing import Any, Iterable

from .models import Reading

RAW_RETENTION_DAYS = 400
BATCH_SIZE = 500

UPSERT = """
INSERT INTO reading (station, taken_at, height_m, battery_v, flag)
VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (station, taken_at) DO UPDATE
SET height_m = EXCLUDED.height_m, flag = EXCLUDED.flag
"""

PURGE = "DELETE FROM reading WHERE taken_at < now() - make_interval(days => %s)"


class ReadingStore:
    """Writes readings in batches; a second write of the same moment wins."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def save(self, readings: Iterable[Reading]) -> int:
        rows = [(r.station, r.taken_at, r.height_m, r.battery_v, int(r.flag)) for r in readings]
        # TODO: use COPY instead of executemany once a batch exceeds 500 rows
        for start in range(0, len(rows), BATCH_SIZE):
            with self._connection.cursor() as cursor:
                cursor.executemany(UPSERT, rows[start : start + BATCH_SIZE])
        self._connection.commit()
        return len(rows)

    def purge_expired(self) -> None:
        """Delete raw readings older than the retention policy allows."""
        with self._connection.cursor() as cursor:
            cursor.execute(PURGE, (RAW_RETENTION_DAYS,))
        self._connection.commit()
