"""A person's browser, as far as a sign-in needs one: cookies with their SameSite rules, forms, redirects one by one."""

import copy
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import Cookie
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import requests

TIMEOUT = 40
REDIRECTS = (301, 302, 303, 307, 308)


@dataclass
class Form:
    """A form of a page: where it goes, and what it sends when nothing is changed."""

    action: str
    method: str
    fields: dict[str, str]


class Page(HTMLParser):
    """What a page holds, as far as it is asked for."""

    def __init__(self, address: str, text: str) -> None:
        super().__init__()
        self.address = address
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.refresh: str | None = None
        self.rows: list[tuple[dict[str, str], list[str]]] = []
        """The rows of tables: the attributes of the row and what stands in its cells."""
        self.texts: list[str] = []
        self._cell: list[str] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attributes}
        if tag == "form":
            action = urljoin(self.address, values.get("action", ""))
            self.forms.append(Form(action, values.get("method", "get").lower(), {}))
        elif tag in ("input", "button", "select") and self.forms and values.get("name"):
            if values.get("type") not in ("checkbox", "radio") or "checked" in values:
                self.forms[-1].fields.setdefault(values["name"], values.get("value", ""))
        elif tag == "a" and values.get("href"):
            self.links.append(urljoin(self.address, values["href"]))
        elif tag == "meta" and values.get("http-equiv", "").lower() == "refresh":
            self.refresh = urljoin(self.address, values["content"].partition("url=")[2].strip("'\" "))
        elif tag == "tr":
            self.rows.append((values, []))
        elif tag in ("td", "th"):
            self._cell = []

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._cell is not None and self.rows:
            self.rows[-1][1].append(" ".join("".join(self._cell).split()))
            self._cell = None

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        if self._cell is not None:
            self._cell.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())

    def form_to(self, path: str) -> Form:
        """The form whose address ends so."""
        found = [form for form in self.forms if urlsplit(form.action).path.endswith(path)]
        assert found, f"{self.address} has no form to {path}, only to {[form.action for form in self.forms]}"
        return found[0]


@dataclass
class Start:
    """The way to the provider, as the hub sent the browser there."""

    response: requests.Response
    url: str

    @property
    def parameters(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.url).query, keep_blank_values=True))

    @property
    def state(self) -> str:
        return self.parameters["state"]


@dataclass
class Callback:
    """The way back, as the provider sent the browser: a query, or a form to be posted."""

    url: str
    pairs: list[tuple[str, str]]
    method: str = "get"

    def with_pairs(self, **changes: str | None) -> "Callback":
        """With members set, or taken away by None."""
        pairs = [(name, value) for name, value in self.pairs if name not in changes]
        return Callback(self.url, pairs + [(n, v) for n, v in changes.items() if v is not None], self.method)

    def to(self, url: str) -> "Callback":
        return Callback(url, self.pairs, self.method)

    @property
    def values(self) -> dict[str, str]:
        return dict(self.pairs)


@dataclass
class Browser:
    """One browser with its own cookies. `base` is the hub's address."""

    base: str
    tenant: str
    agent: str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    session: requests.Session = field(default_factory=requests.Session)
    trail: list[requests.Response] = field(default_factory=list)
    """Every answer of the hub, for searches."""

    def __post_init__(self) -> None:
        self.session.headers["User-Agent"] = self.agent
        # Never a proxy or a netrc of the machine that the tests run on.
        self.session.trust_env = False

    # Cookies.

    def cookies(self) -> dict[str, str]:
        return {cookie.name: cookie.value or "" for cookie in self.session.cookies}

    def cookie(self, name: str) -> Cookie | None:
        return next((cookie for cookie in self.session.cookies if cookie.name == name), None)

    @property
    def session_cookie(self) -> str | None:
        """The session at this browser's tenant."""
        found = self.cookie(f"comfile-{self.tenant}") or self.cookie(f"__Host-comfile-{self.tenant}")
        return found.value if found else None

    def drop_cookies(self, prefix: str) -> None:
        for cookie in list(self.session.cookies):
            if cookie.name.startswith(prefix):
                self.session.cookies.clear(cookie.domain, cookie.path, cookie.name)

    def copy(self) -> "Browser":
        """A second browser that starts with the same cookies."""
        other = Browser(self.base, self.tenant, self.agent)
        other.session.cookies = copy.deepcopy(self.session.cookies)
        return other

    # Requests. Never a redirect without being told.

    def get(self, address: str, cross_site: bool = False, **headers: str) -> requests.Response:
        """A navigation; from another site, the cookies that are `Strict` stay at home."""
        return self._request("GET", address, cross_site, headers=headers)

    def post(self, address: str, fields: dict[str, str], cross_site: bool = False, **headers: str) -> requests.Response:
        """A form that is sent; from another site, only cookies that are `None` go along."""
        origin = "https://elsewhere.example" if cross_site else self.base
        return self._request("POST", address, cross_site, data=fields, headers={"Origin": origin} | headers)

    def _request(self, method: str, address: str, cross_site: bool, **more: Any) -> requests.Response:
        headers = {name.replace("_", "-"): value for name, value in more.pop("headers", {}).items()}
        headers.setdefault("Sec-Fetch-Site", "cross-site" if cross_site else "same-origin")
        travel = {"GET": ("lax", "none"), "POST": ("none",)}[method]
        held = [c for c in self.session.cookies if cross_site and self._same_site(c) not in travel]
        for cookie in held:
            self.session.cookies.clear(cookie.domain, cookie.path, cookie.name)
        response = self.session.request(
            method, urljoin(self.base, address), headers=headers, allow_redirects=False, timeout=TIMEOUT, **more
        )
        settled = {line.partition("=")[0] for line in response.raw.headers.getlist("Set-Cookie")}
        for cookie in held:
            if cookie.name not in settled:
                self.session.cookies.set_cookie(cookie)
        self.trail.append(response)
        return response

    @staticmethod
    def _same_site(cookie: Cookie) -> str:
        """What browsers take for granted is Lax."""
        rest = {name.lower(): value for name, value in cookie._rest.items()}  # type: ignore[attr-defined]
        return str(rest.get("samesite") or "lax").lower()

    # A sign-in, step by step.

    def sign_in_page(self, tenant: str | None = None, return_to: str | None = None) -> Page:
        query = f"?{urlencode({'return_to': return_to})}" if return_to is not None else ""
        address = f"/auth/{tenant or self.tenant}{query}"
        response = self.get(address)
        assert response.status_code == 200, f"GET {address}: {response.status_code} {response.text[:300]}"
        return Page(response.url, response.text)

    def start(self, connection: str, return_to: str | None = None, **fields: str) -> Start:
        """Presses the connection's button."""
        form = self.sign_in_page(return_to=return_to).form_to(f"/{connection}/start")
        return self.submit_start(form, **fields)

    def submit_start(self, form: Form, **fields: str) -> Start:
        response = self.post(form.action, form.fields | fields)
        assert response.status_code in REDIRECTS, f"POST {form.action}: {response.status_code} {response.text[:500]}"
        return Start(response, response.headers["Location"])

    def authorize(self, start: Start) -> Callback:
        """Goes to the provider, which sends back at once. Its cookies are of no interest, and it sees none of ours."""
        answer = requests.get(start.url, allow_redirects=False, timeout=TIMEOUT)
        if answer.status_code in REDIRECTS:
            url = answer.headers["Location"]
            bare, _, query = url.partition("?")
            return Callback(bare, parse_qsl(query.partition("#")[0], keep_blank_values=True))
        assert answer.status_code == 200, f"the provider refused the start: {answer.status_code} {answer.text[:300]}"
        form = Page(start.url, answer.text).forms[0]
        return Callback(form.action, list(form.fields.items()), form.method)

    def call_back(self, callback: Callback) -> requests.Response:
        """Comes back from the provider's site. For a form, also goes where the hub relays it to."""
        if callback.method == "post":
            body = urlencode(callback.pairs)
            form = {"Content-Type": "application/x-www-form-urlencoded"}
            response = self._request(
                "POST", callback.url, True, data=body, headers={"Origin": "https://elsewhere.example"} | form
            )
            return self.follow_relay(response)
        return self.get(f"{callback.url}?{urlencode(callback.pairs)}", cross_site=True)

    def follow_relay(self, response: requests.Response) -> requests.Response:
        """A posted answer is taken up again on the hub's own site, where the cookies are."""
        address = response.headers.get("Location") if response.status_code in REDIRECTS else None
        if address is None and response.status_code == 200:
            address = Page(response.url, response.text).refresh
        if address is None or "/callback" not in address:
            return response
        return self.get(urljoin(response.url, address))

    def sign_in(self, connection: str, return_to: str | None = None, **fields: str) -> requests.Response:
        """All of it."""
        return self.call_back(self.authorize(self.start(connection, return_to, **fields)))
