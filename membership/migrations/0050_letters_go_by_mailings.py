"""Letters to members and letters to groups go by one set of tables: what was and is being sent moves there, whole.

All in one transaction: a worker with the old code that is in the middle of a portion is waited for, and one that comes
afterwards finds no table to write to, so nobody gets a letter twice.
"""

import django.db.models.deletion
from django.db import migrations, models

from aapm_site.core import roles

MEMBERS, GROUPS = "member-letter", "group-letters"
RIGHT = ["view_letterrecipient"]
LOCK = """
    LOCK TABLE membership_memberletter, membership_letterrecipient, membership_groupletter, membership_groupletterreader
    IN ACCESS EXCLUSIVE MODE
"""
NOW_ALL = "SET CONSTRAINTS ALL IMMEDIATE"
MAILING = """
    INSERT INTO mail_mailing (kind, key, title, portion, begun_at, next_at, stopped_at, done_at)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s) RETURNING id
"""
MEMBER_LETTERS = """
    SELECT l.id, '', l.subject, greatest(l.per_hour * 5 / 60, 1),
        coalesce((SELECT min(c.at) FROM membership_memberletterchange c
            WHERE c.subject_id = l.id AND c.to_status = 'sending'), l.created_at),
        CASE WHEN l.status = 'sending' THEN coalesce(l.next_batch_at, now()) END,
        CASE WHEN l.status = 'stopped' THEN coalesce(l.ended_at, now()) END,
        CASE WHEN l.status = 'sent' THEN coalesce(l.ended_at, now()) END
    FROM membership_memberletter l WHERE l.status IN ('sending', 'paused', 'sent', 'stopped') ORDER BY l.id
"""
MEMBER_ROWS = """
    INSERT INTO mail_mailingrecipient (mailing_id, user_id, state, why, email_id, at)
    SELECT %s, m.user_id, r.state, r.why, r.email_id, r.at
    FROM membership_letterrecipient r LEFT JOIN membership_membership m ON m.id = r.membership_id
    WHERE r.letter_id = %s ORDER BY r.id
"""
GROUP_LETTERS = """
    SELECT l.id, g.key, l.subject, 100, l.ordered_at,
        CASE WHEN l.done_at IS NULL AND l.stopped_at IS NULL THEN coalesce(l.next_at, now()) END,
        l.stopped_at, l.done_at
    FROM membership_groupletter l JOIN membership_group g ON g.id = l.group_id
    WHERE l.ordered_at IS NOT NULL ORDER BY l.id
"""
# Who was passed over has no message; what the mail says of the others is taken over within the hour.
GROUP_ROWS = """
    INSERT INTO mail_mailingrecipient (mailing_id, user_id, state, why, email_id, at)
    SELECT %s, m.user_id,
        CASE WHEN r.email_id IS NOT NULL THEN 'written' WHEN r.told_at IS NOT NULL OR l.stopped_at IS NOT NULL
            THEN 'held' ELSE 'waiting' END,
        CASE WHEN r.email_id IS NOT NULL THEN '' WHEN r.told_at IS NOT NULL THEN 'left'
            WHEN l.stopped_at IS NOT NULL THEN 'stopped' ELSE '' END,
        r.email_id, r.told_at
    FROM membership_groupletterreader r JOIN membership_membership m ON m.id = r.membership_id
    JOIN membership_groupletter l ON l.id = r.letter_id
    WHERE r.letter_id = %s ORDER BY r.id
"""
BACK_MEMBERS = """
    INSERT INTO membership_letterrecipient (letter_id, membership_id, state, why, email_id, at)
    SELECT l.id, m.id, r.state, CASE WHEN r.why IN ('overtaken', 'left') THEN 'stopped_mail' ELSE r.why END,
        r.email_id, r.at
    FROM mail_mailingrecipient r JOIN membership_memberletter l ON l.mailing_id = r.mailing_id
    LEFT JOIN membership_membership m ON m.user_id = r.user_id ORDER BY r.id
"""
BACK_GROUPS = """
    INSERT INTO membership_groupletterreader (letter_id, membership_id, told_at, email_id)
    SELECT l.id, m.id, CASE WHEN r.state <> 'waiting' AND r.why <> 'stopped' THEN coalesce(r.at, now()) END, r.email_id
    FROM mail_mailingrecipient r JOIN membership_groupletter l ON l.mailing_id = r.mailing_id
    JOIN membership_membership m ON m.user_id = r.user_id ORDER BY r.id
"""
BACK = (
    BACK_MEMBERS,
    BACK_GROUPS,
    "UPDATE membership_memberletter l SET next_batch_at = m.next_at FROM mail_mailing m WHERE m.id = l.mailing_id",
    "UPDATE membership_groupletter l SET ordered_at = m.begun_at, next_at = m.next_at, stopped_at = m.stopped_at, "
    "done_at = m.done_at FROM mail_mailing m WHERE m.id = l.mailing_id",
    "UPDATE membership_memberletter SET mailing_id = NULL",
    "UPDATE membership_groupletter SET mailing_id = NULL",
    f"DELETE FROM mail_mailingrecipient WHERE mailing_id IN "  # noqa: S608 - two names of ours
    f"(SELECT id FROM mail_mailing WHERE kind IN ('{MEMBERS}', '{GROUPS}'))",
    f"DELETE FROM mail_mailing WHERE kind IN ('{MEMBERS}', '{GROUPS}')",  # noqa: S608
    NOW_ALL,
)


def take_over(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(LOCK)
        for work, kind, letters, rows, table in (
            ("member-letters", MEMBERS, MEMBER_LETTERS, MEMBER_ROWS, "membership_memberletter"),
            ("group-letters", GROUPS, GROUP_LETTERS, GROUP_ROWS, "membership_groupletter"),
        ):
            cursor.execute(letters)
            keys = {}
            for letter, *facts in cursor.fetchall():
                cursor.execute(MAILING, [kind, *facts])
                (mailing,) = cursor.fetchone()
                cursor.execute(rows, [mailing, letter])
                cursor.execute(f"UPDATE {table} SET mailing_id = %s WHERE id = %s", [mailing, letter])  # noqa: S608
                keys[str(letter)] = str(mailing)
            _rename_holds(apps, work, keys)
        cursor.execute(NOW_ALL)
    _forget_rights(apps)


def give_back(apps, schema_editor):
    roles.grant(apps, "membership", roles.MEMBERSHIP_STAFF, RIGHT)
    with schema_editor.connection.cursor() as cursor:
        for work, table in (
            ("member-letters", "membership_memberletter"),
            ("group-letters", "membership_groupletter"),
        ):
            cursor.execute(f"SELECT mailing_id, id FROM {table} WHERE mailing_id IS NOT NULL")  # noqa: S608
            _rename_holds(apps, work, {str(mailing): str(letter) for mailing, letter in cursor.fetchall()})
        for statement in BACK:
            cursor.execute(statement)


def _rename_holds(apps, work, keys):
    """What staff hold is held under its new key; no two keys meet on the way."""
    Hold = apps.get_model("core", "Hold")
    held = [hold for hold in Hold.objects.filter(work=work) if hold.key in keys]
    for turn in ("moved ", ""):
        for hold in held:
            Hold.objects.filter(pk=hold.pk).update(key=f"{turn}{keys[hold.key]}")


def _forget_rights(apps):
    """Those over the two tables that go; whoever saw them sees the recipients of mailings."""
    gone = {"app_label": "membership", "model__in": ("letterrecipient", "groupletterreader")}
    types = apps.get_model("contenttypes", "ContentType").objects.filter(**gone)
    apps.get_model("auth", "Permission").objects.filter(content_type__in=types).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("mail", "0009_letters_to_many"),
        ("core", "0006_starter_rows"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("membership", "0049_issues_put_together"),
    ]

    operations = [
        migrations.AddField(
            model_name="groupletter",
            name="mailing",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="group_letter",
                to="mail.mailing",
            ),
        ),
        migrations.AddField(
            model_name="memberletter",
            name="mailing",
            field=models.OneToOneField(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="member_letter",
                to="mail.mailing",
            ),
        ),
        migrations.RunPython(take_over, give_back),
        migrations.RemoveConstraint(model_name="groupletter", name="membership_group_letter_ordered_first"),
        migrations.RemoveConstraint(model_name="groupletter", name="membership_group_letter_one_end"),
        migrations.RemoveIndex(model_name="groupletter", name="membership_group_letter_going"),
        migrations.RemoveField(model_name="groupletter", name="done_at"),
        migrations.RemoveField(model_name="groupletter", name="next_at"),
        migrations.RemoveField(model_name="groupletter", name="ordered_at"),
        migrations.RemoveField(model_name="groupletter", name="stopped_at"),
        migrations.RemoveField(model_name="memberletter", name="next_batch_at"),
        migrations.DeleteModel(name="GroupLetterReader"),
        migrations.DeleteModel(name="LetterRecipient"),
    ]
