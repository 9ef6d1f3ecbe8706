"""Which commune of the day a row of residents means: by the code or name of that day, or of another
time where the map leaves no doubt, which is said."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from households.choices import AreaLevel
from households.exchange.unit_names import same_unit
from households.folding import fold
from households.models import Area, ReviewRound
from households.queries import area_times


@dataclass(frozen=True)
class Meant:
    """`said`: what was understood otherwise than it is written, "" for nothing."""

    commune: Area
    said: str = ""


class Unclear(Exception):
    """No commune, or several: `code`, and the reason in words."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(code)
        self.code, self.reason = code, reason


class Communes:
    """Of a round's province on its date. One query; some for each word of another time."""

    def __init__(self, round: ReviewRound) -> None:
        self._day = round.as_of
        units = Area.objects.at(AreaLevel.COMMUNE).under(round.province).on(round.as_of).real()
        self._by_word: dict[str, list[Area]] = {}
        for one in units:
            for word in {one.code, fold(one.name)}:
                self._by_word.setdefault(word, []).append(one)

    def meant(self, typed: str, name: str) -> Meant:
        """`typed` a code, leading zeros lost or not, or a name; `name` a name beside it, "" for
        none. Raises Unclear."""
        code = typed.zfill(5) if typed.isdecimal() else typed
        for word in (code, fold(typed)):
            found = self._by_word.get(word, [])
            if len(found) > 1:
                raise Unclear("several", _("Several communes have this name; use codes."))
            if found and (not name or same_unit(name, found[0].name)):
                return Meant(found[0])
            if found and not (of_then := self._of_another_time(code, name)):
                return Meant(found[0])
            if found:
                return self._standing(of_then[0])
        others = self._of_another_time(code, name)
        if not others:
            raise Unclear("unknown_commune", _("No commune of the province on this day."))
        return self._standing(others[0])

    def _of_another_time(self, typed: str, name: str) -> list[Area]:
        """Units of the country that had the code, or the name, with the name beside it; the
        nearest in time first."""
        units = Area.objects.at(AreaLevel.COMMUNE).real()
        named = (
            units.filter(code=typed) if typed.isdecimal() else units.filter(folded_name=fold(typed))
        )
        found = [
            one for one in named
            if not one.is_valid_on(self._day) and (not name or same_unit(name, one.name))
        ]  # fmt: skip
        return sorted(found, key=lambda one: one.valid_from, reverse=True)

    def _standing(self, named: Area) -> Meant:
        standing = area_times.standing_for(named, self._day)
        told = {"named": f"{named.name} ({named.code})"}
        if not standing:
            raise Unclear("unknown_commune", _("No commune of the province on this day."))
        if len(standing) > 1:
            told["units"] = ", ".join(f"{one.name} ({one.code})" for one in standing)
            raise Unclear(
                "code_of_other_time",
                _(
                    "This row names %(named)s of another time; on this day these are apart:"
                    " %(units)s. Enter each."
                )
                % told,
            )
        commune = standing[0]
        told |= {"commune": commune.name, "code": commune.code}
        if len(area_times.standing_for(commune, named.valid_to or named.valid_from)) > 1:
            raise Unclear(
                "code_of_other_time",
                _(
                    "This row names %(named)s, which is a part of %(commune)s (%(code)s) on this"
                    " day; enter the whole of it."
                )
                % told,
            )
        return Meant(
            commune,
            _(
                "Code or name of another time: %(named)s is %(commune)s (%(code)s) on this day."
                " Taken so."
            )
            % told,
        )
