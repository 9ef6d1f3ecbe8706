"""Form A: enough yes answers end the review."""

from households.forms.form_a import form_a


def answers(yes: int, no: int) -> dict[str, bool]:
    codes = [question.code for question in form_a().questions]
    return dict.fromkeys(codes[:yes], True) | dict.fromkeys(codes[yes : yes + no], False)


def test_the_stop_rule_counts_yes_answers() -> None:
    form, everything = form_a(), len(form_a().questions)
    below = form.stops_at - 1
    assert form.passes(answers(form.stops_at, 0)) is False
    assert form.passes(answers(below, everything - below)) is True


def test_an_open_answer_that_could_decide_leaves_it_open() -> None:
    form, everything = form_a(), len(form_a().questions)
    below = form.stops_at - 1
    assert form.passes({}) is None
    assert form.passes(answers(below, everything - below - 1)) is None


def test_an_open_answer_that_cannot_decide_does_not_matter() -> None:
    assert form_a().passes(answers(0, len(form_a().questions) - form_a().stops_at + 1)) is True


def test_the_questions_say_that_they_are_not_confirmed() -> None:
    assert not form_a().is_confirmed
