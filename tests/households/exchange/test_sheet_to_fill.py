"""Who waits for a form, named in a sheet that the import reads."""

import datetime as dt
from pathlib import Path

import pytest

from households.choices import Purpose, Role
from households.errors import Invalid, Refused
from households.exchange.own_keys import HOUSEHOLD_PREFIX
from households.models import AuditEvent, Household, Person
from households.services import review_exports
from tests.factories import people, reviews, users
from tests.households.conftest import World
from tests.households.services.test_review_exports import (
    back,
    counts,
    rewritten,
    rows_of,
    taken,
    unpacked,
)


def test_a_sheet_names_who_waits_for_a_form_and_comes_back_as_the_same_families(
    world: World, tmp_path: Path
) -> None:
    """A commune that took over its list has no form of last year to start from."""
    reviews.surveyed(world.round, world.village, world.officer)
    wife = people.person("Lý Thị Mẫu", sex="F", birth_date=dt.date(1984, 2, 3))
    home = people.household(world.village, people.person("Lò Văn Mẫu"), wife)
    reviews.listed(world.round, world.commune, world.officer, home)
    answers = [rows_of(path)[-1] for path in unpacked(taken(world, tmp_path))]
    scope = review_exports.scope_of(round=world.round, area=world.commune)
    given = {"scope": scope, "purpose": Purpose.FIELD_WORK, "note": "", "path": tmp_path / "fill"}
    far = users.user("far", Role.COMMUNE_OFFICER, world.other_commune)
    with pytest.raises(Refused):
        review_exports.write_to_fill(**given, by=far)
    assert review_exports.write_to_fill(**given, by=world.officer).households == 1
    files = unpacked(given["path"])
    (row,) = [one for one in rows_of(files[0]) if one["household_id"].startswith(HOUSEHOLD_PREFIX)]
    assert (row["head_name"], row["household_size"], row["area"]) == ("Lò Văn Mẫu", "2", "rural")
    assert "cccd" not in rows_of(files[1])[0]
    assert AuditEvent.objects.get(details__filters__form="fill").by == world.officer

    for path, told in zip(files, answers, strict=True):
        known = [one for one in rows_of(path) if one["household_id"].startswith(HOUSEHOLD_PREFIX)]
        filled = [{key: one[key] or told.get(key, "") for key in one} for one in known]
        rewritten(path, filled)
    assert counts(back(*files)) == (1, 0, 0)
    assert (Household.objects.count(), Person.objects.count()) == (2, 3)
    with pytest.raises(Invalid):
        review_exports.write_to_fill(**given, by=world.officer)
