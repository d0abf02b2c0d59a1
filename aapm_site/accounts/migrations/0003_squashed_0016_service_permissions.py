"""The lists to begin with, the gazetteer, recoveries, services, and who may see and change people."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import aapm_site.accounts.models.address_field
from aapm_site.core import roles
from aapm_site.core.at_once import AtOnce

PROFESSIONS = (
    ("physician", "Physician"),
    ("advanced-practice", "Advanced practice provider"),
    ("psychologist", "Psychologist"),
    ("nurse", "Nurse"),
    ("physical-therapist", "Physical therapist"),
    ("occupational-therapist", "Occupational therapist"),
    ("researcher", "Researcher"),
    ("administrator", "Administrator"),
)
SPECIALTIES = (
    ("anesthesiology", "Anesthesiology"),
    ("physical-medicine-and-rehabilitation", "Physical medicine and rehabilitation"),
    ("neurology", "Neurology"),
    ("psychiatry", "Psychiatry"),
    ("family-medicine", "Family medicine"),
    ("internal-medicine", "Internal medicine"),
    ("emergency-medicine", "Emergency medicine"),
    ("neurosurgery", "Neurosurgery"),
    ("orthopedics", "Orthopedics"),
    ("oncology", "Oncology"),
    ("psychology", "Psychology"),
    ("nursing", "Nursing"),
    ("palliative-care", "Palliative care"),
    ("interventional-pain", "Interventional pain medicine"),
    ("pediatric-pain", "Pediatric pain medicine"),
)
RIGHTS = {
    "accounts": {
        roles.CONTENT_EDITOR: ["view_specialty", "view_profession", "view_place"],
        roles.CAREERS_STAFF: [
            "view_specialty",
            "view_user",
            "view_profession",
            "view_place",
            "add_profession",
            "change_profession",
            "add_place",
            "change_place",
            "add_specialty",
            "change_specialty",
            "delete_unknownplace",
            "view_unknownplace",
            "add_placename",
            "change_placename",
            "delete_placename",
            "view_placename",
        ],
        roles.MEMBERSHIP_STAFF: [
            "view_specialty",
            "view_user",
            "view_profession",
            "view_place",
            "add_profession",
            "change_profession",
            "add_place",
            "change_place",
            "add_specialty",
            "change_specialty",
            "add_user",
            "change_user",
            "view_accountrecovery",
            "open_accountrecovery",
            "approve_accountrecovery",
            "delete_unknownplace",
            "view_unknownplace",
            "add_placename",
            "change_placename",
            "delete_placename",
            "view_placename",
            "view_service",
            "view_serviceconsent",
        ],
        roles.JOURNAL_EDITOR: ["view_specialty", "view_profession", "view_place"],
        roles.FINANCE: ["view_specialty", "view_user", "view_profession", "view_place"],
        roles.ADMINISTRATOR: [
            "assign_roles",
            "delete_place",
            "delete_profession",
            "delete_specialty",
            "view_addresschange",
            "agree_addresschange",
            "change_service",
            "add_service",
        ],
    },
    "core": {
        roles.CONTENT_EDITOR: ["see_due_work"],
        roles.CAREERS_STAFF: ["see_due_work"],
        roles.MEMBERSHIP_STAFF: ["see_due_work"],
        roles.JOURNAL_EDITOR: ["see_due_work"],
        roles.FINANCE: ["see_due_work"],
        roles.ADMINISTRATOR: ["view_hold", "view_count"],
    },
    "mail": {
        roles.CAREERS_STAFF: ["view_subscription", "view_outgoingemail", "resend_outgoingemail"],
        roles.MEMBERSHIP_STAFF: ["view_subscription", "view_outgoingemail", "resend_outgoingemail"],
    },
}


def fill(apps, schema_editor):
    """The lists to begin with; staff change them in the admin, so an entry that exists is left alone."""
    for model, entries in (("Profession", PROFESSIONS), ("Specialty", SPECIALTIES)):
        listed = apps.get_model("accounts", model)
        for place, (slug, name) in enumerate(entries, start=1):
            listed.objects.get_or_create(slug=slug, defaults={"name": name, "order": place * 10})


def give(apps, schema_editor):
    for app, of_roles in RIGHTS.items():
        for role, codenames in of_roles.items():
            roles.grant(apps, app, role, codenames)


class Migration(migrations.Migration):
    replaces = [
        ("accounts", "0003_lists"),
        ("accounts", "0004_role_permissions"),
        ("accounts", "0005_sealed_factors"),
        ("accounts", "0006_address_changes"),
        ("accounts", "0007_address_change_permissions"),
        ("accounts", "0008_recoveries"),
        ("accounts", "0009_recovery_permissions"),
        ("accounts", "0010_people"),
        ("accounts", "0011_people_for_their_roles"),
        ("accounts", "0012_gazetteer"),
        ("accounts", "0013_gazetteer_permissions"),
        ("accounts", "0014_an_address_may_be_missing"),
        ("accounts", "0015_services_and_consents"),
        ("accounts", "0016_service_permissions"),
    ]

    dependencies = [
        ("accounts", "0002_roles"),
        ("allauth_idp_oidc", "0003_client_allow_uri_wildcards"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("core", "0001_initial"),
        ("core", "0006_starter_rows"),
        ("mail", "0001_initial"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [
        AtOnce(
            [
                migrations.CreateModel(
                    name="AddressChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("from_email", models.EmailField(max_length=254, verbose_name="from")),
                        ("to_email", models.EmailField(max_length=254, verbose_name="to")),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("is_agreed", models.BooleanField(null=True)),
                        ("decided_at", models.DateTimeField(null=True)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="address_changes",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "new address",
                        "verbose_name_plural": "new addresses",
                        "ordering": ["-asked_at", "-pk"],
                        "permissions": [
                            ("agree_addresschange", "Can agree to a new address of people who hold rights")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_agreed__isnull", True)),
                                fields=("person",),
                                name="accounts_addresschange_one_waits",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_at__isnull", True), ("is_agreed__isnull", True)),
                                    models.Q(("decided_at__isnull", False), ("is_agreed__isnull", False)),
                                    _connector="OR",
                                ),
                                name="accounts_addresschange_decided_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_by", models.F("asked_by")),
                                    ("decided_by__isnull", False),
                                    ("is_agreed", True),
                                    _negated=True,
                                ),
                                name="accounts_addresschange_by_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AccountRecovery",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("from_email", models.EmailField(max_length=254, verbose_name="old address")),
                        ("to_email", models.EmailField(max_length=254, verbose_name="new address")),
                        ("reason", models.TextField()),
                        ("evidence", models.TextField(verbose_name="what was seen")),
                        ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("due_at", models.DateTimeField(verbose_name="not before")),
                        ("confirmed_at", models.DateTimeField(null=True, verbose_name="new address confirmed")),
                        ("approved_at", models.DateTimeField(null=True)),
                        (
                            "outcome",
                            models.CharField(
                                choices=[("open", "Waits"), ("done", "Done"), ("stopped", "Stopped")],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("why_ended", models.TextField(blank=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="recoveries",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "account recovery",
                        "verbose_name_plural": "account recoveries",
                        "ordering": ["-opened_at", "-pk"],
                        "permissions": [
                            ("open_accountrecovery", "Can ask for the recovery of an account"),
                            ("approve_accountrecovery", "Can approve the recovery of an account"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("outcome", "open")),
                                fields=("person",),
                                name="accounts_recovery_one_waits",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("outcome__in", ["open", "done", "stopped"])),
                                name="accounts_recovery_outcome_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", True), ("outcome", "open")),
                                    models.Q(models.Q(("outcome", "open"), _negated=True), ("ended_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="accounts_recovery_ended_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("outcome", "done"), _negated=True),
                                    models.Q(
                                        ("approved_at__isnull", False),
                                        ("confirmed_at__isnull", False),
                                        ("ended_at__gte", models.F("due_at")),
                                    ),
                                    _connector="OR",
                                ),
                                name="accounts_recovery_done_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approved_by", models.F("opened_by")),
                                    ("approved_by__isnull", False),
                                    _negated=True,
                                ),
                                name="accounts_recovery_by_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("reason", ""), _negated=True), models.Q(("evidence", ""), _negated=True)
                                ),
                                name="accounts_recovery_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlaceName",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=100)),
                        ("key", models.CharField(editable=False, max_length=120)),
                        ("is_own", models.BooleanField(default=True, editable=False, verbose_name="added by staff")),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="names", to="accounts.place"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "name of a place",
                        "verbose_name_plural": "names of places",
                        "ordering": ["name"],
                        "indexes": [
                            models.Index(fields=["key"], name="accounts_placename_key", opclasses=["text_pattern_ops"])
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("place", "key"),
                                name="accounts_placename_once",
                                violation_error_message="The place is found by this name already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="UnknownPlace",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("typed", models.CharField(max_length=120)),
                        ("key", models.CharField(max_length=140, unique=True)),
                        ("times", models.PositiveIntegerField(default=1)),
                        (
                            "first_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="first typed"),
                        ),
                        (
                            "last_at",
                            models.DateTimeField(
                                db_index=True, default=django.utils.timezone.now, verbose_name="last typed"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "place that was not found",
                        "verbose_name_plural": "places that were not found",
                        "ordering": ["-last_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("times__gte", 1)), name="accounts_unknownplace_times"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ZipCode",
                    fields=[
                        ("code", models.CharField(max_length=5, primary_key=True, serialize=False)),
                        ("latitude", models.DecimalField(decimal_places=5, max_digits=8)),
                        ("longitude", models.DecimalField(decimal_places=5, max_digits=8)),
                    ],
                    options={
                        "verbose_name": "ZIP code",
                    },
                ),
                migrations.CreateModel(
                    name="Service",
                    fields=[
                        (
                            "client_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="allauth_idp_oidc.client",
                            ),
                        ),
                        (
                            "purpose",
                            models.CharField(
                                help_text="One sentence for the person who is asked, such as “Where you read Pain Medicine.”",
                                max_length=200,
                            ),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name": "service",
                        "verbose_name_plural": "services",
                        "ordering": ["name"],
                    },
                    bases=("allauth_idp_oidc.client",),
                ),
                migrations.CreateModel(
                    name="ServiceConsent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("subject", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("scopes", models.JSONField(default=list)),
                        ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("used_at", models.DateTimeField(blank=True, null=True, verbose_name="let in last")),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="service_consents",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "service",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="consents",
                                to="accounts.service",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "consent to a service",
                        "verbose_name_plural": "consents to services",
                        "ordering": ["-given_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("person", "service"), name="accounts_serviceconsent_one_a_service"
                            )
                        ],
                    },
                ),
            ]
        ),
        migrations.AlterModelOptions(
            name="place",
            options={"ordering": ["name", "state_code", "county"]},
        ),
        migrations.AlterModelOptions(
            name="user",
            options={
                "ordering": ["last_name", "first_name", "email"],
                "permissions": [("assign_roles", "Can make people staff and give them roles")],
                "verbose_name": "person",
                "verbose_name_plural": "people",
            },
        ),
        migrations.RemoveConstraint(
            model_name="place",
            name="accounts_place_once",
        ),
        migrations.AddField(
            model_name="place",
            name="county",
            field=models.CharField(
                blank=True, help_text="Shown where two towns of a state have one name: Cambria County", max_length=60
            ),
        ),
        migrations.AddField(
            model_name="place",
            name="is_twice",
            field=models.BooleanField(
                default=False, editable=False, verbose_name="another town of the state has this name"
            ),
        ),
        migrations.AddField(
            model_name="place",
            name="number",
            field=models.PositiveIntegerField(
                blank=True,
                editable=False,
                help_text="Empty: added by staff",
                null=True,
                unique=True,
                verbose_name="number in the gazetteer",
            ),
        ),
        migrations.AddField(
            model_name="place",
            name="population",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AlterField(
            model_name="user",
            name="email",
            field=aapm_site.accounts.models.address_field.SignInAddressField(
                blank=True, max_length=254, null=True, unique=True, verbose_name="e-mail"
            ),
        ),
        migrations.AddIndex(
            model_name="place",
            index=models.Index(fields=["latitude", "longitude"], name="accounts_place_where"),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.UniqueConstraint(
                condition=models.Q(("number", None)),
                fields=("name", "state_code", "country", "county"),
                name="accounts_own_place_once",
                violation_error_message="Such a place is there already.",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
