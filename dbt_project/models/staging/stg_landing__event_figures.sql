with

source as (
    {{ landed('event_figures') }}
),

renamed as (
    select
        event_figure_id,
        event_id,
        step_number,
        event_mention_id,
        figure_id,
        role,
        scope,
        thing,
        low,
        high,
        bound,
        load_id,
        {{ utc('recorded_at') }} as recorded_at
    from source
)

select * from renamed
