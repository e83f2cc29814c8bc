"""Every promise of fetching, against a server that breaks each of them."""

import datetime
import ssl
import time
from pathlib import Path

import pytest
from hostile_web import HostileWeb

from ingest.sources.fetch import Clock, Fetcher, FetchError, Manners
from ingest.sources.network import is_public

QUICK = {
    "pause": 0.0,
    "first_wait": 0.001,
    "longest_wait": 0.01,
    "read_timeout": 0.4,
    "connect_timeout": 0.5,
    "whole_timeout": 1.0,
}


@pytest.fixture
def web():
    server = HostileWeb()
    yield server
    server.close()


@pytest.fixture
def fetcher(web):
    made = []

    def make(verify: ssl.SSLContext | None = None, clock: Clock | None = None, **changes) -> Fetcher:
        limits = {
            "user_agent": "Claimhouse/0.1 (test)",
            "most_bytes": 2_000_000,
            "allow_private": True,
            **QUICK,
            **changes,
        }
        made.append(Fetcher(Manners(**limits), resolver=web.resolve, verify=verify, clock=clock))
        return made[-1]

    yield make
    for one in made:
        one.close()


def problem(fetcher: Fetcher, url: str) -> FetchError:
    with pytest.raises(FetchError) as error:
        fetcher.get(url)
    return error.value


def test_a_page_with_its_validators(web, fetcher):
    answer = fetcher().get(web.url("/story/1"))
    assert b"Strikes reported, day 1" in answer.data
    assert (answer.etag, answer.media_type) == ('"1"', "text/html; charset=utf-8")
    host, _, headers = web.requests[-1]
    assert headers["User-Agent"] == "Claimhouse/0.1 (test)"
    assert host == f"news.test:{web.port}"


def test_what_has_not_changed_is_not_sent_again(web, fetcher):
    answer = fetcher().get(web.url("/story/1"), etag='"1"')
    assert answer.data is None


def test_robots_txt_is_asked_once_and_obeyed(web, fetcher):
    one = fetcher()
    assert problem(one, web.url("/private/x")).reason == "not_allowed"
    one.get(web.url("/story/1"))
    assert (web.asked("/robots.txt"), web.asked("/private/x")) == (1, 0)
    assert problem(one, web.url("/to-private")).reason == "not_allowed"
    assert web.asked("/private/x") == 0


@pytest.mark.parametrize(("status", "may"), [(404, True), (403, True), (500, False), (503, False)])
def test_no_robots_txt_allows_and_a_broken_one_forbids(web, fetcher, status, may):
    web.routes["/robots.txt"] = lambda h: h.send(b"", status=status)
    if may:
        assert fetcher().get(web.url("/story/1")).data
    else:
        assert "robots.txt could not be had" in problem(fetcher(), web.url("/story/1")).detail
        assert web.asked("/story/1") == 0


def test_rules_for_this_agent_and_its_delay_hold(web, fetcher):
    web.routes["/robots.txt"] = lambda h: h.send(b"User-agent: claimhouse\nCrawl-delay: 3\nDisallow: /story/2\n")
    slept = []
    one = fetcher(clock=Clock(sleep=slept.append))
    one.get(web.url("/story/1"))
    one.get(web.url("/story/3"))
    assert sum(slept) > 2.5
    assert problem(one, web.url("/story/2")).reason == "not_allowed"


def test_a_pause_lies_between_two_requests_to_a_host(web, fetcher):
    one = fetcher(pause=0.15)
    for n in range(3):
        one.get(web.url(f"/story/{n}"))
    gaps = [b - a for a, b in zip(web.times, web.times[1:], strict=False)]
    assert min(gaps) > 0.13


def test_a_server_that_fails_once_is_asked_again(web, fetcher):
    assert fetcher().get(web.url("/flaky")).data
    assert web.asked("/flaky") == 2


def test_a_server_that_is_down_is_given_up(web, fetcher):
    assert problem(fetcher(), web.url("/down")).detail == "HTTP 503"
    assert web.asked("/down") == 3


def test_retry_after_is_waited_for(web, fetcher):
    slept = []
    one = fetcher(clock=Clock(sleep=slept.append), longest_wait=0.05)
    error = problem(one, web.url("/busy"))  # seven seconds are longer than this one waits
    assert (error.detail, web.asked("/busy")) == ("HTTP 429", 1)
    start = time.monotonic()
    web.counts["/busy"] = 0
    web.routes["/busy"] = lambda h: (
        h.send(b"", status=429, Retry_After="1") if web.asked("/busy") == 1 else h.send(b"done")
    )
    assert fetcher(longest_wait=5.0).get(web.url("/busy")).data == b"done"
    assert time.monotonic() - start > 0.95


def test_a_day_s_wait_is_left_to_the_next_run(web, fetcher):
    assert problem(fetcher(longest_wait=30.0), web.url("/busy-for-long")).wait == 86_400
    assert web.asked("/busy-for-long") == 1


@pytest.mark.parametrize("path", ["/slow", "/silent", "/slow-headers", "/endless"])
def test_no_server_holds_a_run(web, fetcher, path):
    start = time.monotonic()
    problem(fetcher(attempts=1), web.url(path))
    assert time.monotonic() - start < 3


@pytest.mark.parametrize(
    ("path", "reason", "says"),
    [
        ("/bomb", "too_large", "more than 2000000 bytes"),
        ("/stated-large", "too_large", "99999999999 bytes"),
        ("/short", "unreadable", ""),
        ("/packed-cut", "unreadable", "ends early"),
        ("/packed-not", "unreadable", "broken compression"),
        ("/brotli", "unreadable", "not asked for"),
        ("/no-http", "unreadable", ""),
        ("/headers", "unreadable", ""),
        ("/gone", "unreadable", "HTTP 410"),
        ("/loop/a", "unreadable", "in a circle"),
        ("/to-nowhere", "unreadable", "leads nowhere"),
        ("/to-file", "not_allowed", "only http and https"),
    ],
)
def test_what_is_broken_is_an_error_that_says_what(web, fetcher, path, reason, says):
    error = problem(fetcher(), web.url(path))
    assert error.reason == reason
    assert says in error.detail


def test_redirects_are_followed_up_to_a_limit(web, fetcher):
    answer = fetcher().get(web.url("/to-story"))
    assert answer.url == web.url("/story/5")
    for n in range(9):
        web.routes[f"/hop/{n}"] = lambda h, n=n: h.redirect(f"/hop/{n + 1}")
    assert "more than 5 redirects" in problem(fetcher(), web.url("/hop/0")).detail


def test_compressed_pages_are_unpacked(web, fetcher):
    assert b"Strikes reported" in fetcher().get(web.url("/packed")).data
    assert fetcher().get(web.url("/long")).data.endswith(b"</html>")


class TestAddressesInside:
    """What must never be reached, by name, by number, or by redirect."""

    @pytest.fixture
    def outside(self, web, monkeypatch):
        """A fetcher that takes this machine's address for a public one where the name ends in .test."""
        import ingest.sources.network as network

        real = network.is_public
        allowed = {"on": True}
        monkeypatch.setattr(network, "is_public", lambda a: (allowed["on"] and a == "127.0.0.1") or real(a))
        one = Fetcher(Manners("Claimhouse/0.1", 10_000, **QUICK), resolver=web.resolve)
        yield one, allowed
        one.close()

    def test_by_default_this_machine_is_not_reached(self, web):
        one = Fetcher(Manners("Claimhouse/0.1", 10_000, **QUICK), resolver=web.resolve)
        for host in ("127.0.0.1", "localhost", "news.test", "[::1]", "0x7f000001", "2130706433", "127.1"):
            assert problem(one, web.url("/secret", host)).reason in ("not_allowed", "unreadable")
        assert web.requests == []

    def test_a_redirect_to_loopback_is_refused(self, web, outside):
        one, _ = outside
        web.hosts["inside.example"] = ["10.0.0.7"]
        assert one.get(web.url("/story/1")).data
        assert problem(one, web.url("/to-inside")).reason == "not_allowed"
        assert web.asked("/secret") == 0

    def test_a_name_with_one_address_inside_is_refused(self, web, outside):
        web.hosts["mixed.test"] = ["93.184.216.34", "192.168.1.1"]
        assert problem(outside[0], web.url("/story/1", "mixed.test")).reason == "not_allowed"

    def test_a_name_that_changes_its_address_gains_nothing(self, web, outside):
        """The address that is connected to is the one that was checked."""
        answers = iter([["10.0.0.7"]] * 9)
        one, _ = outside
        one._backend._resolve = lambda host, port: next(answers)
        assert problem(one, web.url("/story/1", "rebound.test")).reason == "not_allowed"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.0.1",
        "169.254.169.254",
        "0.0.0.0",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fec0::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "ff02::1",
        "240.0.0.1",
        "not an address",
        "",
    ],
)
def test_addresses_that_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "8.8.8.8"])
def test_addresses_that_are(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://news.test/",
        "file:///etc/passwd",
        "javascript:1",
        "http://",
        "http:///x",
        "http://u:p@news.test/",
        "http://[/",
        "http://a\nb/",
        "gopher://x/",
    ],
)
def test_what_is_no_web_address_is_not_asked(web, fetcher, url):
    assert problem(fetcher(), url).is_lasting
    assert web.requests == []


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> Path:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "news.test")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("news.test")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "news.pem"
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    path.write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain) + made.public_bytes(pem))
    return path


def test_a_certificate_that_nobody_vouches_for_is_refused(certificate):
    web = HostileWeb(certificate)
    try:
        trusting = ssl.create_default_context(cafile=str(certificate))
        limits = Manners("Claimhouse/0.1", 100_000, allow_private=True, **QUICK)
        for verify, host, is_good in (
            (trusting, "news.test", True),
            (None, "news.test", False),
            (trusting, "other.test", False),
        ):
            one = Fetcher(limits, resolver=web.resolve, verify=verify)
            url = f"https://{host}:{web.port}/story/1"
            if is_good:
                assert one.get(url).data
            else:
                assert "certificate" in problem(one, url).detail.lower()
            one.close()
        assert web.asked("/story/1") == 1
    finally:
        web.close()
