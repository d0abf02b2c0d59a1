"""What the suite copies is made anew when something has changed that goes into it, and is not for other changes.

That a copy is what the migrations make: tests/house/test_migrations.py takes it back to nothing and forward again.
"""

from weakref import ReferenceType

from django.apps import apps
from django.db.models.signals import post_migrate, pre_migrate

from tests import prepared
from tests.house.source import PACKAGES, ROOT


def test_a_database_depends_on_migrations_and_models_and_what_they_import():
    found = {str(path.relative_to(ROOT)) for path in prepared.of_the_schema()}

    assert "requirements.lock" in found
    assert {f"{name}/migrations/0001_initial.py" for name in ("content", "careers", "membership")} <= found
    assert {"aapm_site/settings.py", "aapm_site/core/models.py", "aapm_site/core/roles.py"} <= found
    assert {"content/__init__.py", "content/apps.py"} <= found
    assert "aapm_site/urls.py" not in found
    assert [name for name in found if "/views/" in name or "/admin/" in name] == []


def test_every_model_stands_in_a_module_that_is_looked_at():
    looked_at = prepared.of_the_schema()
    ours = [model for model in apps.get_models() if model.__module__.split(".")[0] in PACKAGES]

    assert [model for model in ours if prepared.source_of(model.__module__) not in looked_at] == []


def test_nothing_of_ours_writes_rows_after_a_migration():
    """If something did, a database would depend on that as well."""
    kept = [receiver for signal in (pre_migrate, post_migrate) for _, receiver, *_ in signal.receivers]
    receivers = [one() if isinstance(one, ReferenceType) else one for one in kept]

    assert len(receivers) >= 3
    assert [one for one in receivers if one.__module__.split(".")[0] in PACKAGES] == []


def test_another_name_or_content_is_another_fingerprint(tmp_path):
    file = tmp_path / "0001_initial.py"
    file.write_text("one")
    before = prepared.fingerprint({file})
    assert prepared.fingerprint({file}) == before

    file.write_text("two")
    assert prepared.fingerprint({file}) != before

    moved = file.rename(tmp_path / "0002_second.py")
    moved.write_text("one")
    assert prepared.fingerprint({moved}) != before
