"""Closed lists of codes, kept by the database too."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def known(
    model: str,
    field: str,
    choices: type[models.TextChoices],
    *,
    or_empty: bool = False,
    app: str = "households",
) -> models.CheckConstraint:
    """The field holds one of the codes, or (`or_empty`) nothing. NULL is left to the column."""
    codes = ["", *choices.values] if or_empty else choices.values
    return models.CheckConstraint(
        name=f"{app}_{model}_{field}_known",
        condition=Q(**{f"{field}__in": codes}),
        violation_error_message=_("This code does not exist."),
    )
