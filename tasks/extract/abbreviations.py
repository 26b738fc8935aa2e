"""Words that are written with a dot, by what the dot says about the end of a sentence; words that begin one."""

from __future__ import annotations

# A name or the rest of the phrase follows.
NEVER_END = frozenset(
    """
    Mr Mrs Ms Messrs Dr Drs Prof Rev Hon Fr Gen Lt Col Maj Capt Cmdr Comdr Cdr Cpl Sgt Pvt Pfc Adm Brig Ens Sen Sens Rep
    Reps Gov Pres Supt Det Insp Amb Atty Msgr Mgr Mt Ft Ste Lt-Gen Brig-Gen Maj-Gen Lt-Col Asst vs v cf viz approx e.g i.e
    ca eg ie resp incl excl M MM Mme Mmes Mlle Mlles Pr Sra Srta Sres Dra Dña Ud Uds Vd Gral Lic Ing Arq Mons Exmo Hr Frl
    Dipl Dipl-Ing Mag Hl bzw vgl sog evtl ggf inkl exkl zzgl abzgl z.B d.h u.a i.d.R o.g s.o s.u v.a u.U m.E geb gest gegr
    Abb Abt
    """.split()
)
# The sentence goes on unless the next word is one that begins sentences.
MAY_END = frozenset(
    """
    Inc Corp Co Cos Ltd Bros Assn Assoc Dept Div Mfg Intl Natl Univ Jr Sr Esq PhD St Ave Blvd Rd Hwy Pkwy Bldg Jan Feb Mar
    Apr Jun Jul Aug Sept Sep Oct Nov Dec Okt Dez Janv Févr Fév Avr Juil Déc Ene Abr Ago Dic janv févr fév avr juil déc ene
    abr ago dic Tues Wed Weds Thu Thurs Thur Fri etc al lbs hrs usw usf Mio Mrd Std Str Jh Chr EE.UU
    """.split()
)
# The same behind a comma or in a party label: "Boston, Mass.", "D-Calif."
PLACES = frozenset(
    """
    Ala Ariz Ark Calif Colo Conn Del Fla Ill Ind Kan Ky La Mass Md Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Penn Tenn Tex
    Va Vt Ga Wash Wis Wyo Ont Que Alta Sask
    """.split()
)
# The dot belongs to the word only in front of a number.
BEFORE_NUMBERS = frozenset(
    "No Nos no nos Nr Nrn Art art Fig Figs p pp Vol vol Ch ch Sec sec núm pág págs Abs Bd Kap Rn Ziff Op op Rte".split()
)
# What follows "a.m." and "p.m." in the same sentence.
MONTHS_AND_ZONES = frozenset(
    """
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September
    October November December Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec EST EDT ET CST CDT CT MST MDT MT PST PDT PT
    GMT UTC BST CET CEST IST JST AEST AEDT SAST WAT EAT Eastern Central Pacific Mountain
    """.split()
)
# A single capital behind one of these is a label, not an initial: "Plan B."
LABELS = frozenset(
    "Vitamin vitamin Plan plan Group group Class class Type type Hepatitis hepatitis Grade grade Series Serie War Gruppe".split()
)
ORDINAL_LANGUAGES = frozenset("de da nb nn no fi cs sk hu hr sl sr bs et lv is fo tr lb".split())
SAID = "said says asked asks replied added told wrote shouted cried called wondered recalled joked quipped demanded".split()
# Words with a capital that begin a sentence and are seldom part of a name, in the languages of most articles.
STARTERS = frozenset(
    """
    The A An He She It They We I You This That These Those There Here His Her Its Their Our My Your In On At By For From
    With Without To As After Before Since Until While When Where Why What Who Which How If Although Though Because But And
    Or Nor So Yet Then Now Not No Under Over Between Among Amid During Despite Some Many Most Much More Few Several All Both
    Each Every One Two Three Another Other Others However Meanwhile Moreover Instead Still Also Even Just Only Once Last
    Earlier Later Today Yesterday According Through Across Against About Above Below Inside Outside Neither Either Whether
    Such Like Unlike Perhaps Maybe Mr Mrs Ms Is Are Was Were Do Does Did Has Have Had Will Would Can Could Should Might Let
    Der Die Das Den Dem Des Ein Eine Einen Einem Einer Er Sie Es Wir Ihr Ich Man Dies Diese Dieser Dieses Diesen Im Am Zum
    Zur Beim Vom Auf Aus Bei Mit Nach Von Vor Zu Über Unter Für Gegen Ohne Durch Seit Während Wenn Als Wie Wo Wer Was Warum
    Weil Da Dann Doch Aber Und Oder Auch Noch Nur Nun Sein Seine Seinen Ihre Ihren Unser Kein Keine Nicht Alle Viele Mehr
    Dabei Damit Danach Dort Hier Jetzt Heute Gestern Le La Les Un Une Il Elle Ils Elles Nous Vous Je Ce Cet Cette Ces Son Sa
    Ses Leur Leurs Dans En Au Aux À Pour Par Avec Sans Sur Sous Mais Et Ou Donc Car Depuis Selon Après Avant Pendant Lors
    Quand Lorsque Si Que Qui Où Comme Ainsi Aussi Puis Plus Tout Tous Toutes Aucun El Los Las Uno Una Unos Unas Ella Ellos
    Ellas Yo Esto Este Esta Estos Estas Ese Esa Su Sus Con Sin Sobre Desde Hasta Según Tras Pero Y O Porque Cuando Donde
    Como También Además Ya Hay Se Lo Al Del Por Para Entre Ni
    """.split()
)
