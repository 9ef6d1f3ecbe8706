import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

# What services.search_names writes, for the cards that are there.
FILL_NAMES = """
INSERT INTO households_searchname (name, words)
SELECT DISTINCT line, string_to_array(line, ' ') FROM households_householdcard card
CROSS JOIN LATERAL
  unnest(string_to_array(card.folded_names || E'\\n' || card.folded_head_name, E'\\n')) line
WHERE line <> ''
"""
FILL_WORDS = """
INSERT INTO households_searchword (word)
SELECT DISTINCT unnest(words) FROM households_searchname
"""


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0038_output_layouts"),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField()),
                ('words', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
            ],
            options={
                'verbose_name': 'name that is searched',
            },
        ),
        migrations.CreateModel(
            name='SearchWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.TextField()),
            ],
            options={
                'verbose_name': 'word of names that are searched',
            },
        ),
        migrations.RunSQL(FILL_NAMES, migrations.RunSQL.noop),
        migrations.RunSQL(FILL_WORDS, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='searchname',
            index=models.Index(fields=['name'], name='households_searchname_name'),
        ),
        migrations.AddIndex(
            model_name='searchname',
            index=django.contrib.postgres.indexes.GinIndex(fields=['words'], name='households_searchname_words'),
        ),
        migrations.AddIndex(
            model_name='searchword',
            index=models.Index(fields=['word'], name='households_searchword_word'),
        ),
        migrations.RemoveIndex(
            model_name='person',
            name='households_person_name',
        ),
    ]
