"""One household's review as an object, valid unless a test makes it otherwise, and who sends it."""

import json
from types import SimpleNamespace
from typing import Any

from django.test import Client

from households.choices import Role
from households.choices.api import ApiScope
from households.models import EthnicGroup
from households.services.review_entry import Entry
from tests.factories import api, areas, exchange_files, reviews, users

REVIEWS = f"{api.API}reviews/"

Told = dict[str, Any]


def head(**facts: Any) -> Told:
    own = exchange_files.member(household_key="")
    del own["household_id"]
    return _typed(own) | facts


def spouse(**facts: Any) -> Told:
    own = exchange_files.spouse(household_key="")
    del own["household_id"]
    return _typed(own) | facts


def household(*members: Told, **facts: Any) -> Told:
    """Of the given members, or of its head alone, with values of JSON's own kinds."""
    rows = list(members or [head()])
    for number, one in enumerate(rows, 1):
        one["member_no"] = number
    own = _typed(dict(exchange_files.household()))
    return own | {"household_size": len(rows), "members": rows} | facts


def _typed(row: dict[str, str]) -> Told:
    kinds: dict[str, Any] = {"Y": True, "N": False, "": None}
    numbers = ("household_size", "income_per_capita_month_vnd", "floor_area_m2", "review_year")
    return {
        name: int(cell) if name in numbers else kinds.get(cell, cell) for name, cell in row.items()
    }


def land() -> SimpleNamespace:
    """A commune in an open round, its officer and his system."""
    province = areas.province()
    district = areas.district(province)
    EthnicGroup.objects.get_or_create(code="01", defaults={"name": "Kinh", "is_minority": False})
    standard = reviews.standard()
    commune = areas.commune(district)
    reviews.periodic(province, 2024, standard)
    officer = users.user("officer", Role.COMMUNE_OFFICER, commune)
    client = api.client_of(commune, ApiScope.REVIEWS, acts_as=officer, name="Phần mềm xã")
    return SimpleNamespace(
        province=province,
        commune=commune,
        other_commune=areas.commune(district, "02005", "Xã Khác"),
        officer=officer,
        client=client,
        secret=api.secret_of(client),
    )


def send(
    sender: Client, told: Told, key: str | None = "k-1", *, query: str = "", **headers: str
) -> Any:
    given = headers | ({"idempotency-key": key} if key is not None else {})
    return sender.post(
        f"{REVIEWS}{query}", json.dumps(told), content_type="application/json", headers=given
    )


def places(found: Entry) -> set[tuple[str, str]]:
    """Place and code of each error."""
    return {(one.place, one.code) for one in found.errors}
