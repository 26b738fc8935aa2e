"""Words that tell that a place stands for its government."""

from __future__ import annotations

CAPITALS_OF_PARTS = frozenset(
    {"Putrajaya", "The Hague", "Cardiff", "Edinburgh", "Belfast", "Holyrood", "Tel Aviv", "Taipei", "Ramallah"}
)

# Before a clause.
CLAUSE = frozenset(
    """
    that and but while if when as because since whether so yet although though unless until before after said says say
    saying denied believes thinks hopes how why where
    """.split()
)
ADVERBS = frozenset(
    """
    also again already now still then later never quickly repeatedly recently finally even only just once soon always long
    not formally publicly officially immediately initially earlier meanwhile therefore instead reportedly in turn yesterday
    today itself both neither nor
    """.split()
)
AUXILIARIES = frozenset(
    """
    will would may might must can could should has had have did does do didn't doesn't won't wouldn't hasn't hadn't
    """.split()
)
COPULAS = frozenset("is are was were isn't aren't wasn't weren't".split())
READY = frozenset(
    """
    keen ready willing prepared considering seeking trying pushing pressing planning preparing reluctant unwilling eager
    determined demanding refusing threatening urging asking calling backing supporting blaming accusing offering negotiating
    weighing insisting committed opposed adamant furious angry wary concerned worried convinced to
    """.split()
)

# What governments do, said of a place alone.
ACTS = frozenset(
    """
    said says say told tells made makes took takes gave gives sent sends put puts let withdrew withdraws met meets spoke
    speaks wrote held sought seeks stood stands kept keeps left brought thought thinks wants want began begins broke chose
    drew fought fights hit shut struck swore knew knows denies rejects accuses demands insists warns urges calls asks hopes
    expects plans intends refuses considers blames claims argues vows pledges promises offers agrees backs supports opposes
    condemns welcomes fears believes needs pays buys sells threatens denied given taken spoken withdrawn agreed begun broken
    chosen leaned declined announces expels recalls summons imposes orders bans signs approves launches lifts proposes
    closes deploys appreciates advocates grants suspends halts extends recognises recognizes releases declares invades
    attacks retaliates responds replies reiterates stresses
    """.split()
)
# What is said of the place or its people rather than of its government.
LITERAL = frozenset(
    """
    hosted hosts lies sits grew grows beat beats won lost drew fell rose saw become became becomes remained remains
    experienced celebrated recorded suffered suffers lived located based named situated reached scored finished played
    topped trailed defeated qualified advanced climbed dropped ranked flooded changed seemed seems looked looks smelled felt
    feels been surprised died killed born
    """.split()
)
# Verbs whose object is told, asked or blamed.
TOLD = frozenset(
    """
    accused accuse accuses accusing urged urge urges urging asked ask asks asking told tell tells telling blamed blame
    blames blaming warned warn warns warning pressed pressing pressured pressuring criticised criticized criticising
    criticizing thanked thanks lobbied lobbying faulted condemned condemning condemns persuaded persuade convinced convince
    forced force prompted prompting threatened threatening angered antagonised antagonized irked infuriated reassured
    assured notified wants want begged implored petitioned rang pushed pushing
    """.split()
)
# Two words before a place.
BOUND = frozenset(
    {
        ("called", "on"),
        ("calls", "on"),
        ("call", "on"),
        ("calling", "on"),
        ("appealed", "to"),
        ("appeal", "to"),
        ("pressure", "on"),
        ("sanctions", "on"),
        ("sanctions", "against"),
        ("tariffs", "on"),
        ("negotiating", "with"),
        ("negotiate", "with"),
        ("sided", "with"),
        ("siding", "with"),
        ("loyal", "to"),
        ("allied", "with"),
    }
)
_NOUNS = {
    "of": "request behest instigation envoys envoy allies ally approval blessing",
    "from": """
        complaint response reply protest pledge pressure approval assurances money support reaction denial orders instructions
        statement comment
        """,
    "by": """
        mediation banned imposed backed supported rejected accepted approved requested brokered ordered condemned accused
        sponsored financed funded recognised recognized sanctioned expelled
        """,
    "for": "negotiator negotiators spokesman spokeswoman envoy",
    "with": """
        relations ties talks negotiations deal agreement pact treaty truce ceasefire dialogue row dispute alliance rapprochement
        """,
    "against": "sanctions complaint accusations allegations",
    "on": "sanctions pressure embargo",
}
GOVERNED = frozenset((noun, preposition) for preposition, nouns in _NOUNS.items() for noun in nouns.split())
BETWEEN = frozenset(
    """
    relations tensions tension ties talks deal agreement agreements dispute rift row truce ceasefire pact treaty
    negotiations trust rapprochement dialogue diplomacy rivalry standoff stand-off conflict contacts alliance accord quarrel
    mediated mediate mediating
    """.split()
)
OWNED = frozenset(
    """
    ambassador envoy ambassadors envoys negotiator negotiators refusal rejection offer demand demands insistence stance
    position decision response proposal proposals allies ally claim claims denial threat threats move moves objections
    allegations accusations
    """.split()
)
# Behind two places: "China and Russia welcome".
BASE = frozenset(
    """
    say want hope welcome support oppose agree plan call urge reject accuse deny seek believe expect intend refuse blame
    back need fear
    """.split()
)
# Behind a place that is the object of a verb.
BEHIND = frozenset(
    """
    to for of that on over about in not and or with by if at as from after before when until during since while who which
    against because but into last this next again directly
    """.split()
)
