"""Which rows name units of the map, in every app, without knowing the apps."""

from django.db import models
from django.db.models.fields.reverse_related import ForeignObjectRel

from households.models import Area


def naming_areas(*, kept: bool) -> list[tuple[type[models.Model], str]]:
    """Models and their fields that name a unit: facts that are kept, or (`kept` False) what is
    worked out of it and goes with it."""
    found = []
    for relation in Area._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel) or relation.many_to_many:
            continue
        model = relation.related_model
        goes_with_it = getattr(relation, "on_delete", None) is models.CASCADE
        if not isinstance(model, str) and not model._meta.auto_created and goes_with_it != kept:
            found.append((model, relation.field.name))
    return found
