"""Classes of words by which attributions are read, in small letters: English, where a word alone tells what a parser would."""

from __future__ import annotations

COMMAS = frozenset((",", "–", "—", "--", "-", "―"))
DASHES = COMMAS - {","}
STOPS = frozenset((".", "?", "!", ";", ":", "…", "“”", "\n", ",", "–", "—", "―", "•", "|"))
ENDS = frozenset((".", "?", "!", ";", "…"))
POSSESSIVES = frozenset(("'s", "’s", "'", "’"))
PRONOUNS = frozenset("he she it they we i you there".split())
SUBJECTS = PRONOUNS | frozenset("this these those nobody everyone everybody someone".split())
OWNERS = frozenset("the a an his her their its our my".split())
BE = frozenset("was were is are be been being am 're ’re 's ’s got".split())
PERFECT = frozenset(
    """
    'd 've had hadn't hadn’t has hasn't hasn’t have haven't haven’t he'd i've i’ve she'd they'd they've they’ve we've we’ve ’d
    ’ve
    """.split()
)
MODALS = frozenset("is are was were will would can could should may might must".split())
FINITE = MODALS | frozenset(
    """
    's aren't aren’t can't cannot can’t couldn't couldn’t did didn't didn’t do does doesn't doesn’t don't don’t had hadn't
    hadn’t has hasn't hasn’t have haven't haven’t he's he’s i'm isn't isn’t it's it’s i’m need needs she's she’s shouldn't
    shouldn’t they're they’re want wants wasn't wasn’t we're weren't weren’t we’re won't won’t wouldn't wouldn’t ’s
    """.split()
)
PAST = frozenset(
    """
    could couldn't couldn’t did had hadn't hadn’t might was wasn't wasn’t were weren't weren’t would wouldn't wouldn’t
    """.split()
)
PRESENT = frozenset(
    """
    are aren't aren’t does doesn't doesn’t has hasn't hasn’t have haven't haven’t is isn't isn’t it's it’s remains
    """.split()
)
WH = frozenset("whether if why how what who when where which".split())
RELATIVE = frozenset(("who", "which", "that"))
TIMES = frozenset(
    """
    afternoon april aug. august day dec. december earlier evening feb. february friday jan. january july june later march may
    monday month morning night nov. november oct. october recently saturday sept. september sunday thursday today tomorrow
    tonight tuesday wednesday week weekend year yesterday
    """.split()
)
LEADS = frozenset(  # before a subject
    """
    aber after also although and as because before but doch earlier et even however if indeed instead later mais meanwhile
    moreover nevertheless nor now once only or perhaps pero since so still that then though thus und until when while y yet
    """.split()
)
PREPOSITIONS = frozenset(
    """
    aboard about above across after against alongside amid among around as at before behind below beside between by despite
    during for from in including inside into like near of off on outside over through to toward towards under unlike upon via
    with within
    """.split()
)
SUBORDINATE = frozenset(  # that begin a circumstance in front of a sentence
    """
    after although as asked because days having hours if minutes months once pressed since speaking though weeks when while
    years
    """.split()
)
SELVES = frozenset("himself herself themselves itself too also".split())
OFFICES = frozenset(
    """
    commerce defence defense education energy health homeland house labor labour staff state the treasury
    """.split()
)
OCCASIONS = frozenset(  # on which something is said
    """
    abc ad address advertisement affidavit appearance blog briefing broadcast bulletin call cbs cnn column communique
    communiqué conference congress court debate disclosure e-mail editorial email event facebook filing forecast forum
    fundraiser hall hearing instagram interview lawmakers lawsuit letter meeting memo message msnbc nbc note office parliament
    phone podcast post radio rally release report response ruling speech statement summary telephone television testimony tv
    tweet tweets twitter video webcast x
    """.split()
)
HEARERS = frozenset(
    """
    abc afp ap attendees audience bbc breitbart broadcaster cbs cnn colleagues congress councillors councilors crowds daily
    delegates diplomats donors dpa fans friends hearing her him inquiry investigators investors journalists jurors lawmakers
    listeners magazine me media members msnbc nbc network newspaper officials parliament police politico press prosecutors
    radio reporters reuters shareholders staff station students supporters television them tv us usa viewers voters website
    weekly workers you
    """.split()
)
HARD_NOUNS = frozenset(
    """
    attacks charges claims comments estimates posts protests remarks report reports state states threats tweets
    """.split()
)
NO_CLAUSE = frozenset("as when while before after during since so goodbye hello something much little".split())
PARTING = frozenset(
    (",", ";", ":", "and", "but", "or", "while", "as", "though", "although", "“”", "—", "–", "-", "--", "(", ")", "?", "!")
)
TAILS = PARTING - {"“”"} | frozenset((".", "…", "then"))
BEFORE_QUOTE = frozenset((":", "-", "—", "–", "--", "("))
BEFORE_PARTICIPLE = COMMAS | frozenset(("“”", "by", "and", "while", "before", "after", "in", "then", "but"))
NOT_CALLING = frozenset("off into out back up in upon attention more".split())
CLAUSE_LEADS = frozenset(("but", "and", "so", "yet", "still", ",", "meanwhile", "however", ")", "]", "while", "although"))
CHORUS = frozenset("chant chants shout shouts cry cries call calls yells screams".split())  # "chants of"
WORDED = frozenset("slogan phrase words motto mantra read reads reading message proclamation inscription hashtag".split())
NOT_ADVERBS = frozenset(
    """
    ally anomaly assembly belly billy bully daily elderly emily family fly folly holly homily italy jelly july kelly lily
    molly monopoly monthly polly rally reply sally supply weekly
    """.split()
)


def adverb(word: str) -> bool:
    """Whether a word is an adverb by its ending."""
    return word.endswith("ly") and word not in NOT_ADVERBS
