"""The warehouse in a browser: a small web app on this machine, over the published file, which it only reads.

Belongs here: pages, their addresses, what guards them. Does not belong here: keeping the file open
(``claimhouse.publications``), SQL of lists (``claimhouse.selections``), search (``claimhouse.search``), the briefing
(``claimhouse.briefing``).

    guard       who may ask: the host, limits, headers, what may be written
    parameters  what an address asks for
    views       what stands on each page
    maps        places and land as GeoJSON
    charts      drawings of figures
    downloads   what is shown as CSV, GeoJSON, Parquet
    app         all of it put together
"""
