"""What pages show of the practice area: the story beside a form begun from it."""

from typing import Any

from django import template
from django.utils.translation import get_language

from households.models import Survey
from households.services.practice import attempts, stories

register = template.Library()


@register.inclusion_tag("practice/_story.html")
def practice_story(survey: Survey) -> dict[str, Any]:
    """The story that this form was begun from; nothing for a real family. No query for one."""
    story = attempts.story_of(survey) if survey.village.is_practice else None
    if story is None:
        return {"story": None}
    language = get_language() or "vi"
    return {
        "story": story,
        "survey": survey,
        "title": story.title.in_language(language),
        "told": story.told.in_language(language).split("\n"),
        "usual": stories.usual().in_language(language),
    }
