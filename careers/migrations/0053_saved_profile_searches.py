"""Saved searches of profiles, what they find, and when a profile appears: the database writes that with its entry.

A profile that is found again less than thirty days after it went is in the same appearance. Whoever can be found when
this is migrated is no news.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import aapm_site.core.ids

REFRESH = """
CREATE OR REPLACE FUNCTION careers_refresh_profileentries(profiles bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF profiles IS NULL OR cardinality(profiles) = 0 THEN RETURN; END IF;
    PERFORM FROM careers_profile WHERE id = ANY (profiles) ORDER BY id FOR NO KEY UPDATE;
    DELETE FROM careers_profileentry WHERE profile_id = ANY (profiles);
    INSERT INTO careers_profileentry SELECT * FROM careers_profileentries_of(ARRAY(
        SELECT profile.id FROM careers_profile AS profile JOIN accounts_user AS person ON person.id = profile.user_id
        WHERE profile.id = ANY (profiles) AND profile.searchable AND profile.active AND profile.paused_at IS NULL
            AND profile.hidden_at IS NULL AND person.is_active
    ));
%s
END
$$
"""
APPEAR = """
    DELETE FROM careers_profileappearance WHERE profile_id = ANY (profiles)
        AND NOT EXISTS (SELECT FROM careers_profile WHERE id = profile_id);
    UPDATE careers_profileappearance AS seen SET left_at = now() WHERE profile_id = ANY (profiles)
        AND left_at IS NULL
        AND NOT EXISTS (SELECT FROM careers_profileentry AS entry WHERE entry.profile_id = seen.profile_id);
    UPDATE careers_profileappearance AS seen SET left_at = NULL WHERE profile_id = ANY (profiles)
        AND left_at > now() - interval '30 days'
        AND EXISTS (SELECT FROM careers_profileentry AS entry WHERE entry.profile_id = seen.profile_id);
    INSERT INTO careers_profileappearance (profile_id, appeared_at)
        SELECT entry.profile_id, now() FROM careers_profileentry AS entry WHERE entry.profile_id = ANY (profiles)
            AND NOT EXISTS (
                SELECT FROM careers_profileappearance AS seen
                WHERE seen.profile_id = entry.profile_id AND seen.left_at IS NULL
            );"""
KNOWN = """
INSERT INTO careers_profileappearance (profile_id, appeared_at, matched_at)
SELECT profile_id, updated_at, now() FROM careers_profileentry
"""


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0052_verifications"),
        ("mail", "0007_overtaken"),
    ]

    operations = [
        migrations.CreateModel(
            name="ProfileAppearance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("appeared_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("left_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("matched_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "profile",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="appearances", to="careers.profile"
                    ),
                ),
            ],
            options={
                "verbose_name": "appearance of a profile",
                "verbose_name_plural": "appearances of profiles",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ProfileSearch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "pace",
                    models.CharField(
                        choices=[("at-once", "At once"), ("daily", "Once a day"), ("weekly", "Once a week")],
                        default="daily",
                        max_length=10,
                        verbose_name="how often",
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("paused_at", models.DateTimeField(blank=True, null=True)),
                ("keys", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ("facets", django.contrib.postgres.search.SearchQueryField(null=True)),
                ("latitude", models.DecimalField(decimal_places=5, max_digits=8, null=True)),
                ("longitude", models.DecimalField(decimal_places=5, max_digits=8, null=True)),
                ("miles", models.PositiveSmallIntegerField(null=True)),
                ("public_id", aapm_site.core.ids.PublicIdField()),
                ("name", models.CharField(max_length=80)),
                (
                    "address",
                    models.CharField(
                        blank=True, max_length=4000, verbose_name="address of the search, after its question mark"
                    ),
                ),
                ("asked", models.JSONField(verbose_name="criteria")),
                ("checked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("available_by", models.DateField(null=True)),
                ("near_state", models.CharField(blank=True, default="", max_length=2)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="profile_searches",
                        to="careers.employermember",
                    ),
                ),
                (
                    "subscription",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="profile_searches",
                        to="mail.subscription",
                    ),
                ),
            ],
            options={
                "verbose_name": "saved search of profiles",
                "verbose_name_plural": "saved searches of profiles",
                "ordering": ["created_at", "pk"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ProfileFind",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("found_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("told_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "appearance",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="finds",
                        to="careers.profileappearance",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="mail.outgoingemail",
                    ),
                ),
                (
                    "search",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="finds",
                        to="careers.profilesearch",
                    ),
                ),
            ],
            options={
                "verbose_name": "find of a saved search",
                "verbose_name_plural": "finds of saved searches",
                "default_permissions": (),
            },
        ),
        migrations.AddIndex(
            model_name="profileappearance",
            index=models.Index(
                condition=models.Q(("left_at__isnull", True), ("matched_at__isnull", True)),
                fields=["appeared_at"],
                name="careers_appearance_new",
            ),
        ),
        migrations.AddConstraint(
            model_name="profileappearance",
            constraint=models.UniqueConstraint(
                condition=models.Q(("left_at__isnull", True)), fields=("profile",), name="careers_appearance_one_open"
            ),
        ),
        migrations.AddIndex(
            model_name="profilesearch",
            index=django.contrib.postgres.indexes.GinIndex(
                fastupdate=False, fields=["keys"], name="careers_profilesearch_keys"
            ),
        ),
        migrations.AddConstraint(
            model_name="profilesearch",
            constraint=models.CheckConstraint(
                condition=models.Q(("pace__in", ["at-once", "daily", "weekly"])),
                name="careers_profilesearch_pace_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="profilesearch",
            constraint=models.CheckConstraint(
                condition=models.Q(("keys", []), _negated=True), name="careers_profilesearch_has_keys"
            ),
        ),
        migrations.AddConstraint(
            model_name="profilesearch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("latitude__isnull", True), ("longitude__isnull", True), ("miles__isnull", True)),
                    models.Q(("latitude__isnull", False), ("longitude__isnull", False), ("miles__gt", 0)),
                    _connector="OR",
                ),
                name="careers_profilesearch_near_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="profilesearch",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="careers_profilesearch_has_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="profilesearch",
            constraint=models.UniqueConstraint(
                fields=("member", "name"),
                name="careers_profilesearch_name_once",
                violation_error_message="You have a saved search of this name already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="profilesearch",
            constraint=models.UniqueConstraint(
                fields=("member", "address"),
                name="careers_profilesearch_once",
                violation_error_message="You have saved this search already.",
            ),
        ),
        migrations.AddIndex(
            model_name="profilefind",
            index=models.Index(
                condition=models.Q(("told_at__isnull", True)), fields=["search"], name="careers_find_waiting"
            ),
        ),
        migrations.AddIndex(
            model_name="profilefind",
            index=models.Index(fields=["found_at"], name="careers_find_old"),
        ),
        migrations.AddConstraint(
            model_name="profilefind",
            constraint=models.UniqueConstraint(fields=("search", "appearance"), name="careers_find_once"),
        ),
        migrations.AddConstraint(
            model_name="profilefind",
            constraint=models.CheckConstraint(
                condition=models.Q(("letter__isnull", True), ("told_at__isnull", False), _connector="OR"),
                name="careers_find_told_by_letter",
            ),
        ),
        migrations.RunSQL(REFRESH % APPEAR, REFRESH % ""),
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop),
    ]
