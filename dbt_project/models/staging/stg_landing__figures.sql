with

source as (
    {{ landed('figures') }}
),

renamed as (
    select
        figure_id,
        article_version_id,
        ordinal,
        char_start,
        char_end,
        exact,
        rule_id,
        confidence,
        low,
        high,
        best,
        bound,
        kind,
        unit,
        si_low,
        si_high,
        si_unit,
        counted,
        counted_phrase,
        status,
        vague_word,
        per,
        part_of_figure_id,
        is_cumulative,
        extractor_version,
        load_id,
        {{ utc('recorded_at') }} as recorded_at
    from source
)

select * from renamed
