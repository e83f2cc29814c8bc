with

source as (
    {{ landed('relations') }}
),

renamed as (
    select
        relation_version_id,
        relation_id,
        group_id,
        event_id,
        step_number,
        kind,
        axis,
        rule_id,
        confidence,
        earlier_mention_id,
        later_mention_id,
        earlier_claim_id,
        later_claim_id,
        earlier_figure_id,
        later_figure_id,
        earlier_version_id,
        earlier_start,
        earlier_end,
        later_version_id,
        later_start,
        later_end,
        earlier_voice,
        earlier_voice_key,
        earlier_voice_side,
        later_voice,
        later_voice_key,
        later_voice_side,
        load_id,
        {{ utc('recorded_at') }} as recorded_at
    from source
)

select * from renamed
