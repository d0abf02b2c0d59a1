"""Moving out: the export is complete, names no database numbers, and is enough to build the pages again."""

import io
import json
import os
import re
import zipfile
from datetime import date, datetime, time
from io import StringIO

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from content.domain import media, pages, prepared, questions, redirects
from content.export import bundle, tables
from content.models import (
    Category,
    Contributor,
    Menu,
    MenuItem,
    Page,
    PageStatusChange,
    PageVersion,
    Redirect,
    RelatedPage,
    Topic,
)
from tests import factories
from tests.content import makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def out(tmp_path):
    """Run the command; the document, and the names in the zip."""

    def run(*options):
        place = tmp_path / "content.zip"
        call_command("export_content", str(place), "--force", *options, stdout=StringIO())
        with zipfile.ZipFile(place) as whole:
            assert whole.testzip() is None
            return json.loads(whole.read("content.json")), whole.namelist()

    return run


@pytest.fixture
def room():
    """A page with everything that a page can have, one below it, and what stands around them."""
    author = Contributor.objects.create(name="Ruth Lane", slug="ruth-lane", credentials="MD")
    category = Category.objects.create(name="Advocacy", slug="advocacy")
    topic = Topic.objects.first()
    above = makers.page("care", body="<h2>Care – für alle</h2><p>{loadposition news-feed}</p>", author=author)
    below = makers.page("children", parent=above, reviewer=author, reviewed_on=date(2026, 3, 1), for_patients=True)
    entry = makers.news("first", makers.chicago(2018, 12, 14, 9))
    pages.save_page(entry, categories=[category], related=[above, below])
    makers.page("what-helps", kind="answer", topic=topic)
    makers.meeting(starts_time=time(9), ends_time=time(16, 30))
    above.title = "Care for everybody"
    pages.save_page(above)
    pages.withdraw_page(below, by=None)
    redirects.add_redirect("/?p=12", page=above, origin="import")
    menu = Menu.objects.create(name="main", label="Main")
    top = MenuItem.objects.create(menu=menu, title="Care", page=above)
    MenuItem.objects.create(menu=menu, title="Jobs", url="/career-center/jobs/", parent=top)
    return above


def test_every_table_of_the_room_is_held_or_left_out_for_a_reason():
    assert tables.unknown() == []
    names = {found._meta.model_name for found in apps.get_app_config("content").get_models()}
    assert (tables.held() | set(tables.LEFT_OUT)) <= names
    assert not tables.held() & set(tables.LEFT_OUT)


def test_a_table_that_nobody_thought_of_is_noticed(monkeypatch):
    monkeypatch.setattr(tables, "LEFT_OUT", {})
    assert "importeditem" in tables.unknown()


def test_every_table_that_another_points_at_is_named_by_a_unique_field():
    for model, key in tables.keys().items():
        assert model._meta.get_field(key).unique, model


def test_no_row_is_missing(room, out):
    data, _ = out("--with-questions")

    for table in tables.TABLES:
        model = tables.model(table.model)
        assert len(data[table.section]) == model._default_manager.count(), table.section
        for relation, name in table.within:
            inner = model._meta.get_field(relation).related_model

            def number(rows):
                return sum(1 + number(row.get("entries", ())) for row in rows)

            assert sum(number(row[name]) for row in data[table.section]) == inner._default_manager.count(), name


def test_no_column_is_missing_and_no_number_of_the_database_is_told(room, out):
    data, _ = out()

    page = next(row for row in data["pages"] if row["path"] == "/news/first/")
    columns = {field.name for field in Page._meta.concrete_fields} - {"id", "search"}
    lists = {"categories", "related", "versions", "status_changes", "partners", "events"}
    assert columns | lists <= set(page)
    assert page["categories"] == ["advocacy"]
    assert [(row["starts_time"], row["ends_time"]) for row in data["meetings"]] == [("09:00:00", "16:30:00")]
    assert [row["to"] for row in page["related"]] == ["/care/", "/care/children/"]
    assert set(re.findall(r'"(?:id|pk|\w+_id)":', json.dumps(data))) <= {'"public_id":'}


def test_menus_keep_their_levels(room, out):
    data, _ = out()

    main = next(row for row in data["menus"] if row["name"] == "main")
    assert [(entry["title"], entry["page"]) for entry in main["entries"]] == [("Care", "/care/")]
    assert [entry["url"] for entry in main["entries"][0]["entries"]] == ["/career-center/jobs/"]


def test_versions_are_told_without_accounts(room, out):
    room.summary = "By a colleague."
    pages.save_page(room, by=factories.user("colleague@people.example"))

    data, _ = out()

    care = next(row for row in data["pages"] if row["path"] == "/care/")
    assert [row["number"] for row in care["versions"]] == [3, 2, 1]
    assert care["versions"][0]["fields"]["summary"] == "By a colleague."
    assert "colleague@people.example" not in json.dumps(data)


def test_pictures_and_documents_leave_with_their_files(out):
    written = io.BytesIO()
    Image.new("RGB", (640, 400), "teal").save(written, "PNG")
    picture = media.add_picture(ContentFile(written.getvalue(), "a.png"), title="A", alt="A shape")
    document = media.add_document(ContentFile(b"%PDF-1.7\n%%EOF\n", "guide.pdf"), title="Guide", audience="members")

    data, names = out()

    listed = data["pictures"][0]["files"] + [data["documents"][0]["file"]]
    assert len(listed) == len(picture.files) + 1
    assert sorted(names) == sorted(["content.json", *listed])
    assert data["documents"][0]["name"] == document.name


def test_what_waits_beside_a_page_stays_out(room, out):
    before, _ = out()
    said = {"title": "Marmots for everybody", "body": "<p>Marmots help.</p>", "related": ["/news/first/"]}

    prepared.prepare_change(room, by=None, said=said)

    after, _ = out()
    text = json.dumps(after)
    assert [word for word in ("Marmots", "/.prepared/", '"prepared"') if word in text] == []
    assert len(after["pages"]) == len(before["pages"]) == 4
    care = {row["path"]: row for row in after["pages"]}["/care/"]
    assert (care["title"], care["related"]) == ("Care for everybody", [])


def test_a_file_that_is_missing_is_told_and_the_rest_comes(out, capsys):
    document = media.add_document(ContentFile(b"%PDF-1.7\n%%EOF\n", "guide.pdf"), title="Guide")
    document.file.storage.delete(document.file.name)

    data, names = out()

    assert "is missing in the storage" in capsys.readouterr().err
    assert (len(data["documents"]), names) == (1, ["content.json"])


def test_private_questions_leave_only_when_asked_for(out):
    questions.ask_question(name="Ines Duarte", email="ines@people.example", question="Is it normal?")

    without, _ = out()
    with_them, _ = out("--with-questions")

    assert "ines@people.example" not in json.dumps(without)
    assert "questions" not in without
    assert [(row["name"], row["email"]) for row in with_them["questions"]] == [("Ines Duarte", "ines@people.example")]


def build(data):
    """The pages, from the document alone, as a stranger's program would."""
    for row in data["contributors"]:
        Contributor.objects.create(**row)
    for row in data["categories"]:
        Category.objects.create(**row)
    for row in data["topics"]:
        Topic.objects.create(**row)
    named = {"author": Contributor, "reviewer": Contributor, "topic": Topic, "parent": Page}
    inner = {"related", "versions", "status_changes", "partners", "events", "categories"}
    for row in data["pages"]:
        values = {name: value for name, value in row.items() if name not in inner}
        for name, model in named.items():
            key = tables.keys()[model]
            values[name] = model.objects.get(**{key: values[name]}) if values[name] else None
        page = Page.objects.create(**typed(Page, values))
        Page.objects.filter(pk=page.pk).update(updated_at=datetime.fromisoformat(row["updated_at"]))
        page.categories.set(Category.objects.filter(slug__in=row["categories"]))
        for version in row["versions"]:
            PageVersion.objects.create(page=page, **typed(PageVersion, version))
        for change in row["status_changes"]:
            PageStatusChange.objects.create(subject=page, **typed(PageStatusChange, change))
    for row in data["pages"]:
        for related in row["related"]:
            RelatedPage.objects.create(
                page=Page.objects.get(path=row["path"]),
                to=Page.objects.get(path=related["to"]),
                order=related["order"],
            )


def typed(model, values):
    return {
        name: value if isinstance(value, models.Model) else model._meta.get_field(name).to_python(value)
        for name, value in values.items()
    }


def test_the_document_alone_is_enough_to_build_the_pages_again(room, out):
    before, _ = out()
    for model in (Redirect, MenuItem, RelatedPage, PageVersion, PageStatusChange):
        model.objects.all().delete()
    Page.objects.update(parent=None)
    for model in (Page, Category, Contributor, Topic):
        model.objects.all().delete()

    build(before)

    after, _ = out()
    for section in ("contributors", "categories", "topics", "pages"):
        assert after[section] == before[section], section
    assert len(after["pages"]) == 4


def test_the_document_explains_itself(room, out):
    data, names = out()

    assert (data["format"], data["version"]) == ("aapm-content", 1)
    assert data["keys"]["pages"] == "path"
    assert data["left_out"]["previewlink"]
    assert names[0] == "content.json"
    assert datetime.fromisoformat(data["exported_at"]) <= timezone.now()


def test_the_number_of_queries_does_not_grow_with_the_rows(room, out, django_assert_num_queries, tmp_path):
    with CaptureQueriesContext(connection) as few:
        bundle.write(tmp_path / "few.zip", with_questions=False, say=print)
    for number in range(30):
        makers.news(f"entry-{number}")
    with django_assert_num_queries(len(few)):
        bundle.write(tmp_path / "many.zip", with_questions=False, say=print)


def test_a_file_that_exists_is_not_replaced_without_being_told(room, tmp_path):
    place = tmp_path / "content.zip"
    place.write_text("precious")

    with pytest.raises(CommandError, match="exists already"):
        call_command("export_content", str(place))

    assert place.read_text() == "precious"


@pytest.mark.parametrize(
    ("name", "why"), [("content.json", "ends in .zip"), ("nowhere/content.zip", "folder .* is not there")]
)
def test_a_place_that_cannot_be_is_refused_in_one_sentence(tmp_path, name, why):
    with pytest.raises(CommandError, match=why):
        call_command("export_content", str(tmp_path / name))


def test_a_failure_on_the_way_leaves_what_was_there_and_nothing_half(room, tmp_path, monkeypatch):
    place = tmp_path / "content.zip"
    place.write_text("the export of last week")

    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CommandError, match="No space left on device"):
        call_command("export_content", str(place), "--force")

    assert place.read_text() == "the export of last week"
    assert [found.name for found in tmp_path.iterdir() if found.name.endswith(".part")] == []
