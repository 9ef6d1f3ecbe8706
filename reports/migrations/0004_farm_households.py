"""Farm households among the kept sums. Sums made before have none, so none of them holds any more:
figures are read from the facts until the sums are made again."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_targets")]

    operations = [
        migrations.RemoveConstraint("classsummary", "reports_classsummary_adds_up"),
        migrations.AddField(
            "classsummary", "farm_households", models.IntegerField(default=0), preserve_default=False
        ),
        migrations.AddField(
            "classsummary", "farm_persons", models.IntegerField(default=0), preserve_default=False
        ),
        migrations.AddConstraint(
            "classsummary",
            models.CheckConstraint(
                name="reports_classsummary_adds_up",
                condition=Q(
                    households__gt=0,
                    persons__gte=0,
                    minority_households__lte=F("households"),
                    no_labour_households__lte=F("households"),
                    merit_households__lte=F("households"),
                    other_households__lte=F("households"),
                    farm_households__lte=F("households"),
                ),
            ),
        ),
        migrations.RunSQL(
            "UPDATE reports_communesummary SET mark_number = -1", migrations.RunSQL.noop
        ),
    ]
