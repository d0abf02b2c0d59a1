"""Special interest groups and who belongs to them."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from ..models import Group, GroupMember


class GroupMemberInline(admin.TabularInline):
    model = GroupMember
    extra = 0
    autocomplete_fields = ("membership",)


@admin.register(Group)
class GroupAdmin(admin.ModelAdmin):
    list_display = ("name", "slug", "size")
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}
    inlines = (GroupMemberInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Group]:
        return super().get_queryset(request).annotate(size=Count("group_members"))

    @admin.display(description="members", ordering="size")
    def size(self, group: Any) -> int:
        return group.size
