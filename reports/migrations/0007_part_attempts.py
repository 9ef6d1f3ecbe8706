"""How often a part of an order was begun. Orders under way begin their count here."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_editions")]

    operations = [
        migrations.AddField("reportpart", "attempts", models.SmallIntegerField(default=0)),
        migrations.AddConstraint(
            "reportpart",
            models.CheckConstraint(
                name="reports_reportpart_attempts_from_zero", condition=Q(attempts__gte=0)
            ),
        ),
    ]
