"""The demo: an invented organisation, its mail server, and what the login page shows of it.

Imported by the mail server without Django: keep models out of here.
"""
