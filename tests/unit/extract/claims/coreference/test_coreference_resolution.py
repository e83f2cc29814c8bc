"""Who is meant by a mention: short names, offices, bodies named again, pronouns; and who cannot speak."""

from __future__ import annotations

import pytest

from ingest.extract.analysis import Analyser
from ingest.extract.claims.coreference import Actor
from ingest.extract.claims.coreference.discourse import Discourse, Resolved
from ingest.extract.claims.coreference.entities import Entities
from ingest.extract.claims.coreference.identity import identify
from ingest.extract.claims.coreference.pronouns import antecedent

# text, the speaker as written, the name that he stands for
NAMED = [
    # short forms of one body
    (
        "The Lorran Observatory for Peace said two villages burned. The Observatory said ten people fled.",
        "The Observatory",
        "Lorran Observatory for Peace",
    ),
    (
        "The Syrian Observatory for Human Rights said two villages burned. A monitor said ten people fled.",
        "A monitor",
        "Syrian Observatory for Human Rights",
    ),
    (
        "The Syrian Observatory for Human Rights said six were dead. The Britain-based group said more were missing.",
        "The Britain-based group",
        "Syrian Observatory for Human Rights",
    ),
    ("The SANA news agency said the road was open.", "The SANA news agency", "SANA"),
    ("The Korean newspaper Tarsk Ilbo said that ships had carried oil.", "The Korean newspaper", "Tarsk Ilbo"),
    ("The daily Tarsk Ilbo said that ships had carried oil.", "Tarsk Ilbo", "Tarsk Ilbo"),
    ("The opposition website Zaman Tarsk said that nine people died.", "The opposition website", "Zaman Tarsk"),
    (
        "The MORO Intelligence Group follows the militants. The camp is empty, according to MORO.",
        "MORO",
        "MORO Intelligence Group",
    ),
    # wherever the short form stands, and whatever the tagger takes it for
    (
        "The Lorran Observatory for Peace said two villages burned. Ten people fled, according to the Observatory.",
        "the Observatory",
        "Lorran Observatory for Peace",
    ),
    (
        "Islamic State said it took the hill. The hard-line militant group said ten died.",
        "militant group",
        "Islamic State",
    ),
    # who is quoted, and who is named again by his role
    (
        "The agency quoted a source at the Tarsk Governorate as saying that two died. The source added that ten fled.",
        "source",
        "a source at the Tarsk Governorate",
    ),
    ("Reuters quoted the mayor of Tarsk, Jane Roe, as saying that two had died.", "the mayor", "Jane Roe"),
    # in apposition to any noun
    ("A tired shopkeeper, Jane Roe, told reporters that two had died.", "tired shopkeeper", "Jane Roe"),
    # whose name stands behind the body of his office
    (
        '"The port is full," said the director of the institution Jane Roe.',
        "director",
        "Jane Roe",
    ),
    (
        "The head of the Estonia Port Board Ilmar Roe came. The head of the Estonia Port Board said it was full.",
        "The head of the Estonia Port Board",
        "Ilmar Roe",
    ),
    ("On Tuesday, Latvian Ambassador to the United Nations Jane Roe said it was full.", "Ambassador", "Jane Roe"),
    (
        "The head of the Lorran President Office Ilmar Roe came. The head of the Lorran President Office said it shut.",
        "The head of the Lorran President Office",
        "Ilmar Roe",
    ),
    ("Speaker of the House of Elders Robert Roe left. Mr. Roe said it was full.", "Roe", "Robert Roe"),
    ("The road is shut said Riga Observatory for Peace director Robert Roe. He left.", "Observatory", "Robert Roe"),
    (
        "The commander of the ship met the aide of the minister Jane Roe. The aide said it was full.",
        "The aide",
        "the aide",
    ),
    ("The ministry told director Jane Roe that it was full.", "The ministry", "ministry"),
    # by one of several offices
    (
        'The chairman of the Port Council, General Robert Roe, came. "It is full," said the head of the Port Council.',
        "head",
        "Robert Roe",
    ),
    # a medium by what it published
    (
        'The portal TarskNews reported that two mines were shut. "Work has stopped," the report said.',
        "the report",
        "TarskNews",
    ),
    # names that a text without its punctuation has glued to what stands before
    ("Why Training Troops Won't Trigger War With Russia Oravec said that it was safe.", "Oravec", "Oravec"),
    ("The rebels have taken hills in Idlib and Aleppo ISIS said on Monday they had lost ten men.", "ISIS", "ISIS"),
    # behind a date that the text has glued to it
    ("7 July 2022 00.13 Norrish prosecutors said the man was held.", "prosecutors", "Norrish prosecutors"),
    ("Wednesday 27 Jul 2016 Syrian state TV said that ten people died.", "TV", "Syrian state TV"),
    (
        "The ministry fell silent. On Tuesday Norr's foreign ministry said that talks would go on.",
        "foreign ministry",
        "Norr's foreign ministry",
    ),
    # a body named again by the last word of its name, small
    (
        "The Lorran Observatory for Peace said two died. Raids went on. The observatory said five died.",
        "The observatory",
        "Lorran Observatory for Peace",
    ),
    ("The head of the Tarsk region Oleh Marchuk said that two died.", "Marchuk", "Oleh Marchuk"),
    # with the article of a surname and without it
    ('"It is over," Omar al-Haddadi told the paper. Haddadi added that ten fled.', "Haddadi", "Omar al-Haddadi"),
    # whose ministry it is
    (
        "Russia's defence ministry said it had taken the hill. The British defence ministry said it had not.",
        "The British defence ministry",
        "British defence ministry",
    ),
    # short forms of one person
    (
        'Rami Abdel Hadi counted the trucks. "They were empty," Abdel Hadi said.',
        "Abdel Hadi",
        "Rami Abdel Hadi",
    ),
    # an office whose holder is named beside it, in another sentence, later, or is known
    ("Jane Roe, the mayor of Tarsk, left. The mayor said the town was safe.", "The mayor", "Jane Roe"),
    ("Oleh Marchuk head of the relief office said the town was safe.", "Oleh Marchuk", "Oleh Marchuk"),
    (
        'The mayor of Tarsk urged people to stay inside. "It is not safe," Ihor Marchuk said on Sunday.',
        "The mayor of Tarsk",
        "Ihor Marchuk",
    ),
    ("Mr. Macron arrived late. The French president said the talks were long.", "The French president", "Macron"),
    ("Foreign Minister Ivo Kalve of Latvia left. Latvia's top diplomat said more was due.", "diplomat", "Ivo Kalve"),
    ("Sen. Carl Roe said it would fail. The Ohio lawmaker said he was against it.", "lawmaker", "Carl Roe"),
    # the office of a state, as titles shorten it
    (
        "Turkey PM: troops will stay\n\nTurkish Prime Minister Emre Kaya said on Monday that his troops would stay.",
        "Turkey PM",
        "Emre Kaya",
    ),
    ("Emre Kaya, the foreign minister, left. The prime minister said it was over.", "minister", "the prime minister"),
    # a name that the title has in full
    ("The front will hold, says Ivo Kalve\n\nTen fled. “It is cold,” Kalve said.", "Kalve", "Ivo Kalve"),
    # a well-known name with a letter wrong
    ("Volodymyr Zelanski left. The president of Ukraine said he was tired.", "president", "Volodymyr Zelanski"),
    # a month's short name that is a first name
    ("Jan Kalve said on Monday that ten had fled.", "Kalve", "Jan Kalve"),
    # a headline has no article; of several hospitals none is meant
    ("Raid kills four, hospital says\n\nFour died, Izyum Central Hospital said.", "hospital", "Izyum Central Hospital"),
    (
        "Raid kills four, hospital says\n\nIzyum Central Hospital counted two dead, Balakliia District Hospital two.",
        "hospital",
        "hospital",
    ),
    # no feast, no address
    ("Ten fled on Victory Day, the mayor said. The mayor said two died.", "The mayor", "the mayor"),
    ("Ten fled pic.twitter.com/aB1c Ivo Kalve said.", "Kalve", "Ivo Kalve"),
    # who speaks in the first person
    ('"I told them to leave," Oleh Marchuk said.', "I", "Oleh Marchuk"),
    # whose quotation it is says "I" of himself, not "he"
    ("“Ivan Petrov has lost. He believes that he can win,” said Jonas Kazlas, the minister.", "He", "Ivan Petrov"),
    # for whom a correspondent has told it
    ("Fog fell, Ivo Kalve wrote, a Norr correspondent reports.\n\nHe said that it was thick.", "He", "Ivo Kalve"),
    # a word that anybody may go by, of who has just spoken
    ("Ivo Kalve, head of the centre, said that ten fled. The expert said that two died.", "expert", "Ivo Kalve"),
    # a body in apposition
    ("The mill's owner, Karsten Brands International, said that it was shut.", "owner", "Karsten Brands International"),
    ("“It is cold,” said Janor, a global agency for research. The agency said that ten fled.", "agency", "Janor"),
    # a document by whoever made it
    (
        "The Tarsk police said in a statement that ten fled.\nThe statement added that two died.",
        "statement",
        "the Tarsk police",
    ),
    (
        "In a report by the Lorran Council, two towns are named. The report said ten fled.",
        "The report",
        "Lorran Council",
    ),
    ("The Lorran Council issued a report on Monday. The report said ten fled.", "The report", "Lorran Council"),
    # whose side
    ("The Russian side said that ten fled.", "The Russian side", "Russia"),
    # what describes a body is no part of its name
    ("The Daesh-affiliated Kalmaq news agency said ten fled.", "agency", "Kalmaq"),
    ("Tarsk TV said two died. The weekly said ten fled.", "The weekly", "Tarsk TV"),
    (
        "The Syrian Observatory for Human Rights said two villages burned. Ten people fled, a monitor group said.",
        "monitor group",
        "Syrian Observatory for Human Rights",
    ),
    (
        "The Syrian Observatory spoke. Human Rights Watch spoke.\nTen fled, the US-based rights group said.",
        "rights group",
        "Human Rights Watch",
    ),
    # an office in other words
    (
        "A cold day\n\nNATO Secretary-General Jens Kalve spoke in Tarsk.\nThe NATO head said ten fled.",
        "The NATO head",
        "Jens Kalve",
    ),
    (
        "A cold day\n\nEconomy minister Jan Borel spoke in Tarsk.\nThe minister for economic affairs said ten fled.",
        "The minister",
        "Jan Borel",
    ),
    (
        "A cold day\n\nNasr al-Roe Secretary General of the Tarsk Coalition said that ten fled.",
        "General",
        "Nasr al-Roe",
    ),
    # who is described by whom he works for
    ("Mykhailo Roe, an adviser to the president, Jane Lys, said ten fled.", "Roe", "Mykhailo Roe"),
    ("“It is cold,” said Tarsk oil and gas analyst Jan Borel.", "Borel", "Jan Borel"),
    (
        "A cold day\n\nIt failed. Kalvin Borel Human Rights Watch's executive director said that ten fled.",
        "director",
        "Kalvin Borel",
    ),
    ("It failed. Gen. Pavel Borel Syria's interior minister said that ten fled.", "minister", "Pavel Borel"),
    (
        "A group known as the Lorran Observatory for Peace said ten fled.",
        "group",
        "Lorran Observatory for Peace",
    ),
    ("“It is cold” said a resident of Tarsk adding that ten fled.", "a resident of Tarsk", "a resident of Tarsk"),
    # the credit of a picture is nobody's name
    ("A cold day\n\n(Reuters) Local officials said that ten fled.", "officials", "local officials"),
    # whom "who" follows
    ("The zone was a request by Tarsk police, who said that ten fled.", "police", "Tarsk police"),
    # a subject that a lost comma has glued to the name
    ("Jane Roe spoke. According to Jane Roe residents were told to leave.", "Jane Roe", "Jane Roe"),
    # an ampersand is part of a name, an office behind it is not, nor is the full stop of a sentence
    ("Marks & Kalve said that it was shut.", "Marks", "Marks & Kalve"),
    ("Sergey Kalve Chief of the General Staff said that ten fled.", "Kalve", "Sergey Kalve"),
    # "by saying" is whoever does it
    ("The chief, Jan Borel, hit back by saying that ten fled.", "Borel", "Jan Borel"),
]


def _named(claims_of, text, written):
    return [c.speaker_name for c in claims_of(text) if c.speaker is not None and written in c.speaker.text]


@pytest.mark.parametrize(("text", "written", "name"), NAMED, ids=lambda v: str(v)[:40])
def test_a_mention_stands_for_the_full_name(claims_of, text, written, name):
    assert set(_named(claims_of, text, written[0].lower() + written[1:]) + _named(claims_of, text, written)) == {name}


@pytest.mark.parametrize(
    ("text", "written", "never"),
    [
        (
            "Emmanuel Macron arrived late. The Norrish president said the talks were long.",
            "president",
            "Emmanuel Macron",
        ),
        ("A spokesman for Jane Roe said she was ill.", "spokesman", "Jane Roe"),
        ("A shopkeeper, tired, said that Jane Roe was ill.", "shopkeeper", "Jane Roe"),
        ("A statement, seen by Jane Roe, said ten fled.", "statement", "Jane Roe"),
        ("The aide of the minister Jane Roe said it was full.", "aide", "Jane Roe"),
        ("The widow of the party leader Robert Roe said it was full.", "widow", "Robert Roe"),
        ("Oleh Marchuk left. A doctor said the town was safe.", "doctor", "Oleh Marchuk"),
        ('"We saw it," Oleh Marchuk said.', "We", "Oleh Marchuk"),
        ("Jane Roe said so. The man said no.", "The man", "Jane Roe"),
        ("Jane Roe said so. The spokesman for the US-led force said no.", "spokesman", "Jane Roe"),
        ("NATO Secretary-General Jens Kalve spoke in Tarsk. The harbour head said ten fled.", "head", "Jens Kalve"),
        ("Ten fled near Tarsk the Lorran Observatory for Human Rights said. He said it rained.", "He", "Human Rights"),
        ("Jane Roe said that ten fled. The Green politician said that two died.", "politician", "Jane Roe"),
    ],
)
def test_a_wrong_person_is_worse_than_none(claims_of, text, written, never):
    assert never not in _named(claims_of, text, written)


@pytest.mark.parametrize(
    "text", ["You said it was over.", "I said it was over.", "Their hopes that it would end were high."]
)
def test_a_pronoun_of_nobody_has_no_name(claims_of, text):
    assert {c.speaker_name for c in claims_of(text)} <= {None}


def test_a_pronoun_means_who_is_told_of_next_rather_than_who_spoke_before():
    speaker, next_told = Actor("Ivan Lys", "person", sex="m"), Actor("Pavlo Kos", "person", sex="m")
    discourse = Discourse(
        [
            Resolved(0, 1, speaker, is_subject=True, speaks=True, weight=1.0, is_quoted=False),
            Resolved(5, 2, next_told, is_subject=True, speaks=False, weight=0.0, is_quoted=False),
        ]
    )
    assert antecedent("he", 3, False, discourse, list(range(10))) is next_told


def test_who_is_spoken_of_does_not_speak(claims_of):
    for text in (
        "Reports said the shelling killed at least 14 civilians said to be farmers.",
        "The explosion said to be an accident killed two.",
        "They had the courage to admit it.",
        "The shells fell at noon. Another 50 were hurt, blaming the attack on the army.",
        "Talks on water fail in Tarsk - Politics - Ahram Online\n\nThe talks had lasted for a week.",
    ):
        names = " ".join(c.speaker_name or "" for c in claims_of(text))
        assert not {"civilians", "explosion", "courage", "50", "Online"} & set(names.split())


def test_names_carry_no_stray_marks(claims_of):
    for claim in claims_of("– The governor said: \"Stay inside.\" 'The envoy' said no."):
        assert claim.speaker_name is None or claim.speaker_name.strip("\"'–- ") == claim.speaker_name


def test_a_byline_is_no_part_of_the_next_lines_name(claims_of):
    text = "Two bridges are down\n\nPaul Hill\nIhor Marchuk said two bridges were down. Marchuk said a third stands."
    assert set(_named(claims_of, text, "Marchuk")) == {"Ihor Marchuk"}


def test_events_can_ask_without_claims(analyser):
    from ingest.extract.claims.coreference import Coreference

    analysis = analyser.analyse("The Lorran Observatory for Peace counts. The Observatory said so.")
    coreference = Coreference(analysis)
    heads = [k for k, word in enumerate(analysis.tokens.words) if word == "Observatory"]
    assert {coreference.resolve(head).name for head in heads[-1:]} == {"Lorran Observatory for Peace"}


def test_a_trace_shows_how_a_speaker_was_resolved(analyser, claims_of):
    from ingest.extract.base import Found
    from ingest.extract.claims import ClaimExtractor
    from ingest.extract.decisions import Recorder

    analysis = analyser.analyse("Jane Roe, the mayor of Tarsk, left. The mayor said the town was safe.")
    analysis.recorder = Recorder()
    ClaimExtractor().extract(analysis, Found())
    [decision] = [d for d in analysis.recorder.decisions if d.step == "coreference"]
    assert (decision.rule_id, decision.reason) == ("role.bearer", "Jane Roe (person)")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Terrorists Shell Orikhiv\n\nThe terrorists shelled Orikhiv.", "Terrorists"),
        ("An Afghan and coalition force entered Khost on Monday.", "Afghan"),
        ("Kurds said on Monday that the town was theirs.", "Kurds"),
        ("Thirteen were hurt in Orikhiv, said a doctor.", "Thirteen"),
    ],
)
def test_a_capital_makes_no_person_of_a_common_word(analyser: Analyser, text: str, word: str) -> None:
    entities = Entities(analyser.analyse(text))
    at = entities.tokens.words.index(word)
    actor, _ = entities.named(at, at)
    assert actor.kind in ("unnamed", "group")
    assert identify(actor.name, actor.kind, None).key is None


def test_a_name_ends_before_a_date_that_is_glued_to_it(analyser: Analyser) -> None:
    entities = Entities(analyser.analyse("Monitor Roe News Sunday 15 Oct 2017 Shelling killed four people."))
    at = entities.tokens.words.index("Sunday")
    assert entities.mentions.find(at) is None or entities.mentions.find(at) == (at, at)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The broadcaster Zorka Ilves said that the bridge was open. She said it was safe.", "person"),
        ("The broadcaster Zorka Ilves said on Monday that he had seen the bridge.", "person"),
        ("The broadcaster Zorka Ilves said that the bridge was open. It said it was safe.", "media"),
        ("The broadcaster Zorka Ilves said so. Jane Roe was there. She said it was safe.", "media"),
        ("The daily Zorka Ilves said that the bridge was open. She said it was safe.", "media"),
    ],
)
def test_a_trade_that_is_a_mediums_too(analyser: Analyser, text: str, kind: str) -> None:
    entities = Entities(analyser.analyse(text))
    assert entities.named(2, 3)[0].kind == kind
