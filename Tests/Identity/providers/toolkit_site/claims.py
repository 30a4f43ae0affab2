"""What the site says of its people, at the place where the toolkit lets a site say it."""

from typing import Any

from django.conf import settings
from oauth2_provider.oauth2_validators import OAuth2Validator

from providers.toolkit_site import LEAN


class Validator(OAuth2Validator):
    oidc_claim_scope = OAuth2Validator.oidc_claim_scope | {"hd": "openid"}

    def get_additional_claims(self, request: Any) -> dict[str, Any]:
        return settings.SITE["claims"][request.user.username]

    def get_oidc_claims(self, token: Any, token_handler: Any, request: Any) -> dict[str, Any]:
        claims = super().get_oidc_claims(token, token_handler, request)
        return {"sub": claims["sub"]} if request.client.name == LEAN else claims

    def get_userinfo_claims(self, request: Any) -> dict[str, Any]:
        return super().get_oidc_claims(request.access_token, None, request)
