"""The journal as a publication: its names, its numbers and its publisher."""

TITLE, ABBREVIATION = "Pain Medicine", "Pain Med"
ISSN, E_ISSN = "1526-2375", "1526-4637"
PUBLISHER = "Oxford University Press"
