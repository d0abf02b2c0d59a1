"""What `make bench` runs: the site beside a hello-world of Django, on the same machine in the same minutes."""
