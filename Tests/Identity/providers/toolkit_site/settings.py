"""Settings of the site. What differs from start to start stands in the JSON file that TOOLKIT_SITE names."""

import json
import os
from pathlib import Path

SITE = json.loads(Path(os.environ["TOOLKIT_SITE"]).read_text(encoding="utf-8"))

SECRET_KEY = SITE["secret"]
ALLOWED_HOSTS = ["127.0.0.1"]
USE_TZ = True
DATABASES = {
    "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": SITE["database"], "OPTIONS": {"timeout": 30}},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Nobody's passwords: quick.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "oauth2_provider"]
MIDDLEWARE = [
    "providers.toolkit_site.log.before_the_answer",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
LOGGING = {"version": 1, "loggers": {"django.server": {"level": "ERROR"}}}
ROOT_URLCONF = "providers.toolkit_site.urls"
LOGIN_URL = "/login/"
LOGIN = '<form method="post">{% csrf_token %}{{ form }}<input type="submit" value="Log in"></form>'
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request"],
            "loaders": [
                ("django.template.loaders.locmem.Loader", {"registration/login.html": LOGIN}),
                "django.template.loaders.app_directories.Loader",
            ],
        },
    }
]
OAUTH2_PROVIDER = {
    "OIDC_ENABLED": True,
    "OIDC_ISS_ENDPOINT": SITE["issuer"] or "",
    "OIDC_RSA_PRIVATE_KEY": SITE["keys"][0],
    "OIDC_RSA_PRIVATE_KEYS_INACTIVE": SITE["keys"][1:],
    "OAUTH2_VALIDATOR_CLASS": "providers.toolkit_site.claims.Validator",
    "SCOPES": {"openid": "Who you are", "email": "Your address", "profile": "Your name"},
    "PKCE_REQUIRED": True,
    # RFC 9700: no plain challenges, and callbacks that say who sends them (RFC 9207).
    "COMPLIANT_BCP_RFC9700_PKCE_METHOD": True,
    "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
}
