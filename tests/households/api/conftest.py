"""A commune in an open round and the system that sends its reviews."""

from types import SimpleNamespace

import pytest
from django.test import Client

from tests.factories import api, entry


@pytest.fixture
def here(db: None, store: None) -> SimpleNamespace:
    return entry.land()


@pytest.fixture
def sender(here: SimpleNamespace) -> Client:
    return api.with_token(here.secret)
