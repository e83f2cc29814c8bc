"""Feeds, sitemaps and lists of addresses: what is fetched, what is left, and what a failure costs."""

import contextlib
import gzip
import json
import time
from datetime import UTC, date, datetime, timedelta

import pytest
from hostile_web import HostileWeb, feed
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from ingest.articles import ArticleDraft, read_document
from ingest.settings import Settings
from ingest.sources import health_of, open_source
from ingest.sources.addresses import GdeltSource, PagesSource
from ingest.sources.config import FeedConfig, GdeltConfig, PagesConfig, SitemapConfig
from ingest.sources.feed import FeedSource, parse_feed
from ingest.sources.fetch import Answer, Fetcher, Manners
from ingest.sources.sitemap import SitemapSource, parse_sitemap
from ingest.sources.state import State
from ingest.sources.web import SourceFailedError

QUICK = {
    "pause": 0.0,
    "first_wait": 0.001,
    "longest_wait": 0.01,
    "read_timeout": 0.3,
    "connect_timeout": 0.3,
    "whole_timeout": 0.6,
}


@pytest.fixture
def web():
    server = HostileWeb()
    yield server
    server.close()


class Night:
    """One source, read night after night, with a landing that remembers what it got."""

    def __init__(self, web: HostileWeb, folder, config, source_class, **limits) -> None:
        self.web, self.config = web, config
        self.settings = Settings(data_dir=folder / "data", allow_private_networks=True)
        self.landed: dict[str, str] = {}
        self._class = source_class
        self._limits = {**QUICK, **limits}

    def run(self, lands: bool = True) -> list:
        fetcher = Fetcher(
            Manners("Claimhouse/0.1", 2_000_000, allow_private=True, **self._limits), resolver=self.web.resolve
        )
        source = self._class(self.config, self.settings, fetcher)
        found = []
        try:
            found.extend(source.documents(lambda uri, fingerprint: self.landed.get(uri) == fingerprint))
        finally:
            fetcher.close()
            if lands:
                self.landed |= {d.uri: d.fingerprint for d in found}
        return found

    def paths(self, lands: bool = True) -> list[str]:
        return [d.uri.removeprefix(self.web.url("")) for d in self.run(lands)]


@pytest.fixture
def night(web, tmp_path):
    def make(kind: str = "feed", **more) -> Night:
        if kind == "feed":
            return Night(
                web,
                tmp_path,
                FeedConfig(name="f", kind="feed", url=more.pop("url", web.url("/feed")), **more),
                FeedSource,
            )
        if kind == "sitemap":
            return Night(
                web,
                tmp_path,
                SitemapConfig(name="s", kind="sitemap", url=web.url("/sitemap.xml"), **more),
                SitemapSource,
            )
        if kind == "gdelt":
            return Night(web, tmp_path, GdeltConfig(name="g", kind="gdelt", **more), GdeltSource)
        return Night(web, tmp_path, PagesConfig(name="p", kind="pages", **more), PagesSource)

    return make


def test_the_entries_of_a_feed_are_followed_to_their_pages(night):
    one = night()
    found = one.run()
    assert [d.uri.rsplit("/", 1)[1] for d in found] == ["1", "2", "3"]
    (item,) = read_document(found[0], one.config, one.settings)
    assert isinstance(item, ArticleDraft)
    assert item.url.endswith("/story/1")
    assert (item.published_date, item.published_date_source) == (date(2025, 11, 27), "feed")


def test_a_second_night_asks_only_whether_something_changed(web, night):
    one = night()
    one.run()
    web.requests.clear()
    assert one.run() == []
    asked = {path: headers for _, path, headers in web.requests}
    assert asked["/feed"]["If-None-Match"] == '"f1"'
    assert asked["/story/1"]["If-None-Match"] == '"1"'


def test_after_the_days_of_revisits_a_page_is_left_alone(web, night):
    one = night(revisit_days=0)
    one.run()
    state = State.load(one.settings.state_dir / "sources" / "f.json")
    for page in state.pages.values():
        page.first_seen = (datetime.now(UTC) - timedelta(days=3)).isoformat()
    state.save()
    web.requests.clear()
    assert one.run() == []
    assert {path for _, path, _ in web.requests} == {"/robots.txt", "/feed"}


def test_an_edited_page_comes_again(web, night):
    one = night()
    one.run()
    web.routes["/story/2"] = lambda h: h.send(b"<html><body><p>edited</p></body></html>", etag='"new"')
    assert one.paths() == ["/story/2"]
    assert one.paths() == []


def test_what_was_fetched_but_never_landed_is_fetched_again(night):
    one = night()
    assert len(one.run(lands=False)) == 3
    assert len(one.run(lands=False)) == 3
    assert len(one.run()) == 3
    assert one.run() == []


def test_a_feed_can_be_taken_as_it_is(web, night):
    one = night(take="feed")
    found = one.run()
    assert [d.media_type for d in found] == ["application/json"] * 3
    assert web.asked("/story/1") == 0
    (item,) = read_document(found[0], one.config, one.settings)
    assert (item.text, item.published_date_source) == ("Story 1\n\nSummary of story 1.", "feed")
    assert one.run() == []


ATOM = (
    '<entry><title>Story {n}</title><link href="http://news.test/story/{n}"/><id>s{n}</id>'
    "<published>2025-11-27T08:00:00Z</published></entry>"
)
ITEMS = [
    {"id": n, "url": f"http://news.test/story/{n}", "title": f"Story {n}", "date_published": "2025-11-27T08:00:00Z"}
    for n in (1, 2)
]
FEEDS = [
    feed([1, 2]),
    f'<feed xmlns="http://www.w3.org/2005/Atom"><title>N</title>{ATOM.format(n=1)}{ATOM.format(n=2)}</feed>',
    json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": ITEMS}),
    feed([1, 2]).replace("</channel></rss>", ""),
    "\ufeff" + feed([1, 2]),
]


@pytest.mark.parametrize("data", FEEDS)
def test_feeds_of_all_kinds(data):
    answer = Answer("http://news.test/feed", data.encode(), "text/plain", None, None, datetime.now(UTC))
    entries = parse_feed(answer)
    assert [(e.url, e.title, e.published[:10]) for e in entries] == [
        (f"http://news.test/story/{n}", f"Story {n}", "2025-11-27") for n in (1, 2)
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"garbage",
        b"{}",
        b'{"items": 7}',
        b"<html><body>no feed</body></html>",
        bytes(range(256)) * 20,
        b"{" * 5_000,
    ],
)
def test_what_is_no_feed_is_an_error_or_nothing(data):
    answer = Answer("http://news.test/feed", data, None, None, None, datetime.now(UTC))
    with contextlib.suppress(SourceFailedError):
        assert parse_feed(answer) == []


def test_entities_are_not_resolved(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret")
    data = (
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>' + feed([1]).replace("Story 1", "&e;").split("?>", 1)[1]
    )
    answer = Answer("http://news.test/feed", data.encode(), None, None, None, datetime.now(UTC))
    with contextlib.suppress(SourceFailedError):
        assert not any("secret" in (e.title or "") for e in parse_feed(answer))


def test_a_feed_that_is_down_is_a_failure_that_is_counted(web, night):
    one = night(url=web.url("/down"))
    for n in (1, 2):
        with pytest.raises(SourceFailedError, match="HTTP 503"):
            one.run()
        health = health_of(one.config, one.settings)
        assert (health.failures, health.problem) == (n, "HTTP 503")
    web.routes["/down"] = web.routes["/feed"]
    assert len(one.run()) == 3
    assert health_of(one.config, one.settings).failures == 0


def test_a_page_that_cannot_be_had_is_one_document_with_its_reason(web, night):
    web.routes["/story/2"] = web.routes["/gone"]
    web.routes["/story/3"] = lambda h: h.redirect("/private/x")
    one = night()
    found = one.run()
    assert [d.problem for d in found] == [
        None,
        ("unreadable", "HTTP 410"),
        ("not_allowed", "robots.txt does not allow it"),
    ]
    items = [i for d in found for i in read_document(d, one.config, one.settings)]
    assert [getattr(i, "reason", None) for i in items] == [None, "unreadable", "not_allowed"]
    assert one.run() == []  # said once, tried again


def test_a_host_that_stopped_answering_is_left(web, night):
    web.routes["/feed"] = lambda h: h.send(feed(list(range(1, 30)), web.url("")).encode())
    for n in range(3, 30):
        web.routes[f"/story/{n}"] = web.routes["/silent"]
    one = night()
    start = time.monotonic()
    with pytest.raises(SourceFailedError, match="no answers any more from news"):
        one.run(lands=True)
    assert time.monotonic() - start < 20
    assert health_of(one.config, one.settings).failures == 1


def test_no_more_than_the_most_documents_are_fetched(web, night):
    web.routes["/feed"] = lambda h: h.send(feed(list(range(1, 9)), web.url("")).encode())
    one = night(most_documents=3, revisit_days=0)
    assert len(one.run()) == 3


def sitemap(paths: dict[str, str], web: HostileWeb, kind: str = "url") -> bytes:
    rows = "".join(f"<{kind}><loc>{web.url(p)}</loc><lastmod>{day}</lastmod></{kind}>" for p, day in paths.items())
    root = "urlset" if kind == "url" else "sitemapindex"
    return f'<?xml version="1.0"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</{root}>'.encode()


TODAY = datetime.now(UTC).date().isoformat()


def test_a_sitemap_with_its_window(web, night):
    web.routes["/sitemap.xml"] = lambda h: h.send(
        sitemap({"/story/1": TODAY, "/story/2": "2020-01-01", "/other/3": TODAY}, web)
    )
    assert night("sitemap", match="/story/").paths() == ["/story/1"]


def test_an_index_of_sitemaps_packed_and_broken_ones(web, night):
    parts = {"/a.xml.gz": TODAY, "/b.xml": TODAY, "/broken.xml": TODAY, "/old.xml": "2020-01-01", "/sitemap.xml": TODAY}
    web.routes["/sitemap.xml"] = lambda h: h.send(sitemap(parts, web, "sitemap"))
    web.routes["/a.xml.gz"] = lambda h: h.send(gzip.compress(sitemap({"/story/1": TODAY}, web)))
    web.routes["/b.xml"] = lambda h: h.send(sitemap({"/story/2": TODAY}, web))
    web.routes["/broken.xml"] = web.routes["/garbage"]
    assert night("sitemap").paths() == ["/story/1", "/story/2"]
    assert web.asked("/old.xml") == 0


def test_a_news_sitemap_gives_titles_and_dates(web, night):
    news = (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">'
        f"<url><loc>{web.url('/story/1')}</loc><n:news><n:publication_date>{TODAY}</n:publication_date>"
        "<n:title>Said today</n:title></n:news></url></urlset>"
    )
    web.routes["/sitemap.xml"] = lambda h: h.send(news.encode())
    (document,) = night("sitemap").run()
    assert (document.metadata["published"], document.metadata["title"]) == (TODAY, "Said today")


@pytest.mark.parametrize(
    "data", [b"", b"<html/>", b"<a><b>", b"garbage here", gzip.compress(b"x" * 60_000_000), b"\x1f\x8bbroken"]
)
def test_what_is_no_sitemap(web, night, data):
    web.routes["/sitemap.xml"] = lambda h: h.send(data)
    with pytest.raises(SourceFailedError):
        night("sitemap").run()


def test_a_sitemap_of_entities_is_no_bomb(web, night):
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    data = f'<!DOCTYPE u [<!ENTITY e0 "http://news.test/">{levels}]><urlset><url><loc>&e8;</loc></url></urlset>'
    web.routes["/sitemap.xml"] = lambda h: h.send(data.encode())
    start = time.monotonic()
    with contextlib.suppress(SourceFailedError):
        night("sitemap").run()
    assert time.monotonic() - start < 5


def test_a_list_of_addresses(web, night, tmp_path):
    listed = tmp_path / "addresses.txt"
    listed.write_text(f"# ours\n{web.url('/story/2')}\n\nftp://no\n")
    assert night("pages", urls=(web.url("/story/1"),), path=listed).paths() == ["/story/1", "/story/2"]


def test_a_missing_list_is_a_failure(night, tmp_path):
    with pytest.raises(SourceFailedError, match="No such file"):
        night("pages", path=tmp_path / "none.txt").run()


def test_a_table_of_addresses_with_dates(web, night, tmp_path):
    table = tmp_path / "events.csv"
    rows = ["\t".join(["x"] * 59 + [f"2025112{n}103000", web.url(f"/story/{n}")]) for n in (6, 7, 7)] + ["short\trow"]
    table.write_text("\n".join(rows))
    found = night("gdelt", path=table).run()
    assert [d.metadata["published"] for d in found] == ["2025-11-26", "2025-11-27"]
    table.write_text(f"day,link\n27.11.2025,{web.url('/story/8')}\n")
    named = night("gdelt", path=table, delimiter=",", url_column="link", date_column="day").run()
    assert [d.metadata["published"] for d in named] == ["2025-11-27"]
    with pytest.raises(SourceFailedError, match="no column 'url'; there are: day, link"):
        night("gdelt", path=table, delimiter=",", url_column="url").run()


def test_the_charset_a_server_states_is_used(web, night):
    one = night("pages", urls=(web.url("/koi8"), web.url("/false-charset")))
    koi8, false = (
        next(iter(read_document(d, one.config, one.settings)))
        for d in sorted(one.run(), key=lambda d: "koi8" not in d.uri)
    )
    assert "Представитель" in koi8.text
    assert "“so”" in false.text


def test_a_state_that_is_broken_is_forgotten(tmp_path):
    path = tmp_path / "s.json"
    for text in ("", "{", "[]", '{"pages": 1}', '{"pages": {"a": {"x": 1}}, "lists": {}, "health": {}}'):
        path.write_text(text)
        assert State.load(path).pages == {}


def test_every_kind_of_source_can_be_opened(tmp_path):
    settings = Settings(data_dir=tmp_path)
    for config in (
        FeedConfig(name="f", kind="feed", url="https://north.example/feed"),
        SitemapConfig(name="s", kind="sitemap", url="https://north.example/sitemap.xml"),
        PagesConfig(name="p", kind="pages", urls=("https://north.example/",)),
        GdeltConfig(name="g", kind="gdelt", url="https://north.example/g.csv"),
    ):
        assert open_source(config, settings)


BROKEN = st.tuples(
    st.sampled_from(
        [FEEDS[0], FEEDS[1], FEEDS[2], "<urlset><url><loc>http://a.b/c</loc><lastmod>2025</lastmod></url></urlset>"]
    ),
    st.integers(0, 400),
    st.text(max_size=12),
    st.integers(0, 60),
)


@given(BROKEN, st.sampled_from([None, "text/xml", "application/json", "text/html; charset=utf-16"]))
@hypothesis_settings(max_examples=120, deadline=None)
def test_a_list_however_broken_is_read_or_refused(broken, media_type):
    text, place, put_in, left_out = broken
    data = (text[:place] + put_in + text[place + left_out :]).encode("utf-8", "replace")
    answer = Answer("http://news.test/list", data, media_type, None, None, datetime.now(UTC))
    for parse in (parse_feed, parse_sitemap):
        with contextlib.suppress(SourceFailedError):
            parse(answer)


def test_a_page_that_is_gone_is_handed_on_once_and_only_if_it_was_there(web, night):
    one = night()
    web.routes["/story/3"] = lambda h: h.send(b"", status=410)
    assert [d.problem and d.problem[0] for d in one.run()] == [None, None, "unreadable"]
    web.routes["/story/1"] = lambda h: h.send(b"", status=410)
    (gone,) = one.run()
    assert gone.uri.endswith("/story/1")
    assert gone.problem == ("gone", "HTTP 410")
    assert one.run() == []
    del web.routes["/story/1"]
    (back,) = one.run()
    assert back.problem is None


def test_a_page_that_is_not_found_is_gone_only_a_day_later(web, night):
    one = night()
    one.run()
    web.routes["/story/2"] = lambda h: h.send(b"", status=404)
    assert one.run() == []
    assert one.run() == []
    path = one.settings.state_dir / "sources" / "f.json"
    state = State.load(path)
    (url,) = (u for u in state.pages if u.endswith("/story/2"))
    state.pages[url].missing_since = (datetime.now(UTC) - timedelta(hours=23)).isoformat()
    state.save()
    (gone,) = one.run()
    assert gone.problem == ("gone", "HTTP 404")


def test_a_page_that_is_found_again_was_never_missed(web, night):
    one = night()
    one.run()
    web.routes["/story/2"] = lambda h: h.send(b"", status=404)
    one.run()
    del web.routes["/story/2"]
    assert one.run() == []
    state = State.load(one.settings.state_dir / "sources" / "f.json")
    assert {page.missing_since for page in state.pages.values()} == {None}


def test_a_young_page_is_looked_at_after_the_feed_has_dropped_it(web, night):
    one = night()
    one.run()
    web.routes["/feed"] = lambda h: h.send(feed([3], h.web.url("")).encode(), "application/rss+xml")
    web.routes["/story/1"] = lambda h: h.send(b"", status=410)
    (gone,) = one.run()
    assert (gone.uri.rsplit("/", 1)[1], gone.problem[0]) == ("1", "gone")


def test_an_address_that_was_taken_off_a_list_by_its_user_is_left_alone(web, night):
    one = night("pages", urls=(web.url("/story/1"), web.url("/story/2")))
    one.run()
    one.config = one.config.model_copy(update={"urls": (web.url("/story/2"),)})
    web.requests.clear()
    one.run()
    assert {path for _, path, _ in web.requests} == {"/robots.txt", "/story/2"}
