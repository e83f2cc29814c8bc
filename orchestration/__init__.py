"""All that is Dagster, and nothing else: what runs, when, in which order, and what is shown of it.

The work itself is done by plain classes (``ingest``, ``claimhouse``) that know nothing of Dagster.
"""
