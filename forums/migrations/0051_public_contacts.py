"""Numbers that networks tell everyone are found by their end, when a writer is asked whose a number is."""

import django.db.models.functions.text
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("forums", "0050_first_house_rules"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="contact",
            index=models.Index(
                models.Case(
                    models.When(
                        then=django.db.models.functions.text.Lower("value"), value__contains="@"
                    ),
                    default=django.db.models.functions.text.Right(
                        models.Func(
                            models.Func(
                                models.F("value"),
                                models.Value("๐๑๒๓๔๕๖๗๘๙"),
                                models.Value("0123456789"),
                                function="TRANSLATE",
                            ),
                            models.Value("[^0-9]"),
                            models.Value(""),
                            models.Value("g"),
                            function="REGEXP_REPLACE",
                            output_field=models.TextField(),
                        ),
                        8,
                    ),
                    output_field=models.TextField(),
                ),
                name="contact_telling_end",
            ),
        ),
    ]
