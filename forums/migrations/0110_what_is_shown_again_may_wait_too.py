"""What moderators show again waits beside what its author wrote since; that she begins no two, her lock holds."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0109_cards_come_along"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="portrayal", name="portrayal_waits_once"),
        migrations.RemoveConstraint(model_name="restatement", name="restatement_waits_once"),
    ]
