"""The database as the migrations left it, brought back after each test that commits.

Django would truncate every table and build the kept rows one by one in Python, which takes a second or more a test.
"""

from django.db import connection, transaction

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
# Append-only tables refuse a deletion, and revisions would be written: neither triggers nor foreign keys take part.
# The lock waits for whatever a test has left running, and tells of it.
EMPTY = """
DO $$
DECLARE one text;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename LOOP
        EXECUTE format('LOCK TABLE %I', one);
        EXECUTE format('DELETE FROM %I', one);
    END LOOP;
END $$
"""


class AsMigrated:
    """Every row that a test database began with."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(TABLES)
            tables = [name for (name,) in cursor.fetchall()]
        found = {name: self._read(name) for name in tables}
        self.rows = {name: rows for name, rows in found.items() if rows}

    def _read(self, table: str) -> bytes:
        with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
            return b"".join(copy)

    @transaction.atomic
    def bring_back(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(EMPTY)
            for table, rows in self.rows.items():
                with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
                    copy.write(rows)
