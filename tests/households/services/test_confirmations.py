"""The department vouches for numbers, by name and source; corrects them only while unused."""

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from households.choices import Role
from households.errors import Invalid, Refused
from households.models import Area, AuditEvent, Confirmation, PovertyStandard, User
from households.services import audit, confirmations, standards
from households.services.confirmations import ValueKind, confirm, unconfirmed
from tests.factories import areas, users
from tests.factories import standards as make

pytestmark = pytest.mark.django_db
AREA = "indicators.house_area.parameters.area_per_member"
SOURCE = "Phụ lục Nghị định 07/2021/NĐ-CP"


@pytest.fixture
def province() -> Area:
    return areas.province()


@pytest.fixture
def department(province: Area) -> User:
    return users.user("so", Role.DEPARTMENT, province)


@pytest.fixture
def standard() -> PovertyStandard:
    return make.standard()


def area_limit(standard: PovertyStandard) -> Any:
    standard.refresh_from_db()
    rules = standards.rules_of(standard)
    return rules.indicator("house_area").parameters["area_per_member"].value


class TestUnconfirmed:
    def test_lists_what_the_file_leaves_open_with_its_source_and_doubt(
        self, standard: PovertyStandard
    ) -> None:
        months, area = unconfirmed(standard)
        assert (months.value, months.is_weak) == (36, False)
        assert (area.path, area.value, area.is_weak) == (AREA, 8, True)
        assert area.label == "Diện tích nhà ở"
        assert area.source == ("Nghị định thử",)
        assert area.doubt == "Chưa đối chiếu văn bản"
        assert area.waits

    def test_carries_who_confirmed_it_and_when(
        self, standard: PovertyStandard, department: User
    ) -> None:
        confirm(standard=standard, path=AREA, value=8, source=SOURCE, by=department)
        area = unconfirmed(standard)[1]
        assert area.confirmation is not None
        assert area.confirmation.confirmed_by == department
        assert area.confirmation.source == SOURCE
        assert not area.waits

    @pytest.mark.parametrize(
        ("value", "kind"),
        [
            (8, ValueKind.NUMBER),
            ("8.5", ValueKind.NUMBER),
            (True, ValueKind.FLAG),
            ("primary", ValueKind.LEVEL),
            ("HEAD_OR_SPOUSE", ValueKind.FIXED),
        ],
    )
    def test_says_how_another_value_could_be_typed(self, value: object, kind: ValueKind) -> None:
        standard = make.standard()
        stated = standards.rules_of(standard).indicator("house_area").parameters["under_limit"]
        changed = type(stated)(stated.path, value, "", (), False)  # type: ignore[arg-type]
        assert confirmations.kind_of(changed, standards.rules_of(standard)) == kind


class TestConfirm:
    def test_as_it_is(self, standard: PovertyStandard, department: User) -> None:
        confirm(standard=standard, path=AREA, value=8, source=SOURCE, by=department)
        assert standards.confirmed_paths(standard) == {AREA}
        act = AuditEvent.objects.get(verb="standard.confirm")
        assert (act.by, act.reason, act.details["path"]) == (department, SOURCE, AREA)
        assert Confirmation.objects.get().act == act

    def test_with_another_value_corrects_a_standard_nothing_rests_on(
        self, standard: PovertyStandard, department: User
    ) -> None:
        before = standard.digest
        confirm(standard=standard, path=AREA, value="7.5", source=SOURCE, by=department)
        assert area_limit(standard) == "7.5"
        assert standard.digest != before
        assert standards.confirmed_paths(standard) == {AREA}

    def test_with_another_value_is_refused_once_results_rest_on_it(
        self, standard: PovertyStandard, department: User, province: Area
    ) -> None:
        make.result(standard, areas.village(areas.commune(province)))
        with pytest.raises(Refused, match="std_try"):
            confirm(standard=standard, path=AREA, value=9, source=SOURCE, by=department)
        assert area_limit(standard) == 8
        assert not Confirmation.objects.exists()
        assert not AuditEvent.objects.filter(verb="standard.confirm").exists()

    def test_as_it_is_goes_on_when_results_rest_on_it(
        self, standard: PovertyStandard, department: User, province: Area
    ) -> None:
        make.result(standard, areas.village(areas.commune(province)))
        confirm(standard=standard, path=AREA, value=8, source=SOURCE, by=department)
        assert standards.confirmed_paths(standard) == {AREA}

    @pytest.mark.parametrize("role", [Role.COMMUNE_OFFICER, Role.ADMINISTRATOR, Role.REVIEWER])
    def test_only_the_department(
        self, standard: PovertyStandard, province: Area, role: Role
    ) -> None:
        someone = users.user("ai_do", role, province)
        with pytest.raises(Refused):
            confirm(standard=standard, path=AREA, value=8, source=SOURCE, by=someone)

    def test_not_another_provinces_own_standard(self, department: User) -> None:
        other = areas.province("19", "Tỉnh Khác")
        own = make.standard(make.standard_document("std_own", owner="PROVINCE"), owner=other)
        with pytest.raises(Refused):
            confirm(standard=own, path=AREA, value=8, source=SOURCE, by=department)

    @pytest.mark.parametrize("source", ["", "   ", "x" * 301])
    def test_needs_a_source(self, standard: PovertyStandard, department: User, source: str) -> None:
        with pytest.raises(Invalid) as invalid:
            confirm(standard=standard, path=AREA, value=8, source=source, by=department)
        assert "source" in invalid.value.fields

    def test_of_a_number_that_is_not_there(
        self, standard: PovertyStandard, department: User
    ) -> None:
        with pytest.raises(Invalid):
            confirm(standard=standard, path="lines.gone", value=8, source=SOURCE, by=department)

    @pytest.mark.parametrize("value", ["nhiều", True, "8,5", "NaN"])
    def test_of_a_value_the_rules_cannot_be_read_with(
        self, standard: PovertyStandard, department: User, value: Any
    ) -> None:
        with pytest.raises(Invalid) as invalid:
            confirm(standard=standard, path=AREA, value=value, source=SOURCE, by=department)
        assert "value" in invalid.value.fields
        assert area_limit(standard) == 8

    def test_a_rule_in_words_is_not_rewritten(
        self, standard: PovertyStandard, department: User
    ) -> None:
        with pytest.raises(Invalid):
            confirm(
                standard=standard,
                path="class_rules.poor",
                value="NOT_POOR",
                source=SOURCE,
                by=department,
            )

    def test_nothing_is_written_when_the_audit_fails(
        self, standard: PovertyStandard, department: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(event: AuditEvent) -> str:
            raise DatabaseError

        monkeypatch.setattr(audit, "_begin", broken)
        with pytest.raises(DatabaseError):
            confirm(standard=standard, path=AREA, value=9, source=SOURCE, by=department)
        assert area_limit(standard) == 8
        assert not Confirmation.objects.exists()


class TestTheDatabaseSaysNo:
    """Raw SQL, past every service."""

    def refuses(self, sql: str, *values: object) -> None:
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)

    def test_to_change_a_confirmation(self, standard: PovertyStandard, department: User) -> None:
        confirm(standard=standard, path=AREA, value=8, source=SOURCE, by=department)
        self.refuses("UPDATE households_confirmation SET source = 'x'")
        self.refuses("DELETE FROM households_confirmation")

    def test_to_a_confirmation_without_a_source(
        self, standard: PovertyStandard, department: User
    ) -> None:
        self.refuses(
            "INSERT INTO households_confirmation"
            " (standard_id, path, value, source, confirmed_by_id, confirmed_on)"
            " VALUES (%s, 'x', '8', '', %s, '2024-10-15')",
            standard.pk,
            department.pk,
        )

    def test_to_change_or_delete_a_standard_results_rest_on(
        self, standard: PovertyStandard, province: Area
    ) -> None:
        make.result(standard, areas.village(areas.commune(province)))
        self.refuses("UPDATE households_povertystandard SET document = '{}'")
        self.refuses("DELETE FROM households_povertystandard")

    def test_to_two_national_standards_on_one_day(self, standard: PovertyStandard) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            make.standard(make.standard_document("std_b", valid_from="2022-12-31"))
