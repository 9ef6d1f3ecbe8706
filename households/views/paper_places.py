"""Words that every printed paper shares: places, rounds, classes, and the mark of what is no real
paper. Vietnamese, the language of the law; callers hold the language."""

from households.choices import InstallationKind, PovertyClass
from households.models import Area, Assessment, Installation, ReviewRound


def class_word(code: str) -> str:
    return str(PovertyClass(code).label) if code else ""


def round_name(round: ReviewRound) -> str:
    return f"năm {round.year}" if round.month is None else f"tháng {round.month}/{round.year}"


def village_name(village: Area) -> str:
    """With its kind in front, as it is spoken of."""
    starts = ("thôn", "bản", "tổ", "khu", "xóm", "ấp", "buôn")
    return village.name if village.name.lower().startswith(starts) else f"thôn {village.name}"


def commune_name(commune: Area) -> str:
    starts = ("xã", "phường", "thị trấn")
    return commune.name if commune.name.lower().startswith(starts) else f"xã {commune.name}"


def commune_committee(commune: Area) -> str:
    return f"Ủy ban nhân dân {commune_name(commune)}"


def mark(round: ReviewRound, place: Area) -> str:
    """What must not be taken for a real paper says so on every page."""
    if place.is_practice:
        return "TẬP DƯỢT – KHÔNG CÓ GIÁ TRỊ"
    is_demo = Installation.objects.filter(kind=InstallationKind.DEMO).exists()
    rests_on_sample = Assessment.objects.filter(
        round=round, commune__in=[place.pk, place.parent_id], point_table__is_sample=True
    )
    if is_demo or rests_on_sample.exists():
        return "SỐ LIỆU MẪU, KHÔNG DÙNG ĐỂ CÔNG NHẬN"
    return ""
