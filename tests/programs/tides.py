"""Other tests run beside these in databases of the same server, and their open transactions count:
what was committed while one is open may have been missed, so it is looked at once more."""

import time

from django.db import connection

_LONGEST_S = 240

_ALL_SEEN = """
SELECT coalesce(min(age(xmin)), 2147483647)
  > age((pg_snapshot_xmin(pg_current_snapshot())::text::bigint %% 4294967296)::text::xid)
FROM households_auditevent WHERE %s
"""


def wait_for_the_tide() -> None:
    """Until no transaction is open that is older than the newest act. Outside of a transaction."""
    until = time.monotonic() + _LONGEST_S
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_ALL_SEEN, [True])
            if cursor.fetchone()[0]:
                return
        if time.monotonic() > until:
            raise AssertionError("a transaction of another test stays open")
        time.sleep(0.2)
