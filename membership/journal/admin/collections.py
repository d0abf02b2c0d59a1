"""Collections with their articles in order and their picture, and the list of subjects."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from aapm_site.core.admin.action_forms import ActionForm
from aapm_site.core.admin.action_views import LoggedActionView
from aapm_site.core.admin.actions import ActionOutcome, ActionsAdmin, AdminAction

from ..domain import collections as domain
from ..forms.collections import CollectionPictureForm
from ..models import CollectedArticle, Collection, Subject

CHANGE = "membership.change_collection"


class CollectionPictureView(LoggedActionView):
    """A form that takes a file."""

    template = "admin/membership/collection_picture.html"

    def make_form(self, data: Any = None) -> CollectionPictureForm:
        files = self.request.FILES if data is not None else None
        return CollectionPictureForm(data, files, action=self.action, subject=self.subject)


def _keep_picture(collection: Collection, form: CollectionPictureForm, by: Any) -> ActionOutcome:
    domain.keep_picture(collection, form.cleaned_data["picture"], form.cleaned_data["words"])
    return ActionOutcome(("It has its picture.",))


def _remove_picture(collection: Collection, form: ActionForm, by: Any) -> ActionOutcome:
    domain.remove_picture(collection)
    return ActionOutcome(("The drawn picture is shown again.",))


ACTIONS = (
    AdminAction(
        verb="picture",
        label=lambda collection: "Choose another picture" if collection.picture else "Give it a picture",
        button="Show this picture",
        permission=CHANGE,
        do=_keep_picture,
        form=CollectionPictureForm,
        view=CollectionPictureView,
        words=("Everybody sees it: on the Journal’s page, among the collections and above its articles.",),
    ),
    AdminAction(
        verb="remove-picture",
        label="Remove its picture",
        permission=CHANGE,
        do=_remove_picture,
        view=LoggedActionView,
        danger=True,
        is_offered=lambda collection: bool(collection.picture),
        words=("The drawn picture is shown again.",),
    ),
)


class CollectedArticleInline(admin.TabularInline):
    model = CollectedArticle
    extra = 1
    fields = ("order", "article")
    autocomplete_fields = ("article",)


@admin.register(Collection)
class CollectionAdmin(ActionsAdmin, admin.ModelAdmin):
    object_actions = ACTIONS
    list_display = ("title", "is_published", "order", "articles_in_it")
    list_filter = ("is_published",)
    search_fields = ("title", "introduction")
    prepopulated_fields = {"slug": ("title",)}
    fields = ("title", "slug", "introduction", ("is_published", "order"))
    inlines = (CollectedArticleInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Collection]:
        return super().get_queryset(request).defer("search").annotate(size=Count("collected"))

    @admin.display(description="articles", ordering="size")
    def articles_in_it(self, collection: Any) -> int:
        return collection.size


@admin.register(Subject)
class SubjectAdmin(admin.ModelAdmin):
    list_display = ("name", "order")
    list_filter = ()
    search_fields = ("name", "keywords")
    prepopulated_fields = {"slug": ("name",)}
    fields = ("name", "slug", "introduction", "keywords", "order")
