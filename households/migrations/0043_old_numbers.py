
import django.db.models.lookups
import households.models.personal_id
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('households', '0041_returned_sheets'),
    ]

    operations = [
        migrations.AddField(
            model_name='person',
            name='old_number',
            field=households.models.personal_id.PersonalIdField(blank=True, editable=True, null=True, verbose_name='old 9-digit number'),
        ),
        migrations.AddField(
            model_name='surveymember',
            name='old_number',
            field=households.models.personal_id.PersonalIdField(blank=True, editable=True, null=True, verbose_name='old 9-digit number'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(condition=models.Q(('old_number__isnull', False)), fields=['old_number'], name='households_person_old_number'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('old_number__isnull', True), django.db.models.lookups.Exact(models.Func(models.F('old_number'), function='octet_length', output_field=models.IntegerField()), 25), _connector='OR'), name='households_person_old_number_has_9_digits', violation_error_message='The number of an old identity card has 9 digits.'),
        ),
        migrations.AddConstraint(
            model_name='surveymember',
            constraint=models.CheckConstraint(condition=models.Q(('old_number__isnull', True), django.db.models.lookups.Exact(models.Func(models.F('old_number'), function='octet_length', output_field=models.IntegerField()), 25), _connector='OR'), name='households_surveymember_old_number_has_9_digits', violation_error_message='The number of an old identity card has 9 digits.'),
        ),
    ]
