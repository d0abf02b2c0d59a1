"""One narrow row for each open job, which the search reads, kept by triggers in the transaction that changes the job.

The jobs are locked first, so that of two transactions that change parts of one job the second makes the row from both.
The names of the tags are those of careers/criteria.py. Statistics are finer than usual, so that PostgreSQL knows rare
words and tags from frequent ones.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

ENTRIES_OF = r"""
CREATE FUNCTION careers_entries_of(jobs bigint[]) RETURNS SETOF careers_jobentry LANGUAGE sql STABLE AS $$
SELECT job.id, job.featured, job.starts_at, job.ends_at, pay.year,
    ARRAY[
        'profession:' || profession.slug, 'setting:' || job.setting, 'type:' || job.employment_type,
        'remote:' || job.remote,
        CASE WHEN pay.year = 0 THEN 'pay:unstated' ELSE 'pay:' || least(pay.year / 25000 * 25000, 1000000) END
    ]
    || CASE WHEN job.confidential THEN '{}' ELSE ARRAY[
        'employer:' || employer.slug,
        'by:' || CASE employer.kind WHEN 'agency' THEN 'agency' ELSE 'employer' END
    ] END
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
        'opioids:' || nullif(terms.opioid_share, '')
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
    SELECT least(coalesce(job.pay_max, 0) * CASE job.pay_period WHEN 'hour' THEN 2080 WHEN 'day' THEN 260
        WHEN 'week' THEN 52 WHEN 'month' THEN 12 ELSE 1 END, 2000000000)::int AS year
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


def follow(table: str, jobs: str, writes: tuple[str, ...]) -> migrations.RunSQL:
    """The triggers of one table, and the function that they share."""
    name = f"careers_entries_follow_{table}"
    made = [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"PERFORM careers_refresh_entries(ARRAY({jobs})); RETURN NULL; END $$"
    ]
    made += [
        f"CREATE TRIGGER entries_follow_{write.lower()} AFTER {write} ON {table} REFERENCING {WRITES[write]} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
        for write in writes
    ]
    undone = [f"DROP TRIGGER entries_follow_{write.lower()} ON {table}" for write in writes]
    return migrations.RunSQL(made, [*undone, f"DROP FUNCTION {name}()"])


class Migration(migrations.Migration):
    dependencies = [("careers", "0022_terms_of_work"), ("accounts", "0013_gazetteer_permissions")]

    operations = [
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
                ("cells", django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
                ("latitudes", django.contrib.postgres.fields.ArrayField(base_field=models.FloatField(), size=None)),
                ("longitudes", django.contrib.postgres.fields.ArrayField(base_field=models.FloatField(), size=None)),
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
        migrations.RunSQL(
            "ALTER TABLE careers_jobentry ALTER search SET STATISTICS 1000, ALTER tags SET STATISTICS 1000, "
            "ALTER cells SET STATISTICS 1000",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(ENTRIES_OF, "DROP FUNCTION careers_entries_of(bigint[])"),
        migrations.RunSQL(REFRESH, "DROP FUNCTION careers_refresh_entries(bigint[])"),
        *(follow(table, *how) for table, how in FOLLOWED.items()),
        migrations.RunSQL(
            "SELECT careers_refresh_entries(ARRAY(SELECT id FROM careers_job WHERE status = 'approved'))",
            migrations.RunSQL.noop,
        ),
    ]
