"""The smallest Django site around django-oauth-toolkit: a login, a consent page, OpenID Connect under /o."""

LEAN = "lean"
"""Clients of this name find no more than the subject in an ID token, and the rest at the user info endpoint."""
