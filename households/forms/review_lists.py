"""The short lists a review form offers, and ethnic groups by whatever spelling was typed."""

from functools import cached_property

from django.utils.translation import get_language

from households.folding import fold
from households.forms.fields import Option
from households.models import EthnicGroup, ListEntry


class ReviewLists:
    """Read once per request: one query for the lists, one for the ethnic groups."""

    @cached_property
    def _entries(self) -> dict[str, list[Option]]:
        found: dict[str, list[Option]] = {}
        for entry in ListEntry.objects.order_by("list_code", "position", "pk"):
            name = entry.name_en if get_language() == "en" else entry.name_vi
            found.setdefault(entry.list_code, []).append((entry.code, name))
        return found

    def options(self, list_code: str) -> list[Option]:
        """(code, name in the page's language) in the order of the list."""
        return self._entries.get(list_code, [])

    @cached_property
    def ethnic_groups(self) -> list[EthnicGroup]:
        return list(EthnicGroup.objects.order_by("code"))

    @cached_property
    def _by_spelling(self) -> dict[str, EthnicGroup]:
        found: dict[str, EthnicGroup] = {}
        for group in self.ethnic_groups:
            for spelling in (*group.aliases, group.name):
                found[fold(spelling)] = group
        return found

    def ethnic_group(self, typed: str) -> EthnicGroup | None:
        return self._by_spelling.get(fold(typed))
