"""What was imported: the id it had there, the row it is here."""

from django.db import models


class ImportedType(models.TextChoices):
    BOARD = "board"
    MEMBER = "member"
    TOPIC = "topic"
    POST = "post"


class Imported(models.Model):
    type = models.CharField(max_length=8, choices=ImportedType)
    external_id = models.CharField(max_length=300)
    object_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["type", "external_id"], name="imported_once")
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.external_id}"
