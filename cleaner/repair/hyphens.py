"""Compound words whose hyphen was set off by a blank: ``cross -border``.

The lists hold the commonest first and second halves of hyphenated English words, as counted in
the gold texts of 900 news and web pages; they cover five of six compounds there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from cleaner.repair.gates import speaks_of_commands
from cleaner.repair.model import Context, Edit, Repair, Step

FIRST = frozenset(
    "ad ai air all anti auto award back bear beginner best beta bi big black blood blue broad "
    "budget built business carbon carefully case clean client climate cloud co cold community "
    "cost counter cross custom customer cutting data day de decision deep dirt double down drag "
    "drop dual e early easy eco eight eighty election end energy enterprise entry eu ever "
    "evidence ex extra eye face family far fast feature fifth fifty first five fixed flat forty "
    "forward four fourth free front full fully future game gender gluten go government half "
    "hand hard hardest head health heart heavy high higher highest highly home hot hour human "
    "hyper ill industry inter kid know large last late law left lesser life light like little "
    "locally long longer low lower macro made man market mass medium mega meta mid middle mini "
    "mission mobile money multi must nano near neo network neuro newly next nine nineteenth "
    "ninety non north off oil old on once one open over page pan para part pay peer performance "
    "physical plain plant plug point poly post power pre price privacy pro problem profit "
    "project proto pseudo quarter quasi quick radio rapid re ready real record right risk rock "
    "role round safety science second security self semi service seven seventy short side "
    "single six sixty slow small so socio soft solid solution south state step still stop "
    "stress sub super sustainability tax team tech ten text third thirty thought three time top "
    "touch toxic trade traffic trans tri twentieth twenty twin two uk ultra un under us user "
    "value vice video war warm water wave weather web week weight well white whole wide win "
    "wind word work world would year young zero".split()
)
SECOND = frozenset(
    "able adjusted advantaged age aged agnostic alone and-out assisted average aware awareness "
    "backed based being benefit bodied border bound box breaking budget building built "
    "businesses by called carbon care caused centered centred centric century certified change "
    "changer changing check clad class click colored coloured commerce compatible compliant "
    "conscious consciousness consuming controlled conversion corrected cost course covered "
    "crafted critical cut cutting daily day days decade deep defense defined degree demand "
    "demanding dependent depth designed dimensional direction disabled dollar dose down dressed "
    "drive driven driving drop duty ear earned earner earning ears edge edged educated "
    "effective effectiveness efficiency efficient effort emission employed enabled end ended "
    "energy enforcement engineered enhanced enriched equipped equity esque established esteem "
    "evident evolving eyed faced faceted facing family fashioned fat feeling fi fidelity fired "
    "first fit floor focused fold folded followed foot form forward founded founder free fried "
    "friendliness friendly front fuelled funded gen generated generating generation grade green "
    "ground growing grown growth haired half hand handed hands harm haul head headed hearted "
    "heavy height held help high home hosted hour hours house hunting impact improvement in "
    "inch inclusive income inducing informed ins insensitive inspired intensity intensive "
    "interest island job key known lasting latency law layer layered leading led length lens "
    "level licensed life light like line lined linked list lived living loaded located long "
    "look looking loss loving made maintained making managed management market married mate "
    "meaning medical meter metre mile mind minded minute model monitoring month monthly most "
    "mounted moving name named needed negative neutral new notch null of off offs old old- "
    "fashioned on only ons operated optimised optimized option organized oriented out overs "
    "owned owner paced pack packed page paid paper party passing pay payer people percent "
    "perfect performance performing person personalized phase phone pitched place plan planned "
    "platform point pointed points portion positive pound powered premises preserving pressure "
    "priced pro processed producing profile profit promotion proof proofing proven purpose "
    "quality quarter quick range ranging ranked rate rated rating reaching ready regulated "
    "related relevant reliable reliance renowned resistant resolution respect responsible rich "
    "right rise risk risking road round rounded rule run running safe sale saturated saving "
    "savings savvy scale scaled screen season seater second seeking selected selling sensitive "
    "serve served service set setting shaped shaping share sharing sheet shelf shop shopping "
    "shot side sided site size sized skilled smart solving sounding source sourced spaced "
    "speaking specific speed spending sponsored spread stack stage standard standards standing "
    "star start state stated step stop storey story strength strong structured studded style "
    "suited support supported surface sustaining sweet system tailored taking talk tech term "
    "terms test tested themed thinking third thirds through throughs tier time timer times to "
    "together tolerance tolerant tone top touch toxic traded trained treatment trip try tune "
    "tuned turn type up upon ups use used user value vehicle version view visibility volume "
    "wage walk wave way ways wear week weekly weeks weight weighted wheel wide width will "
    "willed window winning wise word words work worker working world worn worthy year years "
    "yield".split()
)
_LOOSE = frozenset(
    "by call called check click for go in like look made make making of off on only out people "
    "play rate run set show start stop support take to together try up use used work "
    "working".split()
)
"""Second halves that are words of their own after a dash as well."""

_BOUND = SECOND - _LOOSE
_INNER = frozenset("in of to on by".split())

_FUNCTION = frozenset(
    "a an and are as at be but by for from had has have he her his if in is it its my nor of on or "
    "our she than that the their them then they this to was we were will with you your".split()
)
_AFTER_DASH = _FUNCTION - _INNER - _BOUND
_SHORTEST_FORM = 5  # letters of a participle
_LEFT_BLANK = re.compile(
    r"(?<![\w-])([^\W\d_]{1,25}(?:-[^\W\d_]{1,15}){0,2}|\d{1,4}) -(?=([^\W\d_]{2,25})(?![^\W]*=))"
)
_BOTH = re.compile(r"(?<![\w-])([^\W_]{1,25}(?:-[^\W_]{1,15}){0,2}) - ([^\W\d_]{2,25})")
_COMPOUND = re.compile(r"\b[^\W_]+-[^\W_]+")
_HALF = 25  # code points of half a compound that count
_LONGEST = 60  # code points of a half
_LINKS = frozenset("and by for in of on the to".split())
_NUMBERED = frozenset(
    "year month week day hour minute page person mile foot inch point story storey part step star "
    "meter metre kilometer kilometre pound acre member bedroom man woman hectare degree way".split()
)


def left_blank(line: str, context: Context) -> Iterator[Edit]:
    """Close up a compound whose hyphen kept its right side.

    >>> english = Context("en")
    >>> [(e.start, e.end) for e in left_blank("the cross -border ferry", english)]
    [(9, 10)]
    >>> list(left_blank("two- and three-year, kid-tested and -approved", english))
    []
    >>> list(left_blank("The plan -and I agree- is bold; it fell to -23.", english))
    []
    """
    if not context.english or " -" not in line or speaks_of_commands(line):
        return
    for match in _LEFT_BLANK.finditer(line):
        end = match.end() + len(match[2])
        chain = (
            match[2].islower()
            and (
                line[end : end + 1] == "-"  # state -of-the-art
                or (match[2] in _LINKS and line[end : end + 2] == " -")  # over -the -top
            )
        )
        if chain or (
            not _parenthetical(line, match.end()) and is_compound(match[1], match[2], context)
        ):
            yield Edit(match.end(1), match.end(1) + 1, "", "spacing-hyphen")


def both_blanks_joined(line: str, context: Context) -> Iterator[Edit]:
    """Close up a compound between two blanks where the document holds an engine's marks."""
    for start, end, compound in spread(line, context, sure=True):
        if context.facts.translated:
            yield Edit(start, end, compound, "spacing-hyphen")


def spread(line: str, context: Context, *, sure: bool = False) -> Iterator[tuple[int, int, str]]:
    """Yield span and closed form of compounds whose hyphen stands between two blanks.

    ``sure`` asks for both halves to be listed, or for the compound to stand in the document.

    >>> english = Context("en")
    >>> list(spread("a long - term plan", english))
    [(2, 13, 'long-term')]
    >>> list(spread("The Best Ferries - So Far", english))
    []
    """
    for match in _both(line):
        left, right = match[1].rsplit("-", 1)[-1].lower(), match[2]
        chain = "-" in match[1] or line[match.end() : match.end() + 1] == "-"  # state - of-the-art
        if not right.islower() or (right in _AFTER_DASH and not chain):
            continue
        first = left in FIRST and (right in _INNER or right not in _FUNCTION)
        second = right in _BOUND and (left in {"in", "to", "on"} or left not in _FUNCTION)
        listed = first or second
        if sure:
            listed = left in FIRST and (right in _BOUND or right == "off")
            chain = right in (SECOND if "-" in match[1] else _LINKS) and chain
        known = chain or listed or f"{left}-{right}" in context.facts.compounds
        if known and context.english:
            yield match.start(), match.end(), f"{match[1]}-{match[2]}"


def compounds(text: str) -> frozenset[str]:
    """Return the compounds of a text in lower case, two words each.

    >>> sorted(compounds("Cross-Border, state-of"))
    ['cross-border', 'state-of']
    """
    parts = text.split("-")
    around = [
        f"{left[-_HALF:].rpartition(' ')[2]}-{right[:_HALF].partition(' ')[0]}"
        for left, right in pairwise(parts)
    ]
    return frozenset(_COMPOUND.findall("\n".join(around).lower()))


def _both(line: str) -> Iterator[re.Match[str]]:
    """Yield the matches of ``_BOTH``, looked for around hyphens before small letters only."""
    at = 0
    while (hyphen := line.find(" - ", at)) >= 0:
        match = None
        if line[hyphen + 3 : hyphen + 4].islower():
            match = _BOTH.search(line, max(at, hyphen - _LONGEST), hyphen + _LONGEST)
        at = match.end() if match else hyphen + 1
        if match:
            yield match


def is_compound(left: str, right: str, context: Context) -> bool:
    """Whether two words belong together by the lists, or by the document's own spelling."""
    last = left.rsplit("-", 1)[-1].lower()
    lower = right.islower()
    right = right.lower()
    if f"{last}-{right}" in context.facts.compounds:
        return True
    if left.isdigit():
        return right in _NUMBERED
    if "-" in left or (left.isupper() and lower and len(left) < 6):  # back-to -back, NATO -led
        return True
    if last in _FUNCTION - {"in", "on", "by", "to"} or right in {"and", "or", "but", "the", "a"}:
        return False
    formed = left.islower() and lower and right.endswith(("ed", "ing"))
    formed = formed and len(right) > _SHORTEST_FORM
    return last in FIRST or right in SECOND or formed or context.facts.translated


def _parenthetical(line: str, at: int) -> bool:
    """Whether a hyphen within the next 80 code points closes what this one opens."""
    return bool(re.search(r"[\w.,!?]-(?=[\s.,;]|\Z)", line[at : at + 80]))


_LEFT_CUE = r"[\pL\d] -\pL\pL"
SPREAD_CUE = r"[\pL\pN] - [\p{Ll}\p{Lo}]\pL"
"""What ``spread`` looks for."""

STEPS = (  # the first twice, for back -to -back
    Step(both_blanks_joined, cue=SPREAD_CUE),
    Step(left_blank, cue=_LEFT_CUE),
    Step(left_blank, cue=_LEFT_CUE),
)

REPAIRS = (
    Repair(
        "spacing-hyphen",
        "spacing",
        "likely",
        "repair",
        "en",
        "A compound closes up where lists of word halves or the document know it.",
        "The cross -border ferry is a long -term plan.",
        "The cross-border ferry is a long-term plan.",
        "The plan -and I agree- is bold, kid-tested and -approved.",
        4,
    ),
)
