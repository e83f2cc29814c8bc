"""Fresh draws: real articles labelled before any output on them is seen, and scored once.

A third of the real articles is kept in reserve, by hash of the id. A round draws twelve articles of
the reserve that no round has used, from at least four sources. Two labellers label each article for
all kinds of facts, independently, by reading; a third settles where they differ. A round is scored
once, and the figures of that first sight are kept in ``first_sight.json``: what is mended afterwards
shows in the rounds that come later.

A round may also take public news pages (``--pages DIR``), where the reserve is used up or too narrow: the texts
stay with the labellers, and of the round its labels and the figures of its first sight are kept.

Belongs here: drawing (``draw``), labels and how two labellers' become one gold (``labels``), scoring
(``score``), and the rounds themselves (``rounds``) as offsets with the text's SHA-256, without texts.
Does not belong here: texts, and corpora of others (the modules of ``evaluation``).

    python -m evaluation.draws draw 5 --texts DIR            # writes the texts of round 5 to be labelled
    python -m evaluation.draws differences 5 --labels A B --out FILE
    python -m evaluation.draws settle 5 --labels A B [--choices FILE]
    python -m evaluation.draws score 5 [--record NOTE] [--errors 40]
    python -m evaluation.draws score 34 --pages DIR          # likewise differences and settle
    python -m evaluation.draws report                        # all first-sight figures, and pooled with intervals
"""
