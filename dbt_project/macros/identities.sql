{#
  How the warehouse tells one publisher, actor or place from another. Belongs here: the identities
  that are made from landed columns, once each.
#}

{# By name, without regard to case. #}
{% macro publisher_id(publisher) -%}
    case when {{ publisher }} is not null then {{ identity(['lower(trim(' ~ publisher ~ '))']) }} end
{%- endmacro %}

{#
  Whom a text comes from: an agency's text is the agency's, whoever carries it, and a copy belongs to
  those who had the text first. Of the origins of one group an agency's is the smallest.
#}
{% macro origin_id(version, first_text) -%}
    case
        when coalesce({{ version }}.agency, {{ first_text }}.agency) is not null
            then concat('agency-', {{ identity(['lower(coalesce(' ~ version ~ '.agency, ' ~ first_text ~ '.agency))']) }})
        else concat('publisher-', coalesce(
            {{ publisher_id(first_text ~ '.publisher') }}, {{ publisher_id(version ~ '.publisher') }}, {{ version }}.article_id
        ))
    end
{%- endmacro %}

{# Only a named holder is the same one in the next article: "the spokesman" and "local officials" are not. #}
{% macro actor_id(name, kind) -%}
    case
        when {{ kind }} in ('person', 'institution', 'country', 'group', 'media') and {{ name }} is not null
            then {{ identity(['lower(trim(' ~ name ~ '))']) }}
    end
{%- endmacro %}

{# By its GeoNames id; a resolved place that has none, by its name, country and region. #}
{% macro place_id(location) -%}
    case
        when {{ location }}.geonameid is not null then concat('geonames-', {{ location }}.geonameid)
        when {{ location }}.is_resolved
            then concat('named-', {{ identity([
                location ~ '.place', location ~ '.country', location ~ '.admin1'
            ]) }})
    end
{%- endmacro %}
