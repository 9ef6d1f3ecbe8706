"""The set a standard counts with comes from its own data; any other is said to be chosen."""

from fractions import Fraction

import pytest

from households.errors import Invalid
from households.scoring import Standard
from households.services.standard_documents import FOLDER, read_file
from reports.measures import nested_equal
from reports.queries import standard_schemes
from reports.queries.standard_schemes import WeightBasis
from tests.factories import standards


def shipped(code: str) -> Standard:
    return Standard.from_document(read_file(FOLDER / f"{code}.toml"))


@pytest.mark.parametrize(
    ("code", "weight", "cutoff"),
    [
        ("std_2016", Fraction(1, 10), Fraction(3, 10)),
        ("std_2022", Fraction(1, 12), Fraction(1, 4)),
        # Three indicators of water and one of information: each counts ten points all the same.
        ("std_2027", Fraction(1, 12), Fraction(1, 4)),
    ],
)
def test_the_shipped_standards_count_indicators(code, weight, cutoff) -> None:
    found = standard_schemes.of(shipped(code))
    assert set(found.scheme.weights) == {weight}
    assert found.scheme.cutoff == cutoff
    assert found.weights_from == WeightBasis.STANDARD
    assert found.is_standards_cutoff


def test_a_number_of_indicators_is_no_cut_off_of_unequal_weights() -> None:
    rules = shipped("std_2027")
    nested = nested_equal([one.dimension for one in rules.indicators])
    with pytest.raises(Invalid):
        standard_schemes.of(rules, nested)
    found = standard_schemes.of(rules, nested, Fraction(1, 3))
    assert sorted(set(found.scheme.weights)) == [Fraction(1, 18), Fraction(1, 12), Fraction(1, 6)]
    assert not found.is_standards_cutoff


def test_a_standard_without_a_number_of_its_own_wants_a_cut_off() -> None:
    rules = Standard.from_document(standards.standard_document())
    with pytest.raises(Invalid):
        standard_schemes.of(rules)
    assert standard_schemes.of(rules, cutoff=Fraction(1)).scheme.weights == (1,)


def test_weights_chosen_by_hand() -> None:
    rules = shipped("std_2022")
    weights = (Fraction(2), *(Fraction(1),) * 11)
    found = standard_schemes.of(rules, weights, Fraction(1, 3))
    assert found.scheme.weights[0] == Fraction(2, 13)
    assert found.weights_from == WeightBasis.CHOSEN
    with pytest.raises(Invalid):
        standard_schemes.of(rules, (Fraction(1),), Fraction(1, 3))
    with pytest.raises(Invalid):
        standard_schemes.of(rules, weights, Fraction(2))
