"""Loading the shipped reference data into the register; a second run changes nothing."""

from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from households import policies
from households.errors import Invalid, Refused
from households.folding import fold
from households.models import EthnicGroup, ListEntry, User
from households.services import audit, reference_files, standards
from households.services.reference_areas import load_changes, load_traits, load_units
from households.services.reference_calendar import load_special_days
from households.services.reference_files import DATA_FOLDER, EthnicGroupRow, ListRow
from households.services.reference_rows import LOAD_VERB, Tally, align
from households.services.standard_loading import Loaded as StandardsLoaded


@dataclass(slots=True)
class Loaded:
    """What loading came to, by kind of row, in the order loaded."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    standards: StandardsLoaded = field(default_factory=StandardsLoaded)

    @property
    def changed_anything(self) -> bool:
        by_standards = self.standards.created or self.standards.updated
        return bool(by_standards) or any(t.changes_anything for t in self.tallies.values())


class _NothingToDo(Exception):
    """Leaves the transaction without a trace when the files brought nothing new."""


def load(*, by: User, folder: Path = DATA_FOLDER) -> Loaded:
    """Load areas, lists and standards from `folder`, all or none; nothing is written when nothing
    changed.

    What a person changed in the register since stays as it is and is named in the tally. Raises
    Refused (only the system or an administrator; a standard on which results rest would change),
    Invalid (a file is wrong). Cost: a fixed number of statements for areas and lists, whatever
    the number of rows.
    """
    if reason := policies.why_not_load_reference(by):
        raise Refused(reason)
    loaded = Loaded()
    with transaction.atomic():
        try:
            with audit.act(
                by=by, verb=LOAD_VERB, details={"digest": reference_files.digest(folder)}
            ):
                _load_areas_and_lists(loaded, folder)
                if not loaded.changed_anything:
                    raise _NothingToDo
        except _NothingToDo:
            pass
        loaded.standards = standards.load(by=by, folder=folder / "standards")
    return loaded


def _load_areas_and_lists(loaded: Loaded, folder: Path) -> None:
    loaded.tallies["areas"] = load_units(reference_files.units(folder))
    loaded.tallies["traits"] = load_traits(reference_files.traits(folder))
    loaded.tallies["changes"] = load_changes(reference_files.changes(folder))
    loaded.tallies["ethnic_groups"] = _load_ethnic_groups(reference_files.ethnic_groups(folder))
    loaded.tallies["lists"] = _load_lists(reference_files.list_entries(folder))
    loaded.tallies["special_days"] = load_special_days(folder)


def _load_ethnic_groups(rows: list[EthnicGroupRow]) -> Tally:
    _check_spellings(rows)
    tally = Tally()
    stored = {group.code: group for group in EthnicGroup.objects.all()}
    wanted = {
        row.code: {
            "name": row.name,
            "aliases": list(row.aliases),
            "is_minority": row.is_minority,
            "is_very_small": row.is_very_small,
            "is_confirmed": row.is_confirmed,
            "source": row.source,
        }
        for row in rows
    }
    missing = align(tally, stored, wanted)
    EthnicGroup.objects.bulk_create(
        EthnicGroup(code=code, **values) for code, values in missing.items()
    )
    tally.created += len(missing)
    return tally


def _check_spellings(rows: list[EthnicGroupRow]) -> None:
    """A spelling that named two groups would put people into the wrong one."""
    owner: dict[str, str] = {}
    for row in rows:
        for spelling in (fold(row.name), *row.aliases):
            if owner.setdefault(spelling, row.code) != row.code:
                raise Invalid(
                    _("The spelling “%(spelling)s” stands for two ethnic groups.")
                    % {"spelling": spelling}
                )


def _load_lists(rows: list[ListRow]) -> Tally:
    tally = Tally()
    stored = {(entry.list_code, entry.code): entry for entry in ListEntry.objects.all()}
    wanted = {
        (row.list_code, row.code): {
            "name_vi": row.name_vi,
            "name_en": row.name_en,
            "position": row.position,
            "is_confirmed": row.is_confirmed,
            "source": row.source,
        }
        for row in rows
    }
    missing = align(tally, stored, wanted)
    ListEntry.objects.bulk_create(
        ListEntry(list_code=key[0], code=key[1], **values) for key, values in missing.items()
    )
    tally.created += len(missing)
    return tally
