{#
  Every code in the columns is in its code list; codes maps a column to the name of its list. Rows
  that belong to no load are looked at only where every_row is set.
#}
{% test codes_are_listed(model, codes, every_row=false) %}

    {% for column, code_list in codes.items() %}
    select
        '{{ column }}' as column_name,
        cast(fact.{{ column }} as string) as code,
        count(*) as row_count
    from {{ model }} as fact
    left join {{ ref('code_lists') }} as listed
        on listed.code_list = '{{ code_list }}' and cast(fact.{{ column }} as string) = listed.code
    where {{ 'true' if every_row else in_scope('fact') }} and fact.{{ column }} is not null and listed.code is null
    group by fact.{{ column }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

{% endtest %}
