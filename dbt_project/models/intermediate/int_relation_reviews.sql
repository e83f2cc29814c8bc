{{ config(materialized='view') }}

{# What the file of reviews says, one row a reviewed pair; it is written beside the candidate at each build. #}
{{ review_rows() }}
