-- responsibility. Who claims an act, who denies it, and who is blamed for it by whom
-- place varchar: name of the place; null for every place
-- kind varchar: a code of the list event_kind; null for every kind
-- side varchar: code of the side that is named as having done it; null for every side
-- speaker varchar: part of the name of the voice; null for every voice
-- since date: first day of publication; null for no limit
-- until date: last day of publication; null for no limit
with

asked as (
    select
        cast($place as varchar) as place,
        cast($kind as varchar) as kind,
        cast($side as varchar) as side,
        cast($speaker as varchar) as speaker,
        cast($since as date) as since,
        cast($until as date) as until
),

-- acts against somebody or something, as the mentions of one event tell of them
acts as (
    select
        member.event_id,
        event.kind as event_kind,
        event.place as event_place,
        event.first_date as event_date,
        member.voice as event_voice,
        member.voice_side,
        mention.*
    from events as event
    inner join event_members as member on event.event_id = member.event_id
    inner join fct_event_mentions as mention on member.event_mention_id = mention.event_mention_id
    where event.kind in ('strike', 'kill_or_wound', 'destroy', 'abuse', 'detain')
        -- an act in a country or nowhere is a way of making war, for which nobody answers by name
        and event.place_precision <= 4
        and mention.is_current
),

-- who says who did it: a speaker that names the agent of an act
named as (
    select
        acts.event_id,
        acts.event_kind,
        acts.event_place,
        acts.event_date,
        acts.agent,
        acts.agent_side,
        acts.agent_key,
        acts.polarity,
        acts.event_voice as voice,
        acts.voice_side,
        speaker.actor_key as voice_key,
        acts.article_version_id,
        acts.statement_start,
        acts.statement_end,
        acts.published_date,
        acts.publisher,
        acts.claim_id
    from acts
    inner join fct_claims as speaker on acts.claim_id = speaker.claim_id
    where acts.realis = 'actual' and not acts.is_agent_inferred and speaker.speaker_name is not null
),

-- who is accused, or says that it was they: the verb of blaming is the cue of the claim by whoever blames
blamed as (
    select
        act.event_id,
        act.event_kind,
        act.event_place,
        act.event_date,
        blame.agent,
        blame.agent_side,
        blame.agent_key,
        blame.polarity,
        coalesce(accusation.speaker_name, outer_claim.speaker_name) as voice,
        coalesce(accusation.speaker_side, outer_claim.speaker_side) as voice_side,
        coalesce(accusation.actor_key, outer_claim.actor_key) as voice_key,
        blame.article_version_id,
        blame.statement_start,
        blame.statement_end,
        blame.published_date,
        blame.publisher,
        coalesce(accusation.claim_id, outer_claim.claim_id) as claim_id
    from fct_event_mentions as blame
    left join fct_claims as accusation
        on
            blame.article_version_id = accusation.article_version_id
            and accusation.is_current
            and accusation.cue_start < blame.char_end
            and accusation.cue_end > blame.char_start
    left join fct_claims as outer_claim on blame.claim_id = outer_claim.claim_id
    inner join acts as act
        on
            blame.article_version_id = act.article_version_id
            and (
                act.claim_id = accusation.claim_id
                or (act.statement_start < blame.statement_end and act.statement_end > blame.statement_start)
            )
    where blame.kind = 'responsibility' and blame.is_current and blame.realis = 'actual'
),

-- of those who are named, such as can be told from others
found as (
    select * from named
    where
        (agent_side is not null or agent_key is not null)
        -- what an accusation says was done is by whom it accuses
        and claim_id not in (select accusing.claim_id from blamed as accusing where accusing.claim_id is not null)
    union
    select * from blamed
    where voice is not null and (agent_side is not null or agent_key is not null)
),

told as (
    select
        found.*,
        found.voice_key = found.agent_key or found.voice_side = found.agent_side as is_own,
        row_number() over (
            partition by found.event_id, found.voice, coalesce(found.agent_side, found.agent), found.polarity
            order by found.published_date, found.article_version_id, found.statement_start
        ) as repetition
    from found
)

select
    told.event_place as place,
    told.event_kind as kind,
    told.event_date,
    told.voice,
    told.voice_side,
    case
        when told.polarity = 'negative' and told.is_own then 'denies it was'
        when told.polarity = 'negative' then 'clears'
        when told.is_own then 'says it was'
        else 'blames'
    end as says,
    told.agent as actor,
    told.agent_side as actor_side,
    substring(
        article.text, cast(told.statement_start as integer) + 1,
        cast(told.statement_end - told.statement_start as integer)
    ) as words,
    told.publisher,
    told.published_date,
    coalesce(article.url, article.uri) as link,
    told.event_id,
    told.claim_id
from told
inner join asked
    on
        (asked.place is null or lower(told.event_place) = lower(asked.place))
        and (asked.kind is null or told.event_kind = asked.kind)
        and (asked.side is null or told.agent_side = upper(asked.side))
        and (asked.speaker is null or contains(lower(told.voice), lower(asked.speaker)))
        and (asked.since is null or told.published_date >= asked.since)
        and (asked.until is null or told.published_date <= asked.until)
inner join dim_article_versions as article on told.article_version_id = article.article_version_id
where told.repetition = 1
order by
    max(told.published_date) over (partition by told.event_id) desc, told.event_id, told.published_date, told.voice,
    told.statement_start
