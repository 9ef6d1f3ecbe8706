"""One embedded PostgreSQL for all tests, shared by parallel workers and by runs side by side."""

from collections.abc import Iterator

import pytest
from django.conf import settings

from povreg.embedded import lease


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> Iterator[None]:
    """The server runs while this process tests; pytest-django makes its test database in it."""
    with lease.servers(settings.HOME, broker=False, durable=False):
        yield
