"""manage.py adopt_results: make the results of a round the official list, as decided on paper."""

import datetime as dt
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from households.errors import DomainError
from households.exchange.columns import HOUSEHOLD_COLUMN
from households.exchange.values import BadValue, parse
from households.models import Area, PovertyStandard, RecognitionDecision, ReviewRound, User
from households.models.users import SYSTEM_USERNAME
from households.services import lists, rounds
from households.services.deciding_standards import decided_under


class Command(BaseCommand):
    help = "Adopts the results of a round as the official list, as decided on paper."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--round", required=True, help="2023, or 2023-04 for an ad-hoc round")
        parser.add_argument("--standard", help="default: the newest of the round that decides")
        parser.add_argument("--area", required=True, help="code of a commune, district or province")
        parser.add_argument("--number", required=True, help="number of the decision")
        parser.add_argument("--decided-on", required=True, type=_date, help="YYYY-MM-DD")
        parser.add_argument("--decided-by", default="", help="who signed")
        parser.add_argument("--by", default=SYSTEM_USERNAME, help="acting user")

    def handle(self, *args: Any, **given: Any) -> None:
        round = _round(given["round"], given["area"])
        area = _area(given["area"], round)
        paper = lists.Paper(given["number"], given["decided_on"], given["decided_by"])
        standard = _standard(given["standard"], round)
        try:
            adopted = lists.adopt_area(
                round=round,
                standard=standard,
                area=area,
                paper=paper,
                by=_user(given["by"]),
            )
        except DomainError as error:
            raise CommandError(str(error.message)) from error
        self.stdout.write(
            _("%(communes)s communes: %(opened)s periods opened, %(ended)s ended, %(kept)s kept.")
            % vars(adopted)
        )
        for other in _undecided(round, area, standard):
            self.stdout.write(
                _("The lists of this round under %(standard)s are not decided everywhere.")
                % {"standard": other.code}
            )


def _undecided(round: ReviewRound, area: Area, standard: PovertyStandard) -> list[PovertyStandard]:
    """The round's other standards of which a commune adopted here has no list."""
    lists_of = RecognitionDecision.objects.on_lists().filter(round=round)
    adopted = lists_of.filter(standard=standard, commune__in=Area.objects.under(area))
    return [
        other
        for other in decided_under(round)
        if adopted.exclude(commune__in=lists_of.filter(standard=other).values("commune")).exists()
    ]


def _date(text: str) -> dt.date:
    """A date as the import's files may write it."""
    try:
        date: dt.date = parse(HOUSEHOLD_COLUMN["as_of"], text)
    except BadValue as error:
        raise ArgumentTypeError(str(error.reason)) from error
    return date


def _area(code: str, round: ReviewRound) -> Area:
    areas = Area.objects.on(round.as_of).exclude(code="").filter(code=code)
    # A code may serve several levels only by length, which the database checks.
    found: Area | None = areas.first()
    if found is None:
        raise CommandError(
            _("No area has the code %(code)s on %(date)s.") % {"code": code, "date": round.as_of}
        )
    return found


def _round(key: str, area_code: str) -> ReviewRound:
    """The named round of the province that the area lies in."""
    candidates = [
        found
        for province in Area.objects.filter(parent=None)
        if (found := rounds.find(province=province, key=key))
    ]
    for round in candidates:
        within = Area.objects.on(round.as_of).under(round.province)
        if within.filter(code=area_code).exclude(code="").exists():
            return round
    raise CommandError(
        _("There is no round %(round)s for the area %(code)s.") % {"round": key, "code": area_code}
    )


def _standard(code: str | None, round: ReviewRound) -> PovertyStandard:
    scored = rounds.scored_under(round)
    for standard in scored:
        if standard.code == code:
            return standard
    if code:
        raise CommandError(
            _("The round %(round)s is not scored under %(code)s.")
            % {"round": round.key, "code": code}
        )
    return decided_under(round)[-1]


def _user(username: str) -> User:
    try:
        return User.objects.get(username=username, is_active=True)
    except User.DoesNotExist:
        raise CommandError(_("There is no user %(name)s.") % {"name": username}) from None
