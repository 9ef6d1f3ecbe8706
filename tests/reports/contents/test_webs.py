"""Promises: equal counts of one name are one number; sums that hold are there once."""

from reports.contents.webs import Figures, Web, twin

_ONE = Figures({("1", "a"): 5, ("2", "a"): 2, ("3", "a"): 3}, [("1", ("2", "3"))], told=frozenset())


def test_what_is_there_already_is_not_there_twice() -> None:
    web = Web()
    web.add(_ONE)
    web.add(_ONE)
    assert len(web.values) == 3
    assert len(web.relations) == 1
    assert web.holds(_ONE)


def test_another_number_of_the_name_is_one_of_its_own() -> None:
    web = Web()
    web.add(_ONE)
    other = Figures({("1", "a"): 6, ("2", "a"): 3, ("3", "a"): 3}, _ONE.parts)
    assert not web.holds(other)
    web.add(other)
    assert len(web.by_name["1", "a"]) == 2
    assert len(web.by_name["3", "a"]) == 1
    assert len(web.relations) == 2


def test_a_sum_that_does_not_hold_is_none() -> None:
    web = Web()
    web.add(Figures({("1", "a"): 9, ("2", "a"): 2, ("3", "a"): 3}, _ONE.parts))
    web.add(Figures({("1", "b"): 2, ("2", "b"): 2}, _ONE.parts))
    assert web.relations == []


def test_the_same_numbers_with_a_further_sum_are_not_held() -> None:
    web = Web()
    web.add(Figures(_ONE.values))
    assert not web.holds(_ONE)


def test_a_column_that_is_left_out_is_left_out_of_sums() -> None:
    values = {("1", "all"): 7, ("1", "x"): 7, ("1", "y"): 0}
    web = Web()
    web.add(Figures(values, sums=[("all", "x", "y")], told=frozenset({("1", "y")})))
    assert web.holds(Figures({("1", "all"): 7, ("1", "x"): 7}, sums=[("all", "x")]))
    assert web.values[next(iter(web.known))] == 0


def test_households_and_persons_are_twins() -> None:
    assert twin(("1", "poor_households")) == ("1", "poor_persons")
    assert twin(("1", "poor_persons")) == ("1", "poor_households")
    assert twin(("1", "T11_children")) is None


def test_a_bundle_holds_what_is_inside_of_it_and_not_what_is_around_it() -> None:
    whole, inner, other = ("1", "CT/X|n"), ("1", "CT/X/people|n"), ("1", "CT/Y|n")
    web = Web()
    web.add(Figures({whole: 7, inner: 7, other: 7, ("2", "CT/X|n"): 7, ("1", "poor"): 7}))
    assert set(web.hidden_with(whole)) == {whole, inner}
    assert set(web.hidden_with(inner)) == {inner}
    assert web.hidden_with(("1", "poor")) == [("1", "poor")]
