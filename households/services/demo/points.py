"""What an invented household answers to the point questions of form B. Pure and repeatable."""

from random import Random

from households.services.demo.people import DemoHousehold, chance, words


def answers(household: DemoHousehold) -> dict[str, str]:
    """Question code to option code, for every question that is asked.

    Luck belongs to the household and the question, not to the year: who gets richer reaches
    more, nobody's motorbike comes and goes.
    """
    told = words("points")
    given: dict[str, str] = dict(told["floor"])
    for question, steps in told["steps"].items():
        rng = Random(f"{household.key}:{question}")  # noqa: S311 – invented data
        for option, half_at in steps:
            if not chance(rng, household.welfare, half_at):
                break
            given[question] = option
    return given
