"""What is kept of public pages, and the revisions that end it."""
