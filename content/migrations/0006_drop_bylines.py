from django.db import migrations


class Migration(migrations.Migration):
    """In a transaction of its own: PostgreSQL alters no table whose rows have just been written."""

    dependencies = [("content", "0005_bylines_to_contributors")]

    operations = [migrations.RemoveField(model_name="page", name="byline")]
