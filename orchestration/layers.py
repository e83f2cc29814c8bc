"""The layers that the asset graph is drawn in, and who answers for them.

Belongs here: names that several rooms of the graph share. Does not belong here: assets.
"""

OWNERS = ["team:claimhouse"]

SOURCES = "1_sources"
LANDING = "2_landing"
STAGING = "3_staging"
INTERMEDIATE = "4_intermediate"
MARTS = "5_marts"
CODES = "5_codes"
PUBLISHED = "6_published"
PAGES = "7_pages"

# folder of a dbt model -> layer
DBT_LAYERS = {"staging": STAGING, "intermediate": INTERMEDIATE, "marts": MARTS, "seeds": CODES}

# runs with an asset of this pool wait for each other
WRITER_POOL = "warehouse_writer"
