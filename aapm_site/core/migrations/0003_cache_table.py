"""The table of the shared cache, used while there is no Redis."""

from typing import Any

from django.core.management import call_command
from django.db import migrations

TABLE = "core_cache"


def create(apps: Any, schema_editor: Any) -> None:
    call_command("createcachetable", TABLE, database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("core", "0002_text_search")]

    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
