"""Rows of sums with the round, the commune and the mark themselves, read from one index. Those kept
before go; figures are read from the facts until the job of the next minute has made them again."""

from django.db import migrations, models
from django.db.models import CASCADE, PROTECT

_LAST = {"classsummary": "settlement", "ethnicsummary": "ethnic_group"}


def _key(to: str) -> models.ForeignKey:
    return models.ForeignKey(to, on_delete=CASCADE, related_name="+", db_index=False)


def _of(table: str) -> list:
    last = _LAST[table]
    return [
        migrations.RemoveConstraint(table, f"reports_{table}_once"),
        migrations.RemoveField(table, "summary"),
        # No row is left to need a default.
        migrations.AddField(table, "round", _key("households.reviewround")),
        migrations.AddField(table, "commune", _key("households.area")),
        migrations.AddField(table, "mark_number", models.BigIntegerField()),
        migrations.AlterField(table, "standard", _key("households.povertystandard")),
        migrations.AddConstraint(
            table,
            models.UniqueConstraint(
                fields=["round", "commune", "standard", "poverty_class", last],
                name=f"reports_{table}_once",
                nulls_distinct=False if last == "ethnic_group" else None,
            ),
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [("households", "0008_reorganisations"), ("reports", "0007_public_patterns")]

    operations = [
        migrations.RunSQL(
            "TRUNCATE reports_communesummary, reports_classsummary, reports_ethnicsummary",
            migrations.RunSQL.noop,
        ),
        *_of("classsummary"),
        *_of("ethnicsummary"),
        migrations.AlterField(
            "ethnicsummary",
            "ethnic_group",
            models.ForeignKey(
                "households.ethnicgroup",
                null=True,
                on_delete=PROTECT,
                related_name="+",
                db_index=False,
            ),
        ),
    ]
