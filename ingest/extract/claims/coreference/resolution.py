"""What each mention of an actor stands for.

Belongs here: mentions resolved in document order, by rules over the whole document; the interface
that other extractors ask. Does not belong here: which mention speaks or acts (the rules of claims and
events). What is doubtful stays as written; nobody is guessed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence

from ingest.extract.analysis import NO_HEAD, Analysis
from ingest.extract.claims.coreference.actors import Actor, bare, demonyms, known, sex_of_role, state_called
from ingest.extract.claims.coreference.apposition import Appositions
from ingest.extract.claims.coreference.discourse import Discourse, Resolved
from ingest.extract.claims.coreference.documents import Documents
from ingest.extract.claims.coreference.entities import Entities
from ingest.extract.claims.coreference.names import lower_article
from ingest.extract.claims.coreference.offices import Offices
from ingest.extract.claims.coreference.pronouns import antecedent, fit, wanted_by
from ingest.extract.claims.coreference.roles import bearer, same_body, telling, who_just_spoke
from ingest.extract.decisions import Outcome
from ingest.extract.lexicon import toml, words
from ingest.extract.syntax.tree import CALENDAR, PROPER
from ingest.garbage import weakly

_ANY_BODY = words("coreference.toml", "any_body")
_COLLECTIVE = words("people.toml", "collective", "words")
_UNNAMED = words("coreference.toml", "unnamed")
_SORTS_OF_MEDIA = words("coreference.toml", "media", "sorts")
_BODY_WORDS = words("people.toml", "bodies", "words")
_SIDES = words("coreference.toml", "sides")
_INDEFINITE = words("coreference.toml", "indefinite")
_ANY_PERSON = words("coreference.toml", "any_person")
_JUST_SPOKE = words("coreference.toml", "just_spoke")
_NOBODYS = words("coreference.toml", "nobodys")
_COMMON = frozenset(["NN", "NNS", "JJ", "NNPS"])
_MENTIONING = _COMMON | {"PRP"}
_PRONOUNS = frozenset(["PRP", "PRP$"])
_BEFORE_NOUN = frozenset(["amod", "compound", "nmod", "npadvmod"])
_RELATIVE = frozenset(["WP", "WDT"])
_NO_MODIFIERS = words("coreference.toml", "no_modifiers")
_TITLE_VOICES = words("coreference.toml", "title_voices")
_SPEAKERS = words("coreference.toml", "speaker", "pronouns")
_ROLES = words("people.toml", "roles")
_ACTING = _ROLES | words("people.toml", "collective", "words")
# who may have a side by the words of his office
_FEW_PLACES = 3
_IN_PLACE = frozenset(["DT", "NN", "NNP", "NNPS", "JJ", "POS"])
_OFFICE_KINDS = frozenset(["role", "unnamed", "institution", "group"])
_AHEAD = 4  # sentences in which one who spoke by his office is named
# an actor and the rule that found it
Answer = tuple[Actor | None, str]

Spans = Sequence[tuple[int, int]]


def nowhere_quoted(offset: int) -> bool:
    """The answer for a text whose quotation marks nobody looked for."""
    return False


class Coreference:
    """The actors of one text and the mentions that stand for them.

    Args:
        analysis: the text.
        is_quoted: tells whether a character stands inside quotation marks.
        speakers: the head token of each speaker's mention with its weight, 1 for a claim of the article's own.
        contents: characters of what the claims of the same mentions say.
        places: the last token of each name of a place.
        countries: ISO codes by the tokens of names of places, wherever the text has them.
        begins: the first token of mentions by their heads, where only the words show where they begin.
        accused: for pronouns that deny a charge the token of whom it accuses.
    """

    def __init__(
        self,
        analysis: Analysis,
        is_quoted: Callable[[int], bool] = nowhere_quoted,
        speakers: Mapping[int, float] | None = None,
        contents: Mapping[int, Spans] | None = None,
        places: frozenset[int] = frozenset(),
        countries: Mapping[int, str] | None = None,
        begins: Mapping[int, int] | None = None,
        accused: Mapping[int, int] | None = None,
    ) -> None:
        self.analysis = analysis
        self.tokens = analysis.tokens
        self._places = places
        self._countries = countries or {}
        self.entities = Entities(analysis, places, begins)
        self.mentions = self.entities.mentions
        self._is_quoted = is_quoted
        self._speakers = speakers or {}
        self._heads = sorted(self._speakers)
        self._contents = contents or {}
        self._accused = accused or {}
        self._answers: dict[int, Answer] = {}
        self._discourse = Discourse()
        self._owners: dict[int, Actor | None] = {}
        self._appositions = Appositions(analysis, self.entities, places)
        self._documents = Documents(analysis, self.mentions, self._discourse, weakly(self._whom))
        self._walk()
        self._take_sides()

    def _walk(self) -> None:
        t, runs, speakers = self.tokens, self.mentions.runs, self._speakers
        tags = t.tags
        held = {k for person in self.entities.people for first, last in person.offices for k in range(first, last + 1)}
        for number, s in enumerate(self.analysis.sentences):
            if not s.is_body:
                continue
            for i in range(s.first, s.last):
                if tags[i] not in _MENTIONING and i not in runs and i not in speakers:
                    continue
                actor, rule = self._at(i, number)
                if actor is None and i in held and t.lowers[i] in _ANY_BODY:
                    self._owners[i] = self._common(i, number)[0]
                if actor is not None:
                    self._answers[i] = actor, rule
                    is_subject, is_quoted = t.deps[i] in ("nsubj", "nsubjpass"), self._is_quoted(t.starts[i])
                    weight = speakers.get(i, 0.0)
                    self._discourse.add(Resolved(i, number, actor, is_subject, i in speakers, weight, is_quoted))

    def _take_sides(self) -> None:
        """Give a side to those of whom only the office shows one."""
        offices = Offices(self.tokens, self._in_office, self._countries, self._home())
        for person in self.entities.people:
            if person.side is None:
                sides = {side for office in person.offices if (side := offices.side(*office, person)) is not None}
                person.side = sides.pop() if len(sides) == 1 else None
        for head in self._heads:
            actor = self._answers.get(head, (None, ""))[0]
            # a listed body without a side stands on nobody's, wherever it is said to be based
            is_free = actor is not None and actor.side is None and bare(actor.name) not in known()
            if actor is not None and is_free and actor.kind in _OFFICE_KINDS:
                actor.side = offices.side(self.mentions.phrase(head)[0], self._phrase_end(head), actor)

    def _in_office(self, k: int) -> Actor | None:
        """The actor that a word of an office stands for: "the movement" of "an official of the movement"."""
        return self._answers[k][0] if k in self._answers else self._owners.get(k)

    def _home(self) -> str | None:
        """The one country that all places of the text are in, where it names a few."""
        codes = set(self._countries.values())
        return codes.pop() if len(codes) == 1 and len(self._countries) >= _FEW_PLACES else None

    def _phrase_end(self, head: int) -> int:
        """Last token of what a preposition adds to a noun: "the police in Odesa"."""
        t, last = self.tokens, self.mentions.phrase(head)[1]
        if last == head and head + 2 < len(t) and t.deps[head + 1] == "prep" and t.heads[head + 1] == head:
            last += 1
            while last + 1 < len(t) and t.tags[last + 1] in _IN_PLACE:
                last += 1
        return last

    def _at(self, i: int, number: int) -> Answer:
        """The actor that the token ``i`` of sentence ``number`` stands for, and the rule; None for no actor's."""
        t, runs = self.tokens, self.mentions.runs
        low, speaks = t.lowers[i], i in self._speakers
        is_subject = t.deps[i] in ("nsubj", "nsubjpass")
        if self.mentions.begins_at(i) and low in _TITLE_VOICES:
            return self._body(i, i, i, [], number)
        is_adjective = low in demonyms() and t.deps[i] in _BEFORE_NOUN
        if is_adjective and not speaks and runs.get(i) == i:
            return None, ""  # of "the Ukrainian-held part" no one is called so
        if i in runs and not self.mentions.is_office(runs[i], i) and not self._is_sort_of_body(i):
            if low in CALENDAR or (i in self._places and not speaks):
                return None, ""
            holder = self._appositions.holder(i) if speaks else None
            return (holder, "role.apposition") if holder is not None else self._named(runs[i], i)
        if speaks and t.tags[i] in PROPER and (run := self.mentions.find(i)) is not None and i not in runs:
            return self._named(*run)  # "Division 30"
        if is_adjective:
            return None, ""
        if t.tags[i] in _PRONOUNS or t.tags[i] in _RELATIVE:
            return self._pronoun(i, number, self._discourse) if is_subject or speaks else (None, "")
        may_name = t.tags[i] in _COMMON or i in runs
        if speaks or (may_name and (is_subject or low in _ACTING or low[:-1] in _ROLES)):
            return self._common(i, number)
        return None, ""

    def _is_sort_of_body(self, i: int) -> bool:
        """True for the "NGO" of "the NGO said", which the tagger takes for a name."""
        t = self.tokens
        return t.lowers[i] in _ANY_BODY and self.mentions.runs.get(i) == i and t.lowers[i - 1] in ("the", "this")

    def _named(self, first: int, last: int) -> Answer:
        return self.entities.named(first, last)

    # --- pronouns -------------------------------------------------------------------------------

    def _pronoun(self, i: int, number: int, discourse: Discourse) -> Answer:
        t = self.tokens
        low = t.lowers[i]
        if t.tags[i] in _RELATIVE:
            return self._relative(i, number)
        if low in _SPEAKERS:
            return self._speaker_around(i, is_one=low in ("i", "me", "my")), "pronoun.speaker"
        if i in self._accused:
            accused = self._read(self._accused[i], number)[0]
            if accused is not None and fit(accused, wanted_by(low)) > 0:
                return accused, "pronoun.antecedent"
        is_quoted = self._is_quoted(t.starts[i])
        quoted = self._speaker_around(i, is_one=True) if is_quoted else None
        own = self._contents.get(i, ())
        opens = min((start for start, _ in own), default=t.starts[i])
        number = min(number, self.analysis.sentence_at(opens))  # what he says is no way back to whoever he is
        return antecedent(low, number, is_quoted, discourse, t.starts, own, quoted), "pronoun.antecedent"

    def _relative(self, i: int, number: int) -> Answer:
        """ "officials who said": whom the relative clause describes."""
        t, at = self.tokens, i
        for _ in range(4):
            at = t.heads[at]
            if at == NO_HEAD or t.deps[at] == "ROOT":
                return None, ""
            if t.deps[at] == "relcl":
                head = t.heads[at]
                return self._answers.get(head) or self._read(head, number)
        return None, ""

    def _speaker_around(self, i: int, is_one: bool) -> Actor | None:
        """Whoever says the innermost claim that "I" or "we" stands in; "we" is a body that speaks, no person."""
        at, best, size = self.tokens.starts[i], None, 0
        for head, spans in self._contents.items():
            if head != i and self.tokens.lowers[head] not in _SPEAKERS:
                for start, end in spans:
                    if start <= at < end and (best is None or end - start < size):
                        best, size = head, end - start
        if best is None:
            return None
        actor = self._answers.get(best, (None, ""))[0]
        if actor is None and best > i and best in self.mentions.runs:
            actor = self._named(self.mentions.runs[best], best)[0]  # "I saw it," Jane Roe said
        if actor is None or actor.plural:
            return None
        is_body = actor.kind in ("institution", "country", "media", "group")
        return actor if is_body != is_one else None

    # --- common nouns ---------------------------------------------------------------------------

    def _common(self, i: int, number: int) -> Answer:
        """ "the spokesman", "local officials", "Russia's defence ministry"."""
        t, entities = self.tokens, self.entities
        low = t.lowers[i]
        if t.heads[i] != NO_HEAD and i + 1 < len(t) and t.heads[i] == i + 1 and t.deps[i] == "compound":
            return None, ""
        if low in entities.bodies.acronyms or (bare(low) in known() and t.words[i].isupper()):
            return self._named(i, i)
        if t.words[i].isupper() and len(low) > 2 and (person := entities.people.find(i, i)) is not None:
            return person, "name.short_person"  # "ROE:" in a transcript
        first, last = self.mentions.phrase(i)
        short = self._short_name(i, first, number)
        if short is not None:
            return short, "name.short_body"
        writer = self._documents.writer(i, first, number)
        if writer is not None:
            return writer, "body.owner"
        state = self._state_of(i, first)
        if state is not None:
            return state, "name.demonym"
        owner = (
            None if entities.bodies.listed(self.mentions.text(first, last)) else self._documents.owner(first, i, number)
        )
        if owner is not None:
            return owner, "body.owner"
        is_plural = t.tags[i] in ("NNS", "NNPS")
        name = self.mentions.text(first, last)
        modifiers = [w.lstrip("-") for w in t.lowers[first:i] if w.lstrip("-") not in _NO_MODIFIERS]
        is_role, is_body = low in _ROLES, low in _COLLECTIVE
        unnamed = "unnamed" if low in _UNNAMED else ""
        if is_plural:
            return entities.other(lower_article(name), unnamed or "group", plural=True, of=name), "as_written"
        described = self._appositions.body(first, i, last)
        if described is not None:
            return described, "body.described"
        if (is_role and not is_body) or t.words[i] in toml("coreference.toml")["short_offices"]:
            return self._role(i, first, last, modifiers, number)
        if is_body or low in _ANY_BODY or low in _SORTS_OF_MEDIA:
            return self._body(i, first, last, modifiers, number)
        is_one = t.lowers[first] in _INDEFINITE and i in self._speakers and t.tags[i] == "NN"
        if is_one and (person := self._appositions.named_between_commas(last)) is not None:
            return person, "role.apposition"
        is_institution = low in _BODY_WORDS
        if is_institution and last == i and t.lowers[first] == "the":
            body = same_body(low, modifiers, True, number, entities, self._discourse)
            if body is not None:
                return body, "body.same"
        kind = "institution" if is_institution else "unnamed"
        return entities.other(lower_article(name), kind, of=name), "as_written"

    def _state_of(self, i: int, first: int) -> Actor | None:
        """ "The Russian side": the state whose adjective stands with the noun."""
        t = self.tokens
        if t.lowers[i] not in _SIDES or i == first:
            return None
        adjective = t.lowers[i - 1]
        name = state_called().get(adjective) if adjective in demonyms() else None
        return self.entities.other(name, "country", demonyms()[adjective]) if name is not None else None

    def _short_name(self, i: int, first: int, number: int) -> Actor | None:
        """The body that a word with a capital names in short, which the tagger took for a noun: "the Observatory".

        A headline names it without article or capital: "Four dead in raid, hospital says".
        """
        t, bodies = self.tokens, self.entities.bodies
        modifiers = [w for w in t.lowers[first:i] if w not in _NO_MODIFIERS]
        is_of_headline = number == 0 and first == i and t.tags[i] == "NN"
        is_name = t.words[i][:1].isupper() or is_of_headline
        if not is_name or t.tags[i] in ("NNS", "NNPS") or telling(modifiers):
            return None
        fuller = bodies.fuller(t.lowers[i], i)
        if fuller is None:
            return None
        listed = bodies.listed(fuller)
        return self.entities.other(*listed) if listed else self.entities.other(fuller, "institution", of=fuller)

    def _role(self, i: int, first: int, last: int, modifiers: Sequence[str], number: int) -> Answer:
        """The person who a noun like "spokesman" stands for, or its words where nobody is named."""
        low, entities = self.tokens.lowers[i], self.entities
        name = self.mentions.text(first, last)
        office = self._office_called(i, last)
        if office is not None:
            person = bearer(office, modifiers, office, number, entities, self._discourse)
            if person is None and self.tokens.words[i] in toml("coreference.toml")["short_offices"]:
                alike = [p for p in entities.people if office in p.roles]
                person = alike[0] if len(alike) == 1 else None  # "the Northern Range IG"
            if person is not None:
                return person, "role.bearer"
        named = self._appositions.person(first, i, last)
        if named is not None:
            return named, "role.apposition"
        is_definite = self.tokens.lowers[first] not in _INDEFINITE
        if is_definite:
            actor = bearer(low, modifiers, name, number, entities, self._discourse)
            if actor is not None:
                return actor, "role.bearer"
            is_any = low in _ANY_PERSON and not modifiers
            if i in self._speakers and (is_any or low in _JUST_SPOKE):
                actor = who_just_spoke(low, number, self._discourse)
                if actor is not None:
                    return actor, "role.just_spoke"
            actor = self._named_later(i, low, number)
            if actor is not None:
                return actor, "role.named_later"
        kind = "unnamed" if low in _UNNAMED else "role"
        actor = entities.other(lower_article(name), kind, of=name)
        actor.roles.add(low)
        actor.sex = sex_of_role(low) or actor.sex
        return actor, "as_written"

    def _office_called(self, i: int, last: int) -> str | None:
        """The role that other words name: "the head of state", "prime minister", "Norway PM"; None for none."""
        t = self.tokens
        called: dict[str, str] = toml("coreference.toml")["offices"]
        shortened: dict[str, str] = toml("coreference.toml")["short_offices"]
        forms = (" ".join(t.lowers[i : last + 1]), " ".join(t.lowers[i - 1 : i + 1]))
        return next((called[form] for form in forms if form in called), shortened.get(t.words[i]))

    def _named_later(self, i: int, role: str, number: int) -> Actor | None:
        """Who speaks next and is named for the first time: "The mayor urged calm. "Stay inside," Jane Roe said."."""
        is_followed = self.tokens.lowers[i + 1 : i + 3] == [",", "who"]  # "the official, who asked not to be named"
        if self._speakers.get(i, 0.0) < 1 or role in _NOBODYS or is_followed:
            return None
        t, runs = self.tokens, self.mentions.runs
        for head in self._heads[bisect_right(self._heads, i) :]:
            if self.analysis.sentence_at(t.starts[head]) - number > _AHEAD:
                return None
            if t.tags[head] in _PRONOUNS or self._speakers[head] < 1:
                continue
            if head not in runs:
                return None
            person = self.entities.people.find(runs[head], head)
            if person is None or self.entities.people.first_named_at(person) != head:
                return None
            is_person = bool(person.roles or person.sex)
            fits = is_person and (not person.roles or role in person.roles)
            sex = sex_of_role(role)
            return person if fits and sex in ("", person.sex or sex) else None
        return None

    def _body(self, i: int, first: int, last: int, modifiers: Sequence[str], number: int) -> Answer:
        """The body that a noun like "ministry" names, or names again."""
        low, determiner = self.tokens.lowers[i], self.tokens.lowers[first]
        is_collective = low in _COLLECTIVE
        name = self.mentions.text(first, last)
        if low in _ROLES and low != "military" and not modifiers and determiner == "the":
            person = bearer(low, modifiers, name, number, self.entities, self._discourse)
            if person is not None:
                return person, "role.bearer"
        if (named := self._appositions.known_as(last)) is not None:
            return named, "body.described"
        if last == i:
            is_definite = determiner in ("the", "this", "its") or first == i
            body = same_body(low, modifiers, is_definite, number, self.entities, self._discourse)
            if body is not None:
                return body, "body.same"
        listed = self.entities.bodies.listed(name)
        if listed is not None:
            return self.entities.other(*listed), "name.listed"
        if not is_collective:
            kind = "institution" if low in _BODY_WORDS else "unnamed"
            return self.entities.other(lower_article(name), kind, of=name), "as_written"
        return self.entities.other(name, "institution", of=name), "as_written"

    def _whom(self, i: int, number: int) -> Actor | None:
        """The actor of the noun or possessive pronoun at ``i``."""
        is_pronoun = self.tokens.tags[i] == "PRP$"
        return (self._pronoun(i, number, self._discourse) if is_pronoun else self._read(i, number))[0]

    def _read(self, i: int, number: int) -> Answer:
        """The actor of the noun at ``i``, asked for by another mention."""
        if i in self._answers:
            return self._answers[i]
        runs = self.mentions.runs
        if i in runs:
            return self._named(runs[i], i)
        return self._common(i, number)

    # --- the answer -----------------------------------------------------------------------------

    def resolve(self, head: int, text: str | None = None) -> Actor | None:
        """The actor that a mention stands for; None for a pronoun of nobody's.

        Args:
            head: the head token of the mention.
            text: the mention as written, by which one without a name is called; the head alone where left out.
        """
        actor, rule = self._answers.get(head) or self._resolve(head, text or self.tokens.words[head])
        if (recorder := self.analysis.recorder) is not None:
            span = self.tokens.starts[head], self.tokens.ends[head]
            outcome = Outcome.REFUSED if actor is None else Outcome.ACCEPTED
            reason = "nobody fits" if actor is None else f"{actor.name} ({actor.kind})"
            recorder.record("claims", "coreference", rule, outcome, reason, span)
        return actor

    def _resolve(self, head: int, text: str) -> Answer:
        t = self.tokens
        tag, low = t.tags[head], t.lowers[head]
        number = self.analysis.sentence_at(t.starts[head])
        if tag in _PRONOUNS or tag in _RELATIVE:
            return self._pronoun(head, number, self._discourse.before(head))
        if low in demonyms():
            return self.entities.other(state_called().get(low, text), "country", demonyms()[low]), "name.demonym"
        if tag in PROPER and not self._is_sort_of_body(head):
            first, last = self.mentions.find(head) or (head, head)
            return self._named(first, last)
        actor, rule = self._common(head, number)
        if actor is None:
            return self.entities.other(lower_article(text), "unnamed", of=text), "as_written"
        return actor, rule
