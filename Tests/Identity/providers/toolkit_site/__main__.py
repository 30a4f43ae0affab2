"""`python -m providers.toolkit_site site.json`: makes the tables, the people and the clients, and serves."""

import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "providers.toolkit_site.settings"
os.environ["TOOLKIT_SITE"] = sys.argv[1]

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth.hashers import make_password  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from oauth2_provider.models import Application  # noqa: E402

call_command("migrate", verbosity=0)
if not User.objects.exists():
    hashed = make_password(settings.SITE["password"])
    User.objects.bulk_create(User(username=name, password=hashed) for name in settings.SITE["claims"])
    for client in settings.SITE["clients"]:
        Application.objects.create(authorization_grant_type=Application.GRANT_AUTHORIZATION_CODE, **client)
call_command("runserver", f"127.0.0.1:{settings.SITE['port']}", use_reloader=False, skip_checks=True)
