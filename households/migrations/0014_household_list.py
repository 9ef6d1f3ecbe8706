import django.contrib.postgres.indexes
import django.db.models.deletion
import households.models.areas
import households.models.triggers
from django.conf import settings
from django.db import migrations, models

# What services.cards writes of them, for the households that are there.
FILL = """
UPDATE households_householdcard card
SET folded_names = coalesce(
      (SELECT string_agg(p.folded_name, E'\\n' ORDER BY p.id)
       FROM households_membership m JOIN households_person p ON p.id = m.person_id
       WHERE m.household_id = card.household_id AND m.valid_to IS NULL),
      card.folded_head_name),
    is_ended = h.ended_on IS NOT NULL
FROM households_household h WHERE h.id = card.household_id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0012_email_once"),
    ]

    operations = [
        migrations.AddField(
            model_name="householdcard",
            name="folded_names",
            field=models.TextField(db_default="", default=""),
        ),
        migrations.AddField(
            model_name="householdcard",
            name="is_ended",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="householdcard",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    models.F("folded_names"), name="gin_trgm_ops"
                ),
                name="households_card_by_names",
            ),
        ),
        migrations.CreateModel(
            name='SavedList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='name of the list')),
                ('folded_name', models.GeneratedField(db_persist=True, expression=households.models.areas.Fold(models.F('name')), output_field=models.TextField())),
                ('poverty_class', models.CharField(blank=True, max_length=10)),
                ('in_round', models.CharField(blank=True, max_length=10)),
                ('order', models.CharField(default='name', max_length=20)),
                ('is_default', models.BooleanField(default=False)),
                ('act', models.ForeignKey(db_constraint=False, db_default=households.models.triggers.CurrentAct(), db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='households.auditevent')),
                ('commune', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='households.area')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_lists', to=settings.AUTH_USER_MODEL)),
                ('village', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='households.area')),
            ],
            options={
                'verbose_name': 'saved list',
                'constraints': [models.CheckConstraint(condition=models.Q(('in_round__in', ['', 'due', 'none', 'DRAFT', 'COMPLETE'])), name='households_savedlist_in_round_known', violation_error_message='This code does not exist.'), models.CheckConstraint(condition=models.Q(('poverty_class__in', ['', 'POOR', 'NEAR_POOR', 'AVERAGE', 'NOT_POOR'])), name='households_savedlist_poverty_class_known', violation_error_message='This code does not exist.'), models.CheckConstraint(condition=models.Q(('folded_name', ''), _negated=True), name='households_savedlist_has_a_name', violation_error_message='Give the list a name.'), models.UniqueConstraint(fields=('user', 'folded_name'), name='households_savedlist_name_once', violation_error_message='You have a list of this name already.'), models.UniqueConstraint(condition=models.Q(('is_default', True)), fields=('user',), name='households_savedlist_one_default', violation_error_message='Another list opens first already.')],
            },
        ),
    ]
