"""Which documents are one article, and what a new version is to the one before."""

import json

import pytest
from article_reading import read, read_all

from ingest.articles import change_kind
from ingest.identity import article_id, canonical_url

BODY = "Two warehouses near the station at Lyman burned out on Friday, the mayor said. Nobody was hurt."


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTPS://Www.North.Example:443/a/?utm_source=x&b=2&a=1#:~:text=word", "https://www.north.example/a/?a=1&b=2"),
        ("http://north.example", "http://north.example/"),
        ("https://north.example/a/index.html", "https://north.example/a/"),
        ("https://north.example:8443/a", "https://north.example:8443/a"),
        ("https://новини.example/а", "https://xn--b1amarcd.example/%D0%B0"),
        ("ftp://north.example/a", None),
        ("javascript:alert(1)", None),
        ("https://", None),
        ("https://a b.example/", None),
        ("http://[::1", None),
        ("//north.example/a", None),
        ("x" * 3_000, None),
        ("", None),
        (None, None),
    ],
)
def test_addresses(url, canonical):
    assert canonical_url(url) == canonical


APART = [
    ("/?12345", "/?12346"),
    ("/?p", "/"),
    ("/topic#post-7", "/topic#post-8"),
    ("/topic#7", "/topic"),
    *((f"/a?{name}=1", f"/a?{name}=2") for name in ("source", "ref", "share", "amp", "partner", "sh", "at_id", "at_")),
    *((f"/a?{name}=1", f"/a?{name}=2") for name in ("ref_src", "cmpid", "ocid", "smid", "s_cid", "outputtype", "ito")),
    *((f"/a?{name}=1", f"/a?{name}=2") for name in ("gclid2", "xutm_source", "ns_id", "wt.id")),
    ("/a?id=1&id=2", "/a?id=1"),
    ("/a?x=", "/a?x"),
    ("/a;7", "/a;8"),
]


@pytest.mark.parametrize(("one", "other"), APART)
def test_what_may_name_an_article_tells_addresses_apart(one, other):
    ids = {read("a.json", {"text": BODY, "url": f"https://north.example{path}"}).article_id for path in (one, other)}
    assert len(ids) == 2


@pytest.mark.parametrize("path", ["/a?id=7&utm_source=x", "/a?fbclid=1&id=7", "/a?id=7#:~:text=a", "/a?&id=7&"])
def test_what_only_tracks_does_not(path):
    assert canonical_url(f"https://north.example{path}") == "https://north.example/a?id=7"


@pytest.mark.parametrize("url", [f"https://north.example{path}" for pair in APART for path in pair])
def test_an_address_is_canonical_for_good(url):
    assert canonical_url(canonical_url(url)) == canonical_url(url)


def test_one_address_is_one_article_whatever_its_form_and_text():
    ids = {
        read("a.json", {"text": BODY + str(i), "url": url}).article_id
        for i, url in enumerate(
            [
                "https://www.north.example/a",
                "http://north.example/a/",
                "https://m.north.example/a?utm_medium=x#utm_source=rss",
            ]
        )
    }
    assert len(ids) == 1


def test_a_version_is_one_text_of_one_article():
    one, two, same = (read("a.txt", text) for text in (BODY, BODY + " It rained.", BODY))
    assert one.article_id == two.article_id
    assert one.article_version_id != two.article_version_id
    assert one.article_version_id == same.article_version_id
    assert read("b.txt", BODY).article_id != one.article_id


def test_a_line_put_in_before_makes_no_edit_of_its_neighbours():
    lines = [json.dumps({"text": f"{BODY} {i}"}) for i in range(3)]
    before = {i.text: i.article_id for i in read_all("a.jsonl", "\n".join(lines))}
    after = {
        i.text: i.article_id for i in read_all("a.jsonl", "\n".join([json.dumps({"text": "New: " + BODY}), *lines]))
    }
    assert before.items() <= after.items()


def test_a_record_with_an_id_keeps_its_identity_when_it_is_edited():
    (one,), (two,) = (read_all("a.jsonl", json.dumps({"id": 7, "text": BODY + end})) for end in ("", " More."))
    assert one.article_id == two.article_id
    assert article_id(None, "s", "a.jsonl#1", "7", "x") == article_id(None, "s", "a.jsonl#9", "7", "y")


@pytest.mark.parametrize(
    ("new", "kind"),
    [
        (BODY + " Firefighters were there all night.", "edited"),
        (BODY + "\n\nCorrection: an earlier version of this article misstated the day.", "corrected"),
        (BODY + "\n\nThis article was amended on 3 December to correct a name.", "corrected"),
        ("Correction: warehouses burn\n\n" + BODY, "corrected"),
        ("This story has been withdrawn.", "withdrawn"),
        ("ADVISORY: please kill the story “Warehouses burn”. A correct version will follow.", "withdrawn"),
        (BODY + " The mayor said the order was withdrawn and corrected prices were posted.", "edited"),
        (BODY + " Troops were withdrawn from the station.", "edited"),
    ],
)
def test_what_a_new_version_is(new, kind):
    assert change_kind(BODY, new, read("a.txt", new)) == kind


def test_an_old_correction_does_not_make_every_later_edit_one():
    old = BODY + "\n\nCorrection: an earlier version gave the wrong day."
    assert change_kind(old, old + "\n\nIt rained.", read("a.txt", old)) == "edited"
