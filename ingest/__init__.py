"""Bytes in, Parquet out: the plain Python library below the pipeline.

Imports neither dagster, dbt nor duckdb, so that any worker on any engine can run it.
"""
