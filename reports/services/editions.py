"""Making and keeping editions: a report as it is now, for ever, with the households behind it."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from django.db import connection
from django.utils.translation import gettext as _

from households.errors import Conflict
from households.models import Area, User
from households.services import audit
from reports.contents import canonical
from reports.contents.canonical import Packed
from reports.contents.content import Content
from reports.definitions import ReportDefinition
from reports.models import Edition, EditionBasis, EditionRests
from reports.services import contents, edition_bases
from reports.services.contents import Asked
from reports.services.edition_bases import Basis, StoredBasis

#: Number of this kind among advisory locks of a transaction.
_LOCK: Final = 7_310


class ChangedMeanwhile(Conflict):
    """The register changed between the figures and the households behind them: make it again."""


def make(*, definition: ReportDefinition, asked: Asked, reason: str = "", by: User) -> Edition:
    """Work the report out and keep it; where its figures are those of the last edition, that one is
    given. To be called in the transaction that says what it was made for.

    Raises DomainError (there is nothing to report), ChangedMeanwhile, Conflict (the last edition is
    signed, its figures are others now, and no `reason` says why it is corrected). Cost: the table's
    statements, one for the households behind it, ten small ones.
    """
    found = contents.content(definition, asked)
    packed = canonical.pack(found)
    last = _last(definition, asked)
    if last and last.figures_sha256 == packed.figures_sha256:
        return last
    bases = edition_bases.of(definition, asked)
    _hold_together(found, bases.values())
    corrects = _signed(definition, asked)
    if corrects and not reason.strip():
        raise Conflict(
            _(
                "%(report)s of %(area)s: edition %(number)s is signed and its figures have changed"
                " since. Say why it is corrected."
            )
            % {"report": definition.code, "area": asked.area.name, "number": corrects.number}
        )
    details = {"report": definition.code, "round": asked.round.key, "status": asked.status.value}
    with audit.act(by=by, verb="report.make", area=asked.area, details=details):
        made = _kept(definition, asked, packed, found, last, corrects, reason, by)
        _rest(made, bases)
    return made


def _kept(
    definition: ReportDefinition, asked: Asked, packed: Packed, found: Content,
    last: Edition | None, corrects: Edition | None, reason: str, by: User,
) -> Edition:  # fmt: skip
    return Edition.objects.create(
        **_key(definition, asked),
        definition_version=definition.version,
        number=1 + (last.number if last else 0),
        cut_off_at=asked.cut_off_at,
        software=found.head.software,
        content=packed.content,
        sha256=packed.sha256,
        figures_sha256=packed.figures_sha256,
        lines=packed.lines,
        has_names=definition.has_names,
        missing=len(found.head.missing),
        corrects=corrects,
        reason=reason.strip() if corrects else "",
        made_by=by,
    )


def _key(definition: ReportDefinition, asked: Asked) -> dict[str, Any]:
    return {
        "report": definition.code, "area": asked.area, "round": asked.round,
        "standard": asked.standard, "status": asked.status, "areas_on": asked.on,
    }  # fmt: skip


def _last(definition: ReportDefinition, asked: Asked) -> Edition | None:
    """The newest, while nobody else makes one of the same."""
    key = _key(definition, asked)
    _hold(key)
    return _newest(key)


def _newest(key: dict[str, Any]) -> Edition | None:
    return Edition.objects.filter(**key).defer("content").order_by("-number").first()


def _hold(key: dict[str, Any]) -> None:
    """Until the transaction ends nobody else makes or signs an edition of the same."""
    told = "/".join(str(getattr(value, "pk", value)) for value in key.values())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_LOCK, told])


def hold(edition: Edition) -> None:
    """As `make` does, for who signs one. One statement, inside a transaction."""
    _hold(_key_of(edition))


def newest_like(edition: Edition) -> Edition:
    """The newest edition of the same report, area, round, standard, status and map. One query."""
    return _newest(_key_of(edition)) or edition


def _key_of(edition: Edition) -> dict[str, Any]:
    names = ("report", "area_id", "round_id", "standard_id", "status", "areas_on")
    return {name.removesuffix("_id"): getattr(edition, name) for name in names}


def _signed(definition: ReportDefinition, asked: Asked) -> Edition | None:
    signed = Edition.objects.filter(**_key(definition, asked), signature__isnull=False)
    return signed.defer("content").order_by("-number").first()


def _rest(edition: Edition, bases: Mapping[int, StoredBasis]) -> None:
    """What is stored already is not stored again. Four statements. In the order of their communes:
    two that store the same at once wait for each other in one direction only."""
    wanted = [
        EditionBasis(commune_id=commune, sha256=basis.sha256, content=basis.content)
        for commune, basis in sorted(bases.items())
    ]
    EditionBasis.objects.bulk_create(wanted, ignore_conflicts=True)
    stored = EditionBasis.objects.filter(
        commune__in=bases, sha256__in={basis.sha256 for basis in bases.values()}
    ).values_list("pk", "commune_id", "sha256")
    EditionRests.objects.bulk_create(
        EditionRests(edition=edition, basis_id=pk)
        for pk, commune, digest in stored
        if bases[commune].sha256 == digest
    )


def _hold_together(found: Content, bases: Iterable[StoredBasis]) -> None:
    """The figures of the area are the sums over its households. Raises ChangedMeanwhile."""
    sums = edition_bases.total(bases)
    if not sums:
        return
    for sheet, lines in found.sheets:
        for line in lines:
            if line.level != found.head.level.lower():
                continue
            for column, cell in zip(sheet.columns, line.cells, strict=True):
                behind = sums.get(edition_bases.column_key(column.key, line.counted))
                if behind is not None and isinstance(cell, int) and cell != behind:
                    raise ChangedMeanwhile(
                        _("The register changed while %(report)s of %(area)s was made.")
                        % {"report": found.head.report, "area": found.head.area}
                    )


def is_whole(edition: Edition) -> bool:
    """Whether what is stored is what was made: its digest now is the one of then."""
    try:
        return canonical.digest(bytes(edition.content)) == edition.sha256
    except ValueError:
        return False


def communes_behind(edition: Edition, only: Collection[int] | None = None) -> dict[Area, Basis]:
    """The households behind each figure, by commune (`only` those of these keys). One query."""
    rests = edition.rests.select_related("basis__commune").order_by("basis__commune__code")
    if only is not None:
        rests = rests.filter(basis__commune__in=only)
    return {one.basis.commune: edition_bases.unpacked(bytes(one.basis.content)) for one in rests}


def columns_behind(edition: Edition) -> frozenset[str]:
    """The columns (edition_bases.column_key) whose households are known. One query."""
    one = edition.rests.select_related("basis").first()
    columns = edition_bases.unpacked(bytes(one.basis.content)).columns if one else ()
    return frozenset(columns)
