"""Reading what the scorers of events print, and handing them what they want."""

from evaluation.events import _as_events, _figures


def test_figures_of_events_are_read_from_what_is_printed():
    printed = (
        "triggers P 0.970 R 0.158 F1 0.272 (574/591 predicted, 3628 gold)\n"
        "negated P 0.182 R 0.500 F1 0.267 (2/11 predicted, 4 gold)\n"
        "same event, pairs inside documents P 0.857 R 0.293 F1 0.437 (54/63 predicted, 184 gold)\n"
    )
    assert _figures("ecb", printed) == {
        "ecb.trigger_precision": 0.97,
        "ecb.pair_precision": 0.857,
        "ecb.pair_recall": 0.293,
    }


def test_figures_of_stories_are_told_apart():
    printed = (
        "counts: value 9/10 = 0.900 role 8/10 = 0.800 role and scope 7/10 = 0.700\n"
        "control: found 6/10 = 0.600 holder 5/10 = 0.500 holder and modality 4/10 = 0.400\n"
    )
    assert list(_figures("stories", printed).values()) == [0.9, 0.8, 0.7, 0.6, 0.5, 0.4]


def test_a_figure_that_is_not_printed_is_not_there():
    assert _figures("meantime", "negation 3/3 = 1.000\n") == {}


def test_mentions_of_one_happening_have_one_id():
    def event(name, same):
        return {
            "id": name,
            "same_event": same,
            "start": 0,
            "end": 1,
            "polarity": "affirmative",
            "args": [],
            "kind": "x",
        }

    line = {"doc_id": "a", "events": [event("e0", None), event("e1", "e0"), event("e2", None)]}
    assert [e["event_id"] for e in _as_events(line)["events"]] == ["a:e0", "a:e0", "a:e2"]
