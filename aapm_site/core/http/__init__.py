"""Requests and answers: middleware, forms for everybody, view counts, and asking addresses outside and inside."""
