"""Pages: the text, what they state about themselves, and which are no articles."""

from datetime import UTC, date, datetime

import pytest
from article_reading import read, refused, source
from hostile import body, page

DAY = date(2025, 11, 20)
LD = '<script type="application/ld+json">{}</script>'


def paragraphs(number: int = 1) -> str:
    return "".join(f"<p>{p}</p>" for p in body(number).split("\n\n"))


@pytest.mark.parametrize(
    ("head", "where"),
    [
        (LD.format('{"@type":"NewsArticle","datePublished":"2025-11-20T10:00:00Z"}'), "json_ld"),
        (LD.format('{"@graph":[{"@type":"WebPage"},{"@type":["Article"],"datePublished":"2025-11-20"}]}'), "json_ld"),
        (LD.format('[{"@type":"ReportageNewsArticle",\n"headline":"a\nb","datePublished":"2025-11-20"}]'), "json_ld"),
        ('<meta property="article:published_time" content="2025-11-20T10:00:00+02:00">', "meta"),
        ('<meta name="DC.date.issued" content="20 November 2025">', "meta"),
        ('<meta itemprop="datePublished" content="2025-11-20">', "meta"),
        (LD.format("{broken") + '<meta name="pubdate" content="20251120">', "meta"),
        (
            LD.format('{"@type":"NewsArticle","datePublished":"soon"}') + '<meta name="date" content="2025-11-20">',
            "meta",
        ),
    ],
)
def test_where_a_page_states_its_date(head, where):
    article = read("a.html", page(1, head))
    assert (article.published_date, article.published_date_source) == (DAY, where)


@pytest.mark.parametrize(
    ("main", "where"),
    [
        ('<time datetime="2025-11-20T10:00:00Z">today</time>', "time_element"),
        (
            '<time class="updated" datetime="2025-11-25">now</time><time datetime="2025-11-20">then</time>',
            "time_element",
        ),
        ('<aside><time datetime="2025-11-28">x</time></aside><time datetime="2025-11-20">then</time>', "time_element"),
        (
            '<div class="related-news"><time datetime="2025-11-28">x</time></div><time datetime="2025-11-20">y</time>',
            "time_element",
        ),
        (
            '<time datetime="2025-11-28">x</time><time itemprop="datePublished" datetime="2025-11-20">y</time>',
            "time_element",
        ),
        ("<p class=date>Published on 20 November 2025</p>", "text_head"),
    ],
)
def test_where_a_page_shows_its_date(main, where):
    article = read("a.html", page(1, main=main + paragraphs()))
    assert (article.published_date, article.published_date_source) == (DAY, where)


def test_the_address_dates_a_page_that_states_nothing():
    article = read("a.html", page(1), url="https://north.example/2025/11/20/strikes")
    assert (article.published_date, article.published_date_source) == (DAY, "url")


def test_places_that_disagree_are_a_warning():
    head = '<meta property="article:published_time" content="2025-11-20">'
    article = read("a.html", page(1, head), url="https://north.example/2025/10/01/strikes")
    assert article.published_date == DAY
    assert "dates_disagree" in article.warnings


def test_what_a_page_states_about_itself():
    head = (
        LD.format(
            '{"@type":"NewsArticle","headline":"Strikes on the &quot;north&quot;",'
            '"author":[{"@type":"Person","name":"Olha Kravets"},'
            '{"name":"https://x.example/author/1"}],"publisher":{"@type":"Organization","name":"Northern Post"},'
            '"dateModified":"2025-11-21T08:00:00+02:00"}'
        )
        + '<link rel="canonical" href="https://www.north.example/strikes?utm_source=x">'
    )
    article = read("a.html", page(1, head), source=source())
    assert article.title == 'Strikes on the "north"'
    assert (article.author, article.publisher, article.publisher_country) == ("Olha Kravets", "Northern Post", "UA")
    assert article.url == "https://www.north.example/strikes"
    assert article.modified_at == datetime(2025, 11, 21, 6, tzinfo=UTC)


def test_a_title_without_the_name_of_the_site():
    html = page(1).replace(
        "<title>Strikes reported, day 1</title>", "<title>Strikes reported, day 1 | Northern Post</title>"
    )
    assert read("a.html", html).title == "Strikes reported, day 1"


def test_an_address_on_another_site_is_not_taken_for_the_page_s_own():
    head = '<link rel="canonical" href="https://other.example/x">'
    article = read("a.html", page(1, head), url="https://north.example/x")
    assert article.url == "https://north.example/x"
    assert "canonical_elsewhere" in article.warnings


def test_the_text_is_title_and_paragraphs_and_nothing_else():
    furniture = (
        "<p>Read more: What happened last week</p><p>Sign up for our newsletter to get the news in your inbox</p>"
        '<p><a href="/x">Ten photographs that show the river</a></p><p>Follow us on Telegram</p>'
    )
    nav = "<nav><ul>" + "".join(f"<li><a href='/{n}'>Section {n}</a></li>" for n in range(20)) + "</ul></nav>"
    html = (
        page(1, main=paragraphs() + furniture)
        .replace("<body>", f"<body>{nav}")
        .replace("</body>", "<footer><p>© 2025 Northern Post. About us.</p></footer></body>")
    )
    article = read("a.html", html)
    assert article.text == f"Strikes reported, day 1\n\n{body(1)}"


def test_blocks_that_were_lost_are_found_by_those_that_were_not():
    blocks = "".join(
        f'<div class="chunk"><div class="body"><p>{p}</p></div></div>'
        for n in range(6)
        for p in body(n + 10).split("\n\n")
    )
    html = (
        f"<html><head><title>A long read on strikes</title></head><body><div class=chunks>{blocks}</div></body></html>"
    )
    text = read("a.html", html).text
    assert all(p in text for n in range(6) for p in body(n + 10).split("\n\n")[:1])


@pytest.mark.parametrize(
    ("html", "url", "reason"),
    [
        (page(1), "https://north.example/", "not_an_article"),
        (page(1), "https://north.example/tag/kharkiv", "not_an_article"),
        (page(1), "https://north.example/en/category/war/", "not_an_article"),
        (page(1).replace("Strikes reported, day 1", "404 Not Found"), None, "not_an_article"),
        (page(1, LD.format('{"@type":"LiveBlogPosting"}')), None, "not_an_article"),
        (
            page(
                1,
                main="".join(
                    f"<p>{9 + n}:30 GMT</p><p>{10 + n}.15 More drones were reported over the region, he said.</p>"
                    for n in range(9)
                ),
            ).replace("Strikes reported", "Live updates: strikes reported"),
            None,
            "not_an_article",
        ),
        (
            page(
                1,
                LD.format('{"@type":"VideoObject"}'),
                main="<p>Watch the moment a drone hits the roof of the station in the north of the region "
                "on Friday night, filmed by a resident from a window.</p>",
            ),
            None,
            "not_an_article",
        ),
        (page(1, main="<p></p>"), None, "no_text"),
        ("<html></html>", None, "no_text"),
        ("<p>Short.</p>", None, "no_text"),
    ],
)
def test_what_is_no_article(html, url, reason):
    assert refused("a.html", html, url=url) == reason


@pytest.mark.parametrize(
    ("html", "url"),
    [
        (page(1, LD.format('{"@type":"NewsArticle"}')), "https://north.example/"),
        (page(1, main=paragraphs() + "<p>Subscribe now to continue to support us. Accept all cookies.</p>" * 3), None),
        (page(1).replace("Strikes reported", "Live fire exercise reported"), None),
        (page(1, LD.format('{"@type":"VideoObject"}')), "https://north.example/news/1"),
        (page(1), "https://north.example/2025/11/20/search-for-the-missing"),
        (page(1), "https://north.example/politics/archive/2025/strikes.html"),
    ],
)
def test_what_only_looks_like_none(html, url):
    assert read("a.html", html, url=url).text
