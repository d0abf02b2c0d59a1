"""The directory of patient resources as it is shipped."""

from collections.abc import Sequence
from datetime import date

from aapm_site.core.starter import StarterEntry, StarterKind, Values
from content.domain import resources
from content.models import Resource, ResourceTopic
from content.starter.tables import table

WRITTEN_ON = date(2026, 11, 20)
# What staff do to a resource without changing what it says.
LOOKED_AT = {"last_checked_on"}


class StarterResources(StarterKind[Resource]):
    """Known by their addresses. The topics come with the migrations; on one that staff removed nothing is put."""

    model = Resource

    def entries(self) -> list[StarterEntry]:
        return [StarterEntry(row["url"], row) for row in table("resources")]

    def standing(self, entries: Sequence[StarterEntry]) -> dict[str, Resource]:
        return Resource.objects.in_bulk([entry.key for entry in entries], field_name="url")

    def make(self, entries: Sequence[StarterEntry]) -> dict[str, Resource]:
        topics = {topic.slug: topic for topic in ResourceTopic.objects.all()}
        return {
            entry.key: resources.save_resource(
                Resource(**{**entry.values, "topic": topics[entry.values["topic"]]}, last_checked_on=WRITTEN_ON)
            )
            for entry in entries
            if entry.values["topic"] in topics
        }

    def update(self, row: Resource, values: Values) -> None:
        for name, value in values.items():
            if name != "topic":
                setattr(row, name, value)
        row.topic = ResourceTopic.objects.filter(slug=values["topic"]).first() or row.topic
        resources.save_resource(row)

    def written(self, row: Resource) -> Values:
        columns = [column for column in Resource._meta.concrete_fields if column.editable and not column.primary_key]
        return {column.name: column.value_to_string(row) for column in columns if column.name not in LOOKED_AT}
