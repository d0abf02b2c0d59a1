"""What careers staff may do with employers, jobs and packages."""

from django.db import migrations

from aapm_site.core import roles


def grant(apps, schema_editor):
    roles.grant(
        apps,
        "careers",
        roles.CAREERS_STAFF,
        [
            *roles.crud("employer", "employermember", "package"),
            *roles.crud("employerinvitation", "joblocation"),
            "view_job",
            "change_job",
            "view_jobstatuschange",
            "view_jobevent",
            "view_jobreminder",
            "approve_job",
            "return_job",
            "take_down_job",
        ],
    )
    roles.grant(apps, "careers", roles.FINANCE, ["view_package", "view_employer", "view_job"])


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
