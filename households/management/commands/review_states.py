"""manage.py review_states: draw docs/review-states.md from households.workflow."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from households.workflow import (
    COMMUNE_STEPS,
    MEETING_AGREED_EXCEPT,
    MEETING_NOT_AGREED,
    VILLAGE_STEPS,
    Step,
)

PAGE = Path(settings.BASE_DIR) / "docs" / "review-states.md"


class Command(BaseCommand):
    help = "Draws docs/review-states.md from households.workflow; --check only compares."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **given: Any) -> None:
        drawn = page()
        if given["check"]:
            if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != drawn:
                raise CommandError("docs/review-states.md is stale: run manage.py review_states")
            return
        PAGE.write_text(drawn, encoding="utf-8")


def page() -> str:
    """The whole page as Markdown with two state diagrams."""
    return "\n".join(
        [
            "# The two ways of a review",
            "",
            "Drawn from `households/workflow.py` by `python manage.py review_states`; do not edit.",
            "",
            *_way("A village", VILLAGE_STEPS),
            *_way("A commune", COMMUNE_STEPS),
            "The commune officer may record any step of his commune; who records what somebody",
            "else has done attaches its signed paper. A village meeting has two more ends, which",
            f"are the meeting's own: `{MEETING_NOT_AGREED.verb}` (under the share that the law",
            f"asks for: the village is surveyed again), `{MEETING_AGREED_EXCEPT.verb}` (single",
            "households are surveyed again, the others are agreed). Terms stand in",
            "`households/data/procedure.toml`.",
            "",
        ]
    )


def _way(title: str, steps: tuple[Step, ...]) -> list[str]:
    arrows = [f"    {s.source.value} --> {s.target.value}: {s.verb}" for s in steps]
    rows = [
        f"| {s.source.value} | {s.target.value} | {s.owner.value} | `{s.verb}` | "
        f"{'yes' if s.needs_reason else ''} | {f'`{s.deadline}`' if s.deadline else ''} | "
        f"{'yes' if s.has_paper else ''} |"
        for s in steps
    ]
    return [
        f"## {title}",
        "",
        "```mermaid",
        "stateDiagram-v2",
        f"    [*] --> {steps[0].source.value}",
        *arrows,
        "```",
        "",
        "| from | to | whose turn | recorded as | reason needed | term | signed paper |",
        "|---|---|---|---|---|---|---|",
        *rows,
        "",
    ]
