"""The ethnic bases that T12 and T13 tell apart: Kinh, minorities, and of them the local ones."""

from dataclasses import dataclass

from households.models import EthnicGroup, ReviewRound
from households.queries import terms
from reports.queries.ethnic_groups import KINH


@dataclass(frozen=True)
class Bases:
    """Keys of ethnic groups. `local` is empty where the province names none; what is of no group
    named here is of a minority."""

    kinh: int
    local: tuple[int, ...]

    @property
    def values(self) -> dict[str, object]:
        """Parameters of SQL."""
        return {"kinh": self.kinh, "local": list(self.local)}


#: Where nothing is told apart.
NONE = Bases(0, ())


def of(round: ReviewRound) -> Bases:
    """As the province has set them on the round's day. Two queries."""
    codes = terms.in_force(round.as_of).local_minorities
    keys = dict(EthnicGroup.objects.filter(code__in=[KINH, *codes]).values_list("code", "pk"))
    return Bases(keys.get(KINH, 0), tuple(keys[code] for code in codes if code in keys))
