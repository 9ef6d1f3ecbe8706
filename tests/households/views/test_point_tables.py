"""Pages of a point table, from the grid that is pasted to the second person's agreement."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from households.choices import PointTableState, Role
from households.models import Area, PointTable, PovertyStandard, User
from households.services import point_tables, worked_households
from households.services.system_user import system_user
from tests.factories import areas, users
from tests.factories import standards as make

pytestmark = pytest.mark.django_db
NEW = reverse("households:point_table_new", args=["std_try"])
GRID = (
    "question\toption\tURBAN\tNT2\n"
    "motorbike\tyes\t11\t16\n"
    "motorbike\tno\t0\t0\n"
    "tv\tyes\t6\t12\n"
    "tv\tno\t0\t0\n"
)
TYPED = {"code": "b1_new", "name_vi": "Bảng mới", "source": "Thông tư 07/2021", "grid": GRID}


@pytest.fixture
def province() -> Area:
    return areas.province()


@pytest.fixture
def standard() -> PovertyStandard:
    return make.standard()


@pytest.fixture
def sample(standard: PovertyStandard) -> PointTable:
    return make.point_table(standard, system_user(), state=PointTableState.IN_FORCE)


@pytest.fixture
def first(client: Client, province: Area) -> User:
    user = users.user("nguoi_nhap", Role.DEPARTMENT, province)
    client.force_login(user)
    return user


@pytest.fixture
def second(province: Area) -> User:
    return users.user("nguoi_duyet", Role.DEPARTMENT, province)


@pytest.fixture
def draft(sample: PointTable, first: User) -> PointTable:
    table = make.point_table(
        sample.standard, first, make.table_document("b1_draft", is_sample=False)
    )
    for variant, total in (("NT2", 25), ("URBAN", 15)):
        worked_households.add(
            table=table,
            name=f"Hộ {variant}",
            variant=variant,
            answers={"motorbike": "yes", "tv": "yes"},
            expected_b1_points=total,
            by=first,
        )
    return table


def address(name: str, code: str = "b1_draft") -> str:
    return reverse(f"households:{name}", args=[code])


class TestDetail:
    def test_shows_the_variant_of_ones_own_province_first(
        self, client: Client, draft: PointTable
    ) -> None:
        response = client.get(address("point_table"))
        assert response.context["shown_code"] == "NT2"
        everything = client.get(address("point_table"), {"variant": "all"})
        assert len(everything.context["shown"]) == 2

    def test_a_sample_says_so(self, client: Client, draft: PointTable, sample: PointTable) -> None:
        text = client.get(address("point_table", sample.code)).content.decode()
        assert "note attention" in text

    def test_everyone_logged_in_reads_it(
        self, client: Client, draft: PointTable, province: Area
    ) -> None:
        client.force_login(users.user("can_bo_xa", Role.COMMUNE_OFFICER, areas.commune(province)))
        response = client.get(address("point_table"))
        assert response.status_code == 200
        assert not response.context["may_keep"]

    def test_an_unknown_one_is_not_found(self, client: Client, first: User) -> None:
        assert client.get(address("point_table", "none")).status_code == 404

    def test_the_points_can_be_downloaded_and_pasted_back(
        self, client: Client, draft: PointTable
    ) -> None:
        grid = client.get(address("point_table_csv")).content.decode("utf-8-sig")
        response = client.post(address("point_table_change"), {"grid": grid})
        assert response.status_code == 302
        draft.refresh_from_db()
        assert draft.document["questions"] == make.table_document()["questions"]


class TestEnter:
    def test_pasted_points_become_a_draft(
        self, client: Client, sample: PointTable, first: User
    ) -> None:
        response = client.post(NEW, TYPED)
        assert response.status_code == 302
        table = PointTable.objects.get(code="b1_new")
        assert (table.state, table.is_sample, table.entered_by) == ("DRAFT", False, first)

    def test_a_csv_file_does_as_well(self, client: Client, sample: PointTable, first: User) -> None:
        file = SimpleUploadedFile("b1.csv", GRID.replace("\t", ";").encode("utf-8-sig"))
        assert client.post(NEW, {**TYPED, "grid": "", "file": file}).status_code == 302
        assert PointTable.objects.filter(code="b1_new").exists()

    def test_a_toml_file_brings_its_own_heading(
        self, client: Client, standard: PovertyStandard, first: User
    ) -> None:
        document = make.table_document("from_file", is_sample=False)
        text = "\n".join(f"{key} = {make.toml(value)}" for key, value in document.items())
        file = SimpleUploadedFile("b1.toml", text.encode())
        assert client.post(NEW, {"file": file}).status_code == 302
        assert PointTable.objects.filter(code="from_file").exists()

    def test_the_form_starts_with_the_points_in_force(
        self, client: Client, sample: PointTable, first: User
    ) -> None:
        response = client.get(NEW)
        assert "motorbike\tyes" in response.context["form"].initial["grid"]

    def test_another_role_is_refused(
        self, client: Client, sample: PointTable, province: Area
    ) -> None:
        client.force_login(users.user("can_bo_xa", Role.COMMUNE_OFFICER, areas.commune(province)))
        assert client.get(NEW).status_code == 403
        assert client.post(NEW, TYPED).status_code == 403
        assert not PointTable.objects.filter(code="b1_new").exists()

    def test_for_an_unknown_standard_is_not_found(self, client: Client, first: User) -> None:
        assert client.get(reverse("households:point_table_new", args=["x"])).status_code == 404

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"code": ""}, "code"),
            ({"code": "hai từ"}, "code"),
            ({"name_vi": ""}, "name_vi"),
            ({"source": ""}, "source"),
            ({"grid": ""}, "grid"),
            ({"grid": GRID.replace("16", "x")}, "grid"),
        ],
    )
    def test_what_is_wrong_is_told_at_its_field(
        self,
        client: Client,
        sample: PointTable,
        first: User,
        changes: dict[str, str],
        field: str,
    ) -> None:
        response = client.post(NEW, {**TYPED, **changes})
        assert response.status_code == 422
        assert list(response.context["form"].errors) == [field]
        assert not PointTable.objects.filter(code="b1_new").exists()

    def test_a_wrong_cell_is_named_by_row_and_column(
        self, client: Client, sample: PointTable, first: User
    ) -> None:
        response = client.post(NEW, {**TYPED, "grid": GRID.replace("16", "x")})
        (error,) = response.context["form"].grid_errors
        assert (error.row, error.column, error.value) == (2, "NT2", "x")

    @pytest.mark.parametrize("content", [b"code = ", b"\xff\xfe\x00", b"format = 9"])
    def test_a_file_that_is_not_what_it_says_is_told(
        self, client: Client, sample: PointTable, first: User, content: bytes
    ) -> None:
        file = SimpleUploadedFile("b1.toml", content)
        assert client.post(NEW, {"file": file}).status_code == 422

    def test_a_code_that_is_taken_is_told(
        self, client: Client, sample: PointTable, first: User
    ) -> None:
        assert client.post(NEW, {**TYPED, "code": sample.code}).status_code == 422


class TestSteps:
    def test_proposed_by_one_and_agreed_to_by_another(
        self, client: Client, draft: PointTable, second: User
    ) -> None:
        assert client.post(address("point_table_propose")).status_code == 302
        client.force_login(second)
        assert client.post(address("point_table_agree")).status_code == 302
        draft.refresh_from_db()
        assert (draft.state, draft.agreed_by) == (PointTableState.IN_FORCE, second)

    def test_not_by_the_same_person(self, client: Client, draft: PointTable) -> None:
        client.post(address("point_table_propose"))
        assert client.post(address("point_table_agree")).status_code == 403
        assert client.get(address("point_table")).context["why_not_agree"]

    def test_nothing_by_another_role(
        self, client: Client, draft: PointTable, province: Area
    ) -> None:
        client.force_login(users.user("can_bo_xa", Role.COMMUNE_OFFICER, areas.commune(province)))
        for step in ("propose", "withdraw", "agree", "discard"):
            assert client.post(address(f"point_table_{step}")).status_code == 403

    def test_of_an_unknown_table_are_not_found(self, client: Client, first: User) -> None:
        for step in ("propose", "withdraw", "agree", "discard"):
            assert client.post(address(f"point_table_{step}", "none")).status_code == 404

    def test_are_not_taken_by_reading(self, client: Client, draft: PointTable) -> None:
        for step in ("propose", "withdraw", "agree", "discard"):
            assert client.get(address(f"point_table_{step}")).status_code == 405

    def test_going_back_needs_a_reason(self, client: Client, draft: PointTable) -> None:
        point_tables.propose(table=draft, by=draft.entered_by)
        client.post(address("point_table_withdraw"), {"reason": ""})
        draft.refresh_from_db()
        assert draft.state == PointTableState.PROPOSED
        client.post(address("point_table_withdraw"), {"reason": "Sai cột"})
        draft.refresh_from_db()
        assert draft.state == PointTableState.DRAFT

    def test_a_draft_thrown_away_is_gone(self, client: Client, draft: PointTable) -> None:
        response = client.post(address("point_table_discard"))
        assert response.headers["Location"] == reverse("households:standard", args=["std_try"])
        assert not PointTable.objects.filter(pk=draft.pk).exists()
