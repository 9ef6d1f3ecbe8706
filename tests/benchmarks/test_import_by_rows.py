"""django-import-export writes what the import wrote, in each of the ways that are compared."""

from pathlib import Path

import pytest
from django.db import transaction

from benchmarks import exchange_sample, import_by_rows
from benchmarks.import_review import YEAR
from households.models import AuditEvent, Membership, Person, Survey, SurveyMember
from households.services import reference
from households.services.system_user import system_user


@pytest.mark.django_db
def test_each_way_writes_the_same_rows(tmp_path: Path) -> None:
    reference.load(by=system_user())
    __, members = exchange_sample.write(tmp_path, 4, year=YEAR, since=YEAR, seed="T")
    rows: dict[str, list[import_by_rows.Table]] = {}
    with transaction.atomic():
        import_by_rows.keep(tmp_path, rows)
        names = set(Person.objects.values_list("pk", "full_name", "personal_id"))
        transaction.set_rollback(True)
    for way in import_by_rows.WAYS:
        with transaction.atomic():
            import_by_rows.import_rows(tmp_path, rows[way])
            assert set(Person.objects.values_list("pk", "full_name", "personal_id")) == names
            for model in (Person, Membership, SurveyMember):
                assert model._default_manager.count() == members, way
            acts = set(Survey.objects.values_list("act", flat=True))
            assert acts == {AuditEvent.objects.latest("pk").pk}
            transaction.set_rollback(True)
