"""Search over all rooms: what may be found, the words of a query, the ranking, slips of the pen."""
