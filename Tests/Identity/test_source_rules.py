"""What can be read off the sources: secrets are compared in constant time, adapters and files stay small."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HELPER = ROOT / "Sources/AdapterKit/ConstantTime.swift"
# What plays a provider or a port for tests guards nothing.
STAND_INS = ("Sources/HubSandbox", "Sources/AdapterTesting")

SECRET_WORDS = frozenset(
    "hmac mac signature signatures secret secrets token tokens state verifier csrf digest hash nonce proof challenge "
    "cookie cookies password".split()
)
WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
COMPARISON = re.compile(r"(\S+)\s+(?:==|!=)\s+(\S+)")
# Of these an attacker learns nothing: nil, truth, a number, a case of an enum, a text that stands in the source.
PLAIN = re.compile(r'^\(?(nil|true|false|-?\d\w*|\.\w+|"")[,){}\]]*$')

ALLOWED = {
    ("Plugins/Facebook/Sources/FacebookAdapter.swift", 'report["app_id"]?.identifier == clientID'): "a public id",
    ("Plugins/Google/Sources/Drive/Archive/ConversationFiling.swift", "object.digest == Self.digest(text)"): (
        "whether a transcript changed: both are the hub's own"
    ),
    ("Plugins/Google/Sources/Drive/Archive/ConversationFiling.swift", "object.digest != digest"): "the same",
    ("Plugins/Google/Sources/Drive/Archive/ConversationFiling.swift", "state?.mimeType == DriveClient.documentType"): (
        "the kind of a file"
    ),
    ("Plugins/WhatsAppCloud/Sources/Receiving/SubscriptionCheck.swift", "SHA256.hash(data: Array(given.utf8)) =="): (
        "digests of swift-crypto compare in constant time, and hide the length too"
    ),
    ("Sources/HubCore/Configuration/Settings/SettingsReader.swift", "secrets.count == places.count"): "two counts",
    ("Sources/HubCore/Identity/Grants/GrantKeeper.swift", "grant.accessToken != token"): (
        "Secret's own ==; both are the hub's, nobody outside chooses either"
    ),
    ("Sources/HubCore/Identity/SignIn/FormRelay.swift", "form.connection == connection"): "names of connections",
    ("Sources/HubCore/Identity/SignIn/RefusalBudget.swift", "state.minute != minute"): "a minute",
    ("Sources/HubCore/Identity/Tokens/KeySets.swift", "$0.id == id"): "ids of public keys",
    ("Sources/HubServer/API/Media/UploadType.swift", "name != generic"): "media types",
    ("Sources/HubServer/Operator/OperatorRoutes.swift", "$0.name.canonicalName == OperatorRoutes.proof"): (
        "a header's name, which any page of another origin lacks"
    ),
    ("Sources/HubStore/Grants/TenantStore+Refresh.swift", "generation == ticket.grant.generation"): "two counts",
    ("Sources/HubStore/Inbound/WriteContext+Contacts.swift", "digest != known"): "whether a name changed",
    ("Sources/HubStore/People/TenantStore+People.swift", "person.state != state"): "active or suspended",
}
"""By file and what stands in the line: why it is no comparison of a secret, or why it is a safe one."""


@dataclass(frozen=True)
class Line:
    file: str
    number: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.number}: {self.text}"

    @property
    def exception(self) -> tuple[str, str] | None:
        return next((key for key in ALLOWED if key[0] == self.file and key[1] in self.text), None)


def suspicious(line: str) -> bool:
    """Whether a line names a secret and compares two things that are both unknown when it is written."""
    code = re.sub(r'"(?:\\.|[^"\\])*"', '""', line).partition("//")[0].replace("func ==", "func")
    if SECRET_WORDS.isdisjoint(word.lower() for word in WORD.findall(code)):
        return False
    return any(not PLAIN.match(left) and not PLAIN.match(right) for left, right in COMPARISON.findall(code))


def swift_files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.swift")):
            if not any(path.is_relative_to(ROOT / stand_in) for stand_in in STAND_INS):
                yield path


def comparisons() -> list[Line]:
    found = []
    for path in swift_files("Sources", "Plugins"):
        before = ""
        for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            # A long comparison goes on in the next line, which begins with its operator.
            whole = f"{before} {text.strip()}" if text.lstrip().startswith(("== ", "!= ")) else text.strip()
            if suspicious(whole):
                found.append(Line(path.relative_to(ROOT).as_posix(), number, whole))
            before = whole
    return found


def test_row_104_no_secret_is_compared_but_by_the_one_helper() -> None:
    """MACs are checked by `isValidAuthenticationCode` of swift-crypto, all else by `ConstantTime.isEqual`."""
    assert [str(line) for line in comparisons() if line.exception is None] == []


def test_row_104_no_exception_is_left_over() -> None:
    used = {line.exception for line in comparisons()}
    assert [key for key in ALLOWED if key not in used] == []


def test_row_104_a_secret_type_compares_in_constant_time() -> None:
    """`==` of the type that holds secrets goes by the helper, so that no line can do it otherwise by mistake."""
    texts = [path.read_text(encoding="utf-8") for path in swift_files("Sources/AdapterKit")]
    declared = next(text for text in texts if "public struct Secret:" in text).partition("public struct Secret:")[2]
    body = declared.partition("\n}")[0]
    assert re.search(r"static func == .*\n?.*ConstantTime\.isEqual", body), "Secret has the compiler's own =="


def test_row_104_the_helper_is_used_and_leaves_no_early_way_out() -> None:
    text = HELPER.read_text(encoding="utf-8")
    assert text.count("return") <= 2 and "reduce" in text, "the helper looks at every byte"
    users = [path for path in swift_files("Sources", "Plugins") if "ConstantTime.isEqual" in path.read_text()]
    assert len(users) >= 5, users


@pytest.mark.parametrize(
    "line",
    [
        "guard state == expected else { return nil }",
        "if given != signature { throw Refusal() }",
        'guard form["proof"] == cookies.csrf else { throw PageRefusal.foreignForm }',
        "return token.reveal() == known.reveal()",
        "signatures.contains { $0 == expected }",
        "where hmacText == Hexadecimal.text(code) && isNew",
        "let fits = verifierHash == challenge // checked",
        "guard Hexadecimal.text(hmac) == callback.parameters[\"hmac\"] else { throw SignInRefusal(.proofWrong) }",
    ],
)
def test_row_104_a_planted_comparison_is_found(line: str) -> None:
    assert suspicious(line)


@pytest.mark.parametrize(
    "line",
    [
        "guard ConstantTime.isEqual(kept.reveal(), sent) else { return }",
        "guard person.state == .active, grant.refreshToken != nil else { return }",
        "guard token.count == 64, bytes[0] == 7 else { return nil }",
        'if json["token_type"]?.string == "bearer" { return }',
        "// a state == expected would tell how much was right",
        "guard left.count == right.count else { return false }",
        "public static func == (left: Secret, right: Secret) -> Bool { ConstantTime.isEqual(left.value, right.value) }",
    ],
)
def test_row_104_what_tells_nothing_is_no_alarm(line: str) -> None:
    assert not suspicious(line)


# Sizes.

ADAPTERS = {
    "google": "Plugins/Google/Sources/SignIn/GoogleAdapter*.swift",
    "facebook": "Plugins/Facebook/Sources/FacebookAdapter*.swift",
    "apple": "Plugins/Apple/Sources/AppleAdapter*.swift",
    "shopify": "Plugins/Shopify/Sources/SignIn/ShopifyAdapter*.swift",
    "oidc": "Plugins/OpenIDConnect/Sources/OpenIDConnectAdapter*.swift",
}
"""The adapter's type with its extensions: what it does at a sign-in and at an event, and its manifest. How the provider
signs and spells things is in files of their own."""


@pytest.mark.parametrize("adapter", ADAPTERS)
def test_an_adapter_is_under_250_lines(adapter: str) -> None:
    files = list(ROOT.glob(ADAPTERS[adapter]))
    assert files, "there is no such adapter"
    assert sum(len(path.read_text(encoding="utf-8").splitlines()) for path in files) < 250


def test_no_swift_file_is_over_350_lines() -> None:
    files = [path for folder in ("Sources", "Plugins", "Tests") for path in sorted((ROOT / folder).rglob("*.swift"))]
    assert len(files) > 500, "most of the sources are not here"
    sizes = {path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    assert {name: size for name, size in sizes.items() if size > 350} == {}


ROWS = range(1, 107)
SWIFT_NAME = re.compile(r'@Test\(\s*"(?:rows?|Rows?) ([\d, and]+):|@Test func `([\d, ]+):|@Test\("([\d, ]+):')


def numbered_rows() -> dict[int, list[str]]:
    """The rows of the catalogue of hostile cases that stand in the name of a test, with the files."""
    found: dict[int, list[str]] = {}
    for file in sorted((ROOT / "Tests").rglob("*")):
        if file.suffix == ".py":
            numbers = re.findall(r"def test_row_(\d{3})_", file.read_text())
        elif file.suffix == ".swift":
            names = ["".join(groups) for groups in SWIFT_NAME.findall(file.read_text())]
            numbers = [number for name in names for number in re.findall(r"\d+", name)]
        else:
            continue
        for number in numbers:
            found.setdefault(int(number), []).append(str(file.relative_to(ROOT)))
    return found


def test_every_row_of_the_catalogue_has_a_test_with_its_number() -> None:
    found = numbered_rows()
    assert [row for row in ROWS if row not in found] == []


def test_the_table_of_rows_names_files_that_have_them() -> None:
    found = numbered_rows()
    lines = (ROOT / "Tests/Identity/README.md").read_text().splitlines()
    rows = {int(match[1]): line for line in lines if (match := re.match(r"\| (\d{1,3}) \|", line))}
    assert sorted(rows) == list(ROWS)
    for row, line in rows.items():
        for name in re.findall(r"`(\w+)`", line.split("|")[3]):
            assert any(file.endswith(f"/test_{name}.py") for file in found[row]), f"{name} has no test of row {row}"


def test_no_two_files_of_python_tests_have_one_name() -> None:
    """They are modules side by side: pytest takes one of two, and says nothing of the other's tests."""
    names = [file.name for file in (ROOT / "Tests").rglob("test_*.py")]
    assert sorted(name for name in set(names) if names.count(name) > 1) == []
