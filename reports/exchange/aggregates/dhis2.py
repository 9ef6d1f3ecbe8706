"""dataValueSets as DHIS2 takes them: data element, period, organisation unit, value."""

from collections.abc import Sequence
from typing import Any

from reports.exchange.aggregates import records
from reports.queries.aggregates import Part


def value_set(parts: Sequence[Part], dataset: str) -> dict[str, Any]:
    """Data elements are called "poverty.poor_households" (of persons "….persons"; of a programme
    "coverage.loan.entitled"), units by their
    code of the General Statistics Office or, where they have none, "povreg-<id>"; periods are
    years, or months of a round on request. What is null is left out: DHIS2 knows no reason."""
    values = []
    for part in parts:
        period = part.head.round.key.replace("-", "")
        of = ".".join([dataset, *(code for _name, code in part.head.about)])
        for one in records.records(part):
            unit = one["area_code"] or f"povreg-{one['area_id']}"
            of_persons = ".persons" if one["unit"] == "persons" else ""
            values += [
                {
                    "dataElement": f"{of}.{name}{of_persons}",
                    "period": period,
                    "orgUnit": unit,
                    "categoryOptionCombo": one["standard"],
                    "attributeOptionCombo": one["status"],
                    "value": str(value),
                }
                for name, value in one["figures"].items()
                if value is not None
            ]
    return {"dataValues": values}
