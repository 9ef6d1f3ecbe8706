"""Words that every printed paper shares: places, rounds, classes, and the mark of what is no real
paper. Vietnamese, the language of the law; callers hold the language."""

from households.choices import AreaLevel, AreaType, InstallationKind, PovertyClass, SignerTitle
from households.models import Area, Assessment, Installation, ReviewRound


def class_word(code: str) -> str:
    return str(PovertyClass(code).label) if code else ""


def in_a_sentence(name: str) -> str:
    """A name that begins with a capital, within a sentence."""
    return name[:1].lower() + name[1:]


def round_name(round: ReviewRound) -> str:
    return f"năm {round.year}" if round.month is None else f"tháng {round.month}/{round.year}"


def village_name(village: Area) -> str:
    """With its kind in front, as it is spoken of."""
    kinds = {"thôn", "bản", "tổ", "khu", "xóm", "ấp", "buôn"}
    has_kind = village.name.lower().split()[0] in kinds  # "Khuổi Luông" is no khu
    return village.name if has_kind else f"thôn {village.name}"


#: What a unit of a level is called where its own kind is not known.
_LEVEL_WORDS = {
    AreaLevel.PROVINCE: "tỉnh",
    AreaLevel.DISTRICT: "huyện",
    AreaLevel.COMMUNE: "xã",
}
_KIND_WORDS = {
    AreaType.PROVINCE: "tỉnh",
    AreaType.CITY: "thành phố",
    AreaType.DISTRICT: "huyện",
    AreaType.WARD: "phường",
    AreaType.TOWN: "thị trấn",
    AreaType.COMMUNE: "xã",
}


def unit_name(unit: Area) -> str:
    """With its kind in front: "huyện Pác Nặm", "thị trấn Chợ Rã". At most one query."""
    if unit.name.lower().startswith((*_KIND_WORDS.values(), "thị xã")):
        return unit.name
    kind = unit.unit_type
    word = _KIND_WORDS[AreaType(kind)] if kind in AreaType.values else ""
    return f"{word or _LEVEL_WORDS[AreaLevel(unit.level)]} {unit.name}"


def commune_name(commune: Area) -> str:
    return unit_name(commune)


def commune_committee(commune: Area) -> str:
    return f"Ủy ban nhân dân {commune_name(commune)}"


#: Who signs, line by line, as the state's form for documents writes it (templates set capitals).
SIGNERS = {
    SignerTitle.CHAIR: ["Chủ tịch"],
    SignerTitle.DEPUTY_FOR_CHAIR: ["KT. Chủ tịch", "Phó Chủ tịch"],
}


def signer_lines(title: str) -> str:
    """The lines above the signature, one under the other; the chair where nothing was chosen."""
    return "\n".join(SIGNERS[SignerTitle(title or SignerTitle.CHAIR)])


#: What must not be taken for a real paper says so on every page.
_PRACTICE = "TẬP DƯỢT – KHÔNG CÓ GIÁ TRỊ"
_SAMPLE = "SỐ LIỆU MẪU, KHÔNG DÙNG ĐỂ CÔNG NHẬN"


def mark_of(place: Area) -> str:
    """The mark of a paper that rests on no result of a round. One query."""
    if place.is_practice:
        return _PRACTICE
    is_demo = Installation.objects.filter(kind=InstallationKind.DEMO).exists()
    return _SAMPLE if is_demo else ""


def mark(round: ReviewRound, place: Area) -> str:
    """The mark of a paper with results of a round. Two queries."""
    if found := mark_of(place):
        return found
    rests_on_sample = Assessment.objects.filter(
        round=round, commune__in=[place.pk, place.parent_id], point_table__is_sample=True
    )
    return _SAMPLE if rests_on_sample.exists() else ""
