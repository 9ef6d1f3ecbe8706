"""What stands on certificates, their hand-over list and confirmations. Vietnamese, the language of
the law; callers hold the language."""

from typing import Any

from households import clock
from households.choices import SignerTitle
from households.models import Area, Membership, StatusConfirmation
from households.queries.certificates import OnPaper
from households.views import paper_places


def pile_data(commune: Area, papers: list[OnPaper], foot: str) -> dict[str, Any]:
    """Certificates one after another, as plain values. One query."""
    return _base(commune, "Giấy chứng nhận hộ nghèo, hộ cận nghèo", foot) | {
        "certificates": [_certificate(one) for one in papers]
    }


def _certificate(paper: OnPaper) -> dict[str, Any]:
    one = paper.certificate
    decision = one.period.decision_in
    return {
        "number": one.number,
        "class": paper_places.class_word(one.poverty_class).lower(),
        "head-name": paper.head_name,
        "address": f"{paper_places.village_name(paper.village)}",
        "since": f"{one.period.valid_from:%d/%m/%Y}",
        "decision": decision.number,
        "decided-on": f"{decision.decided_on:%d/%m/%Y}",
        "issued": [f"{one.issued_on:%d}", f"{one.issued_on:%m}", f"{one.issued_on:%Y}"],
        "titles": [line.upper() for line in paper_places.SIGNERS[SignerTitle(one.signer_title)]],
        "signed-by": one.signed_by,
        "again": one.reissue_reason,
        "members": [member_told(member) for member in paper.members],
    }


def member_told(one: Membership) -> dict[str, str]:
    person = one.person
    return {
        "name": person.full_name,
        "born": born(person),
        "sex": str(person.get_sex_display()),
        "relation": str(one.get_relation_display()),
    }


def born(person: Any) -> str:
    """As far as it is known: the day, or the year."""
    if person.birth_date is None:
        return ""
    if person.birth_precision == "YEAR":
        return f"{person.birth_date:%Y}"
    return f"{person.birth_date:%d/%m/%Y}"


def hand_over_data(commune: Area, papers: list[OnPaper], foot: str) -> dict[str, Any]:
    """The list that is signed when certificates are taken, by village. One query."""
    villages: dict[str, list[OnPaper]] = {}
    for paper in papers:
        villages.setdefault(paper_places.village_name(paper.village), []).append(paper)
    return _base(commune, "Danh sách ký nhận giấy chứng nhận", foot) | {
        "villages": [
            {
                "name": name,
                "rows": [
                    {
                        "number": one.certificate.number,
                        "head-name": one.head_name,
                        "class": paper_places.class_word(one.certificate.poverty_class),
                    }
                    for one in rows
                ],
            }
            for name, rows in villages.items()
        ]
    }


def confirmation_data(
    one: StatusConfirmation, head_name: str, village: Area, signer_title: str
) -> dict[str, Any]:
    """One confirmation; `signer_title`: as what it will be signed. Two queries."""
    decision = one.period.decision_in
    until = one.period.valid_to
    return _base(one.commune, "Giấy xác nhận", "") | {
        "number": one.number,
        "issued": [f"{one.issued_on:%d}", f"{one.issued_on:%m}", f"{one.issued_on:%Y}"],
        "head-name": head_name,
        "person": one.person.full_name if one.person else "",
        "person-born": born(one.person) if one.person else "",
        "address": paper_places.village_name(village),
        "on-day": f"{one.on_day:%d/%m/%Y}",
        "status": str(one.get_status_display()).lower(),
        "since": f"{one.period.valid_from:%d/%m/%Y}",
        "until": f"{until:%d/%m/%Y}" if until and until < one.on_day else "",
        "decision": decision.number,
        "decided-on": f"{decision.decided_on:%d/%m/%Y}",
        "signer": paper_places.signer_lines(signer_title),
        "purpose": one.purpose_note or str(one.get_purpose_display()).lower(),
    }


def _base(commune: Area, title: str, foot: str) -> dict[str, Any]:
    return {
        "title": f"{title} – {commune.name}",
        "mark": paper_places.mark_of(commune),
        "foot": foot,
        "issuer-above": "",
        "issuer": paper_places.commune_committee(commune),
        "place": commune.name,
        "commune": paper_places.commune_name(commune),
        "year": clock.today().year,
    }
