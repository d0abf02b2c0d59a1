"""The name of a template."""

from aapm_site.core.forms import OneLineField, SiteForm


class JobTemplateForm(SiteForm):
    """What a template is called among an employer's own."""

    name = OneLineField(
        max_length=80,
        label="Name of the template",
        help_text="Only your team sees it, as in “Clinic nurse, full time”.",
        error_messages={"required": "Give the template a name."},
    )
