"""The database that test databases are copies of."""

import pytest
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests import prepared_database


@pytest.mark.django_db
def test_this_test_runs_in_a_copy_with_nothing_left_to_migrate() -> None:
    made_from = connection.settings_dict["TEST"]["TEMPLATE"]
    assert made_from.endswith(prepared_database.digest()[:16])
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []


def test_its_name_hangs_on_all_that_migrations_read() -> None:
    read = {path.relative_to(settings.BASE_DIR).as_posix() for path in prepared_database.files()}
    assert {
        "households/migrations/0001_tables.py",
        "households/first_tables.py",
        "households/folding.py",
        "households/models/areas.py",
        "requirements.lock",
    } <= read
