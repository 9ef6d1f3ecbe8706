"""A point table takes effect when its worked households agree and a second person says so."""

import pytest
from django.db import IntegrityError, connection, transaction

from households.choices import PointTableState, Role, SurveyState
from households.errors import Conflict, Invalid, Refused
from households.models import (
    Area,
    Assessment,
    AuditEvent,
    PointTable,
    PovertyStandard,
    Survey,
    User,
    WorkedHousehold,
)
from households.services import point_tables, standards, worked_households
from households.services.point_tables import Heading
from tests.factories import areas, users
from tests.factories import standards as make

pytestmark = pytest.mark.django_db
IN_FORCE, DRAFT, PROPOSED, RETIRED = (
    PointTableState.IN_FORCE,
    PointTableState.DRAFT,
    PointTableState.PROPOSED,
    PointTableState.RETIRED,
)
POINTS = {
    ("motorbike", "yes"): (11, 16),
    ("motorbike", "no"): (0, 0),
    ("tv", "yes"): (6, 12),
    ("tv", "no"): (0, 0),
}
HEADING = Heading("b1_2022", "Bảng điểm 2022", "Points of 2022", "Thông tư 07/2021, phụ lục IV")


@pytest.fixture
def province() -> Area:
    return areas.province()


@pytest.fixture
def first(province: Area) -> User:
    return users.user("nguoi_nhap", Role.DEPARTMENT, province)


@pytest.fixture
def second(province: Area) -> User:
    return users.user("nguoi_duyet", Role.DEPARTMENT, province)


@pytest.fixture
def standard() -> PovertyStandard:
    return make.standard()


@pytest.fixture
def sample(standard: PovertyStandard, first: User) -> PointTable:
    return make.point_table(standard, first, state=IN_FORCE)


@pytest.fixture
def draft(sample: PointTable, first: User) -> PointTable:
    document = point_tables.with_points(pattern=sample, heading=HEADING, points=POINTS)
    return point_tables.enter(standard=sample.standard, document=document, by=first)


def work_out(
    table: PointTable, by: User, variant: str = "NT2", expected: int = 28, **answers: str
) -> WorkedHousehold:
    return worked_households.add(
        table=table,
        name=f"Hộ {variant}",
        variant=variant,
        answers={"motorbike": "yes", "tv": "yes", **answers},
        expected_b1_points=expected,
        by=by,
    )


@pytest.fixture
def proposed(draft: PointTable, first: User) -> PointTable:
    work_out(draft, first)
    work_out(draft, first, "URBAN", 17)
    return point_tables.propose(table=draft, by=first)


class TestEntering:
    def test_points_go_into_the_questions_of_the_pattern(self, draft: PointTable) -> None:
        rules = standards.rules_of_table(draft)
        assert (draft.state, draft.is_sample, draft.source) == (DRAFT, False, HEADING.source)
        assert rules.question("motorbike").option("yes").points == (11, 16)  # type: ignore[union-attr]
        assert not rules.stated.blocks_decisions
        assert AuditEvent.objects.get(verb="point_table.enter").details["code"] == "b1_2022"

    def test_the_pattern_is_left_as_it_was(self, sample: PointTable, draft: PointTable) -> None:
        sample.refresh_from_db()
        assert sample.document == make.table_document()

    def test_a_code_is_taken_once(self, sample: PointTable, draft: PointTable, first: User) -> None:
        with pytest.raises(Conflict):
            point_tables.enter(standard=sample.standard, document=draft.document, by=first)

    @pytest.mark.parametrize("missing", ["code", "name_vi", "name_en", "source"])
    def test_a_table_has_a_code_names_and_a_source(self, sample: PointTable, missing: str) -> None:
        heading = Heading(**{**HEADING.__dict__, missing: " "})
        with pytest.raises(Invalid) as invalid:
            point_tables.with_points(pattern=sample, heading=heading, points=POINTS)
        assert list(invalid.value.fields) == [missing]

    def test_a_document_for_another_standard_is_refused(
        self, standard: PovertyStandard, first: User
    ) -> None:
        document = make.table_document(standard="std_2016")
        with pytest.raises(Invalid, match="std_2016"):
            point_tables.enter(standard=standard, document=document, by=first)

    def test_a_wrong_document_is_told_with_its_place(
        self, standard: PovertyStandard, first: User
    ) -> None:
        document = make.table_document()
        document["questions"][0]["options"][0]["points"] = [1]
        with pytest.raises(Invalid, match="motorbike"):
            point_tables.enter(standard=standard, document=document, by=first)

    @pytest.mark.parametrize("role", [Role.COMMUNE_OFFICER, Role.ADMINISTRATOR])
    def test_only_the_department(
        self, standard: PovertyStandard, province: Area, role: Role
    ) -> None:
        with pytest.raises(Refused):
            point_tables.enter(
                standard=standard,
                document=make.table_document(),
                by=users.user("ai_do", role, province),
            )

    def test_who_changes_a_draft_counts_as_who_entered_it(
        self, draft: PointTable, second: User
    ) -> None:
        changed = point_tables.change(table=draft, document=draft.document, by=second)
        assert changed.entered_by == second

    def test_a_proposed_table_is_not_changed(self, proposed: PointTable, first: User) -> None:
        with pytest.raises(Refused):
            point_tables.change(table=proposed, document=proposed.document, by=first)

    def test_a_draft_can_be_thrown_away_with_its_households(
        self, draft: PointTable, first: User
    ) -> None:
        work_out(draft, first)
        point_tables.discard(table=draft, by=first)
        assert not PointTable.objects.filter(pk=draft.pk).exists()
        assert AuditEvent.objects.filter(verb="point_table.discard").exists()

    def test_a_table_in_force_is_not_thrown_away(self, sample: PointTable, first: User) -> None:
        with pytest.raises(Refused):
            point_tables.discard(table=sample, by=first)


class TestProposing:
    def test_checked_in_town_and_country(self, proposed: PointTable) -> None:
        assert proposed.state == PROPOSED
        assert proposed.proposed_at is not None

    def test_not_without_worked_households(self, draft: PointTable, first: User) -> None:
        work_out(draft, first)
        with pytest.raises(Refused):
            point_tables.propose(table=draft, by=first)

    def test_not_while_one_disagrees(self, draft: PointTable, first: User) -> None:
        work_out(draft, first)
        work_out(draft, first, "URBAN", 18)
        with pytest.raises(Refused, match="Hộ URBAN"):
            point_tables.propose(table=draft, by=first)

    def test_not_an_incomplete_table(self, standard: PovertyStandard, first: User) -> None:
        document = make.table_document(
            complete=False, incomplete_because={"vi": "Thiếu câu", "en": "Questions missing"}
        )
        table = make.point_table(standard, first, document)
        assert point_tables.why_not_propose(first, table)

    def test_it_can_be_taken_back_with_a_reason(self, proposed: PointTable, second: User) -> None:
        with pytest.raises(Invalid):
            point_tables.withdraw(table=proposed, reason=" ", by=second)
        table = point_tables.withdraw(table=proposed, reason="Sai cột NT2", by=second)
        assert (table.state, table.proposed_at) == (DRAFT, None)


class TestAgreeing:
    def test_takes_effect_and_retires_the_one_before(
        self, sample: PointTable, proposed: PointTable, second: User
    ) -> None:
        table = point_tables.agree(table=proposed, by=second)
        sample.refresh_from_db()
        assert (table.state, table.agreed_by) == (IN_FORCE, second)
        assert sample.state == RETIRED
        assert standards.table_in_force(table.standard) == table
        verbs = set(AuditEvent.objects.values_list("verb", flat=True))
        assert {"point_table.agree", "point_table.retire"} <= verbs

    def test_not_by_the_one_who_entered_it(self, proposed: PointTable, first: User) -> None:
        with pytest.raises(Refused):
            point_tables.agree(table=proposed, by=first)
        proposed.refresh_from_db()
        assert proposed.state == PROPOSED

    def test_not_a_draft(self, draft: PointTable, second: User) -> None:
        with pytest.raises(Refused):
            point_tables.agree(table=draft, by=second)

    def test_not_by_someone_outside_the_department(
        self, proposed: PointTable, province: Area
    ) -> None:
        chair = users.user("chu_tich", Role.COMMUNE_CHAIR, province)
        with pytest.raises(Refused):
            point_tables.agree(table=proposed, by=chair)

    def test_a_sample_does_not_replace_a_table_in_force(
        self, sample: PointTable, proposed: PointTable, first: User, second: User
    ) -> None:
        point_tables.agree(table=proposed, by=second)
        document = make.table_document("another_sample")
        other = point_tables.enter(standard=sample.standard, document=document, by=first)
        work_out(other, first, expected=25)
        work_out(other, first, "URBAN", 15)
        point_tables.propose(table=other, by=first)
        with pytest.raises(Refused):
            point_tables.agree(table=other, by=second)

    def test_results_rest_on_a_table_that_may_decide_from_then_on(
        self, sample: PointTable, proposed: PointTable, second: User, province: Area
    ) -> None:
        standard = make.standard(
            make.standard_document(
                "sound", weak=False, valid_from="2030-01-01", valid_to="2030-12-31"
            )
        )
        table = point_tables.agree(table=proposed, by=second)
        commune = areas.commune(province)

        def reason(rests_on: PointTable) -> str | None:
            return standards.why_not_decide(
                standard=standard, rests_on_tables=[rests_on], commune=commune
            )

        assert reason(sample)
        assert reason(table) is None

    def test_open_results_are_computed_again(
        self, sample: PointTable, proposed: PointTable, second: User, province: Area
    ) -> None:
        result = make.result(sample.standard, areas.village(areas.commune(province)), sample)
        Survey.objects.update(state=SurveyState.COMPLETE)
        result.round.standards.add(sample.standard)
        point_tables.agree(table=proposed, by=second)
        assert Assessment.objects.get().scored_at > result.scored_at


class TestTheDatabaseSaysNo:
    """Raw SQL, past every service."""

    def refuses(self, sql: str, *values: object) -> None:
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)

    def test_to_a_table_in_force_nobody_agreed_to(self, draft: PointTable) -> None:
        self.refuses("UPDATE households_pointtable SET state = 'RETIRED' WHERE id = %s", draft.pk)

    def test_to_agreeing_to_ones_own_table(self, draft: PointTable) -> None:
        self.refuses(
            "UPDATE households_pointtable SET state = 'RETIRED', agreed_by_id = entered_by_id"
            " WHERE id = %s",
            draft.pk,
        )

    def test_to_two_tables_in_force(self, draft: PointTable, second: User) -> None:
        self.refuses(
            "UPDATE households_pointtable SET state = 'IN_FORCE', agreed_by_id = %s WHERE id = %s",
            second.pk,
            draft.pk,
        )

    def test_to_changing_or_deleting_a_table_results_rest_on(
        self, sample: PointTable, province: Area
    ) -> None:
        make.result(sample.standard, areas.village(areas.commune(province)), sample)
        self.refuses("UPDATE households_pointtable SET document = '{}'")
        self.refuses("DELETE FROM households_pointtable")
