"""A page reads a thing once; elsewhere it is read each time."""

from reports.queries import page_memo


def test_once_a_page() -> None:
    page: dict[object, object] = {}
    read: list[int] = []

    def count() -> int:
        read.append(1)
        return len(read)

    assert (page_memo.once(("it",), count), page_memo.once(("it",), count)) == (1, 2)
    assert not page_memo.is_open()
    for __ in range(2):
        with page_memo.within(page):
            assert page_memo.is_open()
            assert page_memo.once(("it",), count) == 3
    with page_memo.within({}):
        assert page_memo.once(("it",), count) == 4
