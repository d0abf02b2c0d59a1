"""One narrow row for each profile that employers may find, kept by triggers in the transaction that changes it.

As with the entries of positions (migration 0023): the profiles are locked first, so that of two transactions that change
parts of one the second makes the row from both. The names of the tags are those of careers/profile_criteria.py. Careers
staff may let an employer search.
"""

from django.db import migrations

from aapm_site.core import roles

ENTRIES_OF = r"""
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
REFRESH = """
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
END
$$
"""
# What has changed, by table: the profiles whose rows are made anew.
OF_PERSON = (
    "SELECT profile.id FROM careers_profile AS profile JOIN changed ON changed.id = profile.user_id "
    "JOIN before ON before.id = changed.id WHERE changed.is_active <> before.is_active"
)
OF_PROFESSION = (
    "SELECT profile.id FROM careers_profile AS profile JOIN changed ON changed.id = profile.profession_id "
    "JOIN before ON before.id = changed.id WHERE changed.slug <> before.slug"
)
OF_SPECIALTY = (
    "SELECT link.profile_id FROM careers_profile_specialties AS link JOIN changed ON changed.id = link.specialty_id "
    "JOIN before ON before.id = changed.id WHERE changed.slug <> before.slug"
)
OF_PLACE = (
    "SELECT wanted.profile_id FROM careers_profileplace AS wanted JOIN changed ON changed.id = wanted.place_id "
    "JOIN before ON before.id = changed.id WHERE (changed.latitude, changed.longitude, changed.state_code) "
    "IS DISTINCT FROM (before.latitude, before.longitude, before.state_code)"
)
WRITES = {
    "INSERT": "NEW TABLE AS changed",
    "UPDATE": "NEW TABLE AS changed OLD TABLE AS before",
    "DELETE": "OLD TABLE AS changed",
}
FOLLOWED = {
    "careers_profile": ("SELECT id FROM changed", tuple(WRITES)),
    "careers_profile_specialties": ("SELECT profile_id FROM changed", tuple(WRITES)),
    "careers_profileplace": ("SELECT profile_id FROM changed", tuple(WRITES)),
    "accounts_user": (OF_PERSON, ("UPDATE",)),
    "accounts_profession": (OF_PROFESSION, ("UPDATE",)),
    "accounts_specialty": (OF_SPECIALTY, ("UPDATE",)),
    "accounts_place": (OF_PLACE, ("UPDATE",)),
}


def follow(table: str, profiles: str, writes: tuple[str, ...]) -> migrations.RunSQL:
    """The triggers of one table, and the function that they share."""
    name = f"careers_profileentries_follow_{table}"
    made = [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"PERFORM careers_refresh_profileentries(ARRAY({profiles})); RETURN NULL; END $$"
    ]
    made += [
        f"CREATE TRIGGER profileentries_follow_{write.lower()} AFTER {write} ON {table} REFERENCING {WRITES[write]} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
        for write in writes
    ]
    undone = [f"DROP TRIGGER profileentries_follow_{write.lower()} ON {table}" for write in writes]
    return migrations.RunSQL(made, [*undone, f"DROP FUNCTION {name}()"])


def grant(apps, schema_editor):
    roles.grant(apps, "careers", roles.CAREERS_STAFF, ["view_profileaccess", "give_profileaccess"])


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0040_profile_search"),
        ("accounts", "0013_gazetteer_permissions"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE careers_profileentry ALTER tags SET STATISTICS 1000, ALTER cells SET STATISTICS 1000",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(ENTRIES_OF, "DROP FUNCTION careers_profileentries_of(bigint[])"),
        migrations.RunSQL(REFRESH, "DROP FUNCTION careers_refresh_profileentries(bigint[])"),
        *(follow(table, *how) for table, how in FOLLOWED.items()),
        migrations.RunSQL(
            "SELECT careers_refresh_profileentries(ARRAY(SELECT id FROM careers_profile WHERE searchable))",
            migrations.RunSQL.noop,
        ),
        migrations.RunPython(grant, migrations.RunPython.noop),
    ]
