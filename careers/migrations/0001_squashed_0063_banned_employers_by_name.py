"""Employers, positions, profiles, applications and what they need; the entries of both searches; the rights of staff.

One narrow row for each open job and for each profile that employers may find, which the searches read, is kept by
triggers in the transaction that changes it. Jobs and profiles are locked first, so that of two transactions that change
parts of one the second makes the row from both. The names of the tags are those of careers/criteria.py and
careers/profile_criteria.py. A profile that is found again less than thirty days after it went is in the same appearance.

Statistics of the columns that are searched are finer than usual. With the usual 100 entries PostgreSQL guesses that a
rare word is frequent, walks the index by date and reads every vector: measured at a million rows, 25 seconds for a word
that stands nowhere, and under a millisecond with 1,000.
"""

from decimal import Decimal

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import aapm_site.core.files.private
import aapm_site.core.ids
import aapm_site.core.richtext
import aapm_site.mail.models.subscription
from aapm_site.core import roles
from aapm_site.core.at_once import AtOnce

ENTRIES_OF = r"""
CREATE OR REPLACE FUNCTION careers_entries_of(jobs bigint[]) RETURNS SETOF careers_jobentry LANGUAGE sql STABLE AS $$
SELECT job.id, job.featured, job.starts_at, job.ends_at, pay.year,
    ARRAY[
        'profession:' || profession.slug, 'setting:' || job.setting, 'type:' || job.employment_type,
        'remote:' || job.remote,
        CASE WHEN job.pay_max IS NULL THEN 'pay:unstated' ELSE 'pay:' || least(pay.year / 25000 * 25000, 1000000) END
    ]
    || CASE WHEN job.confidential THEN '{}' ELSE ARRAY[
        'employer:' || employer.slug,
        'by:' || CASE employer.kind WHEN 'agency' THEN 'agency' ELSE 'employer' END
    ] || ARRAY(
        SELECT 'employer:' || former.slug FROM careers_employerslug AS former WHERE former.employer_id = employer.id
    ) END
    || ARRAY(
        SELECT 'specialty:' || specialty.slug FROM careers_job_specialties AS link
        JOIN accounts_specialty AS specialty ON specialty.id = link.specialty_id WHERE link.job_id = job.id
    )
    || ARRAY(SELECT DISTINCT 'state:' || state_code FROM careers_joblocation WHERE job_id = job.id)
    || array_remove(ARRAY[
        CASE WHEN terms.weekend_one_in = 0 THEN 'terms:no-weekends' END,
        CASE WHEN terms.partnership_months > 0 THEN 'terms:partnership' END,
        CASE WHEN terms.non_compete_miles = 0 THEN 'terms:no-non-compete' END,
        CASE WHEN terms.tail IN ('employer', 'not-needed') THEN 'terms:tail' END,
        CASE WHEN terms.loan_repayment IN ('employer', 'program', 'both') THEN 'terms:loan-repayment' END,
        CASE WHEN terms.new_graduates = 'yes' THEN 'terms:new-graduates' END,
        CASE WHEN terms.j1_waiver = 'yes' THEN 'terms:j-1' END,
        CASE WHEN terms.h1b = 'yes' THEN 'terms:h-1b' END,
        CASE WHEN terms.call_one_in = 0 THEN 'call:none' END,
        CASE WHEN terms.call_one_in = 0 OR terms.call_one_in >= 8 THEN 'call:8' END,
        CASE WHEN terms.call_one_in = 0 OR terms.call_one_in >= 6 THEN 'call:6' END,
        CASE WHEN terms.call_one_in = 0 OR terms.call_one_in >= 4 THEN 'call:4' END,
        'paid:' || nullif(terms.pay_model, ''),
        'opioids:' || nullif(terms.opioid_share, ''),
        CASE WHEN terms.hours_a_week <= 20 THEN 'hours:20' WHEN terms.hours_a_week <= 35 THEN 'hours:35'
            WHEN terms.hours_a_week <= 40 THEN 'hours:40' WHEN terms.hours_a_week > 40 THEN 'hours:more' END
    ], NULL)
    || ARRAY(SELECT 'procedure:' || unnest(terms.procedures)),
    -- Squares of one degree and of a quarter, numbered as in queries/near.py.
    ARRAY(
        SELECT 1000000 + (floor(latitude)::int + 90) * 400 + floor(longitude)::int + 180 FROM unnest(
            places.latitudes, places.longitudes) AS point (latitude, longitude)
        UNION
        SELECT 2000000 + (floor(latitude * 4)::int + 360) * 1600 + floor(longitude * 4)::int + 720 FROM unnest(
            places.latitudes, places.longitudes) AS point (latitude, longitude)
    ),
    places.latitudes, places.longitudes, job.search
FROM careers_job AS job
JOIN accounts_profession AS profession ON profession.id = job.profession_id
JOIN careers_employer AS employer ON employer.id = job.employer_id
LEFT JOIN careers_jobterms AS terms ON terms.job_id = job.id
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(place.latitude::float8 ORDER BY location.id), '{}') AS latitudes,
        coalesce(array_agg(place.longitude::float8 ORDER BY location.id), '{}') AS longitudes
    FROM careers_joblocation AS location JOIN accounts_place AS place ON place.id = location.place_id
    WHERE location.job_id = job.id
) AS places
CROSS JOIN LATERAL (
    SELECT trunc(least(coalesce(job.pay_max, 0) * CASE job.pay_period WHEN 'hour' THEN 2080 WHEN 'day' THEN 260
        WHEN 'week' THEN 52 WHEN 'month' THEN 12 ELSE 1 END, 2000000000))::int AS year
) AS pay
WHERE job.id = ANY (jobs)
$$
"""
REFRESH = """
CREATE FUNCTION careers_refresh_entries(jobs bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF jobs IS NULL THEN RETURN; END IF;
    PERFORM FROM careers_job WHERE id = ANY (jobs) ORDER BY id FOR NO KEY UPDATE;
    DELETE FROM careers_jobentry WHERE job_id = ANY (jobs);
    INSERT INTO careers_jobentry SELECT * FROM careers_entries_of(
        ARRAY(SELECT id FROM careers_job WHERE id = ANY (jobs) AND status = 'approved' AND ends_at > now())
    );
END
$$
"""
# What has changed, by table: the jobs whose rows are made anew.
THE_JOB = "SELECT id FROM changed"
ITS_PART = "SELECT job_id FROM changed"
NAMED_ANEW = (
    "SELECT job.id FROM careers_job AS job JOIN changed ON changed.id = job.{column} "
    "JOIN before ON before.id = changed.id WHERE ({fields}) IS DISTINCT FROM ({old})"
)
OF_EMPLOYER = NAMED_ANEW.format(
    column="employer_id", fields="changed.slug, changed.kind", old="before.slug, before.kind"
)
OF_PROFESSION = NAMED_ANEW.format(column="profession_id", fields="changed.slug", old="before.slug")
OF_SPECIALTY = (
    "SELECT link.job_id FROM careers_job_specialties AS link JOIN changed ON changed.id = link.specialty_id "
    "JOIN before ON before.id = changed.id WHERE changed.slug <> before.slug"
)
OF_PLACE = (
    "SELECT location.job_id FROM careers_joblocation AS location JOIN changed ON changed.id = location.place_id "
    "JOIN before ON before.id = changed.id "
    "WHERE (changed.latitude, changed.longitude) IS DISTINCT FROM (before.latitude, before.longitude)"
)
WRITES = {
    "INSERT": "NEW TABLE AS changed",
    "UPDATE": "NEW TABLE AS changed OLD TABLE AS before",
    "DELETE": "OLD TABLE AS changed",
}
FOLLOWED = {
    "careers_job": (THE_JOB, tuple(WRITES)),
    "careers_job_specialties": (ITS_PART, tuple(WRITES)),
    "careers_joblocation": (ITS_PART, tuple(WRITES)),
    "careers_jobterms": (ITS_PART, tuple(WRITES)),
    "careers_employer": (OF_EMPLOYER, ("UPDATE",)),
    "accounts_profession": (OF_PROFESSION, ("UPDATE",)),
    "accounts_specialty": (OF_SPECIALTY, ("UPDATE",)),
    "accounts_place": (OF_PLACE, ("UPDATE",)),
}
PROFILE_ENTRIES_OF = r"""
CREATE FUNCTION careers_profileentries_of(profiles bigint[]) RETURNS SETOF careers_profileentry LANGUAGE sql STABLE AS $$
SELECT profile.id, profile.updated_at, profile.available_on,
    array_remove(ARRAY[
        'profession:' || profession.slug,
        'stage:' || nullif(profile.stage, ''),
        'remote:' || nullif(profile.remote, ''),
        'visa:' || nullif(profile.visa, ''),
        CASE WHEN profile.agencies THEN 'agencies:yes' END
    ], NULL)
    || ARRAY(
        SELECT 'specialty:' || specialty.slug FROM careers_profile_specialties AS link
        JOIN accounts_specialty AS specialty ON specialty.id = link.specialty_id WHERE link.profile_id = profile.id
    )
    || ARRAY(SELECT 'certified:' || unnest(profile.certifications))
    || ARRAY(SELECT 'licensed:' || unnest(profile.licenses))
    || ARRAY(SELECT 'language:' || unnest(profile.languages))
    || ARRAY(SELECT 'procedure:' || unnest(profile.procedures))
    || ARRAY(SELECT 'setting:' || unnest(profile.settings_wanted))
    || ARRAY(SELECT 'years:' || step FROM unnest(ARRAY[1, 3, 5, 10, 20]) AS step WHERE profile.years >= step)
    || ARRAY(
        SELECT DISTINCT 'state:' || coalesce(nullif(wanted.state_code, ''), place.state_code)
        FROM careers_profileplace AS wanted LEFT JOIN accounts_place AS place ON place.id = wanted.place_id
        WHERE wanted.profile_id = profile.id
    )
    || ARRAY(
        SELECT 'anywhere:' || state_code FROM careers_profileplace WHERE profile_id = profile.id AND state_code <> ''
    ),
    -- Squares of one degree and of a quarter, numbered as in queries/near.py.
    ARRAY(
        SELECT 1000000 + (floor(latitude)::int + 90) * 400 + floor(longitude)::int + 180 FROM unnest(
            places.latitudes, places.longitudes) AS point (latitude, longitude)
        UNION
        SELECT 2000000 + (floor(latitude * 4)::int + 360) * 1600 + floor(longitude * 4)::int + 720 FROM unnest(
            places.latitudes, places.longitudes) AS point (latitude, longitude)
    ),
    places.latitudes, places.longitudes
FROM careers_profile AS profile
JOIN accounts_profession AS profession ON profession.id = profile.profession_id
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(place.latitude::float8 ORDER BY wanted.id), '{}') AS latitudes,
        coalesce(array_agg(place.longitude::float8 ORDER BY wanted.id), '{}') AS longitudes
    FROM careers_profileplace AS wanted JOIN accounts_place AS place ON place.id = wanted.place_id
    WHERE wanted.profile_id = profile.id
) AS places
WHERE profile.id = ANY (profiles)
$$
"""
PROFILE_REFRESH = """
CREATE FUNCTION careers_refresh_profileentries(profiles bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF profiles IS NULL OR cardinality(profiles) = 0 THEN RETURN; END IF;
    PERFORM FROM careers_profile WHERE id = ANY (profiles) ORDER BY id FOR NO KEY UPDATE;
    DELETE FROM careers_profileentry WHERE profile_id = ANY (profiles);
    INSERT INTO careers_profileentry SELECT * FROM careers_profileentries_of(ARRAY(
        SELECT profile.id FROM careers_profile AS profile JOIN accounts_user AS person ON person.id = profile.user_id
        WHERE profile.id = ANY (profiles) AND profile.searchable AND profile.active AND profile.paused_at IS NULL
            AND profile.hidden_at IS NULL AND person.is_active
    ));

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
            );
END
$$
"""
# What has changed, by table: the profiles whose rows are made anew.
PROFILES_OF_PERSON = (
    "SELECT profile.id FROM careers_profile AS profile JOIN changed ON changed.id = profile.user_id "
    "JOIN before ON before.id = changed.id WHERE changed.is_active <> before.is_active"
)
PROFILES_OF_PROFESSION = (
    "SELECT profile.id FROM careers_profile AS profile JOIN changed ON changed.id = profile.profession_id "
    "JOIN before ON before.id = changed.id WHERE changed.slug <> before.slug"
)
PROFILES_OF_SPECIALTY = (
    "SELECT link.profile_id FROM careers_profile_specialties AS link JOIN changed ON changed.id = link.specialty_id "
    "JOIN before ON before.id = changed.id WHERE changed.slug <> before.slug"
)
PROFILES_OF_PLACE = (
    "SELECT wanted.profile_id FROM careers_profileplace AS wanted JOIN changed ON changed.id = wanted.place_id "
    "JOIN before ON before.id = changed.id WHERE (changed.latitude, changed.longitude, changed.state_code) "
    "IS DISTINCT FROM (before.latitude, before.longitude, before.state_code)"
)
PROFILES_FOLLOWED = {
    "careers_profile": ("SELECT id FROM changed", tuple(WRITES)),
    "careers_profile_specialties": ("SELECT profile_id FROM changed", tuple(WRITES)),
    "careers_profileplace": ("SELECT profile_id FROM changed", tuple(WRITES)),
    "accounts_user": (PROFILES_OF_PERSON, ("UPDATE",)),
    "accounts_profession": (PROFILES_OF_PROFESSION, ("UPDATE",)),
    "accounts_specialty": (PROFILES_OF_SPECIALTY, ("UPDATE",)),
    "accounts_place": (PROFILES_OF_PLACE, ("UPDATE",)),
}
RIGHTS = {
    roles.CAREERS_STAFF: [
        "view_employer",
        "add_employerinvitation",
        "change_employerinvitation",
        "delete_employerinvitation",
        "view_employerinvitation",
        "add_employermember",
        "change_employermember",
        "delete_employermember",
        "view_employermember",
        "change_job",
        "view_job",
        "approve_job",
        "return_job",
        "take_down_job",
        "view_jobevent",
        "add_joblocation",
        "change_joblocation",
        "delete_joblocation",
        "view_joblocation",
        "view_jobreminder",
        "view_jobstatuschange",
        "add_package",
        "change_package",
        "delete_package",
        "view_package",
        "add_employer",
        "change_employer",
        "delete_employer",
        "view_creditentry",
        "view_creditbalance",
        "give_credits",
        "view_ownerrecovery",
        "open_ownerrecovery",
        "view_jobreport",
        "view_reportedjob",
        "view_fellowshipoffer",
        "decide_fellowshipoffer",
        "view_fellowshipofferchange",
        "add_fellowshipround",
        "change_fellowshipround",
        "view_fellowshipround",
        "view_profile",
        "hide_profile",
        "view_applicationopening",
        "view_jobapplication",
        "view_jobapplicationchange",
        "view_profileaccess",
        "give_profileaccess",
        "view_daysbalance",
        "view_jobrun",
        "view_daysentry",
        "view_employerdecision",
        "see_career_reports",
        "settle_jobapplicationmessage",
        "view_jobapplicationmessage",
        "view_bannedemployer",
        "add_bannedemployer",
        "lift_bannedemployer",
    ],
    roles.FINANCE: [
        "view_employer",
        "view_package",
        "view_job",
        "view_creditentry",
        "view_creditbalance",
        "view_daysbalance",
        "view_jobrun",
        "view_daysentry",
        "see_career_reports",
    ],
}


def follow(table: str, entries: str, changed: str, writes: tuple[str, ...]) -> migrations.RunSQL:
    """The triggers of one table, and the function that they share."""
    name = f"careers_{entries}_follow_{table}"
    made = [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"PERFORM careers_refresh_{entries}(ARRAY({changed})); RETURN NULL; END $$"
    ]
    made += [
        f"CREATE TRIGGER {entries}_follow_{write.lower()} AFTER {write} ON {table} REFERENCING {WRITES[write]} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
        for write in writes
    ]
    undone = [f"DROP TRIGGER {entries}_follow_{write.lower()} ON {table}" for write in writes]
    return migrations.RunSQL(made, [*undone, f"DROP FUNCTION {name}()"])


def give(apps, schema_editor):
    for role, codenames in RIGHTS.items():
        roles.grant(apps, "careers", role, codenames)


class Migration(migrations.Migration):
    replaces = [
        ("careers", "0001_initial"),
        ("careers", "0002_role_permissions"),
        ("careers", "0003_search_statistics"),
        ("careers", "0004_title_indexes"),
        ("careers", "0005_waiting_for_a_posting"),
        ("careers", "0006_job_checks_validated"),
        ("careers", "0007_customers_and_tax"),
        ("careers", "0008_credits"),
        ("careers", "0009_credit_permissions"),
        ("careers", "0010_currencies_in_capitals"),
        ("careers", "0011_packages_within_bounds"),
        ("careers", "0012_open_through_the_last_day"),
        ("careers", "0013_a_job_is_called_position"),
        ("careers", "0014_announce_what_is_seen"),
        ("careers", "0015_employers_are_closed"),
        ("careers", "0016_owner_recoveries"),
        ("careers", "0017_owner_recovery_permissions"),
        ("careers", "0018_a_team_is_of_people"),
        ("careers", "0019_saved_jobs"),
        ("careers", "0020_invitations_of_first_owners"),
        ("careers", "0021_places_of_one_name"),
        ("careers", "0022_terms_of_work"),
        ("careers", "0023_entries_of_the_search"),
        ("careers", "0024_reported_jobs"),
        ("careers", "0025_reported_jobs_for_staff"),
        ("careers", "0026_alerts"),
        ("careers", "0027_fellowships"),
        ("careers", "0028_fellowships_for_staff"),
        ("careers", "0029_pay_of_nothing_is_stated"),
        ("careers", "0030_profiles"),
        ("careers", "0031_profiles_for_staff"),
        ("careers", "0032_hours_a_week"),
        ("careers", "0033_hidden_and_seen"),
        ("careers", "0034_applications"),
        ("careers", "0035_confidential_applied_to_here"),
        ("careers", "0036_applications_for_staff"),
        ("careers", "0037_last_day_to_apply"),
        ("careers", "0038_words_of_the_review"),
        ("careers", "0039_lists_of_applicants"),
        ("careers", "0040_profile_search"),
        ("careers", "0041_profile_entries"),
        ("careers", "0042_runs_and_days"),
        ("careers", "0043_runs_filled_in"),
        ("careers", "0044_profile_contacts"),
        ("careers", "0045_changes_of_live_positions"),
        ("careers", "0046_still_open"),
        ("careers", "0047_drafts_statements_templates_questions"),
        ("careers", "0048_words_of_a_statement"),
        ("careers", "0049_reply_clocks"),
        ("careers", "0050_first_answers_filled_in"),
        ("careers", "0051_read_at_by_staff"),
        ("careers", "0052_verifications"),
        ("careers", "0053_saved_profile_searches"),
        ("careers", "0054_notes_on_applications"),
        ("careers", "0055_see_career_reports"),
        ("careers", "0056_messages_about_applications"),
        ("careers", "0057_messages_for_staff"),
        ("careers", "0058_addresses_shown"),
        ("careers", "0059_pages_of_organizations"),
        ("careers", "0060_trusted_employers"),
        ("careers", "0061_ban_list"),
        ("careers", "0062_ban_list_for_staff"),
        ("careers", "0063_banned_employers_by_name"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("accounts", "0004_role_permissions"),
        ("accounts", "0012_gazetteer"),
        ("accounts", "0013_gazetteer_permissions"),
        ("accounts", "0014_an_address_may_be_missing"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("billing", "0001_initial"),
        ("billing", "0009_a_customer_is_a_person"),
        ("billing", "0010_offers"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("core", "0002_text_search"),
        ("core", "0008_retention_permission"),
        ("mail", "0005_called_readers"),
        ("mail", "0007_overtaken"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        AtOnce(
            [
                migrations.CreateModel(
                    name="Employer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", aapm_site.core.ids.PublicIdField()),
                        ("name", models.CharField(max_length=120)),
                        ("slug", models.SlugField(max_length=140, unique=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("health-system", "Hospital or health system"),
                                    ("private-practice", "Private practice"),
                                    ("academic", "Medical school or university"),
                                    ("government", "Government or military"),
                                    ("telehealth", "Telehealth"),
                                    ("industry", "Industry or research"),
                                    ("agency", "Recruiting agency"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("website", models.URLField(blank=True, max_length=300)),
                        (
                            "about",
                            models.TextField(
                                blank=True, help_text="Two or three sentences, beside each position.", max_length=1500
                            ),
                        ),
                        (
                            "verified",
                            models.BooleanField(
                                default=False, help_text="Staff know that this organization is who it says it is."
                            ),
                        ),
                        (
                            "is_sample",
                            models.BooleanField(
                                default=False, help_text="Invented for the demonstration; pages say so."
                            ),
                        ),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "place",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.place",
                            ),
                        ),
                        (
                            "customer",
                            models.OneToOneField(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="employer",
                                to="billing.customer",
                            ),
                        ),
                        (
                            "closed_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="closed since"),
                        ),
                        (
                            "trusted",
                            models.BooleanField(
                                db_default=False,
                                default=False,
                                editable=False,
                                help_text="Staff may approve its positions together.",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "health-system",
                                            "private-practice",
                                            "academic",
                                            "government",
                                            "telehealth",
                                            "industry",
                                            "agency",
                                        ],
                                    )
                                ),
                                name="careers_employer_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True), name="careers_employer_has_name"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("trusted", False), ("verified", True), _connector="OR"),
                                name="careers_employer_trusted_verified",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EmployerInvitation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", aapm_site.core.ids.PublicIdField()),
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                        (
                            "role",
                            models.CharField(
                                choices=[("owner", "Owner"), ("poster", "Poster"), ("viewer", "Viewer")],
                                default="poster",
                                max_length=10,
                            ),
                        ),
                        ("invited_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "employer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="invitations",
                                to="careers.employer",
                            ),
                        ),
                        (
                            "invited_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("by_staff", models.BooleanField(db_default=False, default=False, editable=False)),
                    ],
                    options={
                        "ordering": ["invited_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("employer"),
                                django.db.models.functions.text.Lower("email"),
                                name="careers_invitation_once",
                                violation_error_message="This address is invited already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("role__in", ["owner", "poster", "viewer"])),
                                name="careers_invitation_role_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EmployerMember",
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
                                choices=[("owner", "Owner"), ("poster", "Poster"), ("viewer", "Viewer")],
                                default="poster",
                                max_length=10,
                            ),
                        ),
                        ("joined_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "employer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="members",
                                to="careers.employer",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="employer_memberships",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                        ("wants_applications", models.BooleanField(db_default=True, default=True, editable=False)),
                    ],
                    options={
                        "ordering": ["joined_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("employer", "user"),
                                name="careers_member_once",
                                violation_error_message="This person is on the team already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("role__in", ["owner", "poster", "viewer"])),
                                name="careers_member_role_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Job",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", aapm_site.core.ids.PublicIdField()),
                        (
                            "title",
                            models.CharField(
                                help_text="As it would stand on a door. No codes, no capitals.", max_length=120
                            ),
                        ),
                        ("slug", models.SlugField(editable=False, max_length=140)),
                        (
                            "setting",
                            models.CharField(
                                choices=[
                                    ("private-practice", "Private practice"),
                                    ("hospital", "Hospital"),
                                    ("academic", "Academic center"),
                                    ("ambulatory", "Outpatient center"),
                                    ("government", "Government or military"),
                                    ("telehealth", "Telehealth"),
                                    ("industry", "Industry or research"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "employment_type",
                            models.CharField(
                                choices=[
                                    ("full-time", "Full time"),
                                    ("part-time", "Part time"),
                                    ("locum", "Locum tenens"),
                                    ("per-diem", "Per diem"),
                                    ("contract", "Contract"),
                                    ("fellowship", "Fellowship"),
                                ],
                                default="full-time",
                                max_length=20,
                            ),
                        ),
                        (
                            "remote",
                            models.CharField(
                                choices=[("no", "On site"), ("hybrid", "Partly remote"), ("full", "Fully remote")],
                                default="no",
                                max_length=10,
                            ),
                        ),
                        (
                            "pay_min",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=10,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "pay_max",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=10,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        ("pay_currency", models.CharField(default="USD", max_length=3)),
                        (
                            "pay_period",
                            models.CharField(
                                choices=[
                                    ("year", "a year"),
                                    ("month", "a month"),
                                    ("week", "a week"),
                                    ("day", "a day"),
                                    ("hour", "an hour"),
                                ],
                                default="year",
                                max_length=10,
                            ),
                        ),
                        (
                            "pay_note",
                            models.CharField(
                                blank=True, help_text="What the range depends on, what comes on top.", max_length=200
                            ),
                        ),
                        (
                            "pay_exemption",
                            models.CharField(
                                blank=True,
                                help_text="Why no range is given; the employer has attested that none is required.",
                                max_length=300,
                            ),
                        ),
                        ("benefits", models.CharField(blank=True, max_length=600)),
                        (
                            "summary",
                            models.CharField(help_text="Two sentences that make somebody read on.", max_length=300),
                        ),
                        ("body", aapm_site.core.richtext.RichTextField()),
                        ("apply_url", models.URLField(blank=True, max_length=500, verbose_name="address to apply at")),
                        (
                            "apply_email",
                            models.EmailField(blank=True, max_length=254, verbose_name="e-mail to apply to"),
                        ),
                        ("confidential", models.BooleanField(default=False)),
                        (
                            "public_employer_name",
                            models.CharField(
                                help_text="The employer's name as readers see it; for a confidential position a description.",
                                max_length=120,
                            ),
                        ),
                        ("places_text", models.CharField(blank=True, editable=False, max_length=600)),
                        ("featured", models.BooleanField(default=False)),
                        (
                            "is_sample",
                            models.BooleanField(
                                default=False, help_text="Invented for the demonstration; the page says so."
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("awaiting_payment", "Waiting for a posting"),
                                    ("in_review", "In review"),
                                    ("returned", "Back to you"),
                                    ("approved", "Approved"),
                                    ("paused", "Paused"),
                                    ("filled", "Filled"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="draft",
                                max_length=20,
                            ),
                        ),
                        ("wished_start_on", models.DateField(blank=True, null=True, verbose_name="first day")),
                        ("runs_days", models.PositiveSmallIntegerField(default=30, verbose_name="days live")),
                        ("starts_at", models.DateTimeField(blank=True, null=True)),
                        ("ends_at", models.DateTimeField(blank=True, null=True)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("submitted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("approved_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("taken_down_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "search",
                            models.GeneratedField(
                                db_persist=True,
                                expression=django.contrib.postgres.search.CombinedSearchVector(
                                    django.contrib.postgres.search.CombinedSearchVector(
                                        django.contrib.postgres.search.CombinedSearchVector(
                                            django.contrib.postgres.search.CombinedSearchVector(
                                                django.contrib.postgres.search.SearchVector(
                                                    "title", config="site_english", weight="A"
                                                ),
                                                "||",
                                                django.contrib.postgres.search.SearchVector(
                                                    "public_employer_name", config="site_english", weight="B"
                                                ),
                                                django.contrib.postgres.search.SearchConfig("site_english"),
                                            ),
                                            "||",
                                            django.contrib.postgres.search.SearchVector(
                                                "places_text", config="site_english", weight="B"
                                            ),
                                            django.contrib.postgres.search.SearchConfig("site_english"),
                                        ),
                                        "||",
                                        django.contrib.postgres.search.SearchVector(
                                            "summary", config="site_english", weight="C"
                                        ),
                                        django.contrib.postgres.search.SearchConfig("site_english"),
                                    ),
                                    "||",
                                    django.contrib.postgres.search.SearchVector(
                                        "body", config="site_english", weight="D"
                                    ),
                                    django.contrib.postgres.search.SearchConfig("site_english"),
                                ),
                                output_field=django.contrib.postgres.search.SearchVectorField(),
                            ),
                        ),
                        (
                            "employer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="jobs", to="careers.employer"
                            ),
                        ),
                        (
                            "profession",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="jobs",
                                to="accounts.profession",
                            ),
                        ),
                        (
                            "specialties",
                            models.ManyToManyField(blank=True, related_name="jobs", to="accounts.specialty"),
                        ),
                        (
                            "takes_applications",
                            models.BooleanField(
                                db_default=False, default=False, verbose_name="applications on this site"
                            ),
                        ),
                        ("closes_on", models.DateField(blank=True, null=True, verbose_name="last day to apply")),
                        ("resumable_until", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("read_at", models.DateTimeField(blank=True, editable=False, null=True)),
                    ],
                    options={
                        "ordering": ["-created_at", "-pk"],
                        "permissions": [
                            ("approve_job", "Can approve a position"),
                            ("return_job", "Can send a position back to its employer"),
                            ("take_down_job", "Can pause, resume and withdraw any position"),
                            ("see_career_reports", "Can see the reports of the career center"),
                        ],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(fields=["search"], name="careers_job_search"),
                            models.Index(
                                condition=models.Q(("status", "approved")),
                                fields=["-featured", "-starts_at", "-id"],
                                name="careers_job_newest",
                            ),
                            models.Index(fields=["status", "submitted_at"], name="careers_job_queue"),
                            models.Index(
                                condition=models.Q(("status", "approved")), fields=["ends_at"], name="careers_job_ends"
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                models.Func(
                                    models.F("search"),
                                    function="ts_filter",
                                    output_field=django.contrib.postgres.search.SearchVectorField(),
                                    template="%(function)s(%(expressions)s, '{a}')",
                                ),
                                name="careers_job_title_words",
                            ),
                            models.Index(
                                django.db.models.functions.text.Lower("title"), name="careers_job_title_whole"
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["title"], name="careers_job_title_near", opclasses=["gin_trgm_ops"]
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "setting__in",
                                        [
                                            "private-practice",
                                            "hospital",
                                            "academic",
                                            "ambulatory",
                                            "government",
                                            "telehealth",
                                            "industry",
                                        ],
                                    )
                                ),
                                name="careers_job_setting_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "employment_type__in",
                                        ["full-time", "part-time", "locum", "per-diem", "contract", "fellowship"],
                                    )
                                ),
                                name="careers_job_type_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("remote__in", ["no", "hybrid", "full"])),
                                name="careers_job_remote_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("pay_period__in", ["year", "month", "week", "day", "hour"])),
                                name="careers_job_period_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("pay_max__isnull", True), ("pay_min__isnull", True)),
                                    models.Q(
                                        ("pay_max__gte", models.F("pay_min")),
                                        ("pay_max__isnull", False),
                                        ("pay_min__gte", 0),
                                    ),
                                    _connector="OR",
                                ),
                                name="careers_job_pay_range",
                                violation_error_message="Give both ends of the pay range, the highest not lower than the lowest.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ("draft", "withdrawn")),
                                    ("pay_min__isnull", False),
                                    models.Q(("pay_exemption", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="careers_job_pay_or_exemption",
                                violation_error_message="State a range of pay, or say why none is required.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ends_at__isnull", True), ("starts_at__isnull", True)),
                                    models.Q(
                                        ("ends_at__gt", models.F("starts_at")),
                                        ("ends_at__isnull", False),
                                        ("starts_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="careers_job_dates_pair",
                                violation_error_message="A position ends after it starts.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status__in", ("approved", "paused", "filled")), _negated=True),
                                    ("starts_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="careers_job_approved_has_dates",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("status__in", ("paused", "filled", "withdrawn")),
                                        ("taken_down_at__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(("status__in", ("paused", "filled", "withdrawn")), _negated=True),
                                        ("taken_down_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="careers_job_taken_down_at",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("public_employer_name", ""), _negated=True),
                                name="careers_job_public_name",
                                violation_error_message="A confidential position needs a description to stand in place of the name.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "status__in",
                                        [
                                            "draft",
                                            "awaiting_payment",
                                            "in_review",
                                            "returned",
                                            "approved",
                                            "paused",
                                            "filled",
                                            "withdrawn",
                                        ],
                                    )
                                ),
                                name="careers_job_status_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("runs_days__range", (1, 365))), name="careers_job_runs"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ("draft", "withdrawn")),
                                    ("takes_applications", True),
                                    models.Q(("apply_email", ""), ("apply_url", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="careers_job_can_be_applied_to",
                                violation_error_message="Say where to apply: on this site, at an address or by e-mail.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ("draft", "withdrawn")),
                                    ("confidential", False),
                                    models.Q(("apply_email", ""), ("apply_url", ""), ("takes_applications", True)),
                                    _connector="OR",
                                ),
                                name="careers_job_confidential_applied_to_here",
                                violation_error_message="A confidential position takes applications on this site only.",
                            ),
                        ],
                        "verbose_name": "position",
                    },
                ),
                migrations.CreateModel(
                    name="JobEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "title",
                            models.CharField(
                                help_text="As it would stand on a door. No codes, no capitals.", max_length=120
                            ),
                        ),
                        ("slug", models.SlugField(db_index=False, editable=False, max_length=140)),
                        (
                            "setting",
                            models.CharField(
                                choices=[
                                    ("private-practice", "Private practice"),
                                    ("hospital", "Hospital"),
                                    ("academic", "Academic center"),
                                    ("ambulatory", "Outpatient center"),
                                    ("government", "Government or military"),
                                    ("telehealth", "Telehealth"),
                                    ("industry", "Industry or research"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "employment_type",
                            models.CharField(
                                choices=[
                                    ("full-time", "Full time"),
                                    ("part-time", "Part time"),
                                    ("locum", "Locum tenens"),
                                    ("per-diem", "Per diem"),
                                    ("contract", "Contract"),
                                    ("fellowship", "Fellowship"),
                                ],
                                default="full-time",
                                max_length=20,
                            ),
                        ),
                        (
                            "remote",
                            models.CharField(
                                choices=[("no", "On site"), ("hybrid", "Partly remote"), ("full", "Fully remote")],
                                default="no",
                                max_length=10,
                            ),
                        ),
                        (
                            "pay_min",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=10,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "pay_max",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=10,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        ("pay_currency", models.CharField(default="USD", max_length=3)),
                        (
                            "pay_period",
                            models.CharField(
                                choices=[
                                    ("year", "a year"),
                                    ("month", "a month"),
                                    ("week", "a week"),
                                    ("day", "a day"),
                                    ("hour", "an hour"),
                                ],
                                default="year",
                                max_length=10,
                            ),
                        ),
                        (
                            "pay_note",
                            models.CharField(
                                blank=True, help_text="What the range depends on, what comes on top.", max_length=200
                            ),
                        ),
                        (
                            "pay_exemption",
                            models.CharField(
                                blank=True,
                                help_text="Why no range is given; the employer has attested that none is required.",
                                max_length=300,
                            ),
                        ),
                        ("benefits", models.CharField(blank=True, max_length=600)),
                        (
                            "summary",
                            models.CharField(help_text="Two sentences that make somebody read on.", max_length=300),
                        ),
                        ("body", aapm_site.core.richtext.RichTextField()),
                        ("apply_url", models.URLField(blank=True, max_length=500, verbose_name="address to apply at")),
                        (
                            "apply_email",
                            models.EmailField(blank=True, max_length=254, verbose_name="e-mail to apply to"),
                        ),
                        ("confidential", models.BooleanField(default=False)),
                        (
                            "public_employer_name",
                            models.CharField(
                                help_text="The employer's name as readers see it; for a confidential position a description.",
                                max_length=120,
                            ),
                        ),
                        ("places_text", models.CharField(blank=True, editable=False, max_length=600)),
                        ("featured", models.BooleanField(default=False)),
                        (
                            "is_sample",
                            models.BooleanField(
                                default=False, help_text="Invented for the demonstration; the page says so."
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("awaiting_payment", "Waiting for a posting"),
                                    ("in_review", "In review"),
                                    ("returned", "Back to you"),
                                    ("approved", "Approved"),
                                    ("paused", "Paused"),
                                    ("filled", "Filled"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="draft",
                                max_length=20,
                            ),
                        ),
                        ("wished_start_on", models.DateField(blank=True, null=True, verbose_name="first day")),
                        ("runs_days", models.PositiveSmallIntegerField(default=30, verbose_name="days live")),
                        ("starts_at", models.DateTimeField(blank=True, null=True)),
                        ("ends_at", models.DateTimeField(blank=True, null=True)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("submitted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("approved_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("taken_down_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "employer",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="careers.employer",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="careers.job",
                            ),
                        ),
                        (
                            "profession",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.profession",
                            ),
                        ),
                        (
                            "takes_applications",
                            models.BooleanField(
                                db_default=False, default=False, verbose_name="applications on this site"
                            ),
                        ),
                        ("closes_on", models.DateField(blank=True, null=True, verbose_name="last day to apply")),
                        ("read_at", models.DateTimeField(blank=True, editable=False, null=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="JobLocation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=100)),
                        ("state_code", models.CharField(max_length=3, verbose_name="state")),
                        ("postal_code", models.CharField(blank=True, max_length=10, verbose_name="ZIP code")),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        (
                            "job",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="locations", to="careers.job"
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.place",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order", "pk"],
                        "indexes": [models.Index(fields=["state_code", "job"], name="careers_location_state")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("city", ""), _negated=True), models.Q(("state_code", ""), _negated=True)
                                ),
                                name="careers_location_complete",
                            ),
                            models.UniqueConstraint(
                                fields=("job", "city", "state_code", "place"),
                                name="careers_location_once",
                                nulls_distinct=False,
                                violation_error_message="This place is named twice.",
                            ),
                        ],
                        "verbose_name": "place of a position",
                        "verbose_name_plural": "places of positions",
                    },
                ),
                migrations.CreateModel(
                    name="JobReminder",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("step", models.CharField(max_length=20)),
                        ("ends_at", models.DateTimeField()),
                        ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "job",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="reminders", to="careers.job"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-sent_at"],
                        "constraints": [
                            models.UniqueConstraint(fields=("job", "step", "ends_at"), name="careers_reminder_once")
                        ],
                        "verbose_name": "reminder of a position's end",
                        "verbose_name_plural": "reminders of positions' ends",
                    },
                ),
                migrations.CreateModel(
                    name="JobStatusChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("from_status", models.CharField(max_length=20)),
                        ("to_status", models.CharField(max_length=20)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("reason", models.TextField(blank=True)),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "subject",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="status_changes",
                                to="careers.job",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "step of a position",
                        "verbose_name_plural": "steps of positions",
                        "ordering": ["-at", "-pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Package",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("slug", models.SlugField(max_length=60, unique=True)),
                        ("name", models.CharField(max_length=80)),
                        (
                            "label",
                            models.CharField(
                                blank=True, help_text="A short word for buttons and invoices.", max_length=40
                            ),
                        ),
                        ("description", models.TextField(blank=True, max_length=400)),
                        (
                            "postings",
                            models.PositiveSmallIntegerField(
                                default=1,
                                validators=[
                                    django.core.validators.MinValueValidator(1, "A package has at least one posting."),
                                    django.core.validators.MaxValueValidator(
                                        100, "A package has at most 100 postings. Who wants more buys it several times."
                                    ),
                                ],
                            ),
                        ),
                        ("runs_days", models.PositiveSmallIntegerField(default=30, verbose_name="days live")),
                        ("featured", models.BooleanField(default=False)),
                        (
                            "price",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "member_price",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="What a member pays; empty if there is no such price.",
                                max_digits=10,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "currency",
                            models.CharField(
                                choices=[("USD", "USD ($)"), ("EUR", "EUR (€)"), ("GBP", "GBP (£)")],
                                default="USD",
                                max_length=3,
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=100)),
                        ("is_active", models.BooleanField(default=True, verbose_name="on offer")),
                        (
                            "is_sample",
                            models.BooleanField(
                                default=False,
                                help_text="The rates page says that it is a sample.",
                                verbose_name="sample price",
                            ),
                        ),
                        (
                            "tax_rate",
                            models.DecimalField(
                                db_default=Decimal("0"),
                                decimal_places=3,
                                default=Decimal("0"),
                                help_text="Added to the price when it is sold. 0 where no tax is due.",
                                max_digits=6,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                                verbose_name="tax in percent",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order", "name"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("price__gte", 0)), name="careers_package_price_not_negative"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("member_price__isnull", True),
                                    models.Q(("member_price__gte", 0), ("member_price__lte", models.F("price"))),
                                    _connector="OR",
                                ),
                                name="careers_package_member_price_lower",
                                violation_error_message="The members' price may not be higher than the price.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("tax_rate__range", (0, 100))),
                                name="careers_package_tax_rate",
                                violation_error_message="Tax is between 0 and 100 percent.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("postings__range", (1, 100)), ("runs_days__range", (1, 365))),
                                name="careers_package_sizes",
                                violation_error_message="A package has 1 to 100 postings, live for 1 to 365 days.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("currency__in", ("USD", "EUR", "GBP"))),
                                name="careers_package_currency_known",
                                violation_error_message="The site sells in USD, EUR, GBP. Choose one of them.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PackageEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("slug", models.SlugField(db_index=False, max_length=60)),
                        ("name", models.CharField(max_length=80)),
                        (
                            "label",
                            models.CharField(
                                blank=True, help_text="A short word for buttons and invoices.", max_length=40
                            ),
                        ),
                        ("description", models.TextField(blank=True, max_length=400)),
                        (
                            "postings",
                            models.PositiveSmallIntegerField(
                                default=1,
                                validators=[
                                    django.core.validators.MinValueValidator(1, "A package has at least one posting."),
                                    django.core.validators.MaxValueValidator(
                                        100, "A package has at most 100 postings. Who wants more buys it several times."
                                    ),
                                ],
                            ),
                        ),
                        ("runs_days", models.PositiveSmallIntegerField(default=30, verbose_name="days live")),
                        ("featured", models.BooleanField(default=False)),
                        (
                            "price",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "member_price",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="What a member pays; empty if there is no such price.",
                                max_digits=10,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "currency",
                            models.CharField(
                                choices=[("USD", "USD ($)"), ("EUR", "EUR (€)"), ("GBP", "GBP (£)")],
                                default="USD",
                                max_length=3,
                            ),
                        ),
                        (
                            "tax_rate",
                            models.DecimalField(
                                db_default=Decimal("0"),
                                decimal_places=3,
                                default=Decimal("0"),
                                help_text="Added to the price when it is sold. 0 where no tax is due.",
                                max_digits=6,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                                verbose_name="tax in percent",
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=100)),
                        ("is_active", models.BooleanField(default=True, verbose_name="on offer")),
                        (
                            "is_sample",
                            models.BooleanField(
                                default=False,
                                help_text="The rates page says that it is a sample.",
                                verbose_name="sample price",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="careers.package",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CreditBalance",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("runs_days", models.PositiveSmallIntegerField(verbose_name="days live")),
                        ("featured", models.BooleanField(default=False)),
                        ("left", models.PositiveIntegerField(default=0)),
                        (
                            "employer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="balances",
                                to="careers.employer",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "postings left",
                        "verbose_name_plural": "postings left",
                        "ordering": ["featured", "runs_days"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("employer", "runs_days", "featured"), name="careers_balance_once_a_kind"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("left__gte", 0)), name="careers_balance_not_negative"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("runs_days__range", (1, 365))), name="careers_balance_runs"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CreditBalanceEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("runs_days", models.PositiveSmallIntegerField(verbose_name="days live")),
                        ("featured", models.BooleanField(default=False)),
                        ("left", models.PositiveIntegerField(default=0)),
                        (
                            "employer",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="careers.employer",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="careers.creditbalance",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CreditEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("runs_days", models.PositiveSmallIntegerField(verbose_name="days live")),
                        ("featured", models.BooleanField(default=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("bought", "Bought"),
                                    ("given", "Given"),
                                    ("spent", "Used"),
                                    ("returned", "Came back"),
                                    ("taken_back", "Taken back"),
                                ],
                                max_length=10,
                                verbose_name="what happened",
                            ),
                        ),
                        ("change", models.IntegerField()),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "employer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="credit_entries",
                                to="careers.employer",
                            ),
                        ),
                        (
                            "job",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="credit_entries",
                                to="careers.job",
                            ),
                        ),
                        (
                            "order_line",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="credit_entries",
                                to="billing.orderline",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "entry of postings",
                        "verbose_name_plural": "postings bought and used",
                        "ordering": ["-pk"],
                        "permissions": [("give_credits", "Can give postings to an employer, and take them back")],
                        "indexes": [models.Index(fields=["employer", "-id"], name="careers_credit_history")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["bought", "given", "spent", "returned", "taken_back"])
                                ),
                                name="careers_credit_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("change__gte", 1), ("kind__in", ("bought", "given", "returned"))),
                                    models.Q(("change__lte", -1), ("kind__in", ("spent", "taken_back"))),
                                    _connector="OR",
                                ),
                                name="careers_credit_sign_fits",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("change__range", (-1, 1)),
                                        ("job__isnull", False),
                                        ("kind__in", ("spent", "returned")),
                                    ),
                                    models.Q(
                                        models.Q(("kind__in", ("spent", "returned")), _negated=True),
                                        ("job__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="careers_credit_one_for_a_job",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "bought"), ("order_line__isnull", False)),
                                    ("kind", "taken_back"),
                                    models.Q(models.Q(("kind", "bought"), _negated=True), ("order_line__isnull", True)),
                                    _connector="OR",
                                ),
                                name="careers_credit_bought_by_an_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind__in", ("given", "taken_back")), _negated=True),
                                    ("order_line__isnull", False),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="careers_credit_has_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("runs_days__range", (1, 365))), name="careers_credit_runs"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CreditEntryEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("runs_days", models.PositiveSmallIntegerField(verbose_name="days live")),
                        ("featured", models.BooleanField(default=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("bought", "Bought"),
                                    ("given", "Given"),
                                    ("spent", "Used"),
                                    ("returned", "Came back"),
                                    ("taken_back", "Taken back"),
                                ],
                                max_length=10,
                                verbose_name="what happened",
                            ),
                        ),
                        ("change", models.IntegerField()),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "employer",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="careers.employer",
                            ),
                        ),
                        (
                            "job",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="careers.job",
                            ),
                        ),
                        (
                            "order_line",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="billing.orderline",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="careers.creditentry",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="OwnerRecovery",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reason", models.TextField()),
                        ("evidence", models.TextField(verbose_name="what was seen")),
                        ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("due_at", models.DateTimeField(verbose_name="not before")),
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
                            "employer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="owner_recoveries",
                                to="careers.employer",
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
                            "new_owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
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
                    ],
                    options={
                        "verbose_name": "new owner",
                        "verbose_name_plural": "new owners",
                        "ordering": ["-opened_at", "-pk"],
                        "permissions": [("open_ownerrecovery", "Can name a new owner of an organization")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("outcome", "open")),
                                fields=("employer",),
                                name="careers_ownerrecovery_one_waits",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("outcome__in", ["open", "done", "stopped"])),
                                name="careers_ownerrecovery_outcome_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", True), ("outcome", "open")),
                                    models.Q(models.Q(("outcome", "open"), _negated=True), ("ended_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="careers_ownerrecovery_ended_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("reason", ""), _negated=True), models.Q(("evidence", ""), _negated=True)
                                ),
                                name="careers_ownerrecovery_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SavedJob",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("interested", "Interested"),
                                    ("applied", "Applied"),
                                    ("interview", "Interview"),
                                    ("offer", "Offer"),
                                    ("no", "Not for me"),
                                ],
                                default="interested",
                                max_length=20,
                            ),
                        ),
                        ("note", models.TextField(blank=True, max_length=2000)),
                        ("saved_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "job",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="saved_by", to="careers.job"
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="saved_jobs",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "saved position",
                        "ordering": ["-saved_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("user", "job"), name="careers_savedjob_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("stage__in", ["interested", "applied", "interview", "offer", "no"])
                                ),
                                name="careers_savedjob_stage_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="JobTermsEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        (
                            "call_one_in",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="call, 1 in"),
                        ),
                        (
                            "weekend_one_in",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="weekends, 1 in"),
                        ),
                        (
                            "pay_model",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Not stated"),
                                    ("salary", "By salary"),
                                    ("wrvu", "By wRVU"),
                                    ("collections", "By collections"),
                                    ("hourly", "By the hour"),
                                ],
                                default="",
                                max_length=20,
                                verbose_name="how pay is reckoned",
                            ),
                        ),
                        (
                            "wrvu_threshold",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="wRVU threshold"),
                        ),
                        (
                            "partnership_months",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="months to partnership"
                            ),
                        ),
                        (
                            "non_compete_miles",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="miles of the non-compete"
                            ),
                        ),
                        (
                            "non_compete_months",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="months of the non-compete"
                            ),
                        ),
                        (
                            "tail",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Not stated"),
                                    ("employer", "The employer pays"),
                                    ("clinician", "The clinician pays"),
                                    ("shared", "Shared"),
                                    ("not-needed", "Not needed: an occurrence policy"),
                                ],
                                default="",
                                max_length=20,
                                verbose_name="malpractice tail",
                            ),
                        ),
                        (
                            "loan_repayment",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Not stated"),
                                    ("none", "None"),
                                    ("employer", "From the employer"),
                                    ("program", "Through a public program"),
                                    ("both", "From the employer and a public program"),
                                ],
                                default="",
                                max_length=20,
                                verbose_name="loan repayment",
                            ),
                        ),
                        ("start_by_on", models.DateField(blank=True, null=True, verbose_name="start by")),
                        (
                            "procedures",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("epidural", "Epidural injections"),
                                        ("facet", "Facet joint and medial branch blocks"),
                                        ("radiofrequency", "Radiofrequency ablation"),
                                        ("joint", "Joint and trigger point injections"),
                                        ("nerve-block", "Peripheral nerve blocks"),
                                        ("sympathetic", "Sympathetic and plexus blocks"),
                                        ("spinal-stimulation", "Spinal cord stimulation"),
                                        ("peripheral-stimulation", "Peripheral nerve stimulation"),
                                        ("pump", "Intrathecal pumps"),
                                        ("vertebral", "Vertebral augmentation"),
                                        ("decompression", "Minimally invasive decompression"),
                                        ("botulinum", "Botulinum toxin"),
                                        ("infusion", "Infusions"),
                                        ("electrodiagnosis", "Electrodiagnosis"),
                                    ],
                                    max_length=30,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="procedures wanted",
                            ),
                        ),
                        (
                            "opioid_share",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Not stated"),
                                    ("none", "No opioid management"),
                                    ("quarter", "Opioids for up to a quarter of patients"),
                                    ("half", "Opioids for up to half of patients"),
                                    ("most", "Opioids for more than half of patients"),
                                ],
                                default="",
                                max_length=20,
                                verbose_name="share of opioid management",
                            ),
                        ),
                        (
                            "new_graduates",
                            models.CharField(
                                blank=True,
                                choices=[("", "Not stated"), ("yes", "Yes"), ("no", "No")],
                                default="",
                                max_length=20,
                                verbose_name="new graduates and fellows welcome",
                            ),
                        ),
                        (
                            "j1_waiver",
                            models.CharField(
                                blank=True,
                                choices=[("", "Not stated"), ("yes", "Yes"), ("no", "No")],
                                default="",
                                max_length=20,
                                verbose_name="J-1 waiver",
                            ),
                        ),
                        (
                            "h1b",
                            models.CharField(
                                blank=True,
                                choices=[("", "Not stated"), ("yes", "Yes"), ("no", "No")],
                                default="",
                                max_length=20,
                                verbose_name="H-1B",
                            ),
                        ),
                        (
                            "job",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                serialize=False,
                                to="careers.job",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="careers.jobterms",
                            ),
                        ),
                        (
                            "hours_a_week",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="hours a week"),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="JobTerms",
                    fields=[
                        (
                            "job",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="terms",
                                serialize=False,
                                to="careers.job",
                            ),
                        ),
                        (
                            "call_one_in",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="call, 1 in"),
                        ),
                        (
                            "weekend_one_in",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="weekends, 1 in"),
                        ),
                        (
                            "pay_model",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Not stated"),
                                    ("salary", "By salary"),
                                    ("wrvu", "By wRVU"),
                                    ("collections", "By collections"),
                                    ("hourly", "By the hour"),
                                ],
                                default="",
                                max_length=20,
                                verbose_name="how pay is reckoned",
                            ),
                        ),
                        (
                            "wrvu_threshold",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="wRVU threshold"),
                        ),
                        (
                            "partnership_months",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="months to partnership"
                            ),
                        ),
                        (
                            "non_compete_miles",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="miles of the non-compete"
                            ),
                        ),
                        (
                            "non_compete_months",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="months of the non-compete"
                            ),
                        ),
                        (
                            "tail",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Not stated"),
                                    ("employer", "The employer pays"),
                                    ("clinician", "The clinician pays"),
                                    ("shared", "Shared"),
                                    ("not-needed", "Not needed: an occurrence policy"),
                                ],
                                default="",
                                max_length=20,
                                verbose_name="malpractice tail",
                            ),
                        ),
                        (
                            "loan_repayment",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Not stated"),
                                    ("none", "None"),
                                    ("employer", "From the employer"),
                                    ("program", "Through a public program"),
                                    ("both", "From the employer and a public program"),
                                ],
                                default="",
                                max_length=20,
                                verbose_name="loan repayment",
                            ),
                        ),
                        ("start_by_on", models.DateField(blank=True, null=True, verbose_name="start by")),
                        (
                            "procedures",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("epidural", "Epidural injections"),
                                        ("facet", "Facet joint and medial branch blocks"),
                                        ("radiofrequency", "Radiofrequency ablation"),
                                        ("joint", "Joint and trigger point injections"),
                                        ("nerve-block", "Peripheral nerve blocks"),
                                        ("sympathetic", "Sympathetic and plexus blocks"),
                                        ("spinal-stimulation", "Spinal cord stimulation"),
                                        ("peripheral-stimulation", "Peripheral nerve stimulation"),
                                        ("pump", "Intrathecal pumps"),
                                        ("vertebral", "Vertebral augmentation"),
                                        ("decompression", "Minimally invasive decompression"),
                                        ("botulinum", "Botulinum toxin"),
                                        ("infusion", "Infusions"),
                                        ("electrodiagnosis", "Electrodiagnosis"),
                                    ],
                                    max_length=30,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="procedures wanted",
                            ),
                        ),
                        (
                            "opioid_share",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Not stated"),
                                    ("none", "No opioid management"),
                                    ("quarter", "Opioids for up to a quarter of patients"),
                                    ("half", "Opioids for up to half of patients"),
                                    ("most", "Opioids for more than half of patients"),
                                ],
                                default="",
                                max_length=20,
                                verbose_name="share of opioid management",
                            ),
                        ),
                        (
                            "new_graduates",
                            models.CharField(
                                blank=True,
                                choices=[("", "Not stated"), ("yes", "Yes"), ("no", "No")],
                                default="",
                                max_length=20,
                                verbose_name="new graduates and fellows welcome",
                            ),
                        ),
                        (
                            "j1_waiver",
                            models.CharField(
                                blank=True,
                                choices=[("", "Not stated"), ("yes", "Yes"), ("no", "No")],
                                default="",
                                max_length=20,
                                verbose_name="J-1 waiver",
                            ),
                        ),
                        (
                            "h1b",
                            models.CharField(
                                blank=True,
                                choices=[("", "Not stated"), ("yes", "Yes"), ("no", "No")],
                                default="",
                                max_length=20,
                                verbose_name="H-1B",
                            ),
                        ),
                        (
                            "hours_a_week",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="hours a week"),
                        ),
                    ],
                    options={
                        "verbose_name": "terms of a position",
                        "verbose_name_plural": "terms of positions",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("pay_model__in", ["", "salary", "wrvu", "collections", "hourly"])),
                                name="careers_terms_pay_model_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("tail__in", ["", "employer", "clinician", "shared", "not-needed"])),
                                name="careers_terms_tail_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("loan_repayment__in", ["", "none", "employer", "program", "both"])),
                                name="careers_terms_loan_repayment_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("opioid_share__in", ["", "none", "quarter", "half", "most"])),
                                name="careers_terms_opioid_share_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("new_graduates__in", ["", "yes", "no"])),
                                name="careers_terms_new_graduates_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("j1_waiver__in", ["", "yes", "no"])),
                                name="careers_terms_j1_waiver_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("h1b__in", ["", "yes", "no"])), name="careers_terms_h1b_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "procedures__contained_by",
                                        [
                                            "epidural",
                                            "facet",
                                            "radiofrequency",
                                            "joint",
                                            "nerve-block",
                                            "sympathetic",
                                            "spinal-stimulation",
                                            "peripheral-stimulation",
                                            "pump",
                                            "vertebral",
                                            "decompression",
                                            "botulinum",
                                            "infusion",
                                            "electrodiagnosis",
                                        ],
                                    )
                                ),
                                name="careers_terms_procedures_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("call_one_in__isnull", True), ("call_one_in__range", (0, 60)), _connector="OR"
                                ),
                                name="careers_terms_call",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("weekend_one_in__isnull", True),
                                    ("weekend_one_in__range", (0, 60)),
                                    _connector="OR",
                                ),
                                name="careers_terms_weekends",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("wrvu_threshold__isnull", True),
                                    models.Q(("pay_model", "wrvu"), ("wrvu_threshold__range", (1, 50000))),
                                    _connector="OR",
                                ),
                                name="careers_terms_threshold_of_wrvu",
                                violation_error_message="A threshold belongs to pay by wRVU.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("partnership_months__isnull", True),
                                    ("partnership_months__range", (0, 120)),
                                    _connector="OR",
                                ),
                                name="careers_terms_partnership",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("non_compete_miles__isnull", True), ("non_compete_months__isnull", True)),
                                    models.Q(("non_compete_miles", 0), ("non_compete_months", 0)),
                                    models.Q(
                                        ("non_compete_miles__isnull", False),
                                        ("non_compete_miles__range", (1, 500)),
                                        ("non_compete_months__isnull", False),
                                        ("non_compete_months__range", (1, 120)),
                                    ),
                                    _connector="OR",
                                ),
                                name="careers_terms_non_compete",
                                violation_error_message="A non-compete has its miles and its months.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("hours_a_week__isnull", True), ("hours_a_week__range", (1, 80)), _connector="OR"
                                ),
                                name="careers_terms_hours",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="JobEntry",
                    fields=[
                        (
                            "job",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="entry",
                                serialize=False,
                                to="careers.job",
                            ),
                        ),
                        ("featured", models.BooleanField()),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        ("pay_year", models.IntegerField(verbose_name="most pay, by the year")),
                        ("tags", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                        (
                            "cells",
                            django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None),
                        ),
                        (
                            "latitudes",
                            django.contrib.postgres.fields.ArrayField(base_field=models.FloatField(), size=None),
                        ),
                        (
                            "longitudes",
                            django.contrib.postgres.fields.ArrayField(base_field=models.FloatField(), size=None),
                        ),
                        ("search", django.contrib.postgres.search.SearchVectorField()),
                    ],
                    options={
                        "verbose_name": "entry of the search",
                        "verbose_name_plural": "entries of the search",
                        "default_permissions": (),
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fastupdate=False, fields=["search", "tags", "cells"], name="careers_jobentry_all"
                            ),
                            models.Index(fields=["-featured", "-starts_at", "-job"], name="careers_jobentry_newest"),
                            models.Index(fields=["-pay_year", "-starts_at", "-job"], name="careers_jobentry_pay"),
                            models.Index(fields=["ends_at"], name="careers_jobentry_ends"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReportedJob",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "opened_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="first reported"),
                        ),
                        ("hidden_at", models.DateTimeField(blank=True, null=True, verbose_name="hidden by itself")),
                        ("reminded_at", models.DateTimeField(blank=True, null=True, verbose_name="staff reminded")),
                        (
                            "outcome",
                            models.CharField(
                                choices=[("open", "To be decided"), ("kept", "Kept"), ("taken-down", "Taken down")],
                                default="open",
                                max_length=20,
                                verbose_name="decision",
                            ),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                        ("words", models.TextField(blank=True, verbose_name="words to the employer")),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "job",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="report_cases",
                                to="careers.job",
                                verbose_name="position",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reported position",
                        "ordering": ["-opened_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("outcome", "open")),
                                fields=("job",),
                                name="careers_reportedjob_one_waits",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("outcome__in", ["open", "kept", "taken-down"])),
                                name="careers_reportedjob_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_at__isnull", True), ("outcome", "open")),
                                    models.Q(
                                        models.Q(("outcome", "open"), _negated=True), ("decided_at__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="careers_reportedjob_decided_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="JobReport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    (
                                        "fraud",
                                        "It asks for money, or for private data such as a license or bank number",
                                    ),
                                    ("not-real", "The position is filled, or does not exist"),
                                    ("not-as-stated", "Pay, place or work are not as stated"),
                                    ("not-its-own", "It is not from the employer that it names"),
                                    ("unfair", "It is discriminating or insulting"),
                                    ("other", "Something else"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("note", models.TextField(blank=True, max_length=1000)),
                        ("reported_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("reader", models.CharField(blank=True, editable=False, max_length=64)),
                        ("network", models.CharField(blank=True, editable=False, max_length=64)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reports",
                                to="careers.reportedjob",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "report",
                        "ordering": ["reported_at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "reason__in",
                                        ["fraud", "not-real", "not-as-stated", "not-its-own", "unfair", "other"],
                                    )
                                ),
                                name="careers_jobreport_reason_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="JobAnnouncement",
                    fields=[
                        (
                            "job",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="announcement",
                                serialize=False,
                                to="careers.job",
                            ),
                        ),
                        ("announced_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ],
                    options={
                        "verbose_name": "announcement of a position",
                        "verbose_name_plural": "announcements of positions",
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="AlertReader",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("unanswered_since", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("asked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "subscription",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="alert_reader",
                                to="mail.subscription",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reader of alerts",
                        "verbose_name_plural": "readers of alerts",
                        "default_permissions": (),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("unanswered_since__isnull", False)),
                                fields=["unanswered_since"],
                                name="careers_reader_unanswered",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("asked_at__isnull", True), ("unanswered_since__isnull", False), _connector="OR"
                                ),
                                name="careers_reader_asked",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Alert",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", aapm_site.core.ids.PublicIdField()),
                        ("title", models.CharField(help_text="What it looks for, in words.", max_length=200)),
                        (
                            "address",
                            models.CharField(
                                blank=True,
                                max_length=4000,
                                verbose_name="address of the search, after its question mark",
                            ),
                        ),
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
                        ("words", django.contrib.postgres.search.SearchQueryField(null=True)),
                        ("facets", django.contrib.postgres.search.SearchQueryField(null=True)),
                        ("latitude", models.DecimalField(decimal_places=5, max_digits=8, null=True)),
                        ("longitude", models.DecimalField(decimal_places=5, max_digits=8, null=True)),
                        ("miles", models.PositiveSmallIntegerField(null=True)),
                        (
                            "reader",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="alerts",
                                to="careers.alertreader",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["created_at", "pk"],
                        "default_permissions": (),
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fastupdate=False, fields=["keys"], name="careers_alert_keys"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("pace__in", ["at-once", "daily", "weekly"])),
                                name="careers_alert_pace_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("keys", []), _negated=True), name="careers_alert_has_keys"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("latitude__isnull", True), ("longitude__isnull", True), ("miles__isnull", True)
                                    ),
                                    models.Q(
                                        ("latitude__isnull", False), ("longitude__isnull", False), ("miles__gt", 0)
                                    ),
                                    _connector="OR",
                                ),
                                name="careers_alert_near_whole",
                            ),
                            models.UniqueConstraint(
                                fields=("reader", "address"),
                                name="careers_alert_once",
                                violation_error_message="There is an alert for this search already.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AlertMatch",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("matched_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("told_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "alert",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="matches", to="careers.alert"
                            ),
                        ),
                        (
                            "job",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="alert_matches",
                                to="careers.job",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "find of an alert",
                        "verbose_name_plural": "finds of alerts",
                        "default_permissions": (),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("told_at__isnull", True)),
                                fields=["alert"],
                                name="careers_match_waiting",
                            )
                        ],
                        "constraints": [models.UniqueConstraint(fields=("alert", "job"), name="careers_match_once")],
                    },
                ),
                migrations.CreateModel(
                    name="FellowshipOffer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", aapm_site.core.ids.PublicIdField()),
                        ("program", models.CharField(max_length=120)),
                        (
                            "open_places",
                            models.PositiveSmallIntegerField(
                                default=1,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(20),
                                ],
                                verbose_name="open places",
                            ),
                        ),
                        ("begins_on", models.DateField(verbose_name="begins on")),
                        ("accredited", models.BooleanField(default=False, verbose_name="accredited by the ACGME")),
                        (
                            "visa",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Not stated"),
                                    ("j-1", "J-1"),
                                    ("h-1b", "H-1B"),
                                    ("both", "J-1 and H-1B"),
                                    ("none", "No visas"),
                                ],
                                default="",
                                max_length=10,
                                verbose_name="visas",
                            ),
                        ),
                        ("summary", models.TextField(max_length=800, verbose_name="what the year is like")),
                        ("wanted", models.TextField(max_length=600, verbose_name="who may apply")),
                        ("apply_url", models.URLField(blank=True, max_length=500, verbose_name="address to apply at")),
                        (
                            "apply_email",
                            models.EmailField(blank=True, max_length=254, verbose_name="e-mail to apply to"),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("in_review", "In review"),
                                    ("returned", "Back to you"),
                                    ("approved", "Approved"),
                                    ("filled", "Filled"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="in_review",
                                max_length=20,
                            ),
                        ),
                        ("submitted_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("approved_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "is_sample",
                            models.BooleanField(
                                default=False, help_text="Invented for the demonstration; the page says so."
                            ),
                        ),
                        (
                            "employer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="offers",
                                to="careers.employer",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.place"
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="offers",
                                to="careers.fellowshipround",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "fellowship offer",
                        "verbose_name_plural": "fellowship offers",
                        "ordering": ["-submitted_at", "-pk"],
                        "permissions": [("decide_fellowshipoffer", "Can decide on fellowship offers")],
                        "indexes": [models.Index(fields=["status", "round"], name="careers_offer_status")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ["in_review", "returned", "approved", "filled", "withdrawn"])
                                ),
                                name="careers_offer_status_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("visa__in", ["", "j-1", "h-1b", "both", "none"])),
                                name="careers_offer_visa_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("open_places__range", (1, 20))),
                                name="careers_offer_places",
                                violation_error_message="A program has from 1 to 20 open places.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("apply_email", ""), ("apply_url", ""), _negated=True),
                                name="careers_offer_can_be_applied_to",
                                violation_error_message="Say where to apply: an address or an e-mail.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FellowshipOfferChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("from_status", models.CharField(max_length=20)),
                        ("to_status", models.CharField(max_length=20)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("reason", models.TextField(blank=True)),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "subject",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="status_changes",
                                to="careers.fellowshipoffer",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "step of a fellowship offer",
                        "verbose_name_plural": "steps of fellowship offers",
                        "ordering": ["-at", "-pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="FellowshipRound",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(help_text="As readers see it: After the 2026 match", max_length=80)),
                        ("opens_on", models.DateField(verbose_name="opens on")),
                        (
                            "closes_on",
                            models.DateField(
                                help_text="The last day on which the board shows open places.", verbose_name="closes on"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "fellowship round",
                        "ordering": ["-opens_on", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("closes_on__gte", models.F("opens_on"))),
                                name="careers_fellowshipround_days",
                                violation_error_message="A round closes on the day on which it opens, or later.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Profile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", aapm_site.core.ids.PublicIdField()),
                        (
                            "stage",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Not stated"),
                                    ("resident", "In residency"),
                                    ("fellow", "In fellowship"),
                                    ("early", "In the first five years of practice"),
                                    ("practice", "In practice"),
                                    ("returning", "Coming back after time away"),
                                ],
                                default="",
                                max_length=20,
                                verbose_name="where you stand",
                            ),
                        ),
                        (
                            "years",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="years of practice"),
                        ),
                        (
                            "certifications",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("pain", "Pain medicine (ABMS)"),
                                        ("pain-abpm", "Pain medicine (ABPM)"),
                                        ("pain-aoa", "Pain medicine (AOA)"),
                                        ("fipp", "Interventional pain practice (FIPP)"),
                                        ("anesthesiology", "Anesthesiology"),
                                        ("pmr", "Physical medicine and rehabilitation"),
                                        ("neurology", "Neurology"),
                                        ("psychiatry", "Psychiatry"),
                                        ("family", "Family medicine"),
                                        ("internal", "Internal medicine"),
                                        ("emergency", "Emergency medicine"),
                                        ("neurosurgery", "Neurological surgery"),
                                        ("orthopedics", "Orthopedic surgery"),
                                        ("radiology", "Radiology"),
                                        ("pediatrics", "Pediatrics"),
                                        ("palliative", "Hospice and palliative medicine"),
                                        ("addiction", "Addiction medicine"),
                                        ("sports", "Sports medicine"),
                                        ("headache", "Headache medicine (UCNS)"),
                                        ("pa", "Physician assistant (PA-C)"),
                                        ("np-family", "Family nurse practitioner"),
                                        ("np-adult", "Adult-gerontology nurse practitioner"),
                                        ("np-mental", "Psychiatric mental health nurse practitioner"),
                                        ("crna", "Nurse anesthetist (CRNA)"),
                                        ("pain-nursing", "Pain management nursing"),
                                        ("health-psychology", "Clinical health psychology (ABPP)"),
                                        ("orthopedic-pt", "Orthopedic physical therapy (OCS)"),
                                        ("hand-therapy", "Hand therapy (CHT)"),
                                    ],
                                    max_length=30,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="board certifications",
                            ),
                        ),
                        (
                            "licenses",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("AL", "Alabama"),
                                        ("AK", "Alaska"),
                                        ("AZ", "Arizona"),
                                        ("AR", "Arkansas"),
                                        ("CA", "California"),
                                        ("CO", "Colorado"),
                                        ("CT", "Connecticut"),
                                        ("DE", "Delaware"),
                                        ("DC", "District of Columbia"),
                                        ("FL", "Florida"),
                                        ("GA", "Georgia"),
                                        ("GU", "Guam"),
                                        ("HI", "Hawaii"),
                                        ("ID", "Idaho"),
                                        ("IL", "Illinois"),
                                        ("IN", "Indiana"),
                                        ("IA", "Iowa"),
                                        ("KS", "Kansas"),
                                        ("KY", "Kentucky"),
                                        ("LA", "Louisiana"),
                                        ("ME", "Maine"),
                                        ("MD", "Maryland"),
                                        ("MA", "Massachusetts"),
                                        ("MI", "Michigan"),
                                        ("MN", "Minnesota"),
                                        ("MS", "Mississippi"),
                                        ("MO", "Missouri"),
                                        ("MT", "Montana"),
                                        ("NE", "Nebraska"),
                                        ("NV", "Nevada"),
                                        ("NH", "New Hampshire"),
                                        ("NJ", "New Jersey"),
                                        ("NM", "New Mexico"),
                                        ("NY", "New York"),
                                        ("NC", "North Carolina"),
                                        ("ND", "North Dakota"),
                                        ("OH", "Ohio"),
                                        ("OK", "Oklahoma"),
                                        ("OR", "Oregon"),
                                        ("PA", "Pennsylvania"),
                                        ("PR", "Puerto Rico"),
                                        ("RI", "Rhode Island"),
                                        ("SC", "South Carolina"),
                                        ("SD", "South Dakota"),
                                        ("TN", "Tennessee"),
                                        ("TX", "Texas"),
                                        ("UT", "Utah"),
                                        ("VT", "Vermont"),
                                        ("VI", "Virgin Islands"),
                                        ("VA", "Virginia"),
                                        ("WA", "Washington"),
                                        ("WV", "West Virginia"),
                                        ("WI", "Wisconsin"),
                                        ("WY", "Wyoming"),
                                    ],
                                    max_length=2,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="licensed in",
                            ),
                        ),
                        (
                            "languages",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("en", "English"),
                                        ("ase", "American Sign Language"),
                                        ("ar", "Arabic"),
                                        ("bn", "Bengali"),
                                        ("yue", "Cantonese"),
                                        ("fr", "French"),
                                        ("de", "German"),
                                        ("el", "Greek"),
                                        ("gu", "Gujarati"),
                                        ("ht", "Haitian Creole"),
                                        ("he", "Hebrew"),
                                        ("hi", "Hindi"),
                                        ("hmn", "Hmong"),
                                        ("it", "Italian"),
                                        ("ja", "Japanese"),
                                        ("ko", "Korean"),
                                        ("cmn", "Mandarin"),
                                        ("nv", "Navajo"),
                                        ("fa", "Persian"),
                                        ("pl", "Polish"),
                                        ("pt", "Portuguese"),
                                        ("pa", "Punjabi"),
                                        ("ru", "Russian"),
                                        ("so", "Somali"),
                                        ("es", "Spanish"),
                                        ("sw", "Swahili"),
                                        ("tl", "Tagalog"),
                                        ("ta", "Tamil"),
                                        ("te", "Telugu"),
                                        ("uk", "Ukrainian"),
                                        ("ur", "Urdu"),
                                        ("vi", "Vietnamese"),
                                        ("yo", "Yoruba"),
                                    ],
                                    max_length=30,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="languages",
                            ),
                        ),
                        (
                            "procedures",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("epidural", "Epidural injections"),
                                        ("facet", "Facet joint and medial branch blocks"),
                                        ("radiofrequency", "Radiofrequency ablation"),
                                        ("joint", "Joint and trigger point injections"),
                                        ("nerve-block", "Peripheral nerve blocks"),
                                        ("sympathetic", "Sympathetic and plexus blocks"),
                                        ("spinal-stimulation", "Spinal cord stimulation"),
                                        ("peripheral-stimulation", "Peripheral nerve stimulation"),
                                        ("pump", "Intrathecal pumps"),
                                        ("vertebral", "Vertebral augmentation"),
                                        ("decompression", "Minimally invasive decompression"),
                                        ("botulinum", "Botulinum toxin"),
                                        ("infusion", "Infusions"),
                                        ("electrodiagnosis", "Electrodiagnosis"),
                                    ],
                                    max_length=30,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="procedures",
                            ),
                        ),
                        ("training", models.TextField(blank=True, max_length=3000)),
                        ("experience", models.TextField(blank=True, max_length=3000)),
                        ("about", models.TextField(blank=True, max_length=3000, verbose_name="about you")),
                        ("available_on", models.DateField(blank=True, null=True, verbose_name="available from")),
                        (
                            "settings_wanted",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("private-practice", "Private practice"),
                                        ("hospital", "Hospital"),
                                        ("academic", "Academic center"),
                                        ("ambulatory", "Outpatient center"),
                                        ("government", "Government or military"),
                                        ("telehealth", "Telehealth"),
                                        ("industry", "Industry or research"),
                                    ],
                                    max_length=30,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="settings wanted",
                            ),
                        ),
                        (
                            "remote",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Not stated"),
                                    ("on-site", "On site"),
                                    ("partly", "Partly remote, if possible"),
                                    ("fully", "Fully remote only"),
                                ],
                                default="",
                                max_length=20,
                                verbose_name="remote work",
                            ),
                        ),
                        (
                            "visa",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Not stated"),
                                    ("none", "No visa needed"),
                                    ("j-1", "Needs a J-1 waiver"),
                                    ("h-1b", "Needs an H-1B"),
                                    ("either", "Needs a J-1 waiver or an H-1B"),
                                ],
                                default="",
                                max_length=20,
                                verbose_name="visa",
                            ),
                        ),
                        (
                            "pay_wish",
                            models.PositiveIntegerField(
                                blank=True,
                                help_text="Dollars a year. Nobody but the person sees it.",
                                null=True,
                                verbose_name="pay that you hope for",
                            ),
                        ),
                        (
                            "cv",
                            models.FileField(
                                blank=True,
                                max_length=200,
                                storage=aapm_site.core.files.private.storage,
                                upload_to="",
                                verbose_name="CV",
                            ),
                        ),
                        ("cv_name", models.CharField(blank=True, max_length=100, verbose_name="name of the CV's file")),
                        (
                            "cv_size",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="size of the CV in bytes"),
                        ),
                        ("cv_uploaded_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("searchable", models.BooleanField(default=False, verbose_name="employers may find it")),
                        ("name_shown", models.BooleanField(default=False, verbose_name="your name is shown at once")),
                        ("active", models.BooleanField(default=True, verbose_name="you are looking")),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("confirmed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("paused_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("hidden_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "hidden_reason",
                            models.TextField(
                                blank=True, editable=False, max_length=2000, verbose_name="why staff hide it"
                            ),
                        ),
                        (
                            "hidden_by",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "profession",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.profession"
                            ),
                        ),
                        ("specialties", models.ManyToManyField(blank=True, related_name="+", to="accounts.specialty")),
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="career_profile",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("asked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "agencies",
                            models.BooleanField(
                                db_default=False, default=False, verbose_name="recruiting agencies may find it"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-updated_at", "-pk"],
                        "permissions": [("hide_profile", "Can hide profiles from employers")],
                        "indexes": [
                            models.Index(
                                condition=models.Q(
                                    ("active", True), ("hidden_at", None), ("paused_at", None), ("searchable", True)
                                ),
                                fields=["confirmed_at"],
                                name="careers_profile_offered",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("stage__in", ["", "resident", "fellow", "early", "practice", "returning"])
                                ),
                                name="careers_profile_stage_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("remote__in", ["", "on-site", "partly", "fully"])),
                                name="careers_profile_remote_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("visa__in", ["", "none", "j-1", "h-1b", "either"])),
                                name="careers_profile_visa_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "certifications__contained_by",
                                        [
                                            "pain",
                                            "pain-abpm",
                                            "pain-aoa",
                                            "fipp",
                                            "anesthesiology",
                                            "pmr",
                                            "neurology",
                                            "psychiatry",
                                            "family",
                                            "internal",
                                            "emergency",
                                            "neurosurgery",
                                            "orthopedics",
                                            "radiology",
                                            "pediatrics",
                                            "palliative",
                                            "addiction",
                                            "sports",
                                            "headache",
                                            "pa",
                                            "np-family",
                                            "np-adult",
                                            "np-mental",
                                            "crna",
                                            "pain-nursing",
                                            "health-psychology",
                                            "orthopedic-pt",
                                            "hand-therapy",
                                        ],
                                    )
                                ),
                                name="careers_profile_certifications_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "licenses__contained_by",
                                        [
                                            "AL",
                                            "AK",
                                            "AZ",
                                            "AR",
                                            "CA",
                                            "CO",
                                            "CT",
                                            "DE",
                                            "DC",
                                            "FL",
                                            "GA",
                                            "GU",
                                            "HI",
                                            "ID",
                                            "IL",
                                            "IN",
                                            "IA",
                                            "KS",
                                            "KY",
                                            "LA",
                                            "ME",
                                            "MD",
                                            "MA",
                                            "MI",
                                            "MN",
                                            "MS",
                                            "MO",
                                            "MT",
                                            "NE",
                                            "NV",
                                            "NH",
                                            "NJ",
                                            "NM",
                                            "NY",
                                            "NC",
                                            "ND",
                                            "OH",
                                            "OK",
                                            "OR",
                                            "PA",
                                            "PR",
                                            "RI",
                                            "SC",
                                            "SD",
                                            "TN",
                                            "TX",
                                            "UT",
                                            "VT",
                                            "VI",
                                            "VA",
                                            "WA",
                                            "WV",
                                            "WI",
                                            "WY",
                                        ],
                                    )
                                ),
                                name="careers_profile_licenses_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "languages__contained_by",
                                        [
                                            "en",
                                            "ase",
                                            "ar",
                                            "bn",
                                            "yue",
                                            "fr",
                                            "de",
                                            "el",
                                            "gu",
                                            "ht",
                                            "he",
                                            "hi",
                                            "hmn",
                                            "it",
                                            "ja",
                                            "ko",
                                            "cmn",
                                            "nv",
                                            "fa",
                                            "pl",
                                            "pt",
                                            "pa",
                                            "ru",
                                            "so",
                                            "es",
                                            "sw",
                                            "tl",
                                            "ta",
                                            "te",
                                            "uk",
                                            "ur",
                                            "vi",
                                            "yo",
                                        ],
                                    )
                                ),
                                name="careers_profile_languages_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "procedures__contained_by",
                                        [
                                            "epidural",
                                            "facet",
                                            "radiofrequency",
                                            "joint",
                                            "nerve-block",
                                            "sympathetic",
                                            "spinal-stimulation",
                                            "peripheral-stimulation",
                                            "pump",
                                            "vertebral",
                                            "decompression",
                                            "botulinum",
                                            "infusion",
                                            "electrodiagnosis",
                                        ],
                                    )
                                ),
                                name="careers_profile_procedures_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "settings_wanted__contained_by",
                                        [
                                            "private-practice",
                                            "hospital",
                                            "academic",
                                            "ambulatory",
                                            "government",
                                            "telehealth",
                                            "industry",
                                        ],
                                    )
                                ),
                                name="careers_profile_settings_wanted_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("years__isnull", True), ("years__range", (0, 60)), _connector="OR"),
                                name="careers_profile_years",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("pay_wish__isnull", True), ("pay_wish__range", (1, 5000000)), _connector="OR"
                                ),
                                name="careers_profile_pay_wish",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("cv", ""),
                                        ("cv_name", ""),
                                        ("cv_size__isnull", True),
                                        ("cv_uploaded_at__isnull", True),
                                    ),
                                    models.Q(
                                        models.Q(("cv", ""), _negated=True),
                                        models.Q(("cv_name", ""), _negated=True),
                                        ("cv_size__gt", 0),
                                        ("cv_uploaded_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="careers_profile_cv_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("hidden_at__isnull", True), ("hidden_reason", "")),
                                    models.Q(
                                        ("hidden_at__isnull", False), models.Q(("hidden_reason", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="careers_profile_hidden_with_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProfilePlace",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "state_code",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "A town"),
                                    ("AL", "Alabama"),
                                    ("AK", "Alaska"),
                                    ("AZ", "Arizona"),
                                    ("AR", "Arkansas"),
                                    ("CA", "California"),
                                    ("CO", "Colorado"),
                                    ("CT", "Connecticut"),
                                    ("DE", "Delaware"),
                                    ("DC", "District of Columbia"),
                                    ("FL", "Florida"),
                                    ("GA", "Georgia"),
                                    ("GU", "Guam"),
                                    ("HI", "Hawaii"),
                                    ("ID", "Idaho"),
                                    ("IL", "Illinois"),
                                    ("IN", "Indiana"),
                                    ("IA", "Iowa"),
                                    ("KS", "Kansas"),
                                    ("KY", "Kentucky"),
                                    ("LA", "Louisiana"),
                                    ("ME", "Maine"),
                                    ("MD", "Maryland"),
                                    ("MA", "Massachusetts"),
                                    ("MI", "Michigan"),
                                    ("MN", "Minnesota"),
                                    ("MS", "Mississippi"),
                                    ("MO", "Missouri"),
                                    ("MT", "Montana"),
                                    ("NE", "Nebraska"),
                                    ("NV", "Nevada"),
                                    ("NH", "New Hampshire"),
                                    ("NJ", "New Jersey"),
                                    ("NM", "New Mexico"),
                                    ("NY", "New York"),
                                    ("NC", "North Carolina"),
                                    ("ND", "North Dakota"),
                                    ("OH", "Ohio"),
                                    ("OK", "Oklahoma"),
                                    ("OR", "Oregon"),
                                    ("PA", "Pennsylvania"),
                                    ("PR", "Puerto Rico"),
                                    ("RI", "Rhode Island"),
                                    ("SC", "South Carolina"),
                                    ("SD", "South Dakota"),
                                    ("TN", "Tennessee"),
                                    ("TX", "Texas"),
                                    ("UT", "Utah"),
                                    ("VT", "Vermont"),
                                    ("VI", "Virgin Islands"),
                                    ("VA", "Virginia"),
                                    ("WA", "Washington"),
                                    ("WV", "West Virginia"),
                                    ("WI", "Wisconsin"),
                                    ("WY", "Wyoming"),
                                ],
                                default="",
                                max_length=2,
                                verbose_name="state",
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=1)),
                        (
                            "place",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.place",
                            ),
                        ),
                        (
                            "profile",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="places", to="careers.profile"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "place of a profile",
                        "verbose_name_plural": "places of profiles",
                        "ordering": ["order", "pk"],
                        "default_permissions": (),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("profile", "order"), name="careers_profileplace_order_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("place__isnull", False)),
                                fields=("profile", "place"),
                                name="careers_profileplace_town_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state_code", ""), _negated=True),
                                fields=("profile", "state_code"),
                                name="careers_profileplace_state_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("order__range", (1, 10))), name="careers_profileplace_at_most_ten"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state_code__in",
                                        [
                                            "",
                                            "AL",
                                            "AK",
                                            "AZ",
                                            "AR",
                                            "CA",
                                            "CO",
                                            "CT",
                                            "DE",
                                            "DC",
                                            "FL",
                                            "GA",
                                            "GU",
                                            "HI",
                                            "ID",
                                            "IL",
                                            "IN",
                                            "IA",
                                            "KS",
                                            "KY",
                                            "LA",
                                            "ME",
                                            "MD",
                                            "MA",
                                            "MI",
                                            "MN",
                                            "MS",
                                            "MO",
                                            "MT",
                                            "NE",
                                            "NV",
                                            "NH",
                                            "NJ",
                                            "NM",
                                            "NY",
                                            "NC",
                                            "ND",
                                            "OH",
                                            "OK",
                                            "OR",
                                            "PA",
                                            "PR",
                                            "RI",
                                            "SC",
                                            "SD",
                                            "TN",
                                            "TX",
                                            "UT",
                                            "VT",
                                            "VI",
                                            "VA",
                                            "WA",
                                            "WV",
                                            "WI",
                                            "WY",
                                        ],
                                    )
                                ),
                                name="careers_profileplace_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("place__isnull", False), ("state_code", "")),
                                    models.Q(("place__isnull", True), models.Q(("state_code", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="careers_profileplace_town_or_state",
                                violation_error_message="A place is a town, or a whole state.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BlockedEmployer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("domain", models.CharField(blank=True, max_length=253, verbose_name="web or mail domain")),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "employer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="careers.employer",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="blocked_employers",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "blocked employer",
                        "ordering": ["-added_at", "-pk"],
                        "default_permissions": (),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("employer__isnull", False)),
                                fields=("user", "employer"),
                                name="careers_blocked_employer_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("employer__isnull", True)),
                                fields=("user", "domain"),
                                name="careers_blocked_domain_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("employer__isnull", False),
                                    models.Q(("domain", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="careers_blocked_names_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("domain", django.db.models.functions.text.Lower(models.F("domain")))
                                ),
                                name="careers_blocked_domain_small",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProfileOpening",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("search", "A search of profiles"),
                                    ("application", "An application"),
                                    ("contact", "A yes to a request"),
                                    ("cv", "The CV, after a yes to a request"),
                                ],
                                default="search",
                                max_length=20,
                                verbose_name="from where",
                            ),
                        ),
                        ("named", models.BooleanField(default=True, verbose_name="the person knows the employer")),
                        ("opened_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("opened_on", models.DateField(editable=False)),
                        (
                            "employer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="careers.employer"
                            ),
                        ),
                        (
                            "profile",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="looks", to="careers.profile"
                            ),
                        ),
                        (
                            "who",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "look at a profile",
                        "verbose_name_plural": "looks at profiles",
                        "ordering": ["-opened_at", "-pk"],
                        "default_permissions": (),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("profile", "employer", "opened_on", "named", "source"),
                                name="careers_profileopening_once_a_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("source__in", ["search", "application", "contact", "cv"])),
                                name="careers_profileopening_source_known",
                            ),
                        ],
                        "indexes": [models.Index(fields=["employer", "opened_on"], name="careers_profileopening_day")],
                    },
                ),
                migrations.CreateModel(
                    name="ApplicationOpening",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "part",
                            models.CharField(
                                choices=[
                                    ("application", "Application"),
                                    ("cv", "CV"),
                                    ("listed", "Name, and address where it was shown, in a list for a spreadsheet"),
                                ],
                                max_length=20,
                                verbose_name="what was opened",
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="looks",
                                to="careers.jobapplication",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "look at an application",
                        "verbose_name_plural": "looks at applications",
                        "ordering": ["-at", "-pk"],
                        "default_permissions": ("view",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("part__in", ["application", "cv", "listed"])),
                                name="careers_opening_part_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="JobApplication",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", aapm_site.core.ids.PublicIdField()),
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                        ("name", models.CharField(max_length=120)),
                        ("message", models.TextField(max_length=4000)),
                        (
                            "cv",
                            models.FileField(
                                blank=True,
                                max_length=200,
                                storage=aapm_site.core.files.private.storage,
                                upload_to="",
                                verbose_name="CV",
                            ),
                        ),
                        ("cv_name", models.CharField(blank=True, max_length=100, verbose_name="name of the CV")),
                        (
                            "token",
                            models.CharField(
                                default=aapm_site.mail.models.subscription.new_token,
                                editable=False,
                                max_length=64,
                                unique=True,
                            ),
                        ),
                        ("wants_letters", models.BooleanField(default=True, editable=False)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("unconfirmed", "Not confirmed yet"),
                                    ("sent", "Sent"),
                                    ("viewed", "Opened"),
                                    ("in_contact", "In contact"),
                                    ("declined", "Declined"),
                                    ("hired", "Hired"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="unconfirmed",
                                max_length=20,
                            ),
                        ),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("sent_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("closed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("named_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("agreed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "job",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="applications",
                                to="careers.job",
                                verbose_name="position",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="job_applications",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="account",
                            ),
                        ),
                        ("answers", models.JSONField(blank=True, db_default=[], default=list, editable=False)),
                        ("answered_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("person_shows_at", models.DateTimeField(blank=True, editable=False, null=True)),
                    ],
                    options={
                        "verbose_name": "application for a position",
                        "verbose_name_plural": "applications for positions",
                        "ordering": ["-sent_at", "-pk"],
                        "default_permissions": ("view",),
                        "indexes": [
                            models.Index(fields=["job", "-sent_at", "-id"], name="careers_application_newest"),
                            models.Index(fields=["email"], name="careers_application_email"),
                            models.Index(
                                condition=models.Q(("status", "unconfirmed")),
                                fields=["created_at"],
                                name="careers_application_waiting",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "status__in",
                                        [
                                            "unconfirmed",
                                            "sent",
                                            "viewed",
                                            "in_contact",
                                            "declined",
                                            "hired",
                                            "withdrawn",
                                        ],
                                    )
                                ),
                                name="careers_application_status_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("status__in", ("sent", "viewed", "in_contact"))),
                                fields=("user", "job"),
                                name="careers_application_user_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("status__in", ("sent", "viewed", "in_contact"))),
                                fields=("email", "job"),
                                name="careers_application_email_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("sent_at__isnull", True), ("status", "unconfirmed")),
                                    models.Q(
                                        models.Q(("status", "unconfirmed"), _negated=True), ("sent_at__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="careers_application_sent_at",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("closed_at__isnull", False), ("status__in", ("declined", "hired", "withdrawn"))
                                    ),
                                    models.Q(
                                        models.Q(("status__in", ("declined", "hired", "withdrawn")), _negated=True),
                                        ("closed_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="careers_application_closed_at",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                                name="careers_application_email_lower",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("agreed_at__isnull", True), ("named_at__isnull", False), _connector="OR"
                                ),
                                name="careers_application_yes_to_whom",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("cv", ""), ("cv_name", "")),
                                    models.Q(
                                        models.Q(("cv", ""), _negated=True), models.Q(("cv_name", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="careers_application_cv_named",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="JobApplicationChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("from_status", models.CharField(max_length=20)),
                        ("to_status", models.CharField(max_length=20)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("reason", models.TextField(blank=True)),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "subject",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="status_changes",
                                to="careers.jobapplication",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "step of an application",
                        "verbose_name_plural": "steps of applications",
                        "ordering": ["-at", "-pk"],
                        "abstract": False,
                        "default_permissions": ("view",),
                    },
                ),
                migrations.CreateModel(
                    name="ReviewNote",
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
                                choices=[
                                    ("returned", "Sent back"),
                                    ("question", "Question to the team"),
                                    ("note", "Note among staff"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "codes",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("pay", "The pay is missing or cannot be right"),
                                        ("not-pain", "It is not a position in pain medicine"),
                                        ("contact", "Contact details stand in the text"),
                                        ("several", "It holds several positions in one"),
                                        ("twin", "It is much like another of theirs"),
                                        ("fair", "Words that shut people out"),
                                        ("thin", "It says too little of the work"),
                                    ],
                                    max_length=20,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("text", models.TextField()),
                        ("said", models.JSONField(blank=True, default=dict)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "job",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="review_notes",
                                to="careers.job",
                                verbose_name="position",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "word about a position",
                        "verbose_name_plural": "words about positions",
                        "ordering": ["-at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["returned", "question", "note"])),
                                name="careers_reviewnote_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "codes__contained_by",
                                        ["pay", "not-pain", "contact", "several", "twin", "fair", "thin"],
                                    )
                                ),
                                name="careers_reviewnote_codes_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind", "returned"), models.Q(("codes", []), ("said", {})), _connector="OR"
                                ),
                                name="careers_reviewnote_of_return",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProfileAccess",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="from")),
                        ("ends_on", models.DateField(verbose_name="until")),
                        ("reason", models.TextField(max_length=2000, verbose_name="why")),
                        ("given_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "employer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="profile_accesses",
                                to="careers.employer",
                            ),
                        ),
                        (
                            "given_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "search of profiles",
                        "verbose_name_plural": "searches of profiles",
                        "ordering": ["-starts_on", "-pk"],
                        "permissions": [("give_profileaccess", "Can let an employer search profiles")],
                        "default_permissions": ("view",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="careers_profileaccess_days",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProfileEntry",
                    fields=[
                        (
                            "profile",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="entry",
                                serialize=False,
                                to="careers.profile",
                            ),
                        ),
                        ("updated_at", models.DateTimeField()),
                        ("available_on", models.DateField(null=True)),
                        ("tags", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                        (
                            "cells",
                            django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None),
                        ),
                        (
                            "latitudes",
                            django.contrib.postgres.fields.ArrayField(base_field=models.FloatField(), size=None),
                        ),
                        (
                            "longitudes",
                            django.contrib.postgres.fields.ArrayField(base_field=models.FloatField(), size=None),
                        ),
                    ],
                    options={
                        "verbose_name": "entry of the search of profiles",
                        "verbose_name_plural": "entries of the search of profiles",
                        "default_permissions": (),
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fastupdate=False, fields=["tags", "cells"], name="careers_profileentry_all"
                            ),
                            models.Index(fields=["-updated_at", "-profile"], name="careers_profileentry_newest"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DaysBalance",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("featured", models.BooleanField(default=False)),
                        ("left", models.PositiveIntegerField(default=0)),
                        (
                            "employer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="day_balances",
                                to="careers.employer",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "days left",
                        "verbose_name_plural": "days left",
                        "ordering": ["featured"],
                        "constraints": [
                            models.UniqueConstraint(fields=("employer", "featured"), name="careers_days_once_a_kind"),
                            models.CheckConstraint(
                                condition=models.Q(("left__gte", 0)), name="careers_days_not_negative"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DaysBalanceEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("featured", models.BooleanField(default=False)),
                        ("left", models.PositiveIntegerField(default=0)),
                        (
                            "employer",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="careers.employer",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="careers.daysbalance",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="DaysEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("featured", models.BooleanField(default=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("filled", "Back from a filled position"),
                                    ("withdrawn", "Back from a withdrawn position"),
                                    ("closed", "Back, because a last day to apply comes first"),
                                    ("given", "Given"),
                                    ("restored", "Back, because the order is paid again"),
                                    ("lengthened", "Used to lengthen a position"),
                                    ("reopened", "Used to reopen a position"),
                                    ("taken_back", "Taken back"),
                                ],
                                max_length=12,
                                verbose_name="what happened",
                            ),
                        ),
                        ("change", models.IntegerField()),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "employer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="day_entries",
                                to="careers.employer",
                            ),
                        ),
                        (
                            "order_line",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="day_entries",
                                to="billing.orderline",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="day_entries",
                                to="careers.jobrun",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "entry of days",
                        "verbose_name_plural": "days that came and went",
                        "ordering": ["-pk"],
                        "indexes": [models.Index(fields=["employer", "-id"], name="careers_days_history")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "filled",
                                            "withdrawn",
                                            "closed",
                                            "given",
                                            "restored",
                                            "lengthened",
                                            "reopened",
                                            "taken_back",
                                        ],
                                    )
                                ),
                                name="careers_days_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("change__gte", 1),
                                        ("kind__in", ("filled", "withdrawn", "closed", "given", "restored")),
                                    ),
                                    models.Q(
                                        ("change__lte", -1), ("kind__in", ("lengthened", "reopened", "taken_back"))
                                    ),
                                    _connector="OR",
                                ),
                                name="careers_days_sign_fits",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("kind__in", ("filled", "withdrawn", "closed", "lengthened", "reopened")),
                                        ("run__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("kind__in", ("filled", "withdrawn", "closed", "lengthened", "reopened")),
                                            _negated=True,
                                        ),
                                        ("run__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="careers_days_of_a_run",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind__in", ("given", "taken_back", "restored")), _negated=True),
                                    ("order_line__isnull", False),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="careers_days_have_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="JobRun",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "featured",
                            models.BooleanField(
                                default=False, help_text="As the posting was; a gift of staff does not change it."
                            ),
                        ),
                        ("first_day", models.DateField()),
                        ("last_day", models.DateField()),
                        ("days", models.PositiveSmallIntegerField(verbose_name="days of the posting")),
                        (
                            "lengthened_days",
                            models.PositiveSmallIntegerField(default=0, verbose_name="days from the account"),
                        ),
                        (
                            "paused_days",
                            models.PositiveSmallIntegerField(default=0, verbose_name="days added for pauses"),
                        ),
                        (
                            "closed_days",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="days between an end and coming back"
                            ),
                        ),
                        ("returned_days", models.PositiveSmallIntegerField(default=0, verbose_name="days given back")),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "credit_entry",
                            models.OneToOneField(
                                blank=True,
                                help_text="Empty where a position was approved before postings were counted.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="run",
                                to="careers.creditentry",
                                verbose_name="posting used",
                            ),
                        ),
                        (
                            "job",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="runs", to="careers.job"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "run of a position",
                        "verbose_name_plural": "runs of positions",
                        "ordering": ["first_day", "pk"],
                        "indexes": [models.Index(fields=["job", "first_day"], name="careers_run_of_job")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "last_day",
                                        models.ExpressionWrapper(
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.expressions.CombinedExpression(
                                                    models.F("first_day"), "-", models.Value(1)
                                                ),
                                                "+",
                                                django.db.models.expressions.CombinedExpression(
                                                    django.db.models.expressions.CombinedExpression(
                                                        django.db.models.expressions.CombinedExpression(
                                                            django.db.models.expressions.CombinedExpression(
                                                                models.F("days"), "+", models.F("lengthened_days")
                                                            ),
                                                            "+",
                                                            models.F("paused_days"),
                                                        ),
                                                        "+",
                                                        models.F("closed_days"),
                                                    ),
                                                    "-",
                                                    models.F("returned_days"),
                                                ),
                                            ),
                                            models.DateField(),
                                        ),
                                    )
                                ),
                                name="careers_run_adds_up",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "last_day__gte",
                                        models.ExpressionWrapper(
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("first_day"), "-", models.Value(1)
                                            ),
                                            output_field=models.DateField(),
                                        ),
                                    )
                                ),
                                name="careers_run_not_backwards",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DaysEntryEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("featured", models.BooleanField(default=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("filled", "Back from a filled position"),
                                    ("withdrawn", "Back from a withdrawn position"),
                                    ("closed", "Back, because a last day to apply comes first"),
                                    ("given", "Given"),
                                    ("restored", "Back, because the order is paid again"),
                                    ("lengthened", "Used to lengthen a position"),
                                    ("reopened", "Used to reopen a position"),
                                    ("taken_back", "Taken back"),
                                ],
                                max_length=12,
                                verbose_name="what happened",
                            ),
                        ),
                        ("change", models.IntegerField()),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "employer",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="careers.employer",
                            ),
                        ),
                        (
                            "order_line",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="billing.orderline",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="careers.daysentry",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="careers.jobrun",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="JobRunEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "featured",
                            models.BooleanField(
                                default=False, help_text="As the posting was; a gift of staff does not change it."
                            ),
                        ),
                        ("first_day", models.DateField()),
                        ("last_day", models.DateField()),
                        ("days", models.PositiveSmallIntegerField(verbose_name="days of the posting")),
                        (
                            "lengthened_days",
                            models.PositiveSmallIntegerField(default=0, verbose_name="days from the account"),
                        ),
                        (
                            "paused_days",
                            models.PositiveSmallIntegerField(default=0, verbose_name="days added for pauses"),
                        ),
                        (
                            "closed_days",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="days between an end and coming back"
                            ),
                        ),
                        ("returned_days", models.PositiveSmallIntegerField(default=0, verbose_name="days given back")),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "credit_entry",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Empty where a position was approved before postings were counted.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="careers.creditentry",
                                verbose_name="posting used",
                            ),
                        ),
                        (
                            "job",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="careers.job",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="careers.jobrun",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ProfileContact",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", aapm_site.core.ids.PublicIdField()),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    (
                                        "position",
                                        "This position seems to fit what you do, and we would like to tell you more about it.",
                                    ),
                                    (
                                        "talk",
                                        "We would like to talk for twenty minutes about what you look for, without obligation.",
                                    ),
                                    ("visit", "We would like to show you where we work, and have you meet the team."),
                                ],
                                max_length=20,
                                verbose_name="why",
                            ),
                        ),
                        ("words", models.TextField(blank=True, max_length=1000, verbose_name="in their own words")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("asked", "Waiting for an answer"),
                                    ("agreed", "Yes"),
                                    ("declined", "No, thank you"),
                                    ("taken_back", "Yes, taken back"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="asked",
                                max_length=20,
                            ),
                        ),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("answered_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("closed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "employer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="profile_contacts",
                                to="careers.employer",
                            ),
                        ),
                        (
                            "job",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="careers.job",
                                verbose_name="position",
                            ),
                        ),
                        (
                            "profile",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="contacts",
                                to="careers.profile",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "request for contact",
                        "verbose_name_plural": "requests for contact",
                        "ordering": ["-asked_at", "-pk"],
                        "default_permissions": (),
                        "indexes": [models.Index(fields=["employer", "-asked_at"], name="careers_contact_newest")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("status__in", ("asked", "agreed"))),
                                fields=("profile", "employer"),
                                name="careers_contact_one_open",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ["asked", "agreed", "declined", "taken_back", "withdrawn"])
                                ),
                                name="careers_contact_status_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason__in", ["position", "talk", "visit"])),
                                name="careers_contact_reason_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at__isnull", True), ("status__in", ("asked", "agreed"))),
                                    models.Q(
                                        models.Q(("status__in", ("asked", "agreed")), _negated=True),
                                        ("closed_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="careers_contact_closed_at",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProfileContactChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("from_status", models.CharField(max_length=20)),
                        ("to_status", models.CharField(max_length=20)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("reason", models.TextField(blank=True)),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "subject",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="status_changes",
                                to="careers.profilecontact",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "step of a request for contact",
                        "verbose_name_plural": "steps of requests for contact",
                        "ordering": ["-at", "-pk"],
                        "abstract": False,
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="ProfileBookmark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("note", models.TextField(blank=True, max_length=1000)),
                        ("kept_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "employer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="profile_bookmarks",
                                to="careers.employer",
                            ),
                        ),
                        (
                            "kept_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "profile",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="careers.profile"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "kept profile",
                        "verbose_name_plural": "kept profiles",
                        "ordering": ["-kept_at", "-pk"],
                        "default_permissions": (),
                        "constraints": [
                            models.UniqueConstraint(fields=("employer", "profile"), name="careers_bookmark_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="JobChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("wanted", models.JSONField(default=dict)),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked")),
                        (
                            "edited_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="last edited"),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("open", "Waits for our staff"),
                                    ("approved", "Approved"),
                                    ("returned", "Came back"),
                                    ("taken-back", "Taken back"),
                                    ("ended", "Ended with its position"),
                                ],
                                default="open",
                                max_length=20,
                            ),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                        (
                            "codes",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("pay", "The pay is missing or cannot be right"),
                                        ("not-pain", "It is not a position in pain medicine"),
                                        ("contact", "Contact details stand in the text"),
                                        ("several", "It holds several positions in one"),
                                        ("twin", "It is much like another of theirs"),
                                        ("fair", "Words that shut people out"),
                                        ("thin", "It says too little of the work"),
                                    ],
                                    max_length=20,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("words", models.TextField(blank=True, verbose_name="words to the employer")),
                        (
                            "asked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "job",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="changes",
                                to="careers.job",
                                verbose_name="position",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "change of a position",
                        "verbose_name_plural": "changes of positions",
                        "ordering": ["-asked_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("outcome", "open")),
                                fields=("job",),
                                name="careers_jobchange_one_open",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("outcome__in", ["open", "approved", "returned", "taken-back", "ended"])
                                ),
                                name="careers_jobchange_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_at__isnull", True), ("outcome", "open")),
                                    models.Q(
                                        models.Q(("outcome", "open"), _negated=True), ("decided_at__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="careers_jobchange_decided_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "codes__contained_by",
                                        ["pay", "not-pain", "contact", "several", "twin", "fair", "thin"],
                                    )
                                ),
                                name="careers_jobchange_codes_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("wanted", {}), _negated=True),
                                name="careers_jobchange_wants_something",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OpenQuestion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("approved_at", models.DateTimeField(help_text="The approval that it is about.")),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("answer_until", models.DateTimeField()),
                        (
                            "answer",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Not answered yet"),
                                    ("open", "Still open"),
                                    ("filled", "Filled"),
                                    ("none", "Not answered, so it was paused"),
                                ],
                                default="",
                                max_length=10,
                            ),
                        ),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "job",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="open_questions",
                                to="careers.job",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "question whether a position is open",
                        "verbose_name_plural": "questions whether positions are open",
                        "ordering": ["-asked_at"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("answer", "")),
                                fields=["answer_until"],
                                name="careers_question_waits",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("job", "approved_at"), name="careers_question_once"),
                            models.CheckConstraint(
                                condition=models.Q(("answer__in", ["", "open", "filled", "none"])),
                                name="careers_question_answer_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer", ""), ("answered_at__isnull", True)),
                                    models.Q(models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="careers_question_answered_at",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="JobStatement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "is_open_vacancy",
                            models.BooleanField(default=False, verbose_name="open, and they intend to fill it"),
                        ),
                        (
                            "software_screens",
                            models.BooleanField(blank=True, null=True, verbose_name="software screens applicants"),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "job",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="statement",
                                to="careers.job",
                                verbose_name="position",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "statement about a position",
                        "verbose_name_plural": "statements about positions",
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="JobTemplate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", aapm_site.core.ids.PublicIdField()),
                        ("name", models.CharField(max_length=80)),
                        ("fields", models.JSONField()),
                        ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "employer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="job_templates",
                                to="careers.employer",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "template of a position",
                        "verbose_name_plural": "templates of positions",
                        "ordering": ["name", "pk"],
                        "default_permissions": (),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("employer", "name"),
                                name="careers_template_name_once",
                                violation_error_message="You have a template of this name already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="JobDraftVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("fields", models.JSONField()),
                        ("begun_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("saves", models.PositiveIntegerField(default=1)),
                        ("is_checked", models.BooleanField(default=False)),
                        ("is_aside", models.BooleanField(default=False)),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "job",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="draft_versions",
                                to="careers.job",
                                verbose_name="position",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version of a draft",
                        "verbose_name_plural": "versions of drafts",
                        "ordering": ["-at", "-pk"],
                        "default_permissions": (),
                        "indexes": [models.Index(fields=["job", "-at", "-id"], name="careers_draft_newest")],
                    },
                ),
                migrations.CreateModel(
                    name="JobQuestion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("yes-no", "Yes or no"),
                                    ("one-of", "One of several answers"),
                                    ("short", "A short text"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("text", models.CharField(max_length=200)),
                        ("options", models.JSONField(blank=True, default=list)),
                        ("is_required", models.BooleanField(default=False)),
                        (
                            "job",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="questions",
                                to="careers.job",
                                verbose_name="position",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "question of a position",
                        "verbose_name_plural": "questions of positions",
                        "ordering": ["order", "pk"],
                        "default_permissions": (),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["yes-no", "one-of", "short"])),
                                name="careers_question_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(models.Q(("text", ""), _negated=True), ("order__lt", 5)),
                                name="careers_question_complete",
                            ),
                            models.UniqueConstraint(fields=("job", "order"), name="careers_question_order"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReplyClock",
                    fields=[
                        (
                            "employer",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="reply_clock",
                                serialize=False,
                                to="careers.employer",
                            ),
                        ),
                        ("counted", models.PositiveIntegerField(default=0, verbose_name="applications that count")),
                        (
                            "days",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="days to a usual answer, rounded"
                            ),
                        ),
                        (
                            "public_days",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="the same, as everybody reads it"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reply clock",
                        "verbose_name_plural": "reply clocks",
                        "default_permissions": (),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("days__isnull", True),
                                    ("days__in", (1, 2, 3, 4, 5, 6, 7, 14, 21, 31, 61, 365)),
                                    _connector="OR",
                                ),
                                name="careers_reply_band",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("public_days__isnull", True),
                                    models.Q(("counted__gte", 5), ("public_days", models.F("days"))),
                                    _connector="OR",
                                ),
                                name="careers_reply_public",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DomainProof",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", aapm_site.core.ids.PublicIdField()),
                        ("domain", models.CharField(max_length=253)),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("expires_at", models.DateTimeField(editable=False)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "employer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="domain_proofs",
                                to="careers.employer",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "link that proves a domain",
                        "verbose_name_plural": "links that prove a domain",
                        "default_permissions": (),
                        "constraints": [
                            models.UniqueConstraint(fields=("employer",), name="careers_domainproof_one_waits"),
                            models.CheckConstraint(
                                condition=models.Q(("domain", ""), _negated=True),
                                name="careers_domainproof_names_domain",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EmployerDecision",
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
                                choices=[
                                    ("proved", "Domain proved by a mailed link"),
                                    ("verified", "Verified by staff"),
                                    ("taken-back", "Verification taken back by staff"),
                                    ("renamed", "Verification lost with the former name"),
                                    ("moved", "Verification lost with the former website"),
                                    ("trusted", "Trusted by staff"),
                                    ("trust-ended", "Trust ended by staff"),
                                ],
                                max_length=20,
                                verbose_name="what",
                            ),
                        ),
                        (
                            "at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="when"
                            ),
                        ),
                        ("domain", models.CharField(blank=True, max_length=253, verbose_name="proved domain")),
                        ("reason", models.TextField(blank=True, max_length=2000, verbose_name="how or why")),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who",
                            ),
                        ),
                        (
                            "employer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="decisions",
                                to="careers.employer",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "decision on an employer",
                        "verbose_name_plural": "decisions on employers",
                        "ordering": ["-pk"],
                        "default_permissions": ("view",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind", "proved"), ("domain", ""), _connector="XOR"),
                                name="careers_employerdecision_domain",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "proved",
                                            "verified",
                                            "taken-back",
                                            "renamed",
                                            "moved",
                                            "trusted",
                                            "trust-ended",
                                        ],
                                    )
                                ),
                                name="careers_employerdecision_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProfileAppearance",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("appeared_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("left_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("matched_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "profile",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="appearances",
                                to="careers.profile",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "appearance of a profile",
                        "verbose_name_plural": "appearances of profiles",
                        "default_permissions": (),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("left_at__isnull", True), ("matched_at__isnull", True)),
                                fields=["appeared_at"],
                                name="careers_appearance_new",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("left_at__isnull", True)),
                                fields=("profile",),
                                name="careers_appearance_one_open",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProfileSearch",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                                blank=True,
                                max_length=4000,
                                verbose_name="address of the search, after its question mark",
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
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fastupdate=False, fields=["keys"], name="careers_profilesearch_keys"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("pace__in", ["at-once", "daily", "weekly"])),
                                name="careers_profilesearch_pace_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("keys", []), _negated=True), name="careers_profilesearch_has_keys"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("latitude__isnull", True), ("longitude__isnull", True), ("miles__isnull", True)
                                    ),
                                    models.Q(
                                        ("latitude__isnull", False), ("longitude__isnull", False), ("miles__gt", 0)
                                    ),
                                    _connector="OR",
                                ),
                                name="careers_profilesearch_near_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True), name="careers_profilesearch_has_name"
                            ),
                            models.UniqueConstraint(
                                fields=("member", "name"),
                                name="careers_profilesearch_name_once",
                                violation_error_message="You have a saved search of this name already.",
                            ),
                            models.UniqueConstraint(
                                fields=("member", "address"),
                                name="careers_profilesearch_once",
                                violation_error_message="You have saved this search already.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProfileFind",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        "indexes": [
                            models.Index(
                                condition=models.Q(("told_at__isnull", True)),
                                fields=["search"],
                                name="careers_find_waiting",
                            ),
                            models.Index(fields=["found_at"], name="careers_find_old"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("search", "appearance"), name="careers_find_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("letter__isnull", True), ("told_at__isnull", False), _connector="OR"
                                ),
                                name="careers_find_told_by_letter",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApplicantNote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField(max_length=2000)),
                        ("written_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("changed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="team_notes",
                                to="careers.jobapplication",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "note on an application",
                        "verbose_name_plural": "notes on applications",
                        "ordering": ["written_at", "pk"],
                        "default_permissions": (),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True), name="careers_applicantnote_said"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="JobApplicationMessage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("by_employer", models.BooleanField(db_default=False, verbose_name="written by the employer")),
                        ("text", models.TextField(blank=True, max_length=4000)),
                        ("sent_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "reported_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="reported"),
                        ),
                        (
                            "settled_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="decided"),
                        ),
                        (
                            "removed_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="removed"),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="talk",
                                to="careers.jobapplication",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "settled_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reported message",
                        "verbose_name_plural": "reported messages",
                        "ordering": ["sent_at", "pk"],
                        "permissions": [("settle_jobapplicationmessage", "Can decide on reported messages")],
                        "default_permissions": ("view",),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("reported_at__isnull", False)),
                                fields=["reported_at"],
                                name="careers_message_reported",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("removed_at__isnull", True), models.Q(("text", ""), _negated=True)),
                                    models.Q(("removed_at__isnull", False), ("text", "")),
                                    _connector="OR",
                                ),
                                name="careers_message_said",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("settled_at__isnull", True), ("reported_at__isnull", False), _connector="OR"
                                ),
                                name="careers_message_settled",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TeamAddress",
                    fields=[
                        (
                            "application",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="team_address",
                                serialize=False,
                                to="careers.jobapplication",
                            ),
                        ),
                        ("shown_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="careers.employermember",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "address shown to an applicant",
                        "verbose_name_plural": "addresses shown to applicants",
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="EmployerSlug",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("slug", models.SlugField(max_length=140, unique=True)),
                        ("until", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "employer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="former_slugs",
                                to="careers.employer",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "former address of an employer",
                        "verbose_name_plural": "former addresses of employers",
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="EmployerLogo",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", aapm_site.core.ids.PublicIdField()),
                        ("width", models.PositiveIntegerField(editable=False)),
                        ("height", models.PositiveIntegerField(editable=False)),
                        (
                            "form",
                            models.CharField(
                                choices=[("png", "PNG"), ("jpg", "JPEG")],
                                editable=False,
                                help_text="For programs without WebP.",
                                max_length=4,
                            ),
                        ),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "employer",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="logo", to="careers.employer"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "logo of an employer",
                        "verbose_name_plural": "logos of employers",
                        "default_permissions": (),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("form__in", ["png", "jpg"])), name="careers_logo_form_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("width__gt", 0), ("height__gt", 0)), name="careers_logo_has_size"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BannedEmployer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "name",
                            models.CharField(
                                blank=True,
                                help_text="Capitals, accents, signs and “LLC” make no difference.",
                                max_length=120,
                                verbose_name="organization",
                            ),
                        ),
                        (
                            "domain",
                            models.CharField(
                                blank=True,
                                help_text="With all below it: jobs.example.org too.",
                                max_length=253,
                                verbose_name="web or mail domain",
                            ),
                        ),
                        (
                            "address",
                            models.EmailField(
                                blank=True, help_text="Of one person.", max_length=254, verbose_name="e-mail address"
                            ),
                        ),
                        (
                            "address_hash",
                            models.CharField(
                                blank=True, editable=False, max_length=64, verbose_name="hash of an erased address"
                            ),
                        ),
                        (
                            "reason",
                            models.TextField(
                                help_text="Your colleagues read it; the organization does not.", max_length=2000
                            ),
                        ),
                        (
                            "added_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="since"
                            ),
                        ),
                        (
                            "lifted_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="lifted"),
                        ),
                        ("why_lifted", models.TextField(blank=True, editable=False)),
                        (
                            "added_by",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "lifted_by",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "banned employer",
                        "verbose_name_plural": "banned employers",
                        "ordering": ["-added_at", "-pk"],
                        "permissions": [("lift_bannedemployer", "Can take an employer off the ban list")],
                        "default_permissions": ("view", "add"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        models.Q(("name", ""), _negated=True),
                                        ("address", ""),
                                        ("address_hash", ""),
                                        ("domain", ""),
                                    ),
                                    models.Q(
                                        models.Q(("domain", ""), _negated=True),
                                        ("address", ""),
                                        ("address_hash", ""),
                                        ("name", ""),
                                    ),
                                    models.Q(
                                        models.Q(("address", ""), _negated=True),
                                        ("address_hash", ""),
                                        ("domain", ""),
                                        ("name", ""),
                                    ),
                                    models.Q(
                                        models.Q(("address_hash", ""), _negated=True),
                                        ("address", ""),
                                        ("domain", ""),
                                        ("name", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="careers_banned_by_one",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="careers_banned_has_reason"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("address", django.db.models.functions.text.Lower(models.F("address"))),
                                    ("domain", django.db.models.functions.text.Lower(models.F("domain"))),
                                ),
                                name="careers_banned_small",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("lifted_at__isnull", True), ("why_lifted", "")),
                                    models.Q(("lifted_at__isnull", False), models.Q(("why_lifted", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="careers_banned_lifted_for_a_reason",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("lifted_at__isnull", True), models.Q(("name", ""), _negated=True)),
                                fields=("name",),
                                name="careers_banned_name_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("lifted_at__isnull", True), models.Q(("domain", ""), _negated=True)
                                ),
                                fields=("domain",),
                                name="careers_banned_domain_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("lifted_at__isnull", True), models.Q(("address", ""), _negated=True)
                                ),
                                fields=("address",),
                                name="careers_banned_address_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("lifted_at__isnull", True), models.Q(("address_hash", ""), _negated=True)
                                ),
                                fields=("address_hash",),
                                name="careers_banned_address_hash_once",
                            ),
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="employer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="kept_with_account",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."customer_id" IS NOT NULL)',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="54d7a92c45773affaa9ff31da0376e3a386e1e32",
                            operation="DELETE",
                            pgid="pgtrigger_kept_with_account_11dfb",
                            table="careers_employer",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="employer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised_by_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF EXISTS (SELECT FROM new_rows AS changed WHERE changed.id IN (SELECT employer_id FROM careers_job WHERE status IN ('approved', 'paused', 'filled', 'withdrawn') AND starts_at IS NOT NULL)) THEN INSERT INTO core_revision DEFAULT VALUES; END IF; RETURN NULL;",
                            hash="d79b49ff76af750cae7d824ecbf1269f1f951fc5",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_revised_by_insert_f2a91",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="careers_employer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="employer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised_by_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF EXISTS (SELECT FROM (TABLE old_rows UNION ALL TABLE new_rows) AS changed WHERE changed.id IN (SELECT employer_id FROM careers_job WHERE status IN ('approved', 'paused', 'filled', 'withdrawn') AND starts_at IS NOT NULL)) THEN INSERT INTO core_revision DEFAULT VALUES; END IF; RETURN NULL;",
                            hash="948b1050650c84b013a30c68c9d0e706546e1a02",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_revised_by_update_2f9db",
                            referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                            table="careers_employer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="employer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised_by_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF EXISTS (SELECT FROM old_rows AS changed WHERE changed.id IN (SELECT employer_id FROM careers_job WHERE status IN ('approved', 'paused', 'filled', 'withdrawn') AND starts_at IS NOT NULL)) THEN INSERT INTO core_revision DEFAULT VALUES; END IF; RETURN NULL;",
                            hash="4073ea413e2ee66c176092131eb0253399bb80ee",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_revised_by_delete_78023",
                            referencing="REFERENCING OLD TABLE AS old_rows ",
                            table="careers_employer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="job",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised_by_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF EXISTS (SELECT FROM new_rows AS changed WHERE status IN ('approved', 'paused', 'filled', 'withdrawn') AND starts_at IS NOT NULL) THEN INSERT INTO core_revision DEFAULT VALUES; END IF; RETURN NULL;",
                            hash="9f33f42e2e689a7e3e554d76400485f5c0fa2c06",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_revised_by_insert_f5ab5",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="careers_job",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="job",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised_by_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF EXISTS (SELECT FROM (TABLE old_rows UNION ALL TABLE new_rows) AS changed WHERE status IN ('approved', 'paused', 'filled', 'withdrawn') AND starts_at IS NOT NULL) THEN INSERT INTO core_revision DEFAULT VALUES; END IF; RETURN NULL;",
                            hash="b2feeb167fda7ad0e187dc3b5d2482e7615bafb3",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_revised_by_update_9256e",
                            referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                            table="careers_job",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="job",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised_by_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF EXISTS (SELECT FROM old_rows AS changed WHERE status IN ('approved', 'paused', 'filled', 'withdrawn') AND starts_at IS NOT NULL) THEN INSERT INTO core_revision DEFAULT VALUES; END IF; RETURN NULL;",
                            hash="968bdc1f3c4eaf1e5250cee64e28b19606c86241",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_revised_by_delete_7fb74",
                            referencing="REFERENCING OLD TABLE AS old_rows ",
                            table="careers_job",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="job",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "careers_jobevent" ("apply_email", "apply_url", "approved_at", "benefits", "body", "closes_on", "confidential", "created_at", "employer_id", "employment_type", "ends_at", "featured", "id", "is_sample", "pay_currency", "pay_exemption", "pay_max", "pay_min", "pay_note", "pay_period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places_text", "profession_id", "public_employer_name", "read_at", "remote", "runs_days", "setting", "slug", "starts_at", "status", "submitted_at", "summary", "taken_down_at", "takes_applications", "title", "updated_at", "wished_start_on") VALUES (NEW."apply_email", NEW."apply_url", NEW."approved_at", NEW."benefits", NEW."body", NEW."closes_on", NEW."confidential", NEW."created_at", NEW."employer_id", NEW."employment_type", NEW."ends_at", NEW."featured", NEW."id", NEW."is_sample", NEW."pay_currency", NEW."pay_exemption", NEW."pay_max", NEW."pay_min", NEW."pay_note", NEW."pay_period", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."places_text", NEW."profession_id", NEW."public_employer_name", NEW."read_at", NEW."remote", NEW."runs_days", NEW."setting", NEW."slug", NEW."starts_at", NEW."status", NEW."submitted_at", NEW."summary", NEW."taken_down_at", NEW."takes_applications", NEW."title", NEW."updated_at", NEW."wished_start_on"); RETURN NULL;',
                            hash="4cc6b5470344043c13ff39bd367629c069c2a1c9",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_31fb4",
                            table="careers_job",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="job",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."apply_email" IS DISTINCT FROM (NEW."apply_email") OR OLD."apply_url" IS DISTINCT FROM (NEW."apply_url") OR OLD."approved_at" IS DISTINCT FROM (NEW."approved_at") OR OLD."benefits" IS DISTINCT FROM (NEW."benefits") OR OLD."body" IS DISTINCT FROM (NEW."body") OR OLD."closes_on" IS DISTINCT FROM (NEW."closes_on") OR OLD."confidential" IS DISTINCT FROM (NEW."confidential") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."employer_id" IS DISTINCT FROM (NEW."employer_id") OR OLD."employment_type" IS DISTINCT FROM (NEW."employment_type") OR OLD."ends_at" IS DISTINCT FROM (NEW."ends_at") OR OLD."featured" IS DISTINCT FROM (NEW."featured") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_sample" IS DISTINCT FROM (NEW."is_sample") OR OLD."pay_currency" IS DISTINCT FROM (NEW."pay_currency") OR OLD."pay_exemption" IS DISTINCT FROM (NEW."pay_exemption") OR OLD."pay_max" IS DISTINCT FROM (NEW."pay_max") OR OLD."pay_min" IS DISTINCT FROM (NEW."pay_min") OR OLD."pay_note" IS DISTINCT FROM (NEW."pay_note") OR OLD."pay_period" IS DISTINCT FROM (NEW."pay_period") OR OLD."places_text" IS DISTINCT FROM (NEW."places_text") OR OLD."profession_id" IS DISTINCT FROM (NEW."profession_id") OR OLD."public_employer_name" IS DISTINCT FROM (NEW."public_employer_name") OR OLD."read_at" IS DISTINCT FROM (NEW."read_at") OR OLD."remote" IS DISTINCT FROM (NEW."remote") OR OLD."runs_days" IS DISTINCT FROM (NEW."runs_days") OR OLD."setting" IS DISTINCT FROM (NEW."setting") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."starts_at" IS DISTINCT FROM (NEW."starts_at") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."submitted_at" IS DISTINCT FROM (NEW."submitted_at") OR OLD."summary" IS DISTINCT FROM (NEW."summary") OR OLD."taken_down_at" IS DISTINCT FROM (NEW."taken_down_at") OR OLD."takes_applications" IS DISTINCT FROM (NEW."takes_applications") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."wished_start_on" IS DISTINCT FROM (NEW."wished_start_on"))',
                            func='INSERT INTO "careers_jobevent" ("apply_email", "apply_url", "approved_at", "benefits", "body", "closes_on", "confidential", "created_at", "employer_id", "employment_type", "ends_at", "featured", "id", "is_sample", "pay_currency", "pay_exemption", "pay_max", "pay_min", "pay_note", "pay_period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places_text", "profession_id", "public_employer_name", "read_at", "remote", "runs_days", "setting", "slug", "starts_at", "status", "submitted_at", "summary", "taken_down_at", "takes_applications", "title", "updated_at", "wished_start_on") VALUES (NEW."apply_email", NEW."apply_url", NEW."approved_at", NEW."benefits", NEW."body", NEW."closes_on", NEW."confidential", NEW."created_at", NEW."employer_id", NEW."employment_type", NEW."ends_at", NEW."featured", NEW."id", NEW."is_sample", NEW."pay_currency", NEW."pay_exemption", NEW."pay_max", NEW."pay_min", NEW."pay_note", NEW."pay_period", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."places_text", NEW."profession_id", NEW."public_employer_name", NEW."read_at", NEW."remote", NEW."runs_days", NEW."setting", NEW."slug", NEW."starts_at", NEW."status", NEW."submitted_at", NEW."summary", NEW."taken_down_at", NEW."takes_applications", NEW."title", NEW."updated_at", NEW."wished_start_on"); RETURN NULL;',
                            hash="546569e682b92d851bf87a6af792bbe113f0fc68",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b153b",
                            table="careers_job",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="joblocation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised_by_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF EXISTS (SELECT FROM new_rows AS changed WHERE changed.job_id IN (SELECT id FROM careers_job WHERE status IN ('approved', 'paused', 'filled', 'withdrawn') AND starts_at IS NOT NULL)) THEN INSERT INTO core_revision DEFAULT VALUES; END IF; RETURN NULL;",
                            hash="2e5a0925e26c177501de30eb364cfb1eeb048e3e",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_revised_by_insert_96339",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="careers_joblocation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="joblocation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised_by_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF EXISTS (SELECT FROM (TABLE old_rows UNION ALL TABLE new_rows) AS changed WHERE changed.job_id IN (SELECT id FROM careers_job WHERE status IN ('approved', 'paused', 'filled', 'withdrawn') AND starts_at IS NOT NULL)) THEN INSERT INTO core_revision DEFAULT VALUES; END IF; RETURN NULL;",
                            hash="9f923ed10caf2dd87a796ff78440eeec490d196e",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_revised_by_update_c9c0a",
                            referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                            table="careers_joblocation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="joblocation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised_by_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF EXISTS (SELECT FROM old_rows AS changed WHERE changed.job_id IN (SELECT id FROM careers_job WHERE status IN ('approved', 'paused', 'filled', 'withdrawn') AND starts_at IS NOT NULL)) THEN INSERT INTO core_revision DEFAULT VALUES; END IF; RETURN NULL;",
                            hash="f1a61c72cd62fcd342159be926e918d16c9e4081",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_revised_by_delete_e19f6",
                            referencing="REFERENCING OLD TABLE AS old_rows ",
                            table="careers_joblocation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="package",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO core_revision DEFAULT VALUES; RETURN NULL;",
                            hash="549e6cadc8d7186da4c91e51ab17f52a3653e369",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_revised_60c9e",
                            table="careers_package",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="package",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "careers_packageevent" ("currency", "description", "featured", "id", "is_active", "is_sample", "label", "member_price", "name", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postings", "price", "runs_days", "slug", "tax_rate") VALUES (NEW."currency", NEW."description", NEW."featured", NEW."id", NEW."is_active", NEW."is_sample", NEW."label", NEW."member_price", NEW."name", NEW."order", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."postings", NEW."price", NEW."runs_days", NEW."slug", NEW."tax_rate"); RETURN NULL;',
                            hash="4c40eee85d82cbaeb0b99eaa5c3263be1162756c",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6cb84",
                            table="careers_package",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="package",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "careers_packageevent" ("currency", "description", "featured", "id", "is_active", "is_sample", "label", "member_price", "name", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postings", "price", "runs_days", "slug", "tax_rate") VALUES (NEW."currency", NEW."description", NEW."featured", NEW."id", NEW."is_active", NEW."is_sample", NEW."label", NEW."member_price", NEW."name", NEW."order", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."postings", NEW."price", NEW."runs_days", NEW."slug", NEW."tax_rate"); RETURN NULL;',
                            hash="4c816e785e36f283d156f7693ad39d0a0b8ba7b0",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ad56b",
                            table="careers_package",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="package",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "careers_packageevent" ("currency", "description", "featured", "id", "is_active", "is_sample", "label", "member_price", "name", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postings", "price", "runs_days", "slug", "tax_rate") VALUES (OLD."currency", OLD."description", OLD."featured", OLD."id", OLD."is_active", OLD."is_sample", OLD."label", OLD."member_price", OLD."name", OLD."order", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."postings", OLD."price", OLD."runs_days", OLD."slug", OLD."tax_rate"); RETURN NULL;',
                            hash="28454202b838d19535ccb37ebcfcaa9c0ac235fb",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_96e82",
                            table="careers_package",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="creditbalance",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="83c148eedff4846345d7858d6bb32f80754eef62",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_a5b52",
                            table="careers_creditbalance",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="creditbalance",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "careers_creditbalanceevent" ("employer_id", "featured", "id", "left", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "runs_days") VALUES (NEW."employer_id", NEW."featured", NEW."id", NEW."left", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."runs_days"); RETURN NULL;',
                            hash="1d6eb01060c796996b0d7597dbce1132dcf7f7ef",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_4c069",
                            table="careers_creditbalance",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="creditbalance",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "careers_creditbalanceevent" ("employer_id", "featured", "id", "left", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "runs_days") VALUES (NEW."employer_id", NEW."featured", NEW."id", NEW."left", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."runs_days"); RETURN NULL;',
                            hash="4adb84444d44db11f47cb3a50c50cb495786b0b1",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_08d14",
                            table="careers_creditbalance",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="creditbalance",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "careers_creditbalanceevent" ("employer_id", "featured", "id", "left", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "runs_days") VALUES (OLD."employer_id", OLD."featured", OLD."id", OLD."left", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."runs_days"); RETURN NULL;',
                            hash="12232bddad74da8d4f405360be98e5b6b47cb5d9",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_54095",
                            table="careers_creditbalance",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="creditentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_changed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."runs_days" IS DISTINCT FROM (NEW."runs_days") OR OLD."featured" IS DISTINCT FROM (NEW."featured") OR OLD."employer_id" IS DISTINCT FROM (NEW."employer_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."change" IS DISTINCT FROM (NEW."change") OR OLD."order_line_id" IS DISTINCT FROM (NEW."order_line_id") OR OLD."job_id" IS DISTINCT FROM (NEW."job_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."at" IS DISTINCT FROM (NEW."at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="d1acadef58c0c676561134dce5e7cec6aed20d65",
                            operation="UPDATE",
                            pgid="pgtrigger_never_changed_a0715",
                            table="careers_creditentry",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="creditentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="aff7f76892d48cdf29ce9227c3a4bd5d3822e9f8",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_b5474",
                            table="careers_creditentry",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="creditentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "careers_creditentryevent" ("at", "by_id", "change", "employer_id", "featured", "id", "job_id", "kind", "order_line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "runs_days") VALUES (NEW."at", NEW."by_id", NEW."change", NEW."employer_id", NEW."featured", NEW."id", NEW."job_id", NEW."kind", NEW."order_line_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."runs_days"); RETURN NULL;',
                            hash="c2572e7a181f83272180cbc1b565bc76ec52f660",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_7a024",
                            table="careers_creditentry",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="creditentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "careers_creditentryevent" ("at", "by_id", "change", "employer_id", "featured", "id", "job_id", "kind", "order_line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "runs_days") VALUES (NEW."at", NEW."by_id", NEW."change", NEW."employer_id", NEW."featured", NEW."id", NEW."job_id", NEW."kind", NEW."order_line_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."runs_days"); RETURN NULL;',
                            hash="75e79f702f132c7a596ebbae1f32989b046fe7d0",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8a275",
                            table="careers_creditentry",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="creditentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "careers_creditentryevent" ("at", "by_id", "change", "employer_id", "featured", "id", "job_id", "kind", "order_line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "runs_days") VALUES (OLD."at", OLD."by_id", OLD."change", OLD."employer_id", OLD."featured", OLD."id", OLD."job_id", OLD."kind", OLD."order_line_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."runs_days"); RETURN NULL;',
                            hash="202f64c80bcfca93b281fb0613c11852bf780421",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_0130c",
                            table="careers_creditentry",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="jobterms",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised_by_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF EXISTS (SELECT FROM new_rows AS changed WHERE changed.job_id IN (SELECT id FROM careers_job WHERE status IN ('approved', 'paused', 'filled', 'withdrawn') AND starts_at IS NOT NULL)) THEN INSERT INTO core_revision DEFAULT VALUES; END IF; RETURN NULL;",
                            hash="430b751db629af95275da92c51a9fa44f5714380",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_revised_by_insert_2a973",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="careers_jobterms",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="jobterms",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised_by_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF EXISTS (SELECT FROM (TABLE old_rows UNION ALL TABLE new_rows) AS changed WHERE changed.job_id IN (SELECT id FROM careers_job WHERE status IN ('approved', 'paused', 'filled', 'withdrawn') AND starts_at IS NOT NULL)) THEN INSERT INTO core_revision DEFAULT VALUES; END IF; RETURN NULL;",
                            hash="8078e0401c99742228c7ee235cae994ce5cb539a",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_revised_by_update_5a8e7",
                            referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                            table="careers_jobterms",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="jobterms",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised_by_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF EXISTS (SELECT FROM old_rows AS changed WHERE changed.job_id IN (SELECT id FROM careers_job WHERE status IN ('approved', 'paused', 'filled', 'withdrawn') AND starts_at IS NOT NULL)) THEN INSERT INTO core_revision DEFAULT VALUES; END IF; RETURN NULL;",
                            hash="30c32ee2574b988fd683d450118d4d05b43d2e8e",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_revised_by_delete_fc072",
                            referencing="REFERENCING OLD TABLE AS old_rows ",
                            table="careers_jobterms",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="jobterms",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "careers_jobtermsevent" ("call_one_in", "h1b", "hours_a_week", "j1_waiver", "job_id", "loan_repayment", "new_graduates", "non_compete_miles", "non_compete_months", "opioid_share", "partnership_months", "pay_model", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "procedures", "start_by_on", "tail", "weekend_one_in", "wrvu_threshold") VALUES (NEW."call_one_in", NEW."h1b", NEW."hours_a_week", NEW."j1_waiver", NEW."job_id", NEW."loan_repayment", NEW."new_graduates", NEW."non_compete_miles", NEW."non_compete_months", NEW."opioid_share", NEW."partnership_months", NEW."pay_model", _pgh_attach_context(), NOW(), \'insert\', NEW."job_id", NEW."procedures", NEW."start_by_on", NEW."tail", NEW."weekend_one_in", NEW."wrvu_threshold"); RETURN NULL;',
                            hash="5c3bc6538b17567866f6e1d03bd894c5e9566032",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2f52c",
                            table="careers_jobterms",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="jobterms",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "careers_jobtermsevent" ("call_one_in", "h1b", "hours_a_week", "j1_waiver", "job_id", "loan_repayment", "new_graduates", "non_compete_miles", "non_compete_months", "opioid_share", "partnership_months", "pay_model", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "procedures", "start_by_on", "tail", "weekend_one_in", "wrvu_threshold") VALUES (NEW."call_one_in", NEW."h1b", NEW."hours_a_week", NEW."j1_waiver", NEW."job_id", NEW."loan_repayment", NEW."new_graduates", NEW."non_compete_miles", NEW."non_compete_months", NEW."opioid_share", NEW."partnership_months", NEW."pay_model", _pgh_attach_context(), NOW(), \'update\', NEW."job_id", NEW."procedures", NEW."start_by_on", NEW."tail", NEW."weekend_one_in", NEW."wrvu_threshold"); RETURN NULL;',
                            hash="08b990543bfe5ae2c3f33e57183ebaf228f46054",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c2a40",
                            table="careers_jobterms",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="jobterms",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "careers_jobtermsevent" ("call_one_in", "h1b", "hours_a_week", "j1_waiver", "job_id", "loan_repayment", "new_graduates", "non_compete_miles", "non_compete_months", "opioid_share", "partnership_months", "pay_model", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "procedures", "start_by_on", "tail", "weekend_one_in", "wrvu_threshold") VALUES (OLD."call_one_in", OLD."h1b", OLD."hours_a_week", OLD."j1_waiver", OLD."job_id", OLD."loan_repayment", OLD."new_graduates", OLD."non_compete_miles", OLD."non_compete_months", OLD."opioid_share", OLD."partnership_months", OLD."pay_model", _pgh_attach_context(), NOW(), \'delete\', OLD."job_id", OLD."procedures", OLD."start_by_on", OLD."tail", OLD."weekend_one_in", OLD."wrvu_threshold"); RETURN NULL;',
                            hash="b7e23f9ee8a7de19e036ab9b61e0f7bccf1d2a76",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_3be51",
                            table="careers_jobterms",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="fellowshipoffer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised_by_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF EXISTS (SELECT FROM new_rows AS changed WHERE status IN ('approved', 'filled', 'withdrawn')) THEN INSERT INTO core_revision DEFAULT VALUES; END IF; RETURN NULL;",
                            hash="4a7551394e1d8ebc1f3b0bc692a505bb519a0757",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_revised_by_insert_213c7",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="careers_fellowshipoffer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="fellowshipoffer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised_by_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF EXISTS (SELECT FROM (TABLE old_rows UNION ALL TABLE new_rows) AS changed WHERE status IN ('approved', 'filled', 'withdrawn')) THEN INSERT INTO core_revision DEFAULT VALUES; END IF; RETURN NULL;",
                            hash="5c17335d0938c187efefdaa770bdc3e6ebdb70a8",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_revised_by_update_d942a",
                            referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                            table="careers_fellowshipoffer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="fellowshipoffer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised_by_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF EXISTS (SELECT FROM old_rows AS changed WHERE status IN ('approved', 'filled', 'withdrawn')) THEN INSERT INTO core_revision DEFAULT VALUES; END IF; RETURN NULL;",
                            hash="5ee28d7cb67fcdbb8a449213c0769c2ea76927ad",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_revised_by_delete_e05ee",
                            referencing="REFERENCING OLD TABLE AS old_rows ",
                            table="careers_fellowshipoffer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="fellowshipround",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO core_revision DEFAULT VALUES; RETURN NULL;",
                            hash="301c82b14591a1375186f5b06cceb7a989d170fe",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_revised_f67c2",
                            table="careers_fellowshipround",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="daysbalance",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="3fcde10fbbc51217ddf5e00b4341d4f7a00384fa",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_65fb8",
                            table="careers_daysbalance",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="daysbalance",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "careers_daysbalanceevent" ("employer_id", "featured", "id", "left", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."employer_id", NEW."featured", NEW."id", NEW."left", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                            hash="7f5b4a3e3ea1c94a14bade20447ce5cbbc5d18c7",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_df841",
                            table="careers_daysbalance",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="daysbalance",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "careers_daysbalanceevent" ("employer_id", "featured", "id", "left", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."employer_id", NEW."featured", NEW."id", NEW."left", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="55af93563df93e079f493a8b22ec0b99b20c6a74",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b8943",
                            table="careers_daysbalance",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="daysbalance",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "careers_daysbalanceevent" ("employer_id", "featured", "id", "left", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."employer_id", OLD."featured", OLD."id", OLD."left", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                            hash="08c5e2f570476a59be7975f03f37594166968b31",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_288ec",
                            table="careers_daysbalance",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="daysentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_changed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."employer_id" IS DISTINCT FROM (NEW."employer_id") OR OLD."featured" IS DISTINCT FROM (NEW."featured") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."change" IS DISTINCT FROM (NEW."change") OR OLD."run_id" IS DISTINCT FROM (NEW."run_id") OR OLD."order_line_id" IS DISTINCT FROM (NEW."order_line_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."at" IS DISTINCT FROM (NEW."at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="d11e9a2357a27ef65eafa6739e863f9acb8f8cf8",
                            operation="UPDATE",
                            pgid="pgtrigger_never_changed_19707",
                            table="careers_daysentry",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="daysentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="23e8fe0ec90d3ccf0ab5cbdf7c3539e3b7c97eca",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_57d24",
                            table="careers_daysentry",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="daysentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "careers_daysentryevent" ("at", "by_id", "change", "employer_id", "featured", "id", "kind", "order_line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "run_id") VALUES (NEW."at", NEW."by_id", NEW."change", NEW."employer_id", NEW."featured", NEW."id", NEW."kind", NEW."order_line_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."run_id"); RETURN NULL;',
                            hash="4d1b5f3584508d1994ac3fcca477289b9d2a2ff9",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2f602",
                            table="careers_daysentry",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="daysentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "careers_daysentryevent" ("at", "by_id", "change", "employer_id", "featured", "id", "kind", "order_line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "run_id") VALUES (NEW."at", NEW."by_id", NEW."change", NEW."employer_id", NEW."featured", NEW."id", NEW."kind", NEW."order_line_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."run_id"); RETURN NULL;',
                            hash="30c9338dd13e6d436a2ecbc0ead2313cba11a88a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_97a93",
                            table="careers_daysentry",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="daysentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "careers_daysentryevent" ("at", "by_id", "change", "employer_id", "featured", "id", "kind", "order_line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "run_id") VALUES (OLD."at", OLD."by_id", OLD."change", OLD."employer_id", OLD."featured", OLD."id", OLD."kind", OLD."order_line_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."run_id"); RETURN NULL;',
                            hash="22168865f5be063d85d1cc1d708514da22c6058f",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_0195e",
                            table="careers_daysentry",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="jobrun",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="e563d277453701f5270886024f0ecdce182b4f57",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_1f116",
                            table="careers_jobrun",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="jobrun",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "careers_jobrunevent" ("closed_days", "created_at", "credit_entry_id", "days", "featured", "first_day", "id", "job_id", "last_day", "lengthened_days", "paused_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "returned_days") VALUES (NEW."closed_days", NEW."created_at", NEW."credit_entry_id", NEW."days", NEW."featured", NEW."first_day", NEW."id", NEW."job_id", NEW."last_day", NEW."lengthened_days", NEW."paused_days", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."returned_days"); RETURN NULL;',
                            hash="b722c6940cfe95477f34706a8c41a44963b49a63",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f92cb",
                            table="careers_jobrun",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="jobrun",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "careers_jobrunevent" ("closed_days", "created_at", "credit_entry_id", "days", "featured", "first_day", "id", "job_id", "last_day", "lengthened_days", "paused_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "returned_days") VALUES (NEW."closed_days", NEW."created_at", NEW."credit_entry_id", NEW."days", NEW."featured", NEW."first_day", NEW."id", NEW."job_id", NEW."last_day", NEW."lengthened_days", NEW."paused_days", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."returned_days"); RETURN NULL;',
                            hash="b6be9ea468dfab00403efa01f94402900d65525d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_0fb8c",
                            table="careers_jobrun",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="jobrun",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "careers_jobrunevent" ("closed_days", "created_at", "credit_entry_id", "days", "featured", "first_day", "id", "job_id", "last_day", "lengthened_days", "paused_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "returned_days") VALUES (OLD."closed_days", OLD."created_at", OLD."credit_entry_id", OLD."days", OLD."featured", OLD."first_day", OLD."id", OLD."job_id", OLD."last_day", OLD."lengthened_days", OLD."paused_days", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."returned_days"); RETURN NULL;',
                            hash="ef2574bae8e465c83d30033c4202e8ac027e5d61",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2ad66",
                            table="careers_jobrun",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="jobstatement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised_by_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF EXISTS (SELECT FROM new_rows AS changed WHERE changed.job_id IN (SELECT id FROM careers_job WHERE status IN ('approved', 'paused', 'filled', 'withdrawn') AND starts_at IS NOT NULL)) THEN INSERT INTO core_revision DEFAULT VALUES; END IF; RETURN NULL;",
                            hash="0c0813bb3cf7f02d555e41c8dec0978e4d7ffe89",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_revised_by_insert_8bd2c",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="careers_jobstatement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="jobstatement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised_by_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF EXISTS (SELECT FROM (TABLE old_rows UNION ALL TABLE new_rows) AS changed WHERE changed.job_id IN (SELECT id FROM careers_job WHERE status IN ('approved', 'paused', 'filled', 'withdrawn') AND starts_at IS NOT NULL)) THEN INSERT INTO core_revision DEFAULT VALUES; END IF; RETURN NULL;",
                            hash="cdb82690cde68a880c1e40cbe131d0b7f2bee674",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_revised_by_update_2666b",
                            referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                            table="careers_jobstatement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="jobstatement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised_by_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF EXISTS (SELECT FROM old_rows AS changed WHERE changed.job_id IN (SELECT id FROM careers_job WHERE status IN ('approved', 'paused', 'filled', 'withdrawn') AND starts_at IS NOT NULL)) THEN INSERT INTO core_revision DEFAULT VALUES; END IF; RETURN NULL;",
                            hash="7bbb5f2b996daff6bdde1ca34417d6ee9804d1c1",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_revised_by_delete_49a45",
                            referencing="REFERENCING OLD TABLE AS old_rows ",
                            table="careers_jobstatement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="replyclock",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised_when_told",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."public_days" IS DISTINCT FROM (NEW."public_days"))',
                            func="INSERT INTO core_revision DEFAULT VALUES; RETURN NULL;",
                            hash="b4c74b0dc170f73b23da7d9771b6b2ed515cd482",
                            operation="UPDATE",
                            pgid="pgtrigger_revised_when_told_e4ab1",
                            table="careers_replyclock",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="employerlogo",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised_by_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF EXISTS (SELECT FROM new_rows AS changed WHERE changed.employer_id IN (SELECT employer_id FROM careers_job WHERE status IN ('approved', 'paused', 'filled', 'withdrawn') AND starts_at IS NOT NULL)) THEN INSERT INTO core_revision DEFAULT VALUES; END IF; RETURN NULL;",
                            hash="467d11d9d5264c5607a67eaf868e31d38433ec71",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_revised_by_insert_18b11",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="careers_employerlogo",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="employerlogo",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised_by_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF EXISTS (SELECT FROM (TABLE old_rows UNION ALL TABLE new_rows) AS changed WHERE changed.employer_id IN (SELECT employer_id FROM careers_job WHERE status IN ('approved', 'paused', 'filled', 'withdrawn') AND starts_at IS NOT NULL)) THEN INSERT INTO core_revision DEFAULT VALUES; END IF; RETURN NULL;",
                            hash="e492206505e4509adc44a7db4f4e74aae039aa24",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_revised_by_update_36aa7",
                            referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                            table="careers_employerlogo",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="employerlogo",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised_by_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF EXISTS (SELECT FROM old_rows AS changed WHERE changed.employer_id IN (SELECT employer_id FROM careers_job WHERE status IN ('approved', 'paused', 'filled', 'withdrawn') AND starts_at IS NOT NULL)) THEN INSERT INTO core_revision DEFAULT VALUES; END IF; RETURN NULL;",
                            hash="d86b618fbaad72170a773d4bc7e7732194277445",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_revised_by_delete_dbc1a",
                            referencing="REFERENCING OLD TABLE AS old_rows ",
                            table="careers_employerlogo",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
        migrations.RunSQL(
            [
                "ALTER TABLE careers_job ALTER search SET STATISTICS 1000",
                "ALTER TABLE careers_jobentry ALTER search SET STATISTICS 1000, ALTER tags SET STATISTICS 1000, "
                "ALTER cells SET STATISTICS 1000",
                "ALTER TABLE careers_profileentry ALTER tags SET STATISTICS 1000, ALTER cells SET STATISTICS 1000",
            ],
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(ENTRIES_OF, "DROP FUNCTION careers_entries_of(bigint[])"),
        migrations.RunSQL(REFRESH, "DROP FUNCTION careers_refresh_entries(bigint[])"),
        *(follow(table, "entries", *how) for table, how in FOLLOWED.items()),
        migrations.RunSQL(PROFILE_ENTRIES_OF, "DROP FUNCTION careers_profileentries_of(bigint[])"),
        migrations.RunSQL(PROFILE_REFRESH, "DROP FUNCTION careers_refresh_profileentries(bigint[])"),
        *(follow(table, "profileentries", *how) for table, how in PROFILES_FOLLOWED.items()),
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
