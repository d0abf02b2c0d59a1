from django.db import migrations

PROFESSIONS = (
    ("physician", "Physician"),
    ("advanced-practice", "Advanced practice provider"),
    ("psychologist", "Psychologist"),
    ("nurse", "Nurse"),
    ("physical-therapist", "Physical therapist"),
    ("occupational-therapist", "Occupational therapist"),
    ("researcher", "Researcher"),
    ("administrator", "Administrator"),
)
SPECIALTIES = (
    ("anesthesiology", "Anesthesiology"),
    ("physical-medicine-and-rehabilitation", "Physical medicine and rehabilitation"),
    ("neurology", "Neurology"),
    ("psychiatry", "Psychiatry"),
    ("family-medicine", "Family medicine"),
    ("internal-medicine", "Internal medicine"),
    ("emergency-medicine", "Emergency medicine"),
    ("neurosurgery", "Neurosurgery"),
    ("orthopedics", "Orthopedics"),
    ("oncology", "Oncology"),
    ("psychology", "Psychology"),
    ("nursing", "Nursing"),
    ("palliative-care", "Palliative care"),
    ("interventional-pain", "Interventional pain medicine"),
    ("pediatric-pain", "Pediatric pain medicine"),
)


def fill(apps, schema_editor):
    """The lists to begin with; staff change them in the admin, so an entry that exists is left alone."""
    for model, entries in (("Profession", PROFESSIONS), ("Specialty", SPECIALTIES)):
        listed = apps.get_model("accounts", model)
        for place, (slug, name) in enumerate(entries, start=1):
            listed.objects.get_or_create(slug=slug, defaults={"name": name, "order": place * 10})


class Migration(migrations.Migration):
    # The triggers of these tables write core's revisions.
    dependencies = [("accounts", "0002_roles"), ("core", "0001_initial")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
