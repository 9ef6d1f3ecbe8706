"""Relations follow where they can and are "other" where they cannot."""

import pytest

from households.choices import Relation
from households.services.household_acts import kinship


@pytest.mark.parametrize(
    ("new_head", "member", "becomes"),
    [
        ("spouse", "head", "spouse"),
        ("spouse", "child", "child"),
        ("spouse", "parent", "other"),
        ("child", "head", "parent"),
        ("child", "spouse", "parent"),
        ("child", "child", "sibling"),
        ("child", "child_in_law", "other"),
        ("child", "parent", "grandparent"),
        ("parent", "child", "grandchild"),
        ("other", "head", "other"),
    ],
)
def test_under_a_new_head(new_head: str, member: str, becomes: str) -> None:
    assert kinship.under_new_head(member, new_head) == becomes


def test_a_son_who_splits_off_takes_wife_and_children() -> None:
    assert kinship.leaving_together("child_in_law", "child") == "spouse"
    assert kinship.leaving_together("grandchild", "child") == "child"
    assert kinship.leaving_together("parent", "child") == "grandparent"


def test_a_son_who_comes_back_brings_a_daughter_in_law_and_grandchildren() -> None:
    assert kinship.joined_through("head", "child") == "child"
    assert kinship.joined_through("spouse", "child") == "child_in_law"
    assert kinship.joined_through("child", "child") == "grandchild"
    assert kinship.joined_through("sibling", "other") == "other"


def test_nobody_but_the_chosen_one_ever_becomes_head() -> None:
    for first in Relation:
        for second in Relation:
            assert kinship.under_new_head(second, first) != Relation.HEAD
            assert kinship.leaving_together(second, first) != Relation.HEAD
            if first != Relation.HEAD:
                assert kinship.joined_through(second, first) != Relation.HEAD
