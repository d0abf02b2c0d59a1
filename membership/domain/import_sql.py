"""What an import asks of the database: each step one statement over all lines, none of them a row at a time.

Checking writes into the lines alone. Values that are missing are NULL, and change nothing.
"""

# The cells of the columns that were chosen; empty ones say nothing.
TAKE = """
    UPDATE membership_importedline SET
        {values}, person = NULL, member = NULL, plan = NULL, outcome = '', reasons = '{{}}', changes = '[]'
    WHERE member_import_id = %(import)s
"""

# One form of each value, and what is wrong with it by itself. A number or a day that is none is dropped: the reason
# says what stood there, and later steps take every one that is left for whole. Days of Excel come with the year first.
CHECK = r"""
    WITH found AS MATERIALIZED (
        SELECT s.id, lower(s.email) AS email, regions.code AS state,
            CASE WHEN s.number ~ '^0*[1-9][0-9]{{0,8}}$' THEN ltrim(s.number, '0') END AS number,
            (
                SELECT p.id FROM membership_plan p WHERE lower(s.category) IN (lower(p.name), p.slug)
                ORDER BY p.id LIMIT 1
            ) AS plan, {dates}
        FROM membership_importedline s
        LEFT JOIN unnest(%(states)s::text[], %(codes)s::text[]) AS regions (word, code) ON regions.word = lower(s.state)
        WHERE s.member_import_id = %(import)s
    )
    UPDATE membership_importedline s SET
        number = f.number, email = f.email, plan = f.plan, state = f.state, {kept_dates},
        reasons = array_remove(ARRAY[
            CASE WHEN s.number IS NULL AND s.email IS NULL
                THEN 'Neither a member number nor an e-mail address says who this is.' END,
            CASE WHEN s.number IS NOT NULL AND f.number IS NULL
                THEN 'The member number “' || left(s.number, 40) || '” is not a whole number.' END,
            CASE WHEN f.email !~ %(address)s OR s.email ~ '[^[:ascii:]]' OR length(f.email) > 254
                THEN '“' || left(s.email, 60) || '” is not an e-mail address.' END,
            CASE WHEN length(s.first_name) > 80 THEN 'The first name is longer than 80 letters.' END,
            CASE WHEN length(s.last_name) > 80 THEN 'The last name is longer than 80 letters.' END,
            CASE WHEN length(s.degrees) > 60 THEN 'The degrees are longer than 60 letters.' END,
            {not_names},
            CASE WHEN s.state IS NOT NULL AND f.state IS NULL
                THEN 'There is no state “' || left(s.state, 40) || '”.' END,
            CASE WHEN s.category IS NOT NULL AND f.plan IS NULL
                THEN 'There is no category “' || left(s.category, 60) || '”.' END,
            {wrong_dates},
            CASE WHEN f.joined_on::date > greatest(%(today)s::date, f.starts_on::date)
                THEN 'Member since: ' || f.joined_on || ' is still to come.' END,
            CASE WHEN f.ends_on::date < f.starts_on::date THEN 'The term ends before it begins.' END,
            CASE WHEN num_nonnulls(s.category, s.starts_on, s.ends_on) IN (1, 2)
                THEN 'A term needs a category, a first and a last day.' END
        ], NULL)
    FROM found f WHERE f.id = s.id
"""
# A cell that a spreadsheet could not work out; and a name in which nothing is a letter, of whatever script.
NOT_WORKED_OUT = (
    "CASE WHEN s.{0} ~ '^#.*[!?/]' THEN '“' || left(s.{0}, 40) || '” is an error of the spreadsheet, not the {1}.' END"
)
NOT_A_NAME = (
    r"CASE WHEN s.{0} !~ '^#' AND s.{0} ~ '^[\x01-@\[-`{{-\x7f\u200b-\u200f\u2060\ufeff]*$' "
    "THEN '“' || left(s.{0}, 40) || '” cannot be the {1}.' END"
)
DATE = (
    r"CASE WHEN regexp_replace(s.{0}, %(shape)s, %(parts)s) ~ '^\d{{4}}-\d{{1,2}}-\d{{1,2}}$' AND "
    r"pg_input_is_valid(regexp_replace(s.{0}, %(shape)s, %(parts)s), 'date') THEN "
    r"to_char(regexp_replace(s.{0}, %(shape)s, %(parts)s)::date, 'YYYY-MM-DD') END AS {0}"
)
WRONG_DATE = (
    "CASE WHEN s.{0} IS NOT NULL AND f.{0} IS NULL THEN '{1}: “' || left(s.{0}, 40) || '” is not a day that there is, "
    "written ' || %(order)s || '.' WHEN f.{0}::date NOT BETWEEN '1900-01-01' AND '2199-12-31' "
    "THEN '{1}: the year ' || left(f.{0}, 4) || ' cannot be.' END"
)

# Who it is: by the number, one from before a merge too, else by the address, whose person may have another number.
MATCH = (
    """
    UPDATE membership_importedline s SET number = m.number::text
    FROM membership_formernumber f JOIN membership_membership m ON m.id = f.membership_id
    WHERE s.member_import_id = %(import)s AND f.number = s.number::int
    """,
    """
    UPDATE membership_importedline s SET member = m.id, person = m.user_id
    FROM membership_membership m
    WHERE s.member_import_id = %(import)s AND m.number = s.number::int
    """,
    """
    UPDATE membership_importedline s SET person = u.id
    FROM accounts_user u
    WHERE s.member_import_id = %(import)s AND s.person IS NULL AND u.email = s.email
    """,
    """
    UPDATE membership_importedline s SET member = m.id
    FROM membership_membership m
    WHERE s.member_import_id = %(import)s AND s.member IS NULL AND m.user_id = s.person
    """,
)

# The same person twice: the first line counts, and the others name it.
TWICE = """
    UPDATE membership_importedline s SET reasons = s.reasons || format('{said} as line %%s.', f.first)
    FROM (
        SELECT {field} AS same, min(line) AS first FROM membership_importedline
        WHERE member_import_id = %(import)s AND {field} IS NOT NULL GROUP BY 1 HAVING count(*) > 1
    ) f
    WHERE s.member_import_id = %(import)s AND s.{field} = f.same AND s.line > f.first AND s.reasons = '{{}}'
"""

# What is wrong between the line and what we know.
CONFLICTS = """
    UPDATE membership_importedline s SET reasons = s.reasons || c.said
    FROM (
        SELECT own.id, array_remove(ARRAY[
            CASE WHEN m.number::text <> own.number
                THEN format('This person is member no. %%s already.', m.number) END,
            CASE WHEN other.id <> own.person THEN 'This e-mail address belongs to another person.' END,
            CASE WHEN u.email <> own.email AND other.id IS NULL
                THEN 'This member signs in with another address; change it on the person’s page.' END,
            CASE WHEN m.closed_at IS NOT NULL THEN 'This membership is closed. Open it again first.' END,
            CASE WHEN NOT u.is_active THEN 'The account of this person is closed.' END,
            CASE WHEN own.person IS NULL AND own.last_name IS NULL THEN 'A new member needs a last name.' END,
            CASE WHEN t.id IS NOT NULL THEN format('The term overlaps one that stands: %%s to %%s, %%s.',
                t.starts_on, t.ends_on, p.name) END
        ], NULL) AS said
        FROM membership_importedline own
        LEFT JOIN accounts_user u ON u.id = own.person
        LEFT JOIN accounts_user other ON other.email = own.email
        LEFT JOIN membership_membership m ON m.id = own.member
        LEFT JOIN LATERAL (
            SELECT t.* FROM membership_term t
            WHERE t.membership_id = own.member AND t.void_at IS NULL
                AND t.starts_on <= own.ends_on::date AND t.ends_on >= own.starts_on::date
                AND NOT (t.plan_id = own.plan AND t.starts_on = own.starts_on::date AND t.ends_on = own.ends_on::date)
            ORDER BY t.starts_on LIMIT 1
        ) t ON own.reasons = '{}'
        LEFT JOIN membership_plan p ON p.id = t.plan_id
        WHERE own.member_import_id = %(import)s
    ) c
    WHERE c.id = s.id AND c.said <> '{}'
"""

# What would follow, value by value. A name is the person's own once they have signed in; only gaps are filled then.
COMPARE = """
    UPDATE membership_importedline s SET
        changes = coalesce(c.changes, '[]'),
        outcome = CASE WHEN s.reasons <> '{{}}' THEN 'wrong' WHEN s.member IS NULL THEN 'new'
            WHEN c.changes IS NOT NULL THEN 'changed' ELSE 'unchanged' END
    FROM (
        SELECT own.id, d.changes
        FROM membership_importedline own
        LEFT JOIN accounts_user u ON u.id = own.person
        LEFT JOIN membership_membership m ON m.id = own.member
        LEFT JOIN membership_plan p ON p.id = own.plan
        LEFT JOIN LATERAL (
            SELECT jsonb_agg(jsonb_build_array(v.label, coalesce(v.old, ''), v.new)) AS changes
            FROM (VALUES
                ('Member number', m.number::text, own.number),
                ('E-mail', coalesce(u.email, ''), own.email),
                ('First name', u.first_name, {first_name}),
                ('Last name', u.last_name, {last_name}),
                ('Degrees', u.degrees, {degrees}),
                ('State', m.state_code, own.state),
                ('Member since', m.joined_on::text, own.joined_on),
                ('Term', CASE WHEN EXISTS (
                    SELECT 1 FROM membership_term t WHERE t.membership_id = own.member AND t.void_at IS NULL
                        AND t.plan_id = own.plan AND t.starts_on = own.starts_on::date
                        AND t.ends_on = own.ends_on::date
                ) THEN format('%%s, %%s to %%s', p.name, own.starts_on, own.ends_on) END,
                CASE WHEN own.plan IS NOT NULL
                    THEN format('%%s, %%s to %%s', p.name, own.starts_on, own.ends_on) END)
            ) AS v (label, old, new)
            WHERE v.new IS DISTINCT FROM coalesce(v.old, '') AND v.new IS NOT NULL
        ) d ON own.reasons = '{{}}'
        WHERE own.member_import_id = %(import)s
    ) c
    WHERE c.id = s.id
"""
KEPT_NAME = "CASE WHEN u.last_login IS NULL OR u.{0} = '' THEN {1}.{0} END"

COUNT = "SELECT outcome, count(*) FROM membership_importedline WHERE member_import_id = %(import)s GROUP BY 1"

# Applied --------------------------------------------------------------------------------------------------------------
GOOD = "s.member_import_id = %(import)s AND s.outcome IN ('new', 'changed')"

# No number is given twice: the sequence goes past the list's before it gives one to those who have none.
SEQUENCE = f"""
    SELECT setval('membership_number', greatest(given.highest, sequence.last_value))
    FROM (SELECT max(s.number::bigint) AS highest FROM membership_importedline s WHERE {GOOD}) AS given,
        membership_number AS sequence
    WHERE given.highest >= sequence.last_value
"""  # noqa: S608 - words of our own
# A new person is known by the line, since many may have no address.
PEOPLE = f"""
    WITH given AS (
        SELECT s.id AS line, nextval(pg_get_serial_sequence('accounts_user', 'id')) AS person
        FROM membership_importedline s WHERE {GOOD} AND s.person IS NULL
    ), made AS (
        INSERT INTO accounts_user (id, password, email, first_name, last_name, degrees, orcid, is_staff, is_superuser,
            is_active, date_joined)
        SELECT given.person, '!' || replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), s.email,
            coalesce(s.first_name, ''), s.last_name, coalesce(s.degrees, ''), '', false, false, true, now()
        FROM given JOIN membership_importedline s ON s.id = given.line
    )
    UPDATE membership_importedline s SET person = given.person FROM given WHERE s.id = given.line
"""  # noqa: S608
ADDRESSES = f"""
    INSERT INTO account_emailaddress (user_id, email, "primary", verified)
    SELECT s.person, s.email, true, false FROM membership_importedline s
    WHERE {GOOD} AND s.email IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM account_emailaddress a WHERE a.user_id = s.person)
"""  # noqa: S608
NAMES = f"""
    UPDATE accounts_user u SET
        email = coalesce(u.email, s.email),
        first_name = coalesce({{first_name}}, u.first_name), last_name = coalesce({{last_name}}, u.last_name),
        degrees = coalesce({{degrees}}, u.degrees)
    FROM membership_importedline s
    WHERE {GOOD} AND u.id = s.person AND (
        coalesce(u.email, s.email), coalesce({{first_name}}, u.first_name), coalesce({{last_name}}, u.last_name),
        coalesce({{degrees}}, u.degrees)
    ) IS DISTINCT FROM (u.email::text, u.first_name::text, u.last_name::text, u.degrees::text)
"""  # noqa: S608
MEMBERSHIPS = f"""
    WITH made AS (
        INSERT INTO membership_membership (user_id, number, joined_on, state_code)
        SELECT s.person, coalesce(s.number::int, nextval('membership_number')::int),
            coalesce(s.joined_on::date, s.starts_on::date, %(today)s::date), coalesce(s.state, '')
        FROM membership_importedline s WHERE {GOOD} AND s.member IS NULL ORDER BY s.line
        RETURNING id, user_id
    )
    UPDATE membership_importedline s SET member = made.id
    FROM made WHERE s.member_import_id = %(import)s AND s.person = made.user_id AND s.member IS NULL
        AND s.outcome = 'new'
"""  # noqa: S608
CHANGED_MEMBERSHIPS = f"""
    UPDATE membership_membership m SET
        joined_on = coalesce(s.joined_on::date, m.joined_on), state_code = coalesce(s.state, m.state_code)
    FROM membership_importedline s
    WHERE {GOOD} AND m.id = s.member AND (coalesce(s.joined_on::date, m.joined_on), coalesce(s.state, m.state_code))
        IS DISTINCT FROM (m.joined_on, m.state_code::text)
"""  # noqa: S608
TERMS = f"""
    INSERT INTO membership_term (membership_id, plan_id, starts_on, ends_on, grace_days, reads_journal, source,
        created_at, void_reason)
    SELECT s.member, p.id, s.starts_on::date, s.ends_on::date, p.grace_days, p.reads_journal, 'imported', now(), ''
    FROM membership_importedline s JOIN membership_plan p ON p.id = s.plan
    WHERE {GOOD} AND NOT EXISTS (
        SELECT 1 FROM membership_term t WHERE t.membership_id = s.member AND t.void_at IS NULL AND t.plan_id = p.id
            AND t.starts_on = s.starts_on::date AND t.ends_on = s.ends_on::date
    )
"""  # noqa: S608
