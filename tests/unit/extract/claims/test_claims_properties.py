"""What holds for the claims of any text whatever."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ingest.extract.base import Found, check_spans
from ingest.extract.claims import ClaimExtractor
from ingest.records import ACTOR_KINDS, CUE_CLASSES, HEDGES, POLARITIES, SPEECHES, STANCES, TOPICS

PIECES = [
    *("Oleh Danylenko", "the mayor", "Moscow", "he", "They", "officials", "General Haddad", "the ministry's", "Kyiv"),
    *("said", "denied", "accused", "told", "urged", "is believed", "was asked", "according to", "claims", "lied about"),
    *(
        "that",
        "of shelling",
        "to leave",
        "about the capture of",
        "whether",
        "the bridge was hit",
        "nobody left",
        "as a trap",
    ),
    *('"', "“", "”", "''", "‘", "’", "'", "«", "»", ",", ".", ":", ";", "–", "(", ")", "[", "]", "!", "?", "…"),
    *(
        "\n",
        "\n\n",
        "\t",
        "\u00a0",
        "\u202e",
        "\x00",
        "\ufeff",
        "😀",
        "М",
        "ş",
        "１２",
        "and",
        "adding",
        "such as that",
    ),
    *("in his reports to", "This was stated by", "SMITH: We go.", "allegedly", "", "a", "I", "we", "I think"),
]
texts = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join))


def check(text, claims):
    check_spans(text, claims)
    for k, claim in enumerate(claims):
        assert claim.content
        assert (claim.char_start, claim.char_end) == (
            min(s.start for s in claim.content),
            max(s.end for s in claim.content),
        )
        assert claim.exact == text[claim.char_start : claim.char_end]
        assert all(not s.text[0].isspace() and not s.text[-1].isspace() for s in claim.content)
        assert claim.speech in SPEECHES
        assert claim.polarity in POLARITIES
        assert claim.stance in STANCES
        assert claim.hedge in HEDGES
        assert claim.topic in TOPICS
        assert claim.cue_class is None or claim.cue_class in CUE_CLASSES
        assert claim.speaker_kind is None or claim.speaker_kind in ACTOR_KINDS
        assert claim.speaker is not None or claim.speaker_name is None
        assert 0 <= claim.confidence <= 1
        seen, at = {k}, claim.parent
        while at is not None:
            assert 0 <= at < len(claims)
            assert at not in seen, "a claim holds itself"
            seen.add(at)
            at = claims[at].parent
        assert claim.depth == len(seen) - 1
    starts = [c.char_start for c in claims]
    assert starts == sorted(starts)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=texts)
@example(text="SAID A00")  # a verb that nothing stands before
@example(text="said B DENied")  # a denial that nothing stands behind
def test_any_text(text, analyser):
    analysis = analyser.analyse(text)
    extractor = ClaimExtractor()
    first = extractor.extract(analysis, Found())
    check(text, first)
    assert extractor.extract(analyser.analyse(text), Found()) == first


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n\n",
        "said",
        '"',
        '" " " "',
        "“““““",
        "THE GOVERNOR SAID THE ROAD WAS OPEN.",
        "the governor said the road was open he said it was closed",
        "He said. She said. They said.",
        "said " * 500,
        '"A," he said, ' * 200,
        "\x00\x01\x02 \ufffd\ufffe said that \x00",
        "(" * 400 + "he said that it was so",
        "The mayor said that " * 60 + "it rained.",
    ],
    ids=range(15),
)
def test_odd_texts(text, claims_of):
    check(text, claims_of(text))


def test_a_long_text(claims_of):
    page = (
        "Oleh Danylenko, mayor of Lyman, said two shells hit the depot. “We have no water,” he added. "
        "Moscow denied that its guns had fired. According to the ministry, nobody was hurt.\n\n"
    )
    claims = claims_of(page * 150)
    assert len(claims) >= 4 * 150
    assert {c.speaker_name for c in claims} == {"Oleh Danylenko", "Russia", "ministry"}
