"""Networks and all that comes with them: memberships, organisations, voices, activities, money, letters."""

import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import forums.activities.models
import forums.groups.invitations.models


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0002_promises"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Activity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=150, verbose_name="title")),
                ("slug", models.CharField(editable=False, max_length=80)),
                ("body", models.TextField(blank=True, verbose_name="what it is about")),
                ("body_html", models.TextField(blank=True, editable=False)),
                ("renderer_version", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("starts_at", models.DateTimeField(verbose_name="starts")),
                ("ends_at", models.DateTimeField(verbose_name="ends")),
                (
                    "zone",
                    models.CharField(
                        default="Asia/Bangkok", max_length=40, verbose_name="time zone"
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="place")),
                (
                    "province",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("81", "กระบี่"),
                            ("10", "กรุงเทพมหานคร"),
                            ("71", "กาญจนบุรี"),
                            ("46", "กาฬสินธุ์"),
                            ("62", "กำแพงเพชร"),
                            ("40", "ขอนแก่น"),
                            ("22", "จันทบุรี"),
                            ("24", "ฉะเชิงเทรา"),
                            ("20", "ชลบุรี"),
                            ("18", "ชัยนาท"),
                            ("36", "ชัยภูมิ"),
                            ("86", "ชุมพร"),
                            ("57", "เชียงราย"),
                            ("50", "เชียงใหม่"),
                            ("92", "ตรัง"),
                            ("23", "ตราด"),
                            ("63", "ตาก"),
                            ("26", "นครนายก"),
                            ("73", "นครปฐม"),
                            ("48", "นครพนม"),
                            ("30", "นครราชสีมา"),
                            ("80", "นครศรีธรรมราช"),
                            ("60", "นครสวรรค์"),
                            ("12", "นนทบุรี"),
                            ("96", "นราธิวาส"),
                            ("55", "น่าน"),
                            ("38", "บึงกาฬ"),
                            ("31", "บุรีรัมย์"),
                            ("13", "ปทุมธานี"),
                            ("77", "ประจวบคีรีขันธ์"),
                            ("25", "ปราจีนบุรี"),
                            ("94", "ปัตตานี"),
                            ("14", "พระนครศรีอยุธยา"),
                            ("56", "พะเยา"),
                            ("82", "พังงา"),
                            ("93", "พัทลุง"),
                            ("66", "พิจิตร"),
                            ("65", "พิษณุโลก"),
                            ("76", "เพชรบุรี"),
                            ("67", "เพชรบูรณ์"),
                            ("54", "แพร่"),
                            ("83", "ภูเก็ต"),
                            ("44", "มหาสารคาม"),
                            ("49", "มุกดาหาร"),
                            ("58", "แม่ฮ่องสอน"),
                            ("35", "ยโสธร"),
                            ("95", "ยะลา"),
                            ("45", "ร้อยเอ็ด"),
                            ("85", "ระนอง"),
                            ("21", "ระยอง"),
                            ("70", "ราชบุรี"),
                            ("16", "ลพบุรี"),
                            ("52", "ลำปาง"),
                            ("51", "ลำพูน"),
                            ("42", "เลย"),
                            ("33", "ศรีสะเกษ"),
                            ("47", "สกลนคร"),
                            ("90", "สงขลา"),
                            ("91", "สตูล"),
                            ("11", "สมุทรปราการ"),
                            ("75", "สมุทรสงคราม"),
                            ("74", "สมุทรสาคร"),
                            ("27", "สระแก้ว"),
                            ("19", "สระบุรี"),
                            ("17", "สิงห์บุรี"),
                            ("64", "สุโขทัย"),
                            ("72", "สุพรรณบุรี"),
                            ("84", "สุราษฎร์ธานี"),
                            ("32", "สุรินทร์"),
                            ("43", "หนองคาย"),
                            ("39", "หนองบัวลำภู"),
                            ("15", "อ่างทอง"),
                            ("37", "อำนาจเจริญ"),
                            ("41", "อุดรธานี"),
                            ("53", "อุตรดิตถ์"),
                            ("61", "อุทัยธานี"),
                            ("34", "อุบลราชธานี"),
                        ],
                        max_length=2,
                        verbose_name="province",
                    ),
                ),
                (
                    "link",
                    models.URLField(blank=True, max_length=500, verbose_name="link to meet at"),
                ),
                (
                    "open_to",
                    models.CharField(
                        choices=[
                            ("everyone", "Everyone"),
                            ("members", "Members of the networks that hold it"),
                        ],
                        max_length=8,
                        verbose_name="who may come",
                    ),
                ),
                (
                    "capacity",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="places"),
                ),
                ("going_count", models.PositiveIntegerField(default=0, editable=False)),
                ("waiting_count", models.PositiveIntegerField(default=0, editable=False)),
                ("maybe_count", models.PositiveIntegerField(default=0, editable=False)),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("sequence", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "changed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("cancelled_at", models.DateTimeField(editable=False, null=True)),
                ("cancelled_why", models.CharField(blank=True, editable=False, max_length=300)),
                ("hidden_at", models.DateTimeField(editable=False, null=True)),
                ("report", models.TextField(blank=True, verbose_name="what we did")),
                ("report_html", models.TextField(blank=True, editable=False)),
                (
                    "lesson",
                    models.CharField(blank=True, max_length=1000, verbose_name="what we learned"),
                ),
                (
                    "came",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="how many came"
                    ),
                ),
                ("reported_at", models.DateTimeField(editable=False, null=True)),
            ],
            options={
                "verbose_name": "activity",
                "verbose_name_plural": "activities",
            },
        ),
        migrations.CreateModel(
            name="ActivityHost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("confirmed_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="ActivityTopic",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("going", "Going"),
                            ("waiting", "On the waiting list"),
                            ("maybe", "Maybe"),
                            ("not", "Not going"),
                        ],
                        max_length=7,
                    ),
                ),
                (
                    "since",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CalendarKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "secret",
                    models.CharField(
                        default=forums.activities.models.new_secret, max_length=40, unique=True
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("label", models.CharField(max_length=40, verbose_name="what it is")),
                ("value", models.CharField(max_length=200, verbose_name="number, address or link")),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("everyone", "Everyone"),
                            ("members", "Members of the site"),
                            ("network", "Members of the network"),
                            ("coordinators", "Coordinators only"),
                        ],
                        default="network",
                        max_length=12,
                        verbose_name="shown to",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=100)),
            ],
            options={
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Happening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("registered", "registered"),
                            ("edited", "its page was changed"),
                            ("confirmed", "its page was confirmed"),
                            ("joined", "joined"),
                            ("left", "left"),
                            ("removed", "was removed"),
                            ("role", "got another role"),
                            ("asked", "asked to join"),
                            ("declined", "was declined"),
                            ("invited", "an invitation was made"),
                            ("revoked", "an invitation was revoked"),
                            ("org_joined", "an organisation joined"),
                            ("org_left", "an organisation left"),
                            ("linked", "was linked with another network"),
                            ("unlinked", "is no longer linked with another network"),
                            ("board", "a board was opened or changed"),
                            ("activity", "an activity was announced"),
                            ("act_cancelled", "an activity was cancelled"),
                            ("act_reported", "an activity was reported on"),
                            ("topic_joined", "joined a topic of another network"),
                            ("topic_left", "took a topic off its page"),
                            ("view", "set its view beside a topic"),
                            ("ledger", "its money was opened or closed to readers"),
                            ("verified", "was verified"),
                            ("unverified", "is no longer verified"),
                            ("archived", "was archived"),
                            ("reopened", "was opened again"),
                            ("merged", "another network was merged into it"),
                            ("taken_over", "was taken over"),
                        ],
                        max_length=14,
                    ),
                ),
                ("details", models.JSONField(blank=True, default=dict)),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "token",
                    models.CharField(
                        default=forums.groups.invitations.models.new_token,
                        max_length=32,
                        unique=True,
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("expires_at", models.DateTimeField(verbose_name="good until")),
                ("max_uses", models.PositiveSmallIntegerField(verbose_name="how many may use it")),
                ("uses", models.PositiveSmallIntegerField(default=0)),
                ("revoked_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "invitation",
                "verbose_name_plural": "invitations",
            },
        ),
        migrations.CreateModel(
            name="InvitationUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "used_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
        ),
        migrations.CreateModel(
            name="JoinRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "questions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), blank=True, default=list
                    ),
                ),
                (
                    "answers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(blank=True, max_length=500),
                        blank=True,
                        default=list,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("accepted", models.BooleanField(null=True)),
                ("answer", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "verbose_name": "request to join",
                "verbose_name_plural": "requests to join",
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40, verbose_name="kind")),
                ("key", models.CharField(max_length=120, unique=True)),
                ("address", models.EmailField(blank=True, max_length=254)),
                ("data", models.JSONField(blank=True, default=dict)),
                (
                    "due_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="due"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="written",
                    ),
                ),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent")),
                ("dropped_at", models.DateTimeField(blank=True, null=True, verbose_name="dropped")),
                ("tries", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "letter",
                "verbose_name_plural": "letters",
            },
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "flow",
                    models.CharField(
                        choices=[("income", "Income"), ("expense", "Expense")],
                        max_length=7,
                        verbose_name="income or expense",
                    ),
                ),
                ("date", models.DateField(verbose_name="date")),
                ("source", models.CharField(max_length=160, verbose_name="from or to whom")),
                ("purpose", models.CharField(max_length=300, verbose_name="what for")),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=14, verbose_name="amount (baht)"
                    ),
                ),
                (
                    "document_link",
                    models.URLField(
                        blank=True, max_length=500, verbose_name="link to the document"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("revision", models.PositiveSmallIntegerField(default=1, editable=False)),
                ("submission", models.UUIDField(editable=False, null=True)),
                ("deleted_at", models.DateTimeField(editable=False, null=True)),
            ],
            options={
                "verbose_name": "line of the ledger",
                "verbose_name_plural": "lines of the ledger",
            },
        ),
        migrations.CreateModel(
            name="LineChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField(null=True)),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("stands_for", models.PositiveIntegerField(default=1)),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LineImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file_name", models.CharField(max_length=120)),
                ("rows", models.JSONField()),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("member", "Member"),
                            ("spokesperson", "Spokesperson"),
                            ("moderator", "Moderator"),
                            ("coordinator", "Coordinator"),
                        ],
                        default="member",
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
                (
                    "joined_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="joined"
                    ),
                ),
                ("sort_key", models.TextField(db_collation="C", editable=False)),
            ],
            options={
                "verbose_name": "membership",
                "verbose_name_plural": "memberships",
            },
        ),
        migrations.CreateModel(
            name="Network",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.CharField(max_length=80, unique=True, verbose_name="address")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("name_key", models.TextField(db_collation="C", editable=False, unique=True)),
                ("sort_key", models.TextField(db_collation="C", editable=False)),
                ("aim", models.CharField(max_length=200, verbose_name="aim, in one sentence")),
                ("story", models.TextField(blank=True, verbose_name="story")),
                ("story_html", models.TextField(blank=True, editable=False)),
                ("renderer_version", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("physical", "With a structure"),
                            ("online", "Online"),
                            ("both", "Both"),
                        ],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                (
                    "sectors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("state", "State"),
                                ("business", "Business"),
                                ("civil", "Civil society"),
                                ("academic", "Academic"),
                                ("community", "Community"),
                            ],
                            max_length=10,
                        ),
                        default=list,
                        verbose_name="sectors",
                    ),
                ),
                (
                    "provinces",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("81", "กระบี่"),
                                ("10", "กรุงเทพมหานคร"),
                                ("71", "กาญจนบุรี"),
                                ("46", "กาฬสินธุ์"),
                                ("62", "กำแพงเพชร"),
                                ("40", "ขอนแก่น"),
                                ("22", "จันทบุรี"),
                                ("24", "ฉะเชิงเทรา"),
                                ("20", "ชลบุรี"),
                                ("18", "ชัยนาท"),
                                ("36", "ชัยภูมิ"),
                                ("86", "ชุมพร"),
                                ("57", "เชียงราย"),
                                ("50", "เชียงใหม่"),
                                ("92", "ตรัง"),
                                ("23", "ตราด"),
                                ("63", "ตาก"),
                                ("26", "นครนายก"),
                                ("73", "นครปฐม"),
                                ("48", "นครพนม"),
                                ("30", "นครราชสีมา"),
                                ("80", "นครศรีธรรมราช"),
                                ("60", "นครสวรรค์"),
                                ("12", "นนทบุรี"),
                                ("96", "นราธิวาส"),
                                ("55", "น่าน"),
                                ("38", "บึงกาฬ"),
                                ("31", "บุรีรัมย์"),
                                ("13", "ปทุมธานี"),
                                ("77", "ประจวบคีรีขันธ์"),
                                ("25", "ปราจีนบุรี"),
                                ("94", "ปัตตานี"),
                                ("14", "พระนครศรีอยุธยา"),
                                ("56", "พะเยา"),
                                ("82", "พังงา"),
                                ("93", "พัทลุง"),
                                ("66", "พิจิตร"),
                                ("65", "พิษณุโลก"),
                                ("76", "เพชรบุรี"),
                                ("67", "เพชรบูรณ์"),
                                ("54", "แพร่"),
                                ("83", "ภูเก็ต"),
                                ("44", "มหาสารคาม"),
                                ("49", "มุกดาหาร"),
                                ("58", "แม่ฮ่องสอน"),
                                ("35", "ยโสธร"),
                                ("95", "ยะลา"),
                                ("45", "ร้อยเอ็ด"),
                                ("85", "ระนอง"),
                                ("21", "ระยอง"),
                                ("70", "ราชบุรี"),
                                ("16", "ลพบุรี"),
                                ("52", "ลำปาง"),
                                ("51", "ลำพูน"),
                                ("42", "เลย"),
                                ("33", "ศรีสะเกษ"),
                                ("47", "สกลนคร"),
                                ("90", "สงขลา"),
                                ("91", "สตูล"),
                                ("11", "สมุทรปราการ"),
                                ("75", "สมุทรสงคราม"),
                                ("74", "สมุทรสาคร"),
                                ("27", "สระแก้ว"),
                                ("19", "สระบุรี"),
                                ("17", "สิงห์บุรี"),
                                ("64", "สุโขทัย"),
                                ("72", "สุพรรณบุรี"),
                                ("84", "สุราษฎร์ธานี"),
                                ("32", "สุรินทร์"),
                                ("43", "หนองคาย"),
                                ("39", "หนองบัวลำภู"),
                                ("15", "อ่างทอง"),
                                ("37", "อำนาจเจริญ"),
                                ("41", "อุดรธานี"),
                                ("53", "อุตรดิตถ์"),
                                ("61", "อุทัยธานี"),
                                ("34", "อุบลราชธานี"),
                            ],
                            max_length=2,
                        ),
                        blank=True,
                        default=list,
                        verbose_name="provinces",
                    ),
                ),
                (
                    "nationwide",
                    models.BooleanField(default=False, verbose_name="all over the country"),
                ),
                (
                    "since_year",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="since (year)"
                    ),
                ),
                (
                    "since_month",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="since (month)"
                    ),
                ),
                (
                    "colour",
                    models.CharField(
                        choices=[
                            ("chaba", "Hibiscus red"),
                            ("din", "Earth"),
                            ("toei", "Pandan green"),
                            ("anchan", "Butterfly pea"),
                            ("thale", "Sea"),
                            ("khram", "Indigo"),
                            ("phlai", "Turmeric"),
                            ("khrang", "Lac red"),
                        ],
                        default="khram",
                        max_length=8,
                        verbose_name="colour",
                    ),
                ),
                (
                    "emblem",
                    models.CharField(
                        choices=[
                            ("heart", "Heart"),
                            ("house", "House"),
                            ("tree", "Tree"),
                            ("sprout", "Sprout"),
                            ("waves", "Waves"),
                            ("drop", "Drop of water"),
                            ("fish", "Fish"),
                            ("rice", "Rice"),
                            ("sun", "Sun"),
                            ("wind", "Wind"),
                            ("book", "Book"),
                            ("bulb", "Light bulb"),
                            ("hands", "Hands"),
                            ("smile", "Smile"),
                            ("walk", "Walker"),
                            ("talk", "Talk"),
                            ("horn", "Megaphone"),
                            ("coins", "Money"),
                            ("scales", "Scales"),
                            ("bud", "Jasmine bud"),
                        ],
                        default="hands",
                        max_length=16,
                        verbose_name="emblem",
                    ),
                ),
                (
                    "picture",
                    models.UUIDField(blank=True, editable=False, null=True, verbose_name="picture"),
                ),
                (
                    "joining",
                    models.CharField(
                        choices=[
                            ("open", "Anyone may join at once"),
                            ("request", "By request, which a coordinator answers"),
                            ("invitation", "By invitation only"),
                        ],
                        default="request",
                        max_length=10,
                        verbose_name="how one joins",
                    ),
                ),
                (
                    "questions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        blank=True,
                        default=list,
                        size=2,
                        verbose_name="questions to who asks to join",
                    ),
                ),
                (
                    "members_shown_to",
                    models.CharField(
                        choices=[
                            ("everyone", "Everyone"),
                            ("members", "Members of the site"),
                            ("network", "Members of the network"),
                            ("coordinators", "Coordinators only"),
                        ],
                        default="members",
                        max_length=12,
                        verbose_name="who may see the members",
                    ),
                ),
                (
                    "search_words",
                    django.contrib.postgres.search.SearchVectorField(editable=False, null=True),
                ),
                ("member_count", models.PositiveIntegerField(default=0, editable=False)),
                ("organisation_count", models.PositiveIntegerField(default=0, editable=False)),
                ("last_active_at", models.DateTimeField(editable=False)),
                ("created_at", models.DateTimeField(editable=False, verbose_name="registered")),
                (
                    "confirmed_at",
                    models.DateTimeField(editable=False, verbose_name="last confirmed"),
                ),
                (
                    "ledger_since",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="shows its money since"
                    ),
                ),
                (
                    "verified_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="verified"),
                ),
                (
                    "featured_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="featured"),
                ),
                (
                    "archived_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="archived"),
                ),
                (
                    "hidden_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="hidden"),
                ),
            ],
            options={
                "verbose_name": "network",
                "verbose_name_plural": "networks",
            },
        ),
        migrations.CreateModel(
            name="NetworkAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.CharField(max_length=80, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="NetworkLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("parent", "is part of"), ("linked", "works with")], max_length=6
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("confirmed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="NetworkOrganisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "note",
                    models.CharField(blank=True, max_length=120, verbose_name="in a few words"),
                ),
                (
                    "asked_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("by_network_at", models.DateTimeField(null=True)),
                ("by_organisation_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Office",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=80, verbose_name="duty")),
                ("holder", models.CharField(max_length=120, verbose_name="who")),
                ("since", models.DateField(blank=True, null=True, verbose_name="from when")),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                ("position", models.PositiveSmallIntegerField(default=100)),
            ],
            options={
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.CharField(max_length=80, unique=True, verbose_name="address")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("name_key", models.TextField(db_collation="C", editable=False, unique=True)),
                ("sort_key", models.TextField(db_collation="C", db_index=True, editable=False)),
                (
                    "about",
                    models.CharField(blank=True, max_length=600, verbose_name="what it does"),
                ),
                (
                    "sector",
                    models.CharField(
                        choices=[
                            ("state", "State"),
                            ("business", "Business"),
                            ("civil", "Civil society"),
                            ("academic", "Academic"),
                            ("community", "Community"),
                        ],
                        max_length=10,
                        verbose_name="sector",
                    ),
                ),
                (
                    "province",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("81", "กระบี่"),
                            ("10", "กรุงเทพมหานคร"),
                            ("71", "กาญจนบุรี"),
                            ("46", "กาฬสินธุ์"),
                            ("62", "กำแพงเพชร"),
                            ("40", "ขอนแก่น"),
                            ("22", "จันทบุรี"),
                            ("24", "ฉะเชิงเทรา"),
                            ("20", "ชลบุรี"),
                            ("18", "ชัยนาท"),
                            ("36", "ชัยภูมิ"),
                            ("86", "ชุมพร"),
                            ("57", "เชียงราย"),
                            ("50", "เชียงใหม่"),
                            ("92", "ตรัง"),
                            ("23", "ตราด"),
                            ("63", "ตาก"),
                            ("26", "นครนายก"),
                            ("73", "นครปฐม"),
                            ("48", "นครพนม"),
                            ("30", "นครราชสีมา"),
                            ("80", "นครศรีธรรมราช"),
                            ("60", "นครสวรรค์"),
                            ("12", "นนทบุรี"),
                            ("96", "นราธิวาส"),
                            ("55", "น่าน"),
                            ("38", "บึงกาฬ"),
                            ("31", "บุรีรัมย์"),
                            ("13", "ปทุมธานี"),
                            ("77", "ประจวบคีรีขันธ์"),
                            ("25", "ปราจีนบุรี"),
                            ("94", "ปัตตานี"),
                            ("14", "พระนครศรีอยุธยา"),
                            ("56", "พะเยา"),
                            ("82", "พังงา"),
                            ("93", "พัทลุง"),
                            ("66", "พิจิตร"),
                            ("65", "พิษณุโลก"),
                            ("76", "เพชรบุรี"),
                            ("67", "เพชรบูรณ์"),
                            ("54", "แพร่"),
                            ("83", "ภูเก็ต"),
                            ("44", "มหาสารคาม"),
                            ("49", "มุกดาหาร"),
                            ("58", "แม่ฮ่องสอน"),
                            ("35", "ยโสธร"),
                            ("95", "ยะลา"),
                            ("45", "ร้อยเอ็ด"),
                            ("85", "ระนอง"),
                            ("21", "ระยอง"),
                            ("70", "ราชบุรี"),
                            ("16", "ลพบุรี"),
                            ("52", "ลำปาง"),
                            ("51", "ลำพูน"),
                            ("42", "เลย"),
                            ("33", "ศรีสะเกษ"),
                            ("47", "สกลนคร"),
                            ("90", "สงขลา"),
                            ("91", "สตูล"),
                            ("11", "สมุทรปราการ"),
                            ("75", "สมุทรสงคราม"),
                            ("74", "สมุทรสาคร"),
                            ("27", "สระแก้ว"),
                            ("19", "สระบุรี"),
                            ("17", "สิงห์บุรี"),
                            ("64", "สุโขทัย"),
                            ("72", "สุพรรณบุรี"),
                            ("84", "สุราษฎร์ธานี"),
                            ("32", "สุรินทร์"),
                            ("43", "หนองคาย"),
                            ("39", "หนองบัวลำภู"),
                            ("15", "อ่างทอง"),
                            ("37", "อำนาจเจริญ"),
                            ("41", "อุดรธานี"),
                            ("53", "อุตรดิตถ์"),
                            ("61", "อุทัยธานี"),
                            ("34", "อุบลราชธานี"),
                        ],
                        max_length=2,
                        verbose_name="province",
                    ),
                ),
                ("website", models.URLField(blank=True, max_length=300, verbose_name="website")),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
            options={
                "verbose_name": "organisation",
                "verbose_name_plural": "organisations",
            },
        ),
        migrations.CreateModel(
            name="Plea",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("verify", "to be verified"), ("take_over", "to take it over")],
                        max_length=10,
                        verbose_name="asks",
                    ),
                ),
                ("reason", models.CharField(max_length=1000, verbose_name="why")),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="asked"
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True, verbose_name="answered")),
                ("granted", models.BooleanField(null=True, verbose_name="granted")),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="answer")),
            ],
            options={
                "verbose_name": "request to the moderators",
                "verbose_name_plural": "requests to the moderators",
            },
        ),
        migrations.CreateModel(
            name="Representative",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=80, verbose_name="as what")),
                ("is_coordinator", models.BooleanField(default=False)),
                (
                    "asked_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("confirmed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Standpoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TaggedNetwork",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Tie",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("replies", models.PositiveIntegerField(default=0)),
                ("members", models.PositiveIntegerField(default=0)),
                ("topics", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="TopicNetwork",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("present", "somebody speaks from it"),
                            ("invited", "was invited"),
                            ("asked", "asks to join"),
                            ("joined", "takes part"),
                            ("declined", "declined"),
                            ("left", "took it off its page"),
                        ],
                        max_length=8,
                    ),
                ),
                ("asked_at", models.DateTimeField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "first_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("post_count", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="View",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("body", models.CharField(blank=True, max_length=2000, verbose_name="our view")),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="decision",
            name="decision_has_one_target",
        ),
        migrations.AddField(
            model_name="board",
            name="open_to",
            field=models.CharField(
                blank=True,
                choices=[
                    ("everyone", "Everyone reads, members of the site write"),
                    ("readers", "Everyone reads, members of the network write"),
                    ("network", "Members of the network only"),
                ],
                editable=False,
                max_length=8,
                verbose_name="how open it is",
            ),
        ),
        migrations.AddField(
            model_name="post",
            name="in_name",
            field=models.BooleanField(
                default=False, editable=False, verbose_name="in the network's name"
            ),
        ),
        migrations.AddField(
            model_name="topic",
            name="voices",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), default=list, editable=False
            ),
        ),
        migrations.AlterField(
            model_name="board",
            name="read_level",
            field=models.SmallIntegerField(
                choices=[
                    (-1, "Everyone, without signing in"),
                    (0, "Members"),
                    (1, "Members of trust level 1 and more"),
                    (2, "Members of trust level 2 and more"),
                    (3, "Members of trust level 3 and more"),
                    (4, "Members of trust level 4"),
                    (8, "Members of the network"),
                    (9, "Moderators"),
                ],
                default=-1,
                verbose_name="who may read",
            ),
        ),
        migrations.AlterField(
            model_name="board",
            name="write_level",
            field=models.SmallIntegerField(
                choices=[
                    (0, "Members"),
                    (1, "Members of trust level 1 and more"),
                    (2, "Members of trust level 2 and more"),
                    (3, "Members of trust level 3 and more"),
                    (4, "Members of trust level 4"),
                    (8, "Members of the network"),
                    (9, "Moderators"),
                ],
                default=0,
                verbose_name="who may write",
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="act",
            field=models.CharField(
                choices=[
                    ("hide", "Hide"),
                    ("unhide", "Unhide"),
                    ("lock", "Lock"),
                    ("unlock", "Unlock"),
                    ("pin", "Pin"),
                    ("unpin", "Unpin"),
                    ("move", "Move"),
                    ("suspend", "Suspend"),
                    ("restore", "Restore"),
                    ("trust", "Change trust level"),
                    ("appoint", "Make a moderator"),
                    ("dismiss", "No longer a moderator"),
                    ("register", "Register"),
                    ("verify", "Verify"),
                    ("unverify", "No longer verified"),
                    ("feature", "Feature"),
                    ("unfeature", "No longer featured"),
                    ("archive", "Archive"),
                    ("reopen", "Open again"),
                    ("merge", "Merge"),
                    ("hand_over", "Hand over"),
                    ("refuse", "Refuse"),
                ],
                max_length=10,
                verbose_name="what",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="created_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="reported_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="activity",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="pictures",
                to="forums.activity",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="activity",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="forums.activity",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(("post", None), ("activity", None), _connector="OR"),
                name="attachment_in_one_place",
            ),
        ),
        migrations.AddField(
            model_name="activityhost",
            name="activity",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="hosts",
                to="forums.activity",
            ),
        ),
        migrations.AddField(
            model_name="activitytopic",
            name="activity",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="topics",
                to="forums.activity",
            ),
        ),
        migrations.AddField(
            model_name="activitytopic",
            name="topic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="activities",
                to="forums.topic",
            ),
        ),
        migrations.AddField(
            model_name="attendance",
            name="activity",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="answers",
                to="forums.activity",
            ),
        ),
        migrations.AddField(
            model_name="attendance",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="answers",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="calendarkey",
            name="member",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="calendar_key",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="happening",
            name="activity",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="forums.activity",
            ),
        ),
        migrations.AddField(
            model_name="happening",
            name="actor",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="happening",
            name="member",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="happening",
            name="topic",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="forums.topic",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="created_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="revoked_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="invitationuse",
            name="invitation",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="used_by",
                to="forums.invitation",
            ),
        ),
        migrations.AddField(
            model_name="invitationuse",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="joinrequest",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="joinrequest",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="join_requests",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="member",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="line",
            name="created_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="line",
            name="document",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ledger_line",
                to="forums.attachment",
            ),
        ),
        migrations.AddField(
            model_name="linechange",
            name="author",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="linechange",
            name="line",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="changes",
                to="forums.line",
            ),
        ),
        migrations.AddField(
            model_name="lineimport",
            name="author",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="memberships",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="network",
            name="confirmed_by",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="network",
            name="merged_into",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged_from",
                to="forums.network",
            ),
        ),
        migrations.AddField(
            model_name="network",
            name="registered_by",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="network",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="memberships",
                to="forums.network",
            ),
        ),
        migrations.AddField(
            model_name="lineimport",
            name="network",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="forums.network"
            ),
        ),
        migrations.AddField(
            model_name="linechange",
            name="network",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="forums.network",
            ),
        ),
        migrations.AddField(
            model_name="line",
            name="network",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ledger_lines",
                to="forums.network",
            ),
        ),
        migrations.AddField(
            model_name="joinrequest",
            name="network",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="join_requests",
                to="forums.network",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="network",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="invitations",
                to="forums.network",
            ),
        ),
        migrations.AddField(
            model_name="happening",
            name="network",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="history",
                to="forums.network",
            ),
        ),
        migrations.AddField(
            model_name="happening",
            name="other",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="forums.network",
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="network",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="contacts",
                to="forums.network",
            ),
        ),
        migrations.AddField(
            model_name="activityhost",
            name="network",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="activities",
                to="forums.network",
            ),
        ),
        migrations.AddField(
            model_name="board",
            name="network",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="boards",
                to="forums.network",
                verbose_name="of the network",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="network",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="forums.network",
            ),
        ),
        migrations.AddField(
            model_name="post",
            name="network",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="forums.network",
                verbose_name="speaks from the network",
            ),
        ),
        migrations.AddField(
            model_name="topic",
            name="network",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="forums.network",
                verbose_name="speaks from the network",
            ),
        ),
        migrations.AddConstraint(
            model_name="board",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("network", None),
                        ("open_to", ""),
                        models.Q(("read_level", 8), _negated=True),
                        models.Q(("write_level", 8), _negated=True),
                    ),
                    models.Q(
                        ("network__isnull", False),
                        ("parent", None),
                        models.Q(("open_to", ""), _negated=True),
                        ("read_level__in", [-1, 8, 9]),
                        ("write_level__in", [0, 8, 9]),
                    ),
                    _connector="OR",
                ),
                name="board_of_house_or_network",
            ),
        ),
        migrations.AddConstraint(
            model_name="board",
            constraint=models.UniqueConstraint(
                fields=("network", "name"), name="board_name_once_a_network"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("activity__isnull", True),
                        ("member__isnull", True),
                        ("network__isnull", True),
                        ("post__isnull", True),
                        ("topic__isnull", False),
                    ),
                    models.Q(
                        ("activity__isnull", True),
                        ("member__isnull", True),
                        ("network__isnull", True),
                        ("post__isnull", False),
                        ("topic__isnull", True),
                    ),
                    models.Q(
                        ("activity__isnull", True),
                        ("member__isnull", False),
                        ("network__isnull", True),
                        ("post__isnull", True),
                        ("topic__isnull", True),
                    ),
                    models.Q(
                        ("activity__isnull", True),
                        ("member__isnull", True),
                        ("network__isnull", False),
                        ("post__isnull", True),
                        ("topic__isnull", True),
                    ),
                    models.Q(
                        ("activity__isnull", False),
                        ("member__isnull", True),
                        ("network__isnull", True),
                        ("post__isnull", True),
                        ("topic__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="decision_has_one_target",
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(("in_name", False), ("network__isnull", False), _connector="OR"),
                name="post_in_a_name",
            ),
        ),
        migrations.AddField(
            model_name="networkaddress",
            name="network",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="old_addresses",
                to="forums.network",
            ),
        ),
        migrations.AddField(
            model_name="networklink",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="networklink",
            name="confirmed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="networklink",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="links_out",
                to="forums.network",
            ),
        ),
        migrations.AddField(
            model_name="networklink",
            name="target",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="links_in",
                to="forums.network",
            ),
        ),
        migrations.AddField(
            model_name="networkorganisation",
            name="by_network",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="networkorganisation",
            name="by_organisation",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="networkorganisation",
            name="network",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="organisations",
                to="forums.network",
            ),
        ),
        migrations.AddField(
            model_name="office",
            name="member",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="her page on this site",
            ),
        ),
        migrations.AddField(
            model_name="office",
            name="network",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="offices",
                to="forums.network",
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="created_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="networkorganisation",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="networks",
                to="forums.organisation",
            ),
        ),
        migrations.AddField(
            model_name="network",
            name="home",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="home_of",
                to="forums.organisation",
                verbose_name="home organisation",
            ),
        ),
        migrations.AddField(
            model_name="happening",
            name="organisation",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="forums.organisation",
            ),
        ),
        migrations.AddField(
            model_name="plea",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="plea",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="plea",
            name="network",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="pleas",
                to="forums.network",
            ),
        ),
        migrations.AddField(
            model_name="representative",
            name="confirmed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="representative",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="represents",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="representative",
            name="organisation",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="representatives",
                to="forums.organisation",
            ),
        ),
        migrations.AddField(
            model_name="standpoint",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="standpoint",
            name="network",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="forums.network",
            ),
        ),
        migrations.AddField(
            model_name="standpoint",
            name="topic",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="forums.topic",
            ),
        ),
        migrations.AddField(
            model_name="taggednetwork",
            name="network",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="tagged",
                to="forums.network",
            ),
        ),
        migrations.AddField(
            model_name="taggednetwork",
            name="tag",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="forums.tag"
            ),
        ),
        migrations.AddField(
            model_name="tie",
            name="source",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="ties",
                to="forums.network",
            ),
        ),
        migrations.AddField(
            model_name="tie",
            name="target",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="forums.network"
            ),
        ),
        migrations.AddField(
            model_name="topicnetwork",
            name="asked_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="topicnetwork",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="topicnetwork",
            name="network",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="forums.network",
            ),
        ),
        migrations.AddField(
            model_name="topicnetwork",
            name="topic",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="voices_in",
                to="forums.topic",
            ),
        ),
        migrations.AddField(
            model_name="view",
            name="author",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="view",
            name="network",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="forums.network"
            ),
        ),
        migrations.AddField(
            model_name="view",
            name="topic",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="views",
                to="forums.topic",
            ),
        ),
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(fields=["starts_at", "id"], name="activity_when"),
        ),
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(fields=["ends_at", "id"], name="activity_over"),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                name="activity_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("capacity", None), ("going_count__lte", models.F("capacity")), _connector="OR"
                ),
                name="activity_not_overfull",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="activity_has_a_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="activitytopic",
            constraint=models.UniqueConstraint(
                fields=("activity", "topic"), name="activity_topic_once"
            ),
        ),
        migrations.AddIndex(
            model_name="attendance",
            index=models.Index(
                fields=["activity", "answer", "since", "id"], name="attendance_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(
                fields=("activity", "member"), name="attendance_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="invitationuse",
            constraint=models.UniqueConstraint(
                fields=("invitation", "member"), name="invitation_use_once"
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("dropped_at", None), ("sent_at", None)),
                fields=["due_at", "id"],
                name="letter_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("address", ""), ("member__isnull", False)),
                    models.Q(("member", None), models.Q(("address", ""), _negated=True)),
                    _connector="OR",
                ),
                name="letter_has_one_reader",
            ),
        ),
        migrations.AddIndex(
            model_name="membership",
            index=models.Index(fields=["network", "sort_key", "id"], name="membership_by_name"),
        ),
        migrations.AddIndex(
            model_name="membership",
            index=models.Index(
                condition=models.Q(("role", "member"), _negated=True),
                fields=["network", "role"],
                name="membership_duties",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                fields=("network", "member"), name="membership_once"
            ),
        ),
        migrations.AddIndex(
            model_name="linechange",
            index=models.Index(
                condition=models.Q(("stands_for__gt", 0)),
                fields=["network", "-id"],
                name="ledger_changes_newest",
            ),
        ),
        migrations.AddConstraint(
            model_name="linechange",
            constraint=models.UniqueConstraint(
                fields=("line", "number"), name="ledger_change_once"
            ),
        ),
        migrations.AddIndex(
            model_name="line",
            index=models.Index(
                condition=models.Q(("deleted_at", None)),
                fields=["network", "-date", "-id"],
                name="ledger_newest",
            ),
        ),
        migrations.AddIndex(
            model_name="line",
            index=models.Index(
                condition=models.Q(("deleted_at", None)),
                fields=["network", "date"],
                include=("flow", "amount"),
                name="ledger_years",
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="ledger_amount_above_zero"
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("source", ""), _negated=True),
                    models.Q(("purpose", ""), _negated=True),
                ),
                name="ledger_says_what_for",
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.UniqueConstraint(
                fields=("network", "submission"), name="ledger_submitted_once"
            ),
        ),
        migrations.AddIndex(
            model_name="joinrequest",
            index=models.Index(
                condition=models.Q(("decided_at", None)),
                fields=["network", "created_at"],
                name="join_request_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="joinrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decided_at", None)),
                fields=("network", "member"),
                name="join_request_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="joinrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("accepted", None), ("decided_at", None)),
                    models.Q(("accepted__isnull", False), ("decided_at__isnull", False)),
                    _connector="OR",
                ),
                name="join_request_decided_one_way",
            ),
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(fields=["network", "-created_at"], name="invitation_newest"),
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(
                condition=models.Q(("email", ""), _negated=True),
                fields=["email"],
                name="invitation_to",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("uses__lte", models.F("max_uses"))),
                name="invitation_not_overused",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("created_at"))),
                name="invitation_lasts",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(("value", ""), _negated=True), name="contact_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="activityhost",
            constraint=models.UniqueConstraint(
                fields=("activity", "network"), name="activity_host_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="networklink",
            constraint=models.UniqueConstraint(
                fields=("source", "target"), name="network_link_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="networklink",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", models.F("target")), _negated=True),
                name="network_link_of_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="networklink",
            constraint=models.UniqueConstraint(
                condition=models.Q(("confirmed_at__isnull", False), ("kind", "parent")),
                fields=("source",),
                name="network_one_parent",
            ),
        ),
        migrations.AddConstraint(
            model_name="office",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("since", None),
                    ("until", None),
                    ("until__gte", models.F("since")),
                    _connector="OR",
                ),
                name="office_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), _negated=True),
                    models.Q(("slug", ""), _negated=True),
                    models.Q(("name_key", ""), _negated=True),
                ),
                name="organisation_has_a_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="networkorganisation",
            constraint=models.UniqueConstraint(
                fields=("network", "organisation"), name="network_organisation_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="networkorganisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("by_network_at__isnull", False),
                    ("by_organisation_at__isnull", False),
                    _connector="OR",
                ),
                name="network_organisation_asked_by_one",
            ),
        ),
        migrations.AddIndex(
            model_name="network",
            index=models.Index(
                condition=models.Q(("archived_at", None), ("hidden_at", None)),
                fields=["-last_active_at", "-id"],
                name="network_active",
            ),
        ),
        migrations.AddIndex(
            model_name="network",
            index=models.Index(
                condition=models.Q(("archived_at", None), ("hidden_at", None)),
                fields=["sort_key", "id"],
                name="network_by_name",
            ),
        ),
        migrations.AddIndex(
            model_name="network",
            index=models.Index(
                condition=models.Q(("archived_at", None), ("hidden_at", None)),
                fields=["-member_count", "-id"],
                name="network_largest",
            ),
        ),
        migrations.AddIndex(
            model_name="network",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["sectors"], name="network_sectors"
            ),
        ),
        migrations.AddIndex(
            model_name="network",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["provinces"], name="network_provinces"
            ),
        ),
        migrations.AddIndex(
            model_name="network",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search_words"], name="network_words"
            ),
        ),
        migrations.AddIndex(
            model_name="network",
            index=models.Index(
                condition=models.Q(("hidden_at__isnull", False)),
                fields=["id"],
                name="network_hidden",
            ),
        ),
        migrations.AddIndex(
            model_name="network",
            index=models.Index(
                condition=models.Q(("archived_at", None), ("hidden_at", None)),
                fields=["confirmed_at"],
                name="network_confirmed",
            ),
        ),
        migrations.AddConstraint(
            model_name="network",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), _negated=True),
                    models.Q(("slug", ""), _negated=True),
                    models.Q(("name_key", ""), _negated=True),
                    models.Q(("aim", ""), _negated=True),
                ),
                name="network_has_a_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="network",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("since_month", None),
                    models.Q(
                        ("since_month__gte", 1),
                        ("since_month__lte", 12),
                        ("since_year__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="network_month_of_a_year",
            ),
        ),
        migrations.AddConstraint(
            model_name="network",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("merged_into", None), ("archived_at__isnull", False), _connector="OR"
                ),
                name="network_merged_is_archived",
            ),
        ),
        migrations.AddConstraint(
            model_name="network",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into", models.F("id")), _negated=True),
                name="network_merged_into_another",
            ),
        ),
        migrations.AddIndex(
            model_name="happening",
            index=models.Index(fields=["network", "-created_at", "-id"], name="happening_newest"),
        ),
        migrations.AddIndex(
            model_name="happening",
            index=models.Index(fields=["network", "what", "-created_at"], name="happening_what"),
        ),
        migrations.AddIndex(
            model_name="plea",
            index=models.Index(
                condition=models.Q(("decided_at", None)), fields=["created_at"], name="plea_waiting"
            ),
        ),
        migrations.AddConstraint(
            model_name="plea",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decided_at", None)),
                fields=("network", "member", "kind"),
                name="plea_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="representative",
            constraint=models.UniqueConstraint(
                fields=("organisation", "member"), name="representative_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="representative",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_coordinator", False), ("confirmed_at__isnull", False), _connector="OR"
                ),
                name="representative_coordinator_is_confirmed",
            ),
        ),
        migrations.AddConstraint(
            model_name="standpoint",
            constraint=models.UniqueConstraint(fields=("topic", "member"), name="standpoint_once"),
        ),
        migrations.AddConstraint(
            model_name="taggednetwork",
            constraint=models.UniqueConstraint(
                fields=("network", "tag"), name="tag_once_a_network"
            ),
        ),
        migrations.AddIndex(
            model_name="tie",
            index=models.Index(
                models.F("source"),
                models.OrderBy(
                    django.db.models.expressions.CombinedExpression(
                        models.F("topics"), "+", models.F("members")
                    ),
                    descending=True,
                ),
                models.F("target"),
                name="tie_strongest",
            ),
        ),
        migrations.AddConstraint(
            model_name="tie",
            constraint=models.UniqueConstraint(fields=("source", "target"), name="tie_once"),
        ),
        migrations.AddIndex(
            model_name="topicnetwork",
            index=models.Index(fields=["network", "state", "-topic"], name="topic_network_state"),
        ),
        migrations.AddConstraint(
            model_name="topicnetwork",
            constraint=models.UniqueConstraint(
                fields=("topic", "network"), name="topic_network_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="view",
            constraint=models.UniqueConstraint(
                fields=("topic", "network", "number"), name="view_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="view",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="view_number_from_one"
            ),
        ),
    ]
