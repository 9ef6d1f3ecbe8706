"""A small invented standard and point table, as documents and as rows."""

import copy
import datetime as dt
import json
from pathlib import Path
from typing import Any

from households.choices import PointTableState, Relation, RoundKind, Settlement
from households.models import (
    Area,
    Assessment,
    PointTable,
    PovertyStandard,
    ReviewRound,
    Survey,
    SurveyMember,
    User,
)
from households.services.standard_documents import digest
from tests.factories import people

DOUBT = {"vi": "Chưa đối chiếu văn bản", "en": "Not compared with the text"}


def stated(value: object, **more: object) -> dict[str, Any]:
    return {"value": value, "unit": "units", "source": ["decree"], "confirmed": True, **more}


def doubted(value: object, *, weak: bool = False) -> dict[str, Any]:
    more = {"weak": True} if weak else {}
    return stated(value, confirmed=False, doubt=copy.deepcopy(DOUBT), **more)


def standard_document(
    code: str = "std_try", *, weak: bool = True, **changes: Any
) -> dict[str, Any]:
    """Valid for 2022; one indicator whose area is doubtful, and weak unless told otherwise."""
    return {
        "format": 1,
        "code": code,
        "owner": "NATIONAL",
        "complete": True,
        "legal_basis": "Nghị định thử",
        "valid_from": "2022-01-01",
        "valid_to": "2022-12-31",
        "school_levels": ["none", "primary"],
        "name": {"vi": "Chuẩn thử", "en": "Try-out standard"},
        "sources": {"decree": {"vi": "Nghị định thử", "en": "Invented decree"}},
        "parameters": {"points_per_deprivation": stated(10)},
        "list_rules": {
            "newly_escaped_months": doubted(36),
            "minority_household": stated("HEAD_OR_SPOUSE"),
            "periodic_decision_counts_from": stated("01-01"),
            "relapse_look_back": stated("WITHIN_STANDARD"),
        },
        "lines": {
            "poverty": {
                "name": {"vi": "Mức chuẩn nghèo", "en": "Poverty line"},
                "inclusive": stated(True),
                "income_vnd": {"RURAL": stated(1_500_000), "URBAN": stated(2_000_000)},
                "points": {"RURAL": stated(140), "URBAN": stated(175)},
            }
        },
        "class_rules": [
            {
                "code": "poor",
                "class": "POOR",
                "at_or_under": "poverty",
                "source": ["decree"],
                "confirmed": True,
            },
            {"code": "not_poor", "class": "NOT_POOR", "source": ["decree"], "confirmed": True},
        ],
        "dimensions": [{"code": "housing", "name": {"vi": "Nhà ở", "en": "Housing"}}],
        "indicators": [_area_indicator(weak)],
        **changes,
    }


def _area_indicator(weak: bool) -> dict[str, Any]:
    return {
        "code": "house_area",
        "dimension": "housing",
        "name": {"vi": "Diện tích nhà ở", "en": "Floor area"},
        "reading_stated": stated("The floor area per member is under the limit"),
        "parameters": {
            "area_per_member": doubted(8, weak=weak),
            "under_limit": stated(True),
        },
        "reading": {
            "form": "threshold",
            "fact": "floor_area_m2",
            "per": "member",
            "limit": "@area_per_member",
            "strict": "@under_limit",
        },
    }


def table_document(
    code: str = "table_try", standard: str = "std_try", *, is_sample: bool = True, **changes: Any
) -> dict[str, Any]:
    """Two variants; one question asked, one derived from whether there is a TV."""
    return {
        "format": 1,
        "code": code,
        "standard": standard,
        "name": {"vi": "Bảng điểm thử", "en": "Try-out table"},
        "is_sample": is_sample,
        "complete": True,
        "sources": {"circular": {"vi": "Thông tư thử", "en": "Invented circular"}},
        "points_stated": {"value": "as given", "source": ["circular"], "confirmed": True},
        "school_levels": ["none", "primary"],
        "variants": ["URBAN", "NT2"],
        "variant_names": {
            "URBAN": {"vi": "Thành thị", "en": "Urban"},
            "NT2": {"vi": "Trung du và miền núi", "en": "Midlands and mountains"},
        },
        "urban_variant": "URBAN",
        "variant_by_province": {"06": "NT2"},
        "questions": [_motorbike(), _tv()],
        **changes,
    }


def _motorbike() -> dict[str, Any]:
    return {
        "code": "motorbike",
        "number": 1,
        "name": {"vi": "Xe máy", "en": "Motorbike"},
        "options": [
            {"code": "yes", "name": {"vi": "Có", "en": "Yes"}, "points": [10, 15]},
            {"code": "no", "name": {"vi": "Không", "en": "No"}, "points": [0, 0]},
        ],
    }


def _tv() -> dict[str, Any]:
    yes = {"code": "yes", "name": {"vi": "Có", "en": "Yes"}, "points": [5, 10], "when": True}
    no = {"code": "no", "name": {"vi": "Không", "en": "No"}, "points": [0, 0], "when": False}
    return {
        "code": "tv",
        "number": 2,
        "name": {"vi": "Ti vi", "en": "TV"},
        "derived": {"form": "fact", "fact": "has_tv"},
        "options": [yes, no],
    }


def toml(value: Any) -> str:
    """A JSON-like value as an inline TOML value; enough for the documents of these tests."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(toml(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def write(folder: Path, name: str, document: dict[str, Any]) -> None:
    """The document as a TOML file of the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"{key} = {toml(value)}" for key, value in document.items()]
    (folder / name).write_text("\n".join(lines), encoding="utf-8")


def standard(document: dict[str, Any] | None = None, owner: Area | None = None) -> PovertyStandard:
    document = document or standard_document()
    return PovertyStandard.objects.create(
        code=document["code"],
        name_vi=document["name"]["vi"],
        name_en=document["name"]["en"],
        legal_basis=document["legal_basis"],
        owner=owner,
        valid_from=dt.date.fromisoformat(document["valid_from"]),
        valid_to=dt.date.fromisoformat(document["valid_to"]),
        document=document,
        digest=digest(document),
    )


def point_table(
    of: PovertyStandard,
    by: User,
    document: dict[str, Any] | None = None,
    state: PointTableState = PointTableState.DRAFT,
    agreed_by: User | None = None,
) -> PointTable:
    document = document or table_document(standard=of.code)
    return PointTable.objects.create(
        code=document["code"],
        standard=of,
        name=document["name"]["vi"],
        document=document,
        digest=digest(document),
        is_sample=document["is_sample"],
        source="Invented circular",
        state=state,
        entered_by=by,
        agreed_by=agreed_by,
    )


def result(of: PovertyStandard, village: Area, table: PointTable | None = None) -> Assessment:
    """A result that rests on the standard, and on the table if one is given."""
    commune = village.parent
    assert commune is not None
    province = commune.parent
    round, __ = ReviewRound.objects.get_or_create(
        province=province,
        kind=RoundKind.PERIODIC,
        year=2022,
        defaults={
            "as_of": dt.date(2022, 9, 1),
            "opens_on": dt.date(2022, 9, 1),
            "closes_on": dt.date(2022, 12, 14),
        },
    )
    survey = Survey.objects.create(
        round=round,
        household=people.household(village, people.person()),
        village=village,
        commune=commune,
        province_code="06",
        settlement=Settlement.RURAL,
        as_of=round.as_of,
        household_size=1,
    )
    SurveyMember.objects.create(
        survey=survey, member_no=1, full_name="Nông Văn Thử", relation=Relation.HEAD
    )
    return Assessment.objects.create(
        survey=survey,
        standard=of,
        point_table=table,
        deprived_bits=0,
        deprivations=0,
        round=round,
        commune=commune,
        village=village,
        settlement=Settlement.RURAL,
        persons=1,
        scored_at=dt.datetime(2022, 9, 1, tzinfo=dt.UTC),
    )
