"""A stand-in for the card provider: it speaks the part of Stripe's protocol that the gateway uses, and moves no money.

The demonstration mounts it on the site's own address; the tests run the same code behind a port of its own.
"""
