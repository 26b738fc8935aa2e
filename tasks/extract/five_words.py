"""Words by which a sentence is taken apart: verbs with their forms, what stands before a verb, what ends a clause. English."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

AUXILIARIES = frozenset(
    """
    am are aren't can can't cannot could couldn't did didn't do does doesn't don't had hadn't has hasn't have haven't is isn't
    may might must shall should shouldn't was wasn't were weren't will won't would wouldn't
    """.split()
)
DETERMINERS = frozenset(
    "a all an another any both each every her his its my no our some such that the their these this those your".split()
)
PREPOSITIONS = frozenset(
    """
    about above across against along alongside amid among around as at before behind below beneath beside between beyond by
    despite down during for from in inside into like near of off on onto out outside over past per since than through
    throughout till to toward towards under until up upon versus via with within without
    """.split()
)
RELATIVES = frozenset("who which whose whom that where".split())
CLAUSES = frozenset(
    "after although as because before if once since so that though unless until when whereas whether while".split()
)
PRONOUNS = frozenset("he her him i it me she that them there they this us we who you".split())
# Verbs with regular forms, by their infinitive.
_REGULAR = """
abandon abolish abuse accelerate accept accommodate accompany accumulate accuse achieve acknowledge acquire adapt add address
adjourn adjust administer admit adopt advance advertise advise advocate affect agree aim allege allocate allow alter amend
analyse analyze anger announce apologise apologize appeal appear apply appoint appreciate approve argue arm arrange arrest
arrive ask assassinate assault assemble assert assess assign assist assume assure attach attack attempt attend attract
attribute avoid await award back balance ban bar bargain battle begin behave believe belong blame blast block bolster bomb
book boost borrow bow boycott brace brand breach brief broker bully burn bury calculate call calm camp campaign cancel capsize
capture care carry cause cease celebrate certify chair challenge change chant charge charter chase chat cheer circulate cite
claim clamp clash classify clean clear climb clinch clip close coach coincide collaborate collapse collect collide combat
comfort commemorate commend comment commit compare compensate compete compile complain complete complicate comply compose
conceal concede conclude condemn conduct confess confirm confront conquer consider consolidate conspire construct consume
contact contain contemplate contend contest continue contract contradict contribute convene convert convey convict cook
cooperate cope copy correct cost counter cover crack crash create criticise criticize cross crown crush cry curb cure damage
dance debate deceive decide declare decline decorate decrease dedicate deepen defeat defect defend defy delay delete deliver
demand demolish denounce deny depart deplete deploy deport depose derail derive descend describe deserve design destabilise
destroy detain detect deter deteriorate determine detonate devastate develop devise devote dictate die differ diminish dip
direct disagree disappear disarm disband discard discharge disclose discontinue discourage discover discuss dislodge dismantle
dismiss dispatch display dispute disqualify disrupt dissolve distance distinguish distort distribute disturb dive divide
divorce dominate donate double doubt downgrade download draft drag drift drop drown dump dwindle earmark earn ease echo edge
educate eject elect elevate eliminate embark embed embrace emerge employ empty enable enact encounter encourage end endanger
endorse endure enforce engage enjoy enlist ensure enter entertain entitle erode erupt escalate escape escort establish
estimate evacuate evade evaluate evict evolve exaggerate examine excavate exceed exchange exclude excuse execute exempt
exhaust exhibit exile exit expand expect expel expire explain explode exploit explore export expose express extend extradite
face facilitate fade fail falter favor favour fear feature file fill film filter finalise finalize finance fine finish fire
fix flag flare flatten flee float flock flood flourish flow fly focus fold follow force forge form foster frame free frighten
frustrate fuel fulfil fund gain gamble gather gauge generate govern grab graduate grant graze greet grill guarantee guard
guide hail halt halve hamper hand happen harass harm harvest hasten hate haul haunt head heal heat help highlight hinder hire
hit hoist honor honour hope host hover hug hunt hurt identify ignite ignore illustrate imagine impeach impose imprison improve
inaugurate include incorporate increase incur indict induce infect inflict influence inform inherit initiate inject injure
insert insist inspect inspire install insult integrate intend intensify interact interfere interpret interrogate interrupt
intervene interview intimidate introduce invade invest investigate invite invoke involve isolate issue jail jeopardise join
judge jump justify kick kidnap kill kiss knock label lack lament land lash last laugh launch leak lean leap learn lease
legalise legislate levy liberate lift limit link list listen live load lobby lock lodge loom loot lower maintain manage
manipulate manufacture march mark marry master match measure mediate melt mention merge migrate mine minimise miss mobilise
mobilize mock modernise modify monitor motivate mount mourn move multiply murder name narrow nationalise navigate near need
neglect negotiate nod nominate note notice notify obey object observe obstruct obtain occupy occur offend offer omit open
operate oppose order organise organize originate oust outlaw outline outnumber outperform outrage overhaul overlook override
oversee overwhelm owe own pack paint paralyse pardon park participate pass pause pave peak penalise perform permit persuade
pick pile pilot plague plan plant play plead please pledge plot plug plunder plunge point poison poll pose possess postpone
pour practise praise precede predict prefer prepare prescribe present preserve preside press pretend prevail prevent price
print privatise probe proceed process procure produce progress prohibit project prolong promise promote prompt propel propose
prosecute protect protest prove provide provoke publicise publish pull pump punish purchase pursue push quarantine quell
question quit quiz race rage raid rain raise rally ramp rank rap rate ration reach react reaffirm realise realize rebel rebuff
rebuke recall recede receive recognise recognize recommend reconcile reconsider reconstruct recoup recover recruit redeem
reduce reelect refer refine reflect reform refuel refund refurbish refuse refute regain regard register regret regroup
regulate rehabilitate reimburse reinforce reinstate reintroduce reiterate reject rejoin relaunch relax release relieve
relinquish relocate rely remain remark remedy remember remind remove rename renew renounce renovate rent reopen reorganise
repair repay repeal repeat repel replace replenish reply report represent reprimand reproduce request require rescind rescue
resemble reserve reshape reshuffle reside resign resist resolve respect respond rest restart restore restrain restrict result
resume resurface retain retaliate retire retreat retrieve return reunite reveal reverse revert review revise revive revoke
revolt reward risk rival rob rock roll rotate round ruin rule rush sabotage sack safeguard sail salvage sanction satisfy save
scale scare scatter schedule score scrap screen scrutinise scrutinize seal search secure seek seem seize select sense separate
serve settle shape share shatter shelter shelve shield shift shock shoulder shout show shrug shun shuttle sign signal simplify
skip slam slap slash slaughter slip slow slump smash smear smoke smuggle snub soar soften solve sound spare spark spearhead
specialise specify spell spend spike split sponsor spot spray sprint spur squander squeeze stab stabilise staff stage stall
stamp stand star start starve state station stay steer stem step stifle stimulate stoke stop store storm strain strand
strengthen stress stretch strip struggle study stumble stun subdue submit subsidise substitute succeed suck sue suffer suggest
summon supervise supplement supply support suppress surface surge surpass surprise surrender surround survey survive suspect
suspend sustain swallow swamp swap sweep swell swerve switch sympathise tackle talk tally target tax tease telephone televise
tempt term terminate terrify test testify thank threaten thrive tighten tip tolerate top topple torch torture toss total touch
tour tow trace track trade trail train trample transfer transform translate transport trap travel treat trek trial trigger
trim triple triumph trouble trust try tumble turn tweet uncover undermine unearth unfold unify unite unleash unload unlock
unsettle unveil update upgrade uphold urge use vaccinate value vanish vary venture verify veto vie view violate visit voice
volunteer vote vow wage wait waive walk wander want warm warn wash waste watch weaken weather weigh welcome whip widen wield
wipe withdraw witness wonder woo work worry wound wrap wreck wrestle yield
"""
# Past and participle behind the infinitive.
_IRREGULAR = """
arise arose arisen|awake awoke awoken|be was been|bear bore borne|beat beat beaten|become became become|begin began begun
bend bent bent|bet bet bet|bid bid bid|bind bound bound|bite bit bitten|bleed bled bled|blow blew blown|break broke broken
breed bred bred|bring brought brought|broadcast broadcast broadcast|build built built|burst burst burst|buy bought bought
cast cast cast|catch caught caught|choose chose chosen|cling clung clung|come came come|cost cost cost|creep crept crept
cut cut cut|deal dealt dealt|dig dug dug|do did done|draw drew drawn|drink drank drunk|drive drove driven|eat ate eaten
fall fell fallen|feed fed fed|feel felt felt|fight fought fought|find found found|flee fled fled|fly flew flown
forbid forbade forbidden|forecast forecast forecast|foresee foresaw foreseen|forget forgot forgotten|forgive forgave forgiven
freeze froze frozen|get got got|give gave given|go went gone|grow grew grown|hang hung hung|have had had|hear heard heard
hide hid hidden|hit hit hit|hold held held|hurt hurt hurt|keep kept kept|know knew known|lay laid laid|lead led led
leave left left|lend lent lent|let let let|lie lay lain|light lit lit|lose lost lost|make made made|mean meant meant
meet met met|mislead misled misled|offset offset offset|outdo outdid outdone|overcome overcame overcome
overrun overran overrun|overtake overtook overtaken|overthrow overthrew overthrown|overturn overturned overturned
pay paid paid|plead pled pled|put put put|quit quit quit|read read read|rebuild rebuilt rebuilt|rewrite rewrote rewritten
ride rode ridden|ring rang rung|rise rose risen|run ran run|say said said|see saw seen|seek sought sought|sell sold sold
send sent sent|set set set|shake shook shaken|shed shed shed|shine shone shone|shoot shot shot|show showed shown
shrink shrank shrunk|shut shut shut|sing sang sung|sink sank sunk|sit sat sat|sleep slept slept|slide slid slid
speak spoke spoken|spend spent spent|spill spilt spilt|spin spun spun|split split split|spread spread spread|stand stood stood
steal stole stolen|stick stuck stuck|strike struck struck|strive strove striven|swear swore sworn|sweep swept swept
swim swam swum|swing swung swung|take took taken|teach taught taught|tear tore torn|tell told told|think thought thought
throw threw thrown|undergo underwent undergone|understand understood understood|undertake undertook undertaken
uphold upheld upheld|wear wore worn|win won won|withdraw withdrew withdrawn|withhold withheld withheld|write wrote written
"""
# Forms that are as often nouns: they are verbs where a noun could not stand.
THINGS = frozenset(
    """
    abuse address advance advocate aim anger appeal arm attack attempt award back balance ban bar bargain battle bear beat
    benefit bet bid bite blame blast block blow bomb book boost bow boycott brace brand breach break brief broker bully burn
    burst call calm camp campaign capture care cast catch cause chair challenge change chant charge charter chase chat cheer
    claim clamp clash climb close coach collapse combat comfort comment contact contest contract cook copy cost counter cover
    crack crash cross crown cry curb cure cut damage dance deal debate decline decrease defeat defect delay demand design
    direct discharge display dispute distance dive divorce double doubt draft drag draw drift drink drive drop dump echo edge
    embrace encounter end escape escort estimate exchange excuse exhaust exhibit exile exit exploit export face fall favor
    favour fear feature feed fight file film filter finance fine finish fire fix flag flare float flock flood flow fly focus
    fold force forecast forge form frame free fuel fund gain gamble gather gauge graduate grant grill guard guide hail halt
    hand harm harvest haul head heat help highlight hire hit honor honour hope host hug hunt hurt increase influence insult
    interview issue jail judge jump kick kidnap kill kiss knock label lack lament land lash laugh launch lead leak leap lease
    levy lie lift light limit link list load lobby lock lodge look loot loss manufacture march mark master match measure merge
    mine miss monitor mount move murder name need neglect nod note notice object offer open order oust outlaw outline outrage
    overhaul own pack paint pardon park pass pause pay peak pick pile pilot plague plan plant play pledge plot plug plunder
    plunge point poison poll pose practise praise present press price print probe process produce progress project promise
    prompt protest pull pump purchase push quarantine question quit quiz race rage raid rain rally ramp rank rate ration read
    rebel rebuff rebuke record reform refund regard register regret release remark remedy rent repair repeal repeat reply
    report request rescue reserve reshuffle respect rest result retreat return review revolt reward ride ring rise risk rival
    rock roll round ruin rule run rush sabotage sack safeguard sail salvage sanction save scale scare schedule score scrap
    screen seal search sense set shake shape share shed shelter shield shift shock shoulder show shuttle sign signal sink slam
    slap slaughter slide slip slump smash smear smoke snub sound spark spell spike spill spin split sponsor spot spray spread
    sprint spur squeeze stab staff stage stall stamp stand star start state station stay steer stem step stick stop store
    storm strain strand stress stretch strike struggle study stumble substitute supplement supply support surface surge
    surprise survey suspect swallow swamp swap sweep swell swing switch talk tally target tax tear tease telephone term test
    tip top torch total touch tour tow trace track trade trail train transfer transport trap travel trek trial trigger triple
    triumph trouble trust try tumble turn tweet update upgrade use value venture veto view visit voice volunteer vote vow wage
    wait walk warm wash waste watch wear weather welcome whip win witness work worry wound wrap wreck yield
    """.split()
)


class Verb(NamedTuple):
    """A form of a verb."""

    base: str
    form: str  # past, participle, both, third, base, ing
    sure: bool  # no noun looks the same


def _forms() -> Iterator[tuple[str, Verb]]:
    for base in _REGULAR.split():
        stem = base.removesuffix("e")
        ended = f"{base[:-1]}i" if base[-1] == "y" and base[-2] not in "aeiou" else stem
        double = [stem + stem[-1]] if base[-1] in "bdgklmnprt" and base[-2] in "aeiou" and base[-3] not in "aeiou" else []
        for start in [ended, *double]:
            yield f"{start}ed", Verb(base, "both", sure=True)
        for start in [stem, *double]:
            yield f"{start}ing", Verb(base, "ing", sure=False)
        yield from _present(base)
    for line in _IRREGULAR.replace("\n", "|").split("|"):
        if line:
            base, past, participle = line.split()
            stem = base.removesuffix("e") if base != "be" else base
            doubled = base[-1] in "dgnpt" and base[-2] in "aeiou" and base[-3:-2] not in tuple("aeiou")
            yield f"{stem}{stem[-1]}ing" if doubled else f"{stem}ing", Verb(base, "ing", sure=False)
            yield from _present(base)
            yield participle, Verb(base, "participle", sure=True)
            yield past, Verb(base, "past" if past != participle else "both", sure=past != base)


def _present(base: str) -> Iterator[tuple[str, Verb]]:
    ended = (
        f"{base[:-1]}ies" if base[-1] == "y" and base[-2] not in "aeiou" else f"{base}es" if base[-1] in "shxoz" else f"{base}s"
    )
    yield base, Verb(base, "base", sure=False)
    yield ended, Verb(base, "third", sure=base not in THINGS)


VERBS: dict[str, Verb] = dict(_forms())
BE = frozenset("am are be been being is was were isn't wasn't aren't weren't".split())
HAVE = frozenset("had has have having hadn't hasn't haven't".split())
CONTROL = frozenset(  # verbs and nouns that an infinitive completes
    """
    able about accord agree agreement aim allow appeal ask attempt authorise authorize beg begin bid bill call choose claim
    compel continue convince dare deal decide decision decline demand deserve direct due effort enable encourage expect fail
    forbid force free get going happen have hesitate hope instruct intend invite keen law learn let likely long manage mean
    move need neglect offer order permit persuade plan pledge poise prefer prepare press pressure promise proposal propose
    race ready refusal refuse remind request require right rush scramble seek seem sentence set start struggle sure swear
    teach tell tend threat threaten try unable unlikely urge use vote vow wait want warn way willing wish
    """.split()
)
