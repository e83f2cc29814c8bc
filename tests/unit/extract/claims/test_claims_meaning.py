"""Fields beyond the cases: speech, kind, role, side, addressee, basis, links, chains."""

from __future__ import annotations

from datetime import date

from ingest.extract.base import Found
from ingest.extract.claims import ClaimExtractor, wants_parse
from ingest.extract.claims.assertion.topic import _openers
from ingest.extract.claims.lexicon import Cue
from ingest.extract.claims.structure import passed_on
from ingest.records import DateMention, Figure, Location


def only(claims):
    assert len(claims) == 1, [c.exact for c in claims]
    return claims[0]


def test_speech(claims_of):
    assert only(claims_of('"We hold the mill," said Ivan Sirko.')).speech == "direct"
    assert only(claims_of("Ivan Sirko said the mill was held.")).speech == "indirect"
    assert only(claims_of('Ivan Sirko said the mill was "ours at last".')).speech == "mixed"


def test_person_with_role_body_and_side(claims_of):
    claim = only(claims_of("Viktor Horbal, head of the Ukrainian border service, said the road was open."))
    assert (claim.speaker.text, claim.speaker_name, claim.speaker_kind) == ("Viktor Horbal", "Viktor Horbal", "person")
    assert claim.speaker_role == "head of the Ukrainian border service"
    assert claim.speaker_affiliation == "Ukrainian border service"
    assert claim.speaker_side == "UA"


def test_an_office_stands_right_behind_a_name_where_commas_are_lost(claims_of):
    claim = only(claims_of("Nine homes burned said Jana Orlova head of the Lowland Fire Service."))
    assert (claim.speaker_name, claim.speaker_affiliation) == ("Jana Orlova", "Lowland Fire Service")
    claim = only(claims_of("Nine homes burned, said Jana Orlova. Heads of the service came later."))
    assert claim.speaker_affiliation is None


def test_states_by_their_seats(claims_of):
    claim = only(claims_of("Ankara said the ship was searched."))
    assert (claim.speaker_name, claim.speaker_kind, claim.speaker_side) == ("Turkey", "country", "TR")


def test_known_bodies_have_a_side(claims_of):
    claim = only(claims_of("The Kremlin said the talks were over."))
    assert (claim.speaker_name, claim.speaker_kind, claim.speaker_side) == ("Kremlin", "institution", "RU")


def test_unnamed_speakers_stay_as_written(claims_of):
    claim = only(claims_of("Two people familiar with the matter said the deal was close."))
    assert claim.speaker_kind == "unnamed"
    assert claim.speaker_name == "two people familiar with the matter"


def test_he_without_anybody_has_no_name(claims_of):
    claim = only(claims_of("He said the road was open."))
    assert claim.speaker.text == "He"
    assert claim.speaker_name is None


def test_addressee_and_channel(claims_of):
    claim = only(claims_of("The governor told reporters at a briefing that the road was open."))
    assert claim.addressee == "reporters"
    assert claim.channel == "briefing"


def test_basis_is_no_speaker(claims_of):
    claim = only(claims_of("The road was cut, according to radio intercepts, on Friday, Horbal said."))
    assert claim.speaker_name == "Horbal"
    assert claim.basis == "radio intercepts"


def test_denial_of_a_claim_keeps_both(claims_of):
    outer, inner = claims_of("Kyiv rejected Moscow's claim that the town had fallen.")
    assert (outer.polarity, outer.stance, outer.speaker_name) == ("negative", "neutral", "Ukraine")
    assert (inner.polarity, inner.stance, inner.speaker_name) == ("affirmative", "disputed", "Russia")
    assert (inner.parent, inner.depth) == (0, 1)


def test_links_to_what_the_content_holds(analyser):
    text = "On Friday the governor said twelve people died in Nikopol."
    at = lambda word: {"char_start": text.index(word), "char_end": text.index(word) + len(word), "exact": word}  # noqa: E731
    found = Found(
        dates=[DateMention(**at("Friday"), rule_id="t", confidence=1, timex_type="DATE", value="2025-11-21")],
        figures=[Figure(**at("twelve"), rule_id="t", confidence=1, low=12, high=12, bound="exact", kind="count")],
        locations=[
            Location(**at("Nikopol"), rule_id="t", confidence=1, kind="settlement", precision=1, is_resolved=False)
        ],
    )
    claim = only(ClaimExtractor().extract(analyser.analyse(text, date(2025, 11, 22)), found))
    assert {(link.kind, link.index, link.rule_id) for link in claim.links} == {
        ("date", 0, "link.cue"),
        ("figure", 0, "link.content"),
        ("location", 0, "link.content"),
    }


def test_links_of_what_hangs_on_the_cue(analyser):
    text = "In Nikopol the governor denied the report."
    start = text.index("Nikopol")
    place = Location(
        char_start=start,
        char_end=start + 7,
        exact="Nikopol",
        rule_id="t",
        confidence=1,
        kind="settlement",
        precision=1,
        is_resolved=False,
    )
    claim = only(ClaimExtractor().extract(analyser.analyse(text), Found(locations=[place])))
    assert [(link.rule_id, link.role) for link in claim.links] == [("link.cue", "utterance")]


def test_captions_claim_nothing(claims_of):
    assert (
        claims_of("Two villages lost power.\n\nPhoto: the governor said the road was open\n\nThe end came late.") == []
    )


def test_the_parser_is_spared_where_nothing_is_claimed(analyser):
    analysis = analyser.analyse("Shells fell on the depot. The mayor said so. “Enough.” Snow fell.")
    wanted = [wants_parse(analysis, s) for s in analysis.sentences]
    assert wanted == [False, True, False, False]
    assert [analysis.is_parsed(s) for s in analysis.sentences] == wanted


def test_further_rows_are_tried_where_the_lexicon_finds_nothing(analyser):
    extractor = ClaimExtractor()
    analysis = analyser.analyse("The mayor said the council supports the plan.")
    assert [c.rule for c in extractor.candidates(analysis).found] == ["complement_clause.bare"]
    further = {"supports": Cue("support", "say", frozenset("n"), "")}
    wider = extractor.candidates(analysis, further).found
    assert [c.rule for c in wider] == ["complement_clause.bare", "object"]


def test_what_a_veto_refuses_is_kept_beside_the_claims(analyser):
    extractor = ClaimExtractor()
    analysis = analyser.analyse("“I think the bridge will hold,” the mayor said. Remember that it is old.")
    candidates = extractor.candidates(analysis)
    assert [c.rule for c in candidates.found] == ["quotation.adjacent"]
    assert {veto for veto, _ in candidates.vetoed} == {"veto.own_hedge", "veto.imperative"}


def test_a_reporting_line_goes_to_the_claim_of_its_last_member(claims_of):
    text = (
        '"First, local commanders in their reports to Bekov, then Bekov in his reports to Gusev. '
        'And Gusev announced that the town had fallen," said Taras Melnyk.'
    )
    outer, inner = claims_of(text)
    assert outer.chain == ()
    assert inner.chain == ("local commanders", "Bekov", "Gusev")


def test_what_is_passed_on_is_a_chain():
    told = (
        "a company commander told the brigade that the ring was closed, "
        "the brigade told the headquarters, and the headquarters told the ministry"
    )
    assert passed_on(told) == ["company commander", "brigade", "headquarters", "ministry"]
    assert passed_on("the mayor told the governor, and the bishop told the king") is None


def test_each_token_finds_the_nearest_opener_over_it_however_deep() -> None:
    chain = [k - 1 for k in range(1_000)]  # each hangs on the one before; the first on nothing
    found = _openers(chain, 0, 1_000, {10, 500})
    assert found[:10] == [None] * 10
    assert (found[10], found[499], found[500], found[999]) == (10, 10, 500, 500)
    circle = [1, 2, 0, 2]
    assert _openers(circle, 0, 4, set()) == [None] * 4
    assert _openers(circle, 0, 4, {2}) == [2, 2, 2, 2]


def test_an_unnamed_spokesman_has_his_body(claims_of):
    claim = only(claims_of("A spokeswoman for Norway's Interior Ministry said the road was open."))
    assert (claim.speaker_kind, claim.speaker_affiliation) == ("role", "Norway's Interior Ministry")
    claim = only(claims_of("A senior State Department spokesman said the road was open."))
    assert claim.speaker_affiliation == "State Department"
    claim = only(claims_of("Monitors at the Oslo-based Tarsk Observatory said two huts had burned."))
    assert claim.speaker_affiliation == "Tarsk Observatory"


def test_who_speaks_for_a_person_or_for_himself_has_no_body(claims_of):
    texts = (
        "A spokesman for Mr Horbal said the road was open.",
        "A spokesman for Police Chief Jana Karr said the road was open.",
        "An official at the Interior Ministry said the road was open.",
        "A spokesman said the road was open.",
        "Residents of the Tarsk district said the road was open.",
    )
    assert [only(claims_of(text)).speaker_affiliation for text in texts] == [None] * len(texts)
