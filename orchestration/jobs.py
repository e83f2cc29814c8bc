"""The jobs: what can be started as a whole.

Belongs here: selections of assets and their run config. Does not belong here: when they run.
"""

from __future__ import annotations

import dagster as dg

from orchestration.assets.landing import IntakeConfig
from orchestration.layers import OWNERS

REFRESH, REEXTRACT = "refresh", "reextract"
# checks of assets that others make, as sources are, go with no asset of the job
_EVERYTHING = dg.AssetSelection.all() | dg.AssetSelection.all_asset_checks()


def jobs() -> list[dg.UnresolvedAssetJobDefinition]:
    """``refresh`` takes in what is new; ``reextract`` takes known articles' facts anew."""
    return [
        dg.define_asset_job(
            REFRESH,
            selection=_EVERYTHING,
            description="Take in what is new in every source, check it, and publish the warehouse.",
            owners=OWNERS,
        ),
        dg.define_asset_job(
            REEXTRACT,
            selection=_EVERYTHING,
            config=dg.RunConfig(ops={"read_documents": IntakeConfig(reextract=True)}),
            description=(
                "Take the facts of known articles anew where a newer extractor is there, as a load of its own. "
                "published_from and published_to bound the publication date."
            ),
            owners=OWNERS,
        ),
    ]
