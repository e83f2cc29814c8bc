{# As many rows of each new load are here as were landed. #}
{% test nothing_lost(model, landed, condition='true') %}

    with

    landed as (
        select load_id, count(*) as row_count
        from {{ landed }}
        where {{ condition }}
        group by load_id
    ),

    held as (
        select load_id, count(*) as row_count
        from {{ model }}
        where load_id in (select load_id from {{ ref('int_new_loads') }})
        group by load_id
    )

    select
        coalesce(landed.load_id, held.load_id) as load_id,
        landed.row_count as landed_rows,
        held.row_count as held_rows
    from landed
    full outer join held on landed.load_id = held.load_id
    where landed.row_count is distinct from held.row_count

{% endtest %}
