"""A thinned province of the demonstration, once for all tests of what it received."""

import datetime as dt
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test.utils import override_settings
from pytest_django.plugin import DjangoDbBlocker

from households.choices import AreaLevel
from households.models import Area
from households.services import reference
from households.services.demo.province import loading
from households.services.demo.province.filling import Size
from households.services.system_user import system_user

TODAY = dt.date(2024, 10, 15)


@pytest.fixture(scope="class")
def thin_province(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Area]:
    """Its figures; one district only. Rolled back at the end of the class."""
    folder: Path = tmp_path_factory.mktemp("lists")
    with (
        django_db_blocker.unblock(),
        override_settings(POVREG_TODAY=TODAY, POVREG_IMPORTS=folder),
        transaction.atomic(),
    ):
        reference.load(by=system_user())
        call_command("load_programmes", verbosity=0, stdout=StringIO())
        thin = Size(share=0.05, districts=["060"], lives=300)
        loading.load(by=system_user(), tell=lambda _sentence: None, size=thin)
        yield Area.objects.on(TODAY).get(level=AreaLevel.PROVINCE, code="06")
        transaction.set_rollback(True)
