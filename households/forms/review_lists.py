"""The short lists a review form offers, and ethnic groups by whatever spelling was typed."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.db import connection
from django.utils.translation import get_language

from households.folding import fold
from households.forms.fields import Option
from households.models import EthnicGroup, ListEntry

_ENTRIES: Final = "households_listentry"
_GROUPS: Final = "households_ethnicgroup"
# A row with all its columns as one text.
_ENTRY: Final = f"{_ENTRIES}::text"
_GROUP: Final = f"{_GROUPS}::text"
_DIGESTS: Final = f"""
SELECT (SELECT md5(coalesce(string_agg({_ENTRY}, '' ORDER BY id), '')) FROM {_ENTRIES}),
       (SELECT md5(coalesce(string_agg({_GROUP}, '' ORDER BY id), '')) FROM {_GROUPS})
"""


@dataclass(frozen=True)
class _Entries:
    """The short lists; (code, name) of each, by language and list."""

    digest: str
    vi: dict[str, list[Option]]
    en: dict[str, list[Option]]


@dataclass(frozen=True)
class _Groups:
    digest: str
    in_order: list[EthnicGroup]
    by_spelling: dict[str, EthnicGroup]


class _Memory:
    """What this process read last."""

    entries = _Entries("", {}, {})
    groups = _Groups("", [], {})


class ReviewLists:
    """Looked at once per request: one statement tells what the rows of both lists come to, and
    they are read (one query each) where this process has not read just these yet.

    What is remembered goes under the digest of the very rows that were read, and the digest asked
    for is that of the rows as this transaction sees them. So a change is there from its commit on,
    in every process, and what was rolled back is never shown to anybody else.
    """

    @cached_property
    def _digests(self) -> tuple[str, str]:
        with connection.cursor() as cursor:
            cursor.execute(_DIGESTS)
            entries, groups = cursor.fetchone()
        return entries, groups

    @cached_property
    def _entries(self) -> _Entries:
        if _Memory.entries.digest != self._digests[0]:
            _Memory.entries = _read_entries()
        return _Memory.entries

    @cached_property
    def _groups(self) -> _Groups:
        if _Memory.groups.digest != self._digests[1]:
            _Memory.groups = _read_groups()
        return _Memory.groups

    def options(self, list_code: str) -> list[Option]:
        """(code, name in the page's language) in the order of the list."""
        kept = self._entries.en if get_language() == "en" else self._entries.vi
        return kept.get(list_code, [])

    @property
    def ethnic_groups(self) -> list[EthnicGroup]:
        return self._groups.in_order

    def ethnic_group(self, typed: str) -> EthnicGroup | None:
        return self._groups.by_spelling.get(fold(typed))


def _read_entries() -> _Entries:
    entries = list(ListEntry.objects.raw(f"SELECT *, {_ENTRY} AS line FROM {_ENTRIES} ORDER BY id"))
    found = _Entries(_digest(entries), {}, {})
    for entry in sorted(entries, key=lambda one: (one.list_code, one.position, one.pk)):
        found.vi.setdefault(entry.list_code, []).append((entry.code, entry.name_vi))
        found.en.setdefault(entry.list_code, []).append((entry.code, entry.name_en))
    return found


def _read_groups() -> _Groups:
    rows = EthnicGroup.objects.raw(f"SELECT *, {_GROUP} AS line FROM {_GROUPS} ORDER BY id")
    groups = sorted(rows, key=lambda one: one.code)
    spelt = {fold(words): one for one in groups for words in (*one.aliases, one.name)}
    return _Groups(_digest(sorted(groups, key=lambda one: one.pk)), groups, spelt)


def _digest(rows: Sequence[ListEntry] | Sequence[EthnicGroup]) -> str:
    """Of rows in the order of their ids, as the database makes it (see _DIGESTS)."""
    lines = "".join(one.line for one in rows)  # type: ignore[union-attr]
    return hashlib.md5(lines.encode(), usedforsecurity=False).hexdigest()
