"""Moving out: everything of the room as one JSON file with its media, in a zip, without database numbers.

tables (what is exported, and what is not and why) → rows (a row as JSON) → bundle (the zip).
"""
