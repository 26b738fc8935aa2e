"""Cues of reasons, causes, purposes, means and manners, with how sure each is. English."""

from __future__ import annotations

from typing import TypeAlias

from tasks.extract.five_words import CLAUSES

Cues: TypeAlias = "dict[str, list[tuple[list[str], float]]]"  # by their first word, the longest first
_WHY = {
    1.0: "because|because of|due to|owing to|in response to|in protest at|in protest against|as a result of|in retaliation for",
    0.9: "caused by|prompted by|triggered by|sparked by|fuelled by|fueled by|driven by|stemmed from|stems from|attributed to",
    0.8: "thanks to|in order to|in an attempt to|in an effort to|in a bid to|so that|on suspicion of|on charges of|accused of",
    0.7: "after|following",
    0.6: "amid",
    0.5: "over|in",
    0.4: "as",
}
_HOW = {0.8: "by", 0.7: "using|via|by means of|with the help of"}
_MANNERS = """in a letter|in a statement|in a call|in a video|on the phone|by phone|by telephone|by letter|by e-mail|by email
by force|by hand|at gunpoint|at high speed|at full speed|on foot|in secret|in private|in silence"""
MANNER = 0.6  # of a phrase that is itself the manner, and of an adverb


def _by_first_word(table: dict[float, str]) -> Cues:
    found: Cues = {}
    cues = [(cue.split(), sure) for sure, line in table.items() for cue in line.replace("\n", "|").split("|")]
    for cue, sure in sorted(cues, key=lambda row: -len(row[0])):
        found.setdefault(cue[0], []).append((cue, sure))
    return found


WHY, HOW, MANNERS = _by_first_word(_WHY), _by_first_word(_HOW), _by_first_word({MANNER: _MANNERS})

# Of what stands behind "for" what somebody did, behind "blamed", behind "for" an occasion, behind "to" a purpose.
FOR_JUDGED, CAUSE, FOR_TALKS, PURPOSE = 0.8, 0.85, 0.5, 0.5
JUDGED = frozenset(
    """
    apologise apologize applaud arrest attack award blast charge chide condemn congratulate criticise criticize denounce
    detain expel fine fire hail hang honor honour jail laud mock pardon praise prosecute punish rebuke reprimand reward sack
    sanction scold sentence shame slam sue suspend thank
    """.split()
)
BLAMED = frozenset("blame blamed blames blaming".split())
OCCASIONS = frozenset(
    """
    ceremony consultations dialogue discussions election funeral meeting mission negotiations summit talks treatment trial
    visit
    """.split()
)
NO_MANNER = frozenset(  # adverbs that tell when, how surely or how often
    """
    actually allegedly already apparently barely certainly clearly completely currently early effectively entirely especially
    essentially eventually exactly fairly finally formally formerly frequently fully generally hardly highly immediately
    initially largely lately likely mainly merely mostly namely nearly newly normally obviously occasionally officially only
    originally particularly partly possibly potentially presumably previously probably purportedly rarely really recently
    regularly relatively reportedly reputedly roughly seemingly shortly simply slightly subsequently supposedly temporarily
    totally typically ultimately unfortunately usually virtually
    """.split()
)
QUARRELS = frozenset(  # what there is "over" something
    """
    anger arrested battle charged clash clashed clashes concern concerns controversy criticised criticism criticized dispute
    disputes divided dropped feud fight fined fired fury investigated investigation jailed lawsuit outrage pressure probe
    protest protests quarrel questioned quit resign resignation resigned row sacked scandal sentenced split strike strikes sue
    sued suspended tension tensions trial war worries worry
    """.split()
)
CONDITIONS = frozenset(  # "in" which things go wrong
    """
    blizzard conditions darkness downpour drought fog gale gales heat ice mist rain smoke snow storm weather wind winds
    """.split()
)
PARTED = (CLAUSES - {"that", "whether"}) | frozenset("amid despite during following".split())  # that begin another circumstance
