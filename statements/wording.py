"""Advice on how a text is worded: rules of thumb for Dutch at level B1. It never forbids anything.

A remark may be wrong: words are looked at, not meanings. So each says what it saw, and its writer
decides.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from statements.glossary import HasForms, terms_in

MOST_WORDS = 20  # of a statement: it is read on a phone, and must be held in mind at once
LONG = 15  # words in a sentence of an explanation: the advice for B1 is about ten, at most fifteen
VERY_LONG = 20
LONG_WORD = 14  # letters
LOOKED_AT = 400  # characters of what should be a statement: much longer is no statement at all

Terms = Iterable[HasForms]


@dataclass(frozen=True)
class Remark:
    """What could be better: `kind` names the rule, `words` quotes what it is about."""

    kind: str
    text: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Level:
    """How easily a text reads: 0 or less is hardest, 100 or more easiest."""

    score: int
    words: str

    @property
    def is_fine(self) -> bool:
        return self.score >= 60


# W.H. Douma, De leesbaarheid van landbouwbladen (Wageningen, 1960): his table of norms.
LEVELS = (
    (90, "zeer gemakkelijk"),
    (80, "gemakkelijk"),
    (70, "tamelijk gemakkelijk"),
    (60, "normaal"),
    (45, "tamelijk moeilijk"),
    (30, "moeilijk"),
)
HARDEST = "zeer moeilijk"

VAGUE = re.compile(
    r"\b(?:voldoende|passend\w*|adequa\w+|zo ?veel mogelijk|zo (?:goed|snel|weinig) mogelijk"
    r"|(?:meer|extra) aandacht|aandacht (?:geven|hebben)|stimuler\w+|(?:waar|indien|zo) nodig"
    r"|in principe|in beginsel|waar mogelijk|optimaal|optimale|zich inzetten|inzetten (?:op|voor)"
    r"|streven naar|bevorderen|faciliteren|ruimhartige?|eventuele?|op termijn|tijdig\w*|relatief"
    r"|substantie\w+|aanzienlijk\w*|nadrukkelijk)\b",
    re.IGNORECASE,
)
# Plain words in an argument; in a statement everyone reads something else in them.
JUDGING = re.compile(
    r"\b(?:goede?|betere?|redelijke?|fatsoenlijke?|menselijke?r?|bepaalde|serieus|serieuze"
    r"|werken aan)\b",
    re.IGNORECASE,
)
# "beter voor onze gemeente dan" compares, and so does say what it means.
COMPARES = re.compile(r"\b(?:beter|betere)\b(?=[^.!?]*\bdan\b)", re.IGNORECASE)
JARGON = re.compile(
    r"\b(?:spreidingswet|taakstellingen?|huisvesten|huisvesting\w*|realiseren|gerealiseerd"
    r"|faciliteren|implementer\w+|participatie\w*|participeren|doelgroep(?:en)?|beleidskader"
    r"|kaders?|draagvlak|traject(?:en)?|instrumentarium|monitoren|evalueren|borgen|geborgd"
    r"|integraal|integrale|duurzame?|structureel|structurele|subsidi\w+|budget(?:ten)?"
    r"|voorzieningen|randvoorwaarden|regie|regierol|ketenpartners?|stakeholders?|pilots?"
    r"|kwetsbare groepen|maatschappelijk middenveld|doorstroom|doorstroming|uitstroom|instroom"
    r"|contingent|urgentieverklaring|voorrangsregeling|woonruimteverdeling|inspanningsverplichting"
    r"|conform|middels|teneinde|inzake|ten behoeve van|in het kader van|met betrekking tot"
    r"|dient|dienen|betreffende|desbetreffende|omtrent|aangaande|derhalve|tevens|mits|tenzij)\b",
    re.IGNORECASE,
)
# Words that take sides, from either side, and what says the same without doing so.
LOADED = (
    (r"(?:gelukzoeker|nepvluchteling|schijnvluchteling)(?:s|en)?", "asielzoekers"),
    (
        r"illegalen|illegale (?:vluchtelingen|migranten|asielzoekers|mensen|vreemdelingen)",
        "mensen zonder verblijfsvergunning",
    ),
    (
        r"(?:vluchtelingen|asiel|migranten|migratie|immigratie)-?(?:stro(?:om|men)|golf|golven|vloed"
        r"|tsunami|plaag)|tsunami'?s?|massa-?immigratie",
        "het aantal mensen, in cijfers",
    ),
    (r"overspoel\w*", "er komen veel mensen"),
    (r"(?:asiel|uitkerings)?profiteurs?", "mensen, en wat zij doen"),
    (r"testosteronbom(?:men)?", "jonge mannen"),
    (r"omvolking", "veranderingen in de bevolking, in cijfers"),
    (r"(?:vreemdelingen|vluchtelingen)haters?", "mensen die tegen opvang zijn"),
    (r"harteloze?|harteloos|mensonterend\w*", "wat er gebeurt"),
)
LOADED_WORDS = tuple(
    (re.compile(rf"\b(?:{words})\b", re.IGNORECASE), plain) for words, plain in LOADED
)
# Long, and known to everyone.
EVERYDAY = frozenset(
    {
        *("vluchtelingenwerk", "gemeenteraadsverkiezing", "gemeenteraadsverkiezingen"),
        *("zorgverzekering", "verantwoordelijk", "verantwoordelijkheid", "contactpersonen"),
    }
)

DENIES = (
    r"niet|geen|nooit|niemand|nergens|zonder|evenmin|noch|verbied\w+|verbod|weiger\w+|afschaff\w+"
    r"|on(?:gewenst|mogelijk|nodig|terecht|redelijk|wenselijk|verstandig|acceptabel|eerlijk"
    r"|gelijk|veilig|juist|zin|aanvaardbaar|voldoende|geschikt|bespreekbaar|rechtvaardig)\w*"
)
DENIAL = re.compile(rf"\b(?:{DENIES})\b", re.IGNORECASE)
NOT_ONLY = re.compile(r"\bniet (?:alleen|slechts|enkel)\b", re.IGNORECASE)

BOTH = re.compile(
    r"\ben/of\b|\ben (?:daarnaast|ook|bovendien|tegelijk\w*)\b|\bzowel\b[^.!?]*\b(?:als|en)\b"
    r"|\b(?:niet|geen) (?:alleen|slechts|enkel)\b[^.!?]*\bmaar\b[^.!?]*\book\b"
    r"|\bofwel\b|\balsmede\b",
    re.IGNORECASE,
)
FINITE = re.compile(
    r"\b(?:moet|moeten|mag|mogen|kan|kunnen|zal|zullen|hoort|horen|wil|willen|is|zijn|heeft|hebben"
    r"|krijgt|krijgen|gaat|gaan|wordt|worden|blijft|blijven|verdient|verdienen)\b",
    re.IGNORECASE,
)
AND = re.compile(r"\ben\b", re.IGNORECASE)
# "… woningen bouwen en taalles betalen": two things to do.
TWO_DEEDS = re.compile(r"\b(\w{2,}en) en (?:\w+ ){1,12}?(\w{3,}en)\s*[.!?]?\s*$", re.IGNORECASE)
# What ends in -en, and is nothing that one does.
PLURALS = re.compile(
    r"(?:lingen|ingen|heden|scholen|kinderen|mensen|woningen|zoekers|landen|plekken|wijken|dorpen"
    r"|steden|gemeenten|vrouwen|mannen|jaren|weken|maanden|locaties|gezinnen|taken|kosten|inwoners"
    r"|buren|klachten|regels|andere[n]?|ouderen|jongeren|statushouders|huizen|bedrijven|lessen"
    r"|tussen|binnen|buiten|boven|samen|eigen|open|alleen|geen|een|beneden|zeven|tegen|velen|allen)$",
    re.IGNORECASE,
)

ABBREVIATION = re.compile(r"\b(?:[a-z]\.){2,}|\b(?:bijv|ca|nr|art|blz|mr|dr)\.", re.IGNORECASE)
SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+")
CLAUSE = re.compile(
    r"[,;:()–]|\b(?:maar|want|en|of|dus|omdat|als|die|dat|terwijl)\b", re.IGNORECASE
)
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
VOWELS = re.compile(r"aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ou|au|ei|ij|[aeiouy]")
TREMA = "\u0308"


def words(text: str) -> list[str]:
    return WORD.findall(text)


def sentences(text: str) -> list[str]:
    """Each sentence; what ends in no full stop counts as well, an abbreviation ends none."""
    kept = ABBREVIATION.sub(lambda found: found[0].replace(".", ""), text)
    return [each for each in SENTENCE_END.split(kept.strip()) if words(each)]


def syllables(word: str) -> int:
    """As they are spoken, at least one: vowels that sound as one count once; a trema parts them.

    >>> [syllables(each) for each in ("opvang", "bijeen", "beëindigen", "sociale", "Eén")]
    [2, 2, 4, 4, 1]
    """
    spelled = unicodedata.normalize("NFD", word.lower())
    parted = re.sub(rf"([aeiou]){TREMA}", r" \1", spelled)
    plain = "".join(letter for letter in parted if not unicodedata.combining(letter))
    return max(1, len(VOWELS.findall(plain)))


def reading_level(text: str) -> Level | None:
    """By Flesch-Douma: 206.84 - 77 x syllables per word - 0.93 x words per sentence (Douma, 1960).

    It is one figure for the whole text, and of little worth for a single sentence. None without
    words.
    """
    every, count = words(text), len(sentences(text))
    if not every:
        return None
    spoken = sum(map(syllables, every)) / len(every)
    score = round(206.84 - 77 * spoken - 0.93 * len(every) / count)
    return Level(score, next((name for least, name in LEVELS if score >= least), HARDEST))


def long_sentences(text: str, most: int = VERY_LONG) -> list[str]:
    return [each for each in sentences(text) if len(words(each)) > most]


def of_statement(text: str, terms: Terms) -> list[Remark]:
    """On a statement: one claim, short, that one can be for or against."""
    text = text[:LOOKED_AT]
    found = [_length(text), _double_claim(text), _double_denial(sentences(text))]
    vague = _vague(text, VAGUE, JUDGING)
    return [each for each in (*_loaded(text), *found, vague, _difficult(text, terms)) if each]


def of_prose(text: str, terms: Terms, most: int = VERY_LONG) -> list[Remark]:
    """On an explanation (`most` words in a sentence: LONG), an argument or a reason."""
    clauses = [part for each in sentences(text) for part in CLAUSE.split(each)]
    found = [_sentences(text, most), _double_denial(clauses), _vague(text, VAGUE)]
    return [each for each in (*_loaded(text), *found, _difficult(text, terms)) if each]


def of_shorter_argument(argument: str, other: str) -> Remark | None:
    """On an argument beside the opposite one, when that has over twice as many words."""
    own, theirs = len(words(argument)), len(words(other))
    if own == 0 or theirs <= 2 * own:
        return None
    said = f"{own} {'woord' if own == 1 else 'woorden'}, het andere argument {theirs}"
    return Remark("unequal", f"Dit argument heeft {said}. Maak ze ongeveer even lang.")


def _loaded(text: str) -> list[Remark]:
    """A remark for each that says something else."""
    found = [(_once(rule.findall(text)), plain) for rule, plain in LOADED_WORDS]
    return [
        Remark("loaded", f"Dit is een beladen woord. Schrijf liever: ‘{plain}’. Het gaat om:", said)
        for said, plain in found
        if said
    ]


def _length(text: str) -> Remark | None:
    count = len(words(text))
    if count <= MOST_WORDS:
        return None
    return Remark("length", f"Dit zijn {count} woorden. Probeer er hoogstens {MOST_WORDS}.")


def _sentences(text: str, most: int) -> Remark | None:
    found = long_sentences(text, most)
    if not found:
        return None
    counted = "Eén zin heeft" if len(found) == 1 else f"{len(found)} zinnen hebben"
    return Remark("length", f"{counted} meer dan {most} woorden. Maak kortere:", _starts(found))


def _starts(found: Sequence[str]) -> tuple[str, ...]:
    return tuple(" ".join(each.split()[:5]) + " …" for each in found)


def _double_claim(text: str) -> Remark | None:
    found = BOTH.search(text) or _two_deeds(text)
    both = found[0] if found else _two_claims(text)
    if not both:
        return None
    return Remark(
        "double-claim",
        "Staan hier twee dingen in? Wie het met één ervan eens is, kan dan niet antwoorden. "
        "Maak er twee stellingen van. Het gaat om:",
        (" ".join(both.split()),),
    )


def _two_claims(text: str) -> str:
    """From one verb to another beyond an "en": "mogen werken en moeten leren"."""
    for each in sentences(text):
        first = FINITE.search(each)
        joined = AND.search(each, first.end()) if first else None
        last = FINITE.search(each, joined.end()) if joined else None
        if first and last:
            return each[first.start() : last.end()]
    return ""


def _two_deeds(text: str) -> re.Match[str] | None:
    found = TWO_DEEDS.search(text)
    return None if found and any(map(PLURALS.search, found.groups())) else found


def _double_denial(parts: Iterable[str]) -> Remark | None:
    for part in parts:
        found = DENIAL.findall(NOT_ONLY.sub("", part))
        if len(found) > 1:
            return Remark(
                "double-negation",
                "Hier staan twee ontkenningen. Dan is ‘oneens’ moeilijk. Zeg het zonder:",
                tuple(dict.fromkeys(found)),
            )
    return None


def _vague(text: str, *rules: re.Pattern[str]) -> Remark | None:
    compared = {found.span() for found in COMPARES.finditer(text)}
    hits = [each for rule in rules for each in rule.finditer(text)]
    found = [each[0] for each in hits if each.span() not in compared]
    if not found:
        return None
    return Remark("vague", "Wat betekent dit precies? Schrijf wat er gebeurt:", _once(found))


def _difficult(text: str, terms: Terms) -> Remark | None:
    """Jargon and long words that the glossary does not explain."""
    explained = {form.lower() for term in terms_in(text, terms) for form in term.forms}
    jargon = [found[0] for found in JARGON.finditer(text)]
    long = [each for each in words(text) if len(each) > LONG_WORD and "-" not in each]
    found = [each for each in jargon + long if each.lower() not in explained | EVERYDAY]
    if not found:
        return None
    advice = "Kan dit gewoner? Of zet het in de woordenlijst:"
    return Remark("difficult", advice, _once(found))


def _once(found: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.lower() for each in found))
