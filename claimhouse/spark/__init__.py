"""More machines than one: Apache Spark runs the same extraction, the same resolving and the same models.

Belongs here: handing the project's own functions and models to Spark, and comparing what comes of it. Does not
belong here: rules of any kind (``ingest``), SQL (``dbt_project``). Nothing else imports this package, and it needs
the extra ``claimhouse[spark]`` and Java.
"""
