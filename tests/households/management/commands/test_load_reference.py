"""The command says what it did, and on the second run that there was nothing to do."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import translation

pytestmark = pytest.mark.django_db


def run() -> str:
    out = StringIO()
    with translation.override("en"):
        call_command("load_reference", stdout=out)
    return out.getvalue()


def test_says_what_is_new_and_then_that_nothing_is() -> None:
    first, second = run(), run()

    assert "Areas: 236 new" in first
    assert "Ethnic groups: 54 new" in first
    assert second == "Reference data is up to date.\n"
