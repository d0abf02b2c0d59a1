"""Lists of choices that staff edit: how far a career has come, and where a member practices."""

from aapm_site.accounts.models.lists import Listed
from aapm_site.core.cache.revisions import revised


class CareerStage(Listed):
    class Meta(Listed.Meta):
        triggers = [revised()]


class PracticeSetting(Listed):
    class Meta(Listed.Meta):
        triggers = [revised()]
