"""The demonstration's association: the Academy's name with a letter box and numbers that are invented, and say so."""

from .demo import Say
from .models import Association

SAMPLE = {
    "street": "1983 Sample Street\nSuite 400",
    "city": "Chicago",
    "state": "IL",
    "postal_code": "60601",
    "telephone": "(555) 555-0183",
    "email": "office@demo.example",
    "hours": "Monday to Friday, 8:30 a.m. to 5 p.m. Central",
    "website": "painmed.example",
    "social": "LinkedIn https://linkedin.example/pain-medicine\nYouTube https://youtube.example/pain-medicine",
    "is_sample": True,
}


def load(say: Say) -> None:
    """Write the sample, unless staff have written something."""
    made = Association.objects.filter(street="", city="", telephone="", email="", social="").update(**SAMPLE)
    say(f"The association: {'a sample address' if made else 'nothing to add'}.")
