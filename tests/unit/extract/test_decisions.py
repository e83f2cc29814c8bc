"""The recorder of decisions."""

from ingest.extract.decisions import Decision, Outcome, Recorder


def test_decisions_are_kept_in_the_order_in_which_they_are_made() -> None:
    recorder = Recorder()
    recorder.record("claims", "attribution", "complement_clause.that", Outcome.REFUSED, "no clause", (4, 8))
    recorder.record("claims", "attribution", "object", Outcome.ACCEPTED)
    assert recorder.decisions == [
        Decision("claims", "attribution", "complement_clause.that", Outcome.REFUSED, "no clause", (4, 8)),
        Decision("claims", "attribution", "object", Outcome.ACCEPTED, "", None),
    ]
