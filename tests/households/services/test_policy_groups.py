"""Groups that the members tell: nobody ticks them."""

from typing import Any

import pytest

from households.models import EthnicGroup
from households.services import policy_groups, standards
from tests.factories import reviews

pytestmark = pytest.mark.django_db


def group(**traits: bool) -> EthnicGroup:
    return EthnicGroup(code="77", name="Thử", is_minority=True, **traits)


@pytest.mark.parametrize(
    ("members", "no_labour", "expected"),
    [
        ([{"relation": "head", "sex": "M"}], None, []),
        ([{"relation": "head", "sex": "F"}], True, ["no_labour", "female_head"]),
        ([{"relation": "head", "ethnic_group": group()}], False, ["ethnic_minority"]),
        ([{"relation": "other", "ethnic_group": group()}], False, []),
        (
            [{"relation": "head", "ethnic_group": group(is_very_small=True)}],
            False,
            ["ethnic_minority", "very_small_ethnic"],
        ),
        ([{"relation": "parent", "merit": True}], False, ["merit"]),
        ([{"relation": "child", "monthly_social_assistance": True}], None, ["social_allowance"]),
    ],
)
def test_groups(members: list[dict[str, Any]], no_labour: bool | None, expected: list[str]) -> None:
    rules = standards.rules_of(reviews.standard())
    assert policy_groups.of(members=members, no_labour=no_labour, rules=rules) == expected
