"""The site's access log."""

import sys
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


def before_the_answer(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Writes each request down before its answer goes out, and not, as Django's own server does, some time after."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        sys.stderr.write(f'"{request.method} {request.path} HTTP/1.1" {response.status_code}\n')
        return response

    return handle
