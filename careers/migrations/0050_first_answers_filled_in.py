"""When each application was first answered: at the first decision of its employer, for those that stand already."""

from django.db import migrations

FILL = """
UPDATE careers_jobapplication AS sent SET answered_at = answer.at
FROM (
    SELECT subject_id, min(at) AS at FROM careers_jobapplicationchange
    WHERE to_status IN ('in_contact', 'declined', 'hired') GROUP BY subject_id
) AS answer
WHERE answer.subject_id = sent.id AND sent.answered_at IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [("careers", "0049_reply_clocks")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
