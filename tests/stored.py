"""What the database holds, table by table."""

import hashlib

from django.db import connection

from foundation.web.readonly import MAY_BE_WRITTEN


def everything_stored() -> dict[str, str]:
    """A digest of each table's rows, but for what a mere reading leaves behind."""
    with connection.cursor() as cursor:
        stored = {}
        for table in connection.introspection.table_names(cursor):
            if not MAY_BE_WRITTEN.fullmatch(table):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                rows = sorted(repr(tuple(bytes(v) if isinstance(v, memoryview) else v for v in r)) for r in cursor)
                stored[table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
        return stored
