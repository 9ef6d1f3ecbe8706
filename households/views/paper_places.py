"""Words that every printed paper shares: places, rounds, classes, and the mark of what is no real
paper. Vietnamese, the language of the law; callers hold the language."""

from households.choices import InstallationKind, PovertyClass, SignerTitle
from households.models import Area, Assessment, Installation, ReviewRound
from households.services.area_names import unit_name


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
