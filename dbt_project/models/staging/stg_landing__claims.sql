with

source as (
    {{ landed('claims') }}
),

renamed as (
    select
        claim_id,
        article_version_id,
        ordinal,
        char_start,
        char_end,
        exact,
        rule_id,
        confidence,
        speaker_name,
        speaker_kind,
        speaker_role,
        speaker_affiliation,
        speaker_side,
        speaker_office,
        actor_key,
        speaker_known_as,
        cue_class,
        speech,
        polarity,
        stance,
        hedge,
        topic,
        depth,
        channel,
        addressee,
        basis,
        speaker_start,
        speaker_end,
        speaker_exact,
        cue_start,
        cue_end,
        cue_exact,
        content,
        content_spans,
        parent_claim_id,
        chain,
        extractor_version,
        load_id,
        {{ utc('recorded_at') }} as recorded_at
    from source
)

select * from renamed
