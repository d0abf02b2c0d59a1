"""What the card provider tells in signed messages, and what each of them does."""
