{{ config(materialized='view') }}

{# What the authority file of actors says, one row a name; it is written beside the candidate at each build. #}
{{ authority_rows() }}
