"""A bare connection to real PostgreSQL with the rules' two tables."""

from collections.abc import Iterator

import psycopg2
import pytest
from django.conf import settings
from psycopg2 import extensions

from povreg.embedded import lease
from tests.households.scoring.survey_tables import TABLES


@pytest.fixture(scope="session")
def survey_tables() -> Iterator[extensions.connection]:
    """Temporary tables in a session of their own; they end with the connection."""
    database = settings.DATABASES["default"]
    with lease.servers(settings.HOME, broker=False, durable=False):
        connection = psycopg2.connect(
            dbname="postgres",
            user=database["USER"],
            password=database["PASSWORD"] or None,
            host=database["HOST"],
            port=database["PORT"] or None,
        )
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET jit = off")
                cursor.execute(TABLES)
            yield connection
        finally:
            connection.close()
