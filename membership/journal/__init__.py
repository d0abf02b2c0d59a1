"""The journal, inside membership: issues, articles, and who may read them."""
