"""One session has a row of a job to itself, and others can see that."""

import pytest
from django.db import connection

from households.services import job_locks

pytestmark = pytest.mark.django_db


def test_a_row_is_held_by_one_session_until_the_block_ends() -> None:
    other = connection.copy()
    try:
        with job_locks.held(job_locks.REPORTS, 7) as is_mine, other.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [job_locks.REPORTS, 7])
            assert is_mine
            assert cursor.fetchone() == (False,)
            assert 7 in job_locks.taken(job_locks.REPORTS)
            assert 7 not in job_locks.taken(job_locks.IMPORTS)
        assert 7 not in job_locks.taken(job_locks.REPORTS)
    finally:
        other.close()
