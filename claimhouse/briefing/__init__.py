"""Pages that people read: the briefing on a place, topic or window, and the checks of a load.

Belongs here: reading the published file into plain records (``data``), drawing them (``maps``,
``timeline``, ``figures``), putting the page together (``page``). Does not belong here: what the
tables hold (``dbt_project``), the command (``claimhouse.cli.briefing``), when a page is written
(``orchestration``). A page is one file that opens without a network, and everything on it is
there without its script as well.
"""
