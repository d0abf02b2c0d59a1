"""People as functions get them: whoever asks, and whoever did something."""

from django.contrib.auth.models import AnonymousUser

from .models import User

# Whoever asks: `request.user`.
Visitor = User | AnonymousUser
# Whoever did it: a person, or nobody when the site did. `core.transitions.actor` makes a row's person of it.
Actor = User | AnonymousUser | None
