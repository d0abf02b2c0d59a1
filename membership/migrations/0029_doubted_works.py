"""Works that lists of retractions name, so that articles which cite them can say so."""

import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("membership", "0028_who_looks_after_seats"),
    ]

    operations = [
        migrations.CreateModel(
            name="DoubtedWork",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("doi", models.CharField(blank=True, max_length=300, verbose_name="DOI, in small letters")),
                ("pmid", models.CharField(blank=True, max_length=20, verbose_name="number in PubMed")),
                (
                    "kind",
                    models.CharField(
                        choices=[("retraction", "Retracted"), ("concern", "Concern expressed")], max_length=10
                    ),
                ),
                ("on", models.DateField(blank=True, null=True, verbose_name="day")),
                ("notice_doi", models.CharField(blank=True, max_length=300, verbose_name="DOI of the notice")),
                ("loaded_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "doubted work",
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        condition=models.Q(("doi", ""), _negated=True), fields=["doi"], name="membership_doubted_doi"
                    ),
                    models.Index(
                        condition=models.Q(("pmid", ""), _negated=True), fields=["pmid"], name="membership_doubted_pmid"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("doi", ""), ("pmid", ""), _negated=True), name="membership_doubted_is_named"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["retraction", "concern"])),
                        name="membership_doubted_kind_known",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="doubtedwork",
            trigger=pgtrigger.compiler.Trigger(
                name="revised",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="INSERT INTO core_revision DEFAULT VALUES; RETURN NULL;",
                    hash="725058c78e0d5a9d4ba41d7e98bbd535448c2e2d",
                    level="STATEMENT",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_revised_50166",
                    table="membership_doubtedwork",
                    when="AFTER",
                ),
            ),
        ),
    ]
