"""What is done with texts: shown, explained, compared, made plain, and looked through."""
