"""How the site runs: environment, embedded database, supervisor, static files, health and checks."""
