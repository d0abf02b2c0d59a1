"""What `manage.py serve` is made of: preparing the database and the static files, and looking after the processes."""
