"""Write the pages of imported articles anew, where the rules have changed since."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from membership.journal.domain.imports import render_again
from membership.journal.jats.rendering import VERSION
from membership.journal.models import DeliveredText


class Command(BaseCommand):
    help = "Write the full text of imported articles anew from the kept source, where older rules wrote it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="also those that the rules of today have written")

    def handle(self, *args: Any, **options: Any) -> None:
        texts = DeliveredText.objects.only("pk").order_by("pk")
        if not options["all"]:
            texts = texts.filter(rules_version__lt=VERSION)
        changed = [render_again(text) for text in texts.iterator()]
        self.stdout.write(f"{len(changed)} written, {sum(changed)} of them differ from before.")
