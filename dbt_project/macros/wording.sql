{#
  What the words of a claim's content tell, by which another claim answers it. Belongs here: patterns of
  common English for what is said to be there, to be no longer, to be in a state. Does not belong here:
  who holds a place (models/marts/claim_subjects), how two contents compare (comparing.sql).
  Contents come in lower case; is_negative is SQL, true where the claim denies.
#}

{#- one to three words, the last of them the thing -#}
{% macro _thing() -%}
    {{ return('((?:[a-z-]+ ){0,2}?[a-z-]+)') }}
{%- endmacro %}

{% macro _people(kind) -%}
    {{ return({
        'armed': 'fighters?|militants?|soldiers?|servicemen|serviceman|troops|gunmen|terrorists?|operatives?'
            ~ '|insurgents?|rebels|combatants|mercenaries|militiamen',
        'civilian': 'civilians?|residents|villagers|farmers?|workers|employees|shepherds?|herders?|teachers?|students?'
            ~ '|pupils|children|pensioners|medics|paramedics|doctors|nurses|patients|drivers|traders|merchants'
            ~ '|shoppers|fishermen|journalists?|worshippers|mourners|refugees|bystanders|rescuers',
    }[kind]) }}
{%- endmacro %}

{% macro _part_of_place() -%}
    {{ return('\\b(centre|center|outskirts|suburbs?|(?:north|south|east|west)[a-z]*)\\b') }}
{%- endmacro %}

{#
  The stems of what the content says is not there, or was not it: "there were no soldiers", "had no aircraft in the
  air", "no guns remained", "a barracks and not a school"; denied, "its men had been in the town". All of them have to
  be in what answers it.
#}
{% macro denied_stems(content, is_negative) -%}
    {%- set ends = '(?: (?:in|at|on|of|near|from|to|by|inside|there|that|who|into|over|around|among|for)\\b.*|[^a-z -].*|)$' -%}
    {%- set be = '\\bthere (?:is|are|was|were|has been|have been|had been|be) ' -%}
    {%- set thing -%}
        coalesce(
            case when {{ is_negative }} then coalesce(
                {{ first_group(content, be ~ 'any ' ~ _thing() ~ ends) }},
                {{ first_group(
                    content,
                    '^(?:that )?(?:its|their|his|our|my|any|the|an?) ' ~ _thing()
                    ~ ' (?:had|have|has|had ever|have ever) been (?:in|at|inside|near|there)\\b'
                ) }}
            ) end,
            {{ first_group(content, be ~ '(?:no|not any|not an?|not one|not a single) ' ~ _thing() ~ ends) }},
            {{ first_group(content, '\\b(?:had|has|have) no ' ~ _thing() ~ ' (?:in|at|on|near|inside|there)\\b') }},
            {{ first_group(
                content,
                '^(?:that )?no ' ~ _thing() ~ ' (?:remain|remained|remains|(?:is|are|was|were) (?:left|there|present))\\b'
            ) }},
            case when not {{ is_negative }} then
                {{ first_group(content, '(?: and|,| but) not (?:an? |the |any |at an? |at the )?' ~ _thing() ~ '$') }}
            end
        )
    {%- endset -%}
    {#- how much of it, and what houses it, make no other thing; the part of the place does -#}
    {{ stems_of(
        "coalesce(regexp_replace(" ~ thing ~ ", '"
        ~ '\\b(mass|large|major|serious|real|single|such|more|further)\\b| (house|building|block)s?$'
        ~ "', '', 'g') || ' ' || coalesce(" ~ first_match(content, _part_of_place()) ~ ", ''), '')"
    ) }}
{%- endmacro %}

{#
  Who the content says was there, or was hit: armed people or civilians. Who attacks is left out, and some of them
  tell nothing of the others.
#}
{% macro people_told_of(content, is_negative) -%}
    {%- set be = '(?:is|are|was|were|has been|have been|had been|be) ' -%}
    {%- set who = '\\b(?:they|these|those|all|both|dead|victims|killed|people|men|women|passengers|wounded|ones)\\b' -%}
    case
        when {{ matches(content, '\\b(?:most|many|some|several|half|[0-9]+|one|two|three|four|five|six|seven|eight|nine|ten) of (?:the|them|these|those)\\b') }}
            then 'some'
        when
            {{ is_negative }}
            and {{ matches(content, '\\b' ~ be ~ '(?:all |any |an? |only )?(?:[a-z]+ )?(?:' ~ _people('armed') ~ ')\\b') }}
            then 'civilian'
        when {{ matches(content, '\\bthere ' ~ be ~ '(?:no|not any|not one|not a single) (?:[a-z]+ )?(?:' ~ _people('armed') ~ ')\\b') }}
            then 'civilian'
        when {{ is_negative }} then null
        when
            {{ matches(content, '\\bonly (?:[a-z]+ )?civilians\\b') }}
            or {{ matches(
                content,
                who ~ '[^.]{0,40}\\b(?:is|are|was|were) (?:all |only |just )?(?:[a-z]+ )?(?:' ~ _people('civilian') ~ ')\\b'
            ) }}
            then 'civilian'
        when {{ matches(
            "regexp_replace(" ~ content ~ ", '"
            ~ '\\b(?:its|our|their|his|her) (?:own )?(?:[a-z]+ )?(?:troops|forces|fighters|soldiers|men|servicemen)\\b'
            ~ '|\\b(?:troops|soldiers|fighters|militants|gunmen|rebels)(?: had| have)? (?:hit|struck|attack|fire|shell|bomb|captur|repel|kill|took|seiz|enter)[a-z]*'
            ~ "', '', 'g')",
            '\\b(?:' ~ _people('armed') ~ '|members? of [a-z ]*(?:.s )?[a-z ]*\\b(?:unit|units|brigade|force|wing|cell|battalion)'
            ~ '|command (?:post|centre|center)|deployment point|barracks)\\b'
        ) }} then 'armed'
    end
{%- endmacro %}

{# The state that something is said to be in, of those that exclude each other: "open", "not open". #}
{% macro state_told_of(content, is_negative) -%}
    {%- set states = [
        [
            'clear',
            '\\b(?:is|are|was|were) (?:now |completely )?(?:clean|cleared|demined|(?:clear|free) of (?:mines|shells))\\b',
            '\\b(?:unexploded|mined|mines|booby-trapped)\\b',
        ],
        [
            'open',
            '\\b(?:is|are|was|were|remains?|remained|stays?|stayed) (?:now |still |fully )?(?:open|reopened|passable|operational|working)\\b',
            '\\b(?:is|are|was|were|remains?|remained|been) (?:now |still |fully )?(?:closed|shut|blocked|impassable|unusable|out of (?:action|service|use))\\b',
        ],
        [
            'whole',
            '\\b(?:intact|undamaged|unscathed|still (?:stands|standing|stood))\\b',
            '\\b(?:destroyed|collapsed|blown up|in ruins|burn(?:ed|t) down|levelled|razed|demolished)\\b',
        ],
    ] -%}
    case
        {%- for state, yes, no in states %}
        when {{ matches(content, yes) }} and not {{ matches(content, no) }}
            then case when {{ is_negative }} then 'not {{ state }}' else '{{ state }}' end
        when {{ matches(content, no) }} and not {{ matches(content, yes) }}
            then case when {{ is_negative }} then '{{ state }}' else 'not {{ state }}' end
        {%- endfor %}
    end
{%- endmacro %}

{#
  How a claim points back to what another has just said: "such taxes" that are denied, an accusation turned back ("shelled
  the town themselves"), another thing than was said ("what burned was a barn").
#}
{% macro retort_of(content, cue_class) -%}
    case
        when {{ cue_class }} = 'deny' and {{ matches(content, '\\bsuch [a-z]+') }} then 'such'
        when {{ cue_class }} = 'accuse' and {{ matches(content, '\\b(?:themselves|itself|himself|herself)\\b') }} then 'turned_back'
        when {{ matches(content, '^(?:that )?what (?:was |had |has been |had been )?[a-z]+ (?:down |up |off )?(?:was|were) (?:an?|the|only)\\b') }}
            then 'what_it_was'
    end
{%- endmacro %}

{# True where a force is said to be surrounded; what is told of it besides is second. #}
{% macro tells_of_a_ring(content) -%}
    {%- set forces = '(?:battalions?|brigades?|troops|soldiers|garrison|grouping|forces?|units|servicemen)' -%}
    {%- set be = '(?:(?:are|were|is|was|have been|had been) )?' -%}
    {%- set ring = '(?:surrounded|encircled|trapped)' -%}
    {{ matches(content, '\\b' ~ forces ~ ' ' ~ be ~ ring ~ '\\b|\\b' ~ ring ~ ' ' ~ forces ~ '\\b') }}
{%- endmacro %}

{# True where the content is about a deed of the own side: who denies it says nothing of a report that names no doer. #}
{% macro tells_of_own_deed(content) -%}
    {{ matches(
        content,
        '^(that )?(its|his|her|their|our) (own )?([a-z]+ )?'
        ~ '(forces|troops|fighters|soldiers|men|aircraft|planes|drones|units|army)\\b'
    ) }}
{%- endmacro %}

{# True where the content tells of harm, and not who did it. #}
{% macro tells_of_no_doer(content) -%}
    {{ matches(
        content,
        '(were|was|been|are|is) (killed|wounded|injured|hit|struck|bombed|shelled|destroyed|damaged|burned|attacked)'
        ~ '|\\b(the|an?) ([a-z]+ )?(strike|attack|shelling|bombing|explosion|blast) (on|in|near|hit|killed)\\b|\\bdied\\b'
    ) }}
    and not {{ matches(content, '\\bby (the |an? )?[a-z]') }}
{%- endmacro %}

{# By when a place is to be taken: "by the New Year", "before November". #}
{% macro deadline_of(content) -%}
    case when {{ matches(content, '\\b(?:take|taken|taking|free|freed|liberat[a-z]+|captur[a-z]+|fall|seize|seized|control)\\b') }}
        then {{ first_match(
            content,
            '\\b(?:before|by|until|no later than|within) (?:the )?(?:end of )?(?:the |this |next )?(?:new year|christmas|easter|ramadan'
            ~ '|spring|summer|autumn|winter|week|weekend|month|year|january|february|march|april|may|june|july|august'
            ~ '|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\\b'
        ) }}
    end
{%- endmacro %}

{# The first group of a regular expression in a text; null where there is none. #}
{% macro first_group(text, pattern) -%}
    nullif(regexp_extract({{ text }}, '{{ pattern }}', 1), '')
{%- endmacro %}

{# True of an argument that something is not so, or not so much. #}
{% macro speaks_against(content) -%}
    {{ matches(
        content,
        '\\b(only|just|merely|cannot|can.t|couldn.t|impossible|never|nobody|no|not|neither|still|remains?|physically)\\b'
    ) }}
{%- endmacro %}
