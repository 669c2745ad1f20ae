"""Compound words whose hyphen was set off by a blank: ``cross -border``.

The lists hold the commonest first and second halves of hyphenated English words, as counted in
the gold texts of 900 news and web pages; they cover five of six compounds there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.repair.gates import speaks_of_commands
from cleaner.repair.model import Context, Edit, Repair

FIRST = frozenset(
    "ad ai air all anti auto award back beginner best beta bi black blood blue broad budget "
    "built business carbon carefully clean client climate cloud co cold community cost "
    "counter cross custom customer cutting data day de decision deep double down drag drop dual "
    "early easy eco eight election end energy enterprise entry ever evidence ex extra eye face "
    "family far fast feature fifth first five fixed flat forward four fourth free front "
    "full fully future game gender gluten go government half hand hard hardest head health heart "
    "heavy high higher highest highly home hot hour human hyper ill industry inter kid know large "
    "last late law left lesser life light like little locally long longer low lower macro made "
    "man market mass medium mega meta mid middle mini mission mobile money multi must nano near "
    "neo network neuro newly next nine nineteenth non north off oil old on one open over page pan "
    "para part pay peer performance physical plain plant plug point poly post power pre price "
    "privacy pro problem profit project proto pseudo quarter quasi quick radio rapid re "
    "ready real record right risk rock role round safety science second security self "
    "semi service seven short side single six slow small so socio soft solid solution south "
    "state step still stop stress sub super sustainability tax team tech ten text "
    "third thought three time top touch toxic trade traffic trans twentieth twenty twin two ultra "
    "un under user value vice video war warm water wave weather web week weight well white whole "
    "wide win wind word work world would year young zero ninety eighty seventy sixty fifty forty "
    "thirty us uk eu".split()
)
SECOND = frozenset(
    "able adjusted advantaged age aged agnostic assisted average aware awareness backed based "
    "being benefit bodied border bound breaking budget building built businesses called care "
    "carbon caused centered centred centric century certified change changer changing check class "
    "clad click colored coloured commerce compatible compliant conscious consciousness consuming "
    "controlled conversion corrected cost course covered crafted critical cut cutting day days "
    "decade deep defense defined degree demand demanding dependent depth designed dimensional "
    "direction disabled dollar dose down dressed drive driven driving duty earned earner earning "
    "ear ears edge edged educated effective effectiveness efficiency efficient effort emission "
    "employed enabled end ended energy enforcement engineered enhanced enriched equipped equity "
    "established esteem evident evolving eyed faced faceted facing family fashioned fat feeling "
    "fi fidelity fired first fit floor focused fold followed foot form forward founded founder "
    "free friendly friendliness fried front fuelled funded gen generated generating generation "
    "grade green ground grown growing growth haired half hand handed hands harm haul head headed "
    "hearted heavy height held help high home hosted hour hours house hunting impact improvement "
    "in inch inclusive income inducing informed ins inspired intensity intensive interest island "
    "job key known lasting latency law layer layered leading led length lens level licensed life "
    "light like line lined linked list lived living loaded located long look looking loss loving "
    "made maintained making managed management market married mate meaning medical meter metre "
    "mile mind minded minute model monitoring month most mounted moving name named needed negative "
    "neutral new notch null of off offs old on ons operated optimized optimised option organized "
    "oriented out overs owned owner paced pack packed page paid paper party passing pay payer "
    "people percent perfect performance performing person personalized phase phone pitched place "
    "plan planned platform point points pointed portion positive pound powered premises "
    "preserving pressure priced pro processed producing profile profit promotion proof proven "
    "proven purpose quality quarter quick range ranging ranked rate rated rating ready reaching "
    "rated related reliance relevant reliable renowned resistant resolution respect responsible "
    "rich right rise risk risking road rounded round rule run running safe sale saturated saving "
    "savings savvy scale scaled screen season seater second seeking selected selling sensitive "
    "serve served service set setting shaped shaping share sharing sheet shelf shop shopping "
    "shot side sided site size sized skilled smart solving sounding source sourced spaced speaking "
    "specific speed spending sponsored spread stack stage standard standards standing star start "
    "state stated step stop storey story strength strong structured studded style suited support "
    "supported surface sustaining sweet system tailored taking talk tech term terms test tested "
    "themed thinking third thirds through throughs tier time timer times to together tolerance "
    "tolerant tone top touch toxic traded trained treatment trip try tune tuned turn type up ups "
    "upon use used user value vehicle version view visibility volume wage walk wave way ways wear "
    "week weeks weight weighted wheel wide width will willed window winning wise word words work "
    "worker working world worn worthy year years yield by and-out old-fashioned".split()
)
_FUNCTION = frozenset(
    "a an and are as at be but by for from had has have he her his if in is it its my nor of on or "
    "our she than that the their them then they this to was we were will with you your".split()
)
_LEFT_BLANK = re.compile(
    r"(?<![\w-])([^\W\d_]{1,25}(?:-[^\W\d_]{1,15}){0,2}|\d{1,4}) -(?=([^\W\d_]{2,25})(?![^\W]*=))"
)
_BOTH = re.compile(r"(?<![\w-])([^\W_]{1,25}(?:-[^\W_]{1,15}){0,2}) - ([^\W\d_]{2,25})")
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
        if not _parenthetical(line, match.end()) and is_compound(match[1], match[2], context):
            yield Edit(match.end(1), match.end(1) + 1, "", "spacing-hyphen")


def both_blanks(line: str, context: Context) -> Iterator[Edit]:
    """Find compounds whose hyphen stands between two blanks; a title's dash looks the same."""
    if context.english and " - " in line:
        for match in _BOTH.finditer(line):
            left, right = match[1].rsplit("-", 1)[-1].lower(), match[2].lower()
            if f"{left}-{right}" in context.facts.compounds or (
                (left in FIRST or right in SECOND or "-" in match[1])
                and right not in _FUNCTION - {"in", "of", "to", "on", "by"}
                and left not in _FUNCTION - {"in", "to", "on"}
                and match[2].islower()
            ):
                yield Edit(match.start(), match.end(), match[0], "flags-hyphen")


def is_compound(left: str, right: str, context: Context) -> bool:
    """Whether two words belong together by the lists, or by the document's own spelling."""
    last = left.rsplit("-", 1)[-1].lower()
    right = right.lower()
    if f"{last}-{right}" in context.facts.compounds:
        return True
    if left.isdigit():
        return right in _NUMBERED
    if "-" in left:  # back-to -back, step-by -step
        return True
    if last in _FUNCTION - {"in", "on", "by", "to"} or right in {"and", "or", "but", "the", "a"}:
        return False
    return last in FIRST or right in SECOND or context.facts.translated


def _parenthetical(line: str, at: int) -> bool:
    """Whether a hyphen within the next 80 code points closes what this one opens."""
    return bool(re.search(r"[\w.,!?]-(?=[\s.,;]|\Z)", line[at : at + 80]))


STEPS = (left_blank, left_blank)  # twice, for back -to -back

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
