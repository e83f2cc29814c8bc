"""What event mentions tell of claims and figures."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.extract.pipeline import Pipeline
from ingest.records import COUNT_ROLES, EVENT_KINDS, STATUSES, TOPICS


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline()


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("The mayor said that four people had been killed in Kherson.", "casualties"),
        ("The mayor said that the rebels had taken Kherson.", "control"),
        ("The general said that 18 sailors were still missing.", "casualties"),
        ("The general said that his men had knocked out two tanks.", "losses"),
        ("The mayor said that the bakery would open on Monday.", "other"),
        # what is known already is not what the claim is about
        ("The official said that Oslo will not invite the president because of the invasion of Georgia.", "diplomacy"),
        ("The mayor said that prices had fallen since the attack on the port.", "other"),
        # a strike that kills is about its dead, unless a relative clause tells of them
        ("The mayor said that shells hit the market, killing nine people.", "casualties"),
        ("The group said it had bombed the bus that killed nine people.", "strike"),
        ("The mayor said that a drone strike near the mill killed a bus driver.", "casualties"),
        # aid, the call for an end of the war, the way of goods
        ("The minister said that his country would help Ukraine for years.", "military_aid"),
        ("The minister said that more air defence was needed.", "military_aid"),
        ("The minister said that a further escalation had to be avoided.", "diplomacy"),
        ("The minister urged Moscow to unblock the ports.", "logistics"),
        ("The colonel warned that drills were held along the border.", "troop_presence"),
        # what somebody wants to do in the war is a plan; what else he wants keeps its topic
        ("The general wanted to retake the town.", "order_or_plan"),
        ("The minister wanted to hold talks with Riga.", "diplomacy"),
        # fighting is attacks of two sides; a war that is told as known is none of them
        ("The mayor reported clashes in the western quarters.", "strike"),
        ("The mayor reported an assault on the western quarters.", "advance"),
        ("The mayor blamed Kyiv for provoking the invasion.", "other"),
        ("Three women reported being assaulted in the square.", "other"),
        # what is charged is no one deed
        ("The envoy accused the junta of genocide.", "other"),
        ("The envoy accused the junta of torturing prisoners.", "prisoners"),
        # aid is planned before it is given
        ("The minister said that Oslo was preparing to supply Kyiv with drones.", "military_aid"),
        ("The army called on residents to avoid the bridge.", "order_or_plan"),
    ],
)
def test_the_topic_of_a_claim_follows_from_its_mentions(pipeline: Pipeline, text: str, topic: str) -> None:
    assert [claim.topic for claim in pipeline.found(pipeline.analyse(text, date(2025, 11, 20))).claims] == [topic]


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("6 killed 12 wounded as missile hits market in Kherson", ["killed", "wounded"]),
        ("At least 72 people, including nine children, were killed in Kherson.", ["killed", "killed"]),
        ("The death toll in Kherson rose to 14 on Monday.", ["killed"]),
        ("The navy showed a new craft as two small warships fired live ammunition.", [None]),
        # some of them are dead, some are not
        ("Shells killed and wounded five soldiers in Kherson.", [None]),
        ("More than 10 rebels were killed and detained by the army.", [None]),
        ("The army killed, injured or captured 500 rebels in Kherson.", [None]),
        ("The raid ended in the killing or wounding of several rebels.", [None]),
        ("80 Rebels Killed Injured in Battle of Kherson", [None]),
        # one is told of all of them
        ("Police in Kherson shot and killed two men.", ["killed"]),
        ("Raiders kidnapped and killed three guards in Kherson.", ["killed"]),
        ("Shells kill 23 civilians in rebel-held Kherson.", ["killed"]),
        # the verb tells of them before a participle does
        ("Rebels have massacred 250 soldiers taken hostage in Kherson.", ["killed"]),
        # nobody is there yet
        ("The 800 soldiers are not being deployed to Kherson.", [None]),
        ("The army will deploy 800 soldiers to Kherson.", [None]),
        # what follows a fate is told last
        ("Rebels fired 70 drones at Kherson, of which 60 were intercepted.", ["launched", "shot_down"]),
        ("Two of the wounded in Kherson later died.", ["killed"]),
        ("Two of the wounded left Kherson.", ["wounded"]),
    ],
)
def test_the_status_of_a_figure_follows_from_its_role(pipeline: Pipeline, text: str, statuses: list[str]) -> None:
    assert [figure.status for figure in pipeline.extract(text, date(2025, 11, 20)).figures] == statuses


def test_a_number_without_a_noun_counts_the_people_it_befell(pipeline: Pipeline) -> None:
    figures = pipeline.extract("Officials put the toll in Kherson at 31.", date(2025, 11, 20)).figures
    assert [(figure.counted, figure.status) for figure in figures] == [("people", "killed")]


def test_codes_are_those_of_the_records() -> None:
    from ingest.extract.refinement import _codes

    codes = _codes()
    assert set(codes["topics"]) < set(EVENT_KINDS)
    assert {topic for topics in codes["topics"].values() for topic in topics} <= set(TOPICS)
    assert set(codes["statuses"]) < set(COUNT_ROLES)
    assert {status for allowed in codes["statuses"].values() for status in allowed} <= set(STATUSES)
