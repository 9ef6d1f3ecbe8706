"""Lines of an explanation, as codes with values. Sentences are made of them elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass

NoteValue = str | int | bool | None | tuple[str, ...] | tuple[int, ...]


@dataclass(frozen=True)
class Note:
    """One line: `code` says which sentence (see NOTE_PARAMETERS), `params` fill it.

    Decimals are plain text ("7.99"), money is whole VND, classes and settlements are codes.
    """

    code: str
    params: Mapping[str, NoteValue]


#: Every code with the names of its values: the contract with whoever words the sentences.
NOTE_PARAMETERS: Mapping[str, tuple[str, ...]] = {
    # Why an indicator is deprived. `because` is a cause of the indicator, or "" when it names none.
    "cause_member": ("indicator", "member_no", "because"),
    "cause_no_member": ("indicator", "members"),
    "cause_share": ("indicator", "counted", "members", "percent", "strict"),
    "cause_threshold": ("indicator", "fact", "value", "members", "limit", "strict"),
    "cause_fact": ("indicator", "fact", "value"),
    # What is missing before something can be said.
    "missing_member_fact": ("member_no", "fact"),
    "missing_fact": ("fact",),
    "missing_members": ("expected", "entered"),
    "fact_not_asked": ("about",),
    "cutoff_not_known": ("about",),
    # Income and points.
    "income_declared": ("income_vnd",),
    "income_points": ("b1_points", "point_table", "variant", "is_sample"),
    "income_paper": ("b1_points",),  # no answers; with answers that have gaps: settled_on_paper
    "income_missing": (),
    "points_table_missing": (),
    "points_table_incomplete": ("point_table",),
    "points_unknown_province": ("point_table", "province_code"),
    "points_question_open": ("question",),
    "points_unknown_option": ("question", "option"),
    "points_settled_on_paper": ("b1_points",),
    # The class.
    "line_reached": ("line", "limit", "value", "unit", "at_or_under"),
    "line_not_for_points": ("line",),
    "line_without_points": ("line",),
    "deprivations": ("count", "unknown", "b2_points"),
    "class_is": ("poverty_class", "rule"),
    "class_open": ("possible", "indicators"),
    "standard_incomplete": ("standard",),
    # Paper against answers.
    "paper_differs": ("what", "paper", "computed"),
}
