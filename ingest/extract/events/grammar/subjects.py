"""Who does what a verb says, where the tree tells it in a roundabout way, or wrongly.

Belongs here: the subject of a verb, over who is called on, blamed, prevented or used, and over frequent mistakes of
the parser. Does not belong here: the other functions around a verb (``functions``).
"""

from __future__ import annotations

from ingest.extract.claims.coreference.actors import demonyms
from ingest.extract.events.grammar.clauses import bringer, is_telling
from ingest.extract.events.lexicon import classes, listed, listed_pairs, senses
from ingest.extract.syntax.tree import VERB_TAGS, Tree

_AT_PLACES = listed("scope.toml", "at_places")
_WHOEVER = listed("scope.toml", "whoever")
_TELLING = listed("light.toml", "telling")
_EMPLOYING = listed("light.toml", "employing")
_ACTING_ADJECTIVES = listed("light.toml", "acting_adjectives")
_SO_AS_NOUNS = listed("light.toml", "so_as_nouns")
_DEEDS = listed("light.toml", "deeds")
_DURING = listed("light.toml", "during")
_ACTING = listed("light.toml", "acting")
_BLAMING_FOR = listed("light.toml", "blaming_for")
_BLAMING = listed("light.toml", "blaming")
_FAILING = listed("assertion.toml", "failing")
_FINITE = frozenset(["VBD", "VBZ", "VBP"])


def subject_of(tree: Tree, v: int) -> int | None:
    """The subject of a verb, and who is meant where the clause has none of its own; None where nobody is."""
    t = tree.tokens
    head = t.heads[v]
    if t.tags[v] == "VBG" and v > tree.first and t.lowers[v - 1] in _WHOEVER:
        return v - 1  # "to stop anybody leaving the town", whatever the parser hangs it on
    is_told = t.tags[v] == "VBG" and t.deps[v] in ("xcomp", "dobj", "ccomp") and tree.kid(v, "nsubj") is None
    if is_told and t.lowers[head] in _TELLING and not tree.is_passive(head):
        return _own_deed(tree, v)
    is_purpose = t.deps[v] == "acl" or (t.deps[v] == "relcl" and tree.kid(v, "nsubj", "nsubjpass") is None)
    if is_purpose and t.tags[v] == "VB" and t.tags[head].startswith("NN"):
        return _subject_of_purpose(tree, v)
    if t.deps[v] in ("advcl", "xcomp", "conj") and t.deps[head] == "acl" and t.tags[head] == "VB":
        return _subject_of_purpose(tree, head)  # "a plan for the army to attack to seize"
    if (doing := _verb_of_same(tree, v)) is not None:
        return subject_of(tree, doing)
    if (documented := _of_documented(tree, v)) is not None:
        return documented
    if t.deps[v] == "pcomp":
        for meant in (_blamed, _prevented):
            if (found := meant(tree, head)) is not None:
                return found
    subject = _controlled(tree, v, bringer(tree, v))
    if subject is not None and t.heads[subject] == v:
        subject = _apposed(tree, subject)
    if subject is None:
        subject = subject_of_auxiliary(tree, v)
    if subject is None and t.deps[v] == "pcomp" and t.deps[t.heads[head]] == "dobj":
        subject = tree.subject(t.heads[t.heads[head]])  # "gave up the idea of taking"
    if subject is None and t.deps[v] == "ccomp" and t.tags[v] in _FINITE and is_telling(t.lowers[head]):
        subject = tree.subject(head)  # "Sudan says killed 7 rebels"
    if subject is None:
        return _right_before(tree, v)
    return None if _is_nothing(tree, subject, v) else subject


def struck_before(tree: Tree, v: int) -> int | None:
    """The "yard" of "a strike hit the yard killing two", which the parser takes for who kills; None for none."""
    t, over = tree.tokens, tree.tokens.heads[v]
    if t.tags[v] != "VBG" or t.deps[v] != "ccomp" or over > v or not _is_of_kind(t.lowers[over], "strike"):
        return None
    struck = tree.kid(v, "nsubj")
    is_between = struck is not None and tree.left(struck) == over + 1 and tree.right(struck) == v - 1
    return struck if is_between and _is_of_kind(t.lowers[v], "kill_or_wound", "destroy") else None


def place_before(tree: Tree, prep: int, inner: int) -> int | None:
    """The "camp" of "fired on the camp killing two", which the parser takes for who kills; None for no such clause."""
    t = tree.tokens
    if t.tags[inner] != "VBG" or t.deps[inner] != "pcomp" or t.lowers[prep] not in _AT_PLACES:
        return None
    subject = tree.kid(inner, "nsubj")
    is_next = subject is not None and tree.left(subject) == prep + 1 and subject == inner - 1
    return subject if is_next else None


def _is_of_kind(word: str, *kinds: str) -> bool:
    """True of a verb that may tell of an event of one of the kinds."""
    return any(sense.part == "V" and sense.kind in kinds for sense in senses().get(word, ()))


def _of_documented(tree: Tree, v: int) -> int | None:
    """The "strikes" of "the group has documented 24 strikes, killing 87": who reports does not kill; None for none."""
    t, head = tree.tokens, tree.tokens.heads[v]
    if t.deps[v] == "conj" and t.deps[head] == "advcl" and t.tags[head] == "VBG":
        v, head = head, t.heads[head]
    if t.tags[v] != "VBG" or t.deps[v] != "advcl" or t.lowers[head] not in _TELLING:
        return None
    told = tree.kid(head, "dobj")
    is_event = told is not None and any(sense.part == "N" for sense in senses().get(t.lowers[told], ()))
    return told if is_event and told is not None and told < v else None


def _verb_of_same(tree: Tree, v: int) -> int | None:
    """The verb whose subject does what another verb says, wherever the parser hangs it; None for none.

    Of "hit the yard killing two" and "fired on the camp killing two" the first one.
    """
    t, head = tree.tokens, tree.tokens.heads[v]
    over = t.heads[head]
    if _is_of_same(tree, v) or struck_before(tree, v) is not None:
        return head
    is_on_place = place_before(tree, head, v) is not None and _is_of_kind(t.lowers[over], "strike")
    return over if is_on_place else None


def _is_of_same(tree: Tree, v: int) -> bool:
    """True of the "supply" of "accused them of planning to supply", of "called on them to obey and free the men".

    Whoever plans and obeys is told in a roundabout way too.
    """
    t = tree.tokens
    head = t.heads[v]
    if t.tags[v] != "VB" or tree.kid(v, "nsubj", "nsubjpass") is not None:
        return False
    if t.deps[v] == "xcomp":
        return t.deps[head] == "pcomp" and tree.kid(head, "dobj") is None
    return t.deps[v] == "conj" and t.tags[head] == "VB" and t.deps[head] in ("xcomp", "advcl", "ccomp")


def _own_deed(tree: Tree, v: int) -> int | None:
    """The "army" of "the army has reported destroying three tanks"; None for "the monitor reported fighting"."""
    subject = tree.subject(tree.tokens.heads[v])
    if subject is None or tree.kid(v, "dobj") is None:
        return None
    return subject if classes().get(tree.tokens.lowers[subject]) == "armed" else None


def _controlled(tree: Tree, v: int, subject: int | None) -> int | None:
    """Who acts in "which the army used to attack", "called on the fighters to attack"; else the subject."""
    t = tree.tokens
    head = t.heads[v]
    if t.deps[v] not in ("xcomp", "advcl", "ccomp"):
        return subject
    if t.lowers[head] in _EMPLOYING and t.deps[v] != "ccomp":
        is_used = subject is not None and t.heads[subject] == head and t.deps[subject] == "dobj"
        if is_used and t.deps[v] == "xcomp":
            return tree.subject(head)
        return _user(tree, v, head) or subject
    return (_called_on(tree, v, head) or subject) if t.tags[v] == "VB" else subject


def _right_before(tree: Tree, v: int) -> int | None:
    """The noun right before a finite verb without a subject, which the parser took for an apposition.

    "In X district, Y province a patrol killed two", "after word from the capital, the unit ambushed them".
    """
    t = tree.tokens
    if t.tags[v] not in _FINITE or t.deps[v] not in ("ROOT", "ccomp", "advcl", "parataxis"):
        return None
    at = v - 1
    while at > tree.first and t.tags[at] == "RB":
        at -= 1
    opened = tree.left(at) - 1
    is_listed = t.deps[at] == "conj" and opened > tree.first and t.lowers[opened] == ","  # "in X, Y, a patrol"
    is_apposed = (t.deps[at] == "appos" or is_listed) and t.tags[at].startswith("NN") and t.heads[at] < at
    top = at
    while is_apposed and t.heads[top] not in (top, v):
        top = t.heads[top]
    return at if is_apposed and t.heads[top] == v and t.deps[top] in ("prep", "npadvmod", "advmod") else None


def _is_nothing(tree: Tree, subject: int, v: int) -> bool:
    """True for a subject that names nobody: "it is necessary to free the town", "who shelled it is not known"."""
    t = tree.tokens
    low, over = t.lowers[subject], t.heads[subject]
    if low == "it" and over != v:
        adjective = over if t.tags[over] == "JJ" else tree.kid(over, "acomp", "oprd")  # "made it hard to take"
        if adjective is None or t.lowers[adjective].endswith("ing"):
            return False  # "it is promising to attack", read as an adjective
        return t.lowers[adjective] not in _ACTING_ADJECTIVES
    return low == "who" and t.deps[subject] == "nsubj" and over == v and t.deps[v] != "relcl"


def subject_of_auxiliary(tree: Tree, v: int) -> int | None:
    """The "guards" of "guards are missing", where the parser hangs them on the auxiliary; None where it does not."""
    deps = tree.tokens.deps
    found = (tree.kid(k, "nsubj", "nsubjpass") for k in tree.kids(v) if deps[k] in ("aux", "auxpass"))
    return next((k for k in found if k is not None), None)


def doer_of_joined(tree: Tree, v: int) -> int | None:
    """The "commander" of "the commander served there and directed attacks", whose verb is read as an attribute."""
    t = tree.tokens
    noun = t.heads[v]
    if t.deps[v] != "amod" or t.tags[v] not in ("VBD", "VBN") or t.deps[noun] != "conj" or v != tree.left(noun):
        return None
    above = t.heads[noun]
    is_joined = (
        t.tags[above] in ("VBD", "VBZ", "VBP") and above < v and t.tags[v - 1] == "CC" and t.heads[v - 1] == above
    )
    return tree.subject(above) if is_joined and not tree.is_passive(above) else None


def _user(tree: Tree, v: int, used: int) -> int | None:
    """The "rebels" of "has been used by rebels to attack"; None where the text names nobody."""
    t = tree.tokens
    by = tree.kid(used, "agent") if tree.is_passive(used) else None
    return tree.kid(by, "pobj") if by is not None and t.tags[v] == "VB" else None


def _called_on(tree: Tree, v: int, verb: int) -> int | None:
    """The "fighters" of "called on the fighters to attack"; None where nobody is called on."""
    t = tree.tokens
    for k in tree.kids(verb):
        if verb < k < v and f"{t.lowers[verb]} {t.lowers[k]}" in listed_pairs("light.toml", "calling"):
            return tree.kid(k, "pobj")
    return None


def _apposed(tree: Tree, subject: int) -> int:
    """The "force" of "In X province, a force detained", read as an apposition of the place; else the subject.

    Also of "a joint A and B force", where the parser joins the force to A.
    """
    t = tree.tokens
    behind = tree.kid(subject, "appos")
    is_place = classes().get(t.lowers[subject]) in ("settlement", "territory")
    if behind is None or not is_place or any(t.deps[k] == "det" for k in tree.kids(subject)):
        return subject
    if not any(t.deps[k] == "det" for k in tree.kids(behind)):
        return subject
    joined = (k for k in tree.kids(behind) if t.deps[k] == "conj" and t.lowers[behind] in demonyms())
    return next((k for k in (behind, *joined) if classes().get(t.lowers[k]) == "armed"), subject)


def _subject_of_purpose(tree: Tree, v: int) -> int | None:
    """Who is to act in "his decision to send", "a chance for the army to attack", "felt no need to attack"."""
    t = tree.tokens
    noun = t.heads[v]
    owner = tree.kid(noun, "poss")
    if owner is not None:
        return owner
    is_purpose = t.lowers[noun] in _SO_AS_NOUNS and t.lowers[t.heads[noun]] == "in"
    if t.deps[noun] == "pobj" and is_purpose:
        above = t.heads[t.heads[noun]]  # "withdrew in order to avoid"
        return tree.subject(above) if t.tags[above] in VERB_TAGS else None
    is_deed = t.lowers[noun] in _DEEDS and t.lowers[t.heads[noun]] in _DURING
    if (
        t.deps[noun] == "pobj"
        and is_deed
        and not any(t.deps[k] in ("prep", "amod", "compound", "poss") for k in tree.kids(noun))
    ):
        above = t.heads[t.heads[noun]]  # "detained two men during an operation to arrest a commander"
        return tree.subject(above) if t.tags[above] in VERB_TAGS and not tree.is_passive(above) else None
    for k in tree.kids(noun):
        if t.deps[k] == "prep" and t.lowers[k] in _ACTING and k < v:
            return tree.kid(k, "pobj")  # "the refusal of the army to attack"
    before = (k for k in tree.kids(noun) if k < noun and t.lowers[k] in demonyms())
    if (whose := next(before, None)) is not None:
        return whose  # "the US decision to send"
    above = t.heads[noun]
    if t.tags[above] not in VERB_TAGS:
        return None
    if t.deps[noun] == "dobj":
        return tree.subject(above)
    if t.deps[noun] == "attr" and t.deps[above] == "ccomp" and tree.kid(above, "expl") is not None:
        return tree.subject(t.heads[above])
    return None


def is_blamed_doer(tree: Tree, head: int, v: int) -> bool:
    """True where a verb that blames names ``head`` as who does what the gerund ``v`` says."""
    return tree.tokens.deps[v] == "pcomp" and _blamed(tree, tree.tokens.heads[v]) == head


def _blamed(tree: Tree, prep: int) -> int | None:
    """The "rebels" of "accused the rebels of shelling", of "the rebels were charged with shelling"; None for others."""
    t = tree.tokens
    verb = t.heads[prep]
    if t.deps[verb] in ("dobj", "nsubjpass"):
        verb = t.heads[verb]  # the parser hangs "of shelling" on the rebels
    elif t.deps[verb] == "pobj" and t.deps[t.heads[verb]] == "agent":
        verb = t.heads[t.heads[verb]]  # and on the mayor of "were accused by the mayor of shelling"
    if t.lowers[prep] not in _BLAMING_FOR or t.lowers[verb] not in _BLAMING:
        return None
    if not tree.is_passive(verb):
        return tree.kid(verb, "dobj")
    subject = tree.kid(verb, "nsubjpass")
    return t.heads[verb] if subject is None and t.deps[verb] == "acl" else subject


def _prevented(tree: Tree, prep: int) -> int | None:
    """The "rebels" of "prevented the rebels from taking"; None for others."""
    t = tree.tokens
    verb = t.heads[prep]
    if t.deps[verb] == "dobj":
        verb = t.heads[verb]
    if t.lowers[prep] != "from" or t.lowers[verb] not in _FAILING:
        return None
    return tree.kid(verb, "nsubjpass") if tree.is_passive(verb) else tree.kid(verb, "dobj")
