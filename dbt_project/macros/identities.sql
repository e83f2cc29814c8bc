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
            {{ publisher_id(first_text ~ '.publisher') }}, {{ first_text }}.article_id, {{ version }}.article_id
        ))
    end
{%- endmacro %}

{#
  What is taken for one name wherever it stands: a full name on one side. A family name alone is the same
  in another article only on the same side and in the same office; a body's key says whose it is.
#}
{% macro actor_alias_id(claim, article_id) -%}
    case
        when {{ claim }}.actor_key is null then null
        when {{ claim }}.actor_key not like 'person:%' then {{ identity([claim ~ '.actor_key']) }}
        when {{ claim }}.actor_key not like '%/' then {{ identity([claim ~ '.actor_key', claim ~ '.speaker_side']) }}
        when {{ claim }}.speaker_side is not null and {{ claim }}.speaker_office is not null
            then {{ identity([claim ~ '.actor_key', claim ~ '.speaker_side', claim ~ '.speaker_office']) }}
        else {{ identity([claim ~ '.actor_key', article_id]) }}
    end
{%- endmacro %}

{#
  The blocks of names whose actors are to be worked out again: those of the new loads, those that the authority file
  names, and those that it named before.
#}
{% macro touched_aliases() -%}
    {{ touched('actor_mentions', 'actor_block') }}
    union all
    select split_part(actor_key, '/', 1) from {{ ref('int_actor_authority') }}
    union all
    select actor_block from {{ this }} where rule_id in ('actor.joined', 'actor.apart')
    union all
    {# those forgotten above, once they are gone #}
    select actor_block from {{ ref('actor_mentions') }}
    where actor_alias_id not in (select actor_alias_id from {{ this }})
{%- endmacro %}

{# The same for the actors: also those whose names have come to another actor, or gone from one. #}
{% macro touched_actors() -%}
    {{ touched('actor_mentions', 'actor_block') }}
    union all
    select split_part(actor_key, '/', 1) from {{ ref('int_actor_authority') }}
    union all
    select actor_block from {{ ref('actor_aliases') }} where actor_id not in (select actor_id from {{ this }})
    union all
    select actor_block from {{ this }} where is_edited
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
