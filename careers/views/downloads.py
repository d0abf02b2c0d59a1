"""Files that are handed out: a CV, and all that we keep of something as one archive."""

import json
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models.fields.files import FieldFile
from django.http import HttpResponse
from django.http.response import HttpResponseBase

from aapm_site.core.files import private
from aapm_site.core.files.upload_checks import ending_of

from ..domain.cv import TYPES


def cv_download(cv: FieldFile, name: str) -> HttpResponseBase:
    """The CV under the name that its owner gave it."""
    return private.serve(cv, filename=name, content_type=TYPES[ending_of(name)])


def packed(name: str, said: Mapping[str, Any], cv: FieldFile, cv_name: str) -> HttpResponse:
    """The archive as a download that nobody keeps."""
    archive = BytesIO()
    with ZipFile(archive, "w", ZIP_DEFLATED) as into:
        into.writestr(f"{name}.json", json.dumps(said, indent=2, ensure_ascii=False, cls=DjangoJSONEncoder))
        if cv:
            with cv.open("rb") as file:
                into.writestr(f"cv/{cv_name}", file.read())
    answer = HttpResponse(archive.getvalue(), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    answer["Cache-Control"] = "private, no-store"
    return answer
