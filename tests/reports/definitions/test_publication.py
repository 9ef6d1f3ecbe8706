"""Promise: the limit of what is published is dated and says where it comes from."""

import datetime as dt

from reports.definitions import publication


def test_the_limit_of_a_day() -> None:
    assert publication.limit_on(dt.date(2024, 12, 14)).least == 5
    assert publication.limit_on(dt.date(2000, 1, 1)) == publication.limits()[0]


def test_each_limit_says_where_it_comes_from() -> None:
    for limit in publication.limits():
        assert limit.least > 1
        assert limit.source
        assert limit.unit
    assert not publication.limits()[0].is_confirmed  # no text was seen
