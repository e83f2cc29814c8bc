{# Both statements of a pair stand in versions of articles that are current, and are two. Of "the mayor says that the
   dam holds, which the army denies" both have the same words, by two voices. #}
{% test statements_are_current(model) %}

    select pair.*
    from {{ model }} as pair
    inner join {{ ref('dim_article_versions') }} as later on pair.later_version_id = later.article_version_id
    where
        {{ in_scope('pair') }}
        and (
            not later.is_current
            or (
                pair.earlier_version_id = pair.later_version_id
                and pair.earlier_start = pair.later_start
                and pair.earlier_end = pair.later_end
                and pair.earlier_voice_key = pair.later_voice_key
                and pair.axis <> 'count'
            )
        )

{% endtest %}
