"""How newsrooms word the notes in which a story speaks of itself, by language.

Regular expressions, one a line, without capturing groups, their case ignored. What they say is said of "this story", "an earlier
version" or by "us": other people's reports, bills, bids and remarks are corrected and withdrawn every day.
"""

from __future__ import annotations

from typing import NamedTuple


class Wording(NamedTuple):
    """The notes of one language."""

    labels: str  # that announce a correction, before a colon
    hints: str = ""  # that announce any note
    corrects: str = ""  # how a note begins by which the story was wrong
    retracts: str = ""  # how a note begins by which it no longer stands
    wire: str = ""  # how one in brackets begins, as agencies put it
    house: str = ""  # how a brief text begins that retracts, the house named where others say "we"


ANY = r"(?:[^.]|\.(?>(?<=\d\.)|(?=\w)|(?<=\.\w\.)))"  # a character of one sentence, as those of "3. Juni" and "4.15 p.m."
END = r" *(?:[.:;!)\]–—-]|$)"

STORY = r"(?:story|article|column|piece|dispatch|interview|obituary)"
TOLD = rf"(?:{STORY}|report|post|item|review|page|headline|caption|graphic)"
THIS = rf"(?:the headlines? (?:of|on) )?(?:this|our) (?:[\w.]+ ){{0,2}}{TOLD}"
IN = r"(?:(?:in |on )?(?:an? |the |some )?headlines? (?:on|of|in|for|to) |in )?"
EARLIER = r"(?:an? |the )?(?:earlier|previous|prior|original|initial|first|older)"
WRONGLY = r"(?:incorrectly|wrongly|mistakenly|erroneously|inaccurately|falsely)"
MISSTATED = r"mis(?:stat|spel|identif|attribut|quot|nam|report|represent)\w+"
APPEARED = r"(?:(?:was )?(?:first |originally )?)?(?:appeared|ran|published|posted)\b"
EDITED = r"(?:updated|edited|revised|changed|modified|refiled)\b"
FIX = r"(?:correct|clarify|fix|rectify|remove|reflect the following)"
ERROR = r"an? (?:editing|reporting|production|transcription|translation|typing|publishing) error"
EXCISED = r"(?:removed|deleted|corrected|amended)"
PART = r"(?:quote|quotation|paragraph|sentence|reference|photograph|photo|image|claim)s?"
GONE = r"(?:retracted|withdrawn|removed|taken down|unpublished|killed|deleted|pulled)"
BECAUSE = r"(?:because|after|as|due|pending|owing|following|at the|for|since|while|and|until|on|from our|by (?:the|our) editors)"
NAMED = r"(?:headlined|slugged|titled|published|moved|sent|about|with the headline)"
DISREGARD = r"(?:kill|disregard|do not (?:use|publish))"
WITHDRAWN = r"(?:retract(?:ed|ing)?|withdraw(?:n|ing)?|removed|taken down|unpublished|deleted|killed)"

DONE_DE = r"(?:korrigiert|berichtigt|richtiggestellt|präzisiert)"
THIS_DE = r"(?:diese[rs]? (?:artikel|text|beitrag|meldung|bericht)|der (?:artikel|text)|die überschrift)"
EARLIER_DE = r"(?:früheren|vorherigen|vorigen|ersten|älteren|ursprünglichen) (?:version|fassung)"
OF_THIS_DE = r"(?:(?:dieses|unseres) |des (?:artikels|textes|beitrags)|dieser (?:meldung|geschichte|nachricht))"
WROTE_DE = r"(?:geschrieben|berichtet|gemeldet|angegeben|genannt|bezeichnet|veröffentlicht)"
GONE_DE = r"(?:zurückgezogen|gelöscht|entfernt|depubliziert|offline genommen)"
OURS_DE = r"(?:diesen|den|diese|die|unseren|unsere) (?:artikel|text|beitrag|bericht|meldung)"

ARTICLE_FR = r"(?:cet article|cette dépêche|cet entretien|ce papier)"
THIS_FR = rf"(?:{ARTICLE_FR}|ce texte|cette information)"
EARLIER_FR = r"(?:(?:précédente|première|ancienne) version|version (?:précédente|antérieure|initiale|originale))"
WRITTEN_FR = r"(?:écrit|indiqué|affirmé|annoncé|publié)"
GONE_FR = r"(?:retirée?|supprimée?|dépubliée?|annulée?)"
SAID_FR = r"(?:indiquait|affirmait|mentionnait|attribuait|comportait)"

THIS_ES = r"est[ea] (?:artículo|noticia|nota|información|texto|despacho|reportaje)"
EARLIER_ES = r"(?:(?:primera|anterior) versión|versión (?:anterior|previa|inicial|original))"
THIS_IT = r"quest(?:o |a |['’])(?:articolo|notizia|testo|pezzo|servizio)"
EARLIER_IT = r"(?:(?:precedente|prima) versione|versione (?:precedente|iniziale|originale))"
THIS_PT = r"(?:este|esta|esse|essa) (?:artigo|reportagem|texto|matéria|notícia)"
EARLIER_PT = r"(?:(?:primeira|anterior) versão|versão (?:anterior|prévia|original|inicial))"
THIS_NORSE = r"(?:(?:denna |denne |den här )?(?:artikel|artikeln|artikkelen|artiklen)|denna text|denne saken)"
EARLIER_NORSE = r"(?:tidigare|tidligere|första|første) (?:version|versjon|utgave|udgave|utgåva)"
GONE_NORSE = r"(?:avpublicerats|avpublisert|afpubliceret|tagits bort|dragits tillbaka|fjernet|trukket tilbage|trukket tilbake)"

WORDINGS = {
    "en": Wording(
        labels="corrections?(?: (?:and|&) clarifications?)?|clarification|corrected(?: version)?|corrigendum|erratum",
        hints="editor['’]?s['’]? note|note to (?:readers|editors)",
        corrects=rf"""
            {IN}{EARLIER} (?:version|edition)s? of {THIS}(?! {APPEARED})
            {IN}{EARLIER} versions? of the (?:story|article)(?! {APPEARED})
            {EARLIER} versions? (?:{MISSTATED}|{WRONGLY}|gave the wrong|contained an? (?:\w+ )?error)
            {THIS} (?:has been|was|is being) (?:\w+ly )?(?:corrected|clarified|amended)(?! in \d{{4}}| by )
            {THIS} (?:has been|was) (?:\w+ly )?{EDITED}{ANY}{{0,60}} to {FIX}
            this (?:\w+ ){{0,2}}(?:story|version|article) (?:corrects|clarifies|fixes)\b(?! the record)
            an? (?:article|caption|headline|obituary|column) (?:on|in|about|published|last|with)\b{ANY}{{0,200}}? {MISSTATED}
            we (?:had |have )?(?:originally |previously )?{MISSTATED}
            we (?:had |have )?(?:originally |previously )?{WRONGLY} (?:reported|said|stated|wrote|named|described|identified|gave)
            correction appended
            {THIS} (?:originally |initially |previously )?(?:{MISSTATED}|{WRONGLY} (?:said|stated|reported|gave|named))
            we have (?:since )?(?:corrected|amended|clarified) (?:this|the|our) (?:story|article|text|headline|report)
            (?:because of|due to|owing to) {ERROR}, (?:an? |the |this |our )(?:\w+ ){{0,2}}(?:article|story|headline|version)
            (?:an?|the) (?:\w+ )?{PART} (?:[\w'’]+ ){{0,6}}?ha(?:s|ve) been {EXCISED} (?:from|in) {THIS}
        """,
        retracts=rf"""
            (?:this|our) (?:\w+ )?{STORY} (?:has been|was|is|is being) (?:\w+ly )?{GONE}\b(?={END}| {BECAUSE}\b)
            (?:this|our) (?:report|item|post) has been (?:\w+ly )?{GONE}\b(?={END}| {BECAUSE}\b)
            we (?:have |are |hereby )?(?:since )?{WITHDRAWN} (?:this|the|our) (?:\w+ ){{0,3}}(?:story|article|report|column|post)
            [^.!?]{{2,80}}? (?:has|have) (?:since )?(?:retracted|withdrawn|unpublished) this (?:story|article|column)
            (?:story|article|report|item) (?:withdrawn|retracted|removed|killed|deleted){END}
            (?:attention )?(?:editors[,:–—-]* )?(?:please )?{DISREGARD} (?:the|this|our) (?:[\w-]+ ){{0,4}}(?:story|item)\b
            (?:mandatory |bulletin )?kill(?: kill)+
            retraction(?: notice)? ?:
        """,
        wire=r"""
            (?:[^.():;]{3,60}[,;] (?:and )?)?correct(?:s|ing)\b
            corrected\b
            refil(?:es|ing) to (?:correct|fix|remove|restore)\b
            (?:clarifies|fixes|removes (?:incorrect|erroneous|extraneous|wrong))\b
        """,
        house=rf"""
            [^.!?]{{2,80}}? (?:has|have|is|are) {WITHDRAWN} its (?:[\w-]+ ){{0,4}}(?:story|article)\b
            [^.!?]{{2,80}}? (?:has|have|is|are) {WITHDRAWN} (?:this|the|a) (?:[\w-]+ )?story\b
            (?:the|this|a) (?:[\w-]+ )?(?:story|article),? {NAMED}\b{ANY}{{0,200}}\b(?:is|was|has been) (?:withdrawn|retracted)
        """,
    ),
    "de": Wording(
        labels="""
            berichtig(?:ung|t)
            korrektur(?:hinweis)?
            korrigiert
            (?:korrigierte|berichtigte) (?:fassung|version)
            (?:richtig|klar)stellung
            präzisierung
        """,
        hints=r"""
            (?:anmerkung|hinweis|anm\.?) (?:der|d\.) (?:redaktion|red\b\.?)
            transparenzhinweis
            redaktioneller? (?:hinweis|anmerkung)
        """,
        corrects=rf"""
            in (?:einer|der) {EARLIER_DE} (?:{OF_THIS_DE}|hieß es|stand\b|haben wir|hatten wir)
            (?:die|eine) (?:frühere|vorherige|erste|ursprüngliche) (?:version|fassung) {OF_THIS_DE}
            {THIS_DE} (?:wurde|ist) (?:{ANY}{{0,90}} )?(?:{DONE_DE}|nachträglich geändert)
            wir haben (?:das|dies|den|die|diese[nrs]?) {ANY}{{0,90}}\b{DONE_DE}
            wir (?:hatten|haben) (?:zunächst|ursprünglich|irrtümlich|fälschlich\w*|versehentlich) {ANY}{{0,160}}\b{WROTE_DE}
            wir bitten,? (?:den|diesen) fehler zu entschuldigen
        """,
        retracts=rf"""
            (?:dieser (?:artikel|text|bericht)|diese meldung) (?:wurde|ist|wird) (?:{ANY}{{0,80}} )?{GONE_DE}
            wir (?:haben|ziehen) {OURS_DE}\b{ANY}{{0,80}}\b(?:{GONE_DE}|zurück)\b
            der artikel (?:wurde|ist) von der redaktion (?:\w+ )?{GONE_DE}
            (?:meldung|artikel|bericht) zurückgezogen{END}
            rückruf (?:der|einer|unserer) (?:\w+-)?meldung
            (?:bitte )?verwenden sie (?:die|diese|unsere) (?:\w+-)?meldung\b{ANY}{{0,80}} nicht
        """,
        wire=rf"""
            (?:berichtigt|korrigiert)\b
            (?:im|in der) [^.()]{{3,90}} (?:wurde|ist|wird) [^.()]{{0,120}}\b{DONE_DE}
        """,
        house=r"[^.!?]{2,80}? (?:zieht|hat) (?:die|ihre|eine|diese) (?:[\w-]+ ){0,4}meldung\b[^.]{0,120}\bzurück(?:gezogen)?\b",
    ),
    "fr": Wording(
        labels="rectificati(?:f|on)|errat(?:um|a)|correcti(?:f|on)|précision|version corrigée",
        hints=r"note de la rédaction|n\.?d\.?l\.?r\b\.?|note aux (?:lecteurs|rédactions)",
        corrects=rf"""
            (?:dans )?(?:une|la) {EARLIER_FR} de {THIS_FR}
            une {EARLIER_FR} {SAID_FR} (?:\w+ )?(?:à tort|par erreur|une erreur)
            contrairement à ce (?:que nous avi?ons|qui (?:était|a été|avait été)) (?:\w+ ){{0,2}}{WRITTEN_FR}
            {THIS_FR} a été (?:{ANY}{{0,40}} )?(?:corrigée?|rectifiée?)\b
            {THIS_FR} a été (?:modifiée?|mise? à jour){ANY}{{0,40}} (?:pour|afin de) (?:corriger|rectifier|préciser)
            nous avons {WRITTEN_FR} (?:par erreur|à tort)
        """,
        retracts=rf"""
            {ARTICLE_FR} (?:a été|est) (?:\w+ ){{0,2}}{GONE_FR}(?={END}| (?:car|parce|après|à la|en raison|par la rédaction))
            nous avons (?:retiré|supprimé|dépublié) {ARTICLE_FR}
            (?:article|dépêche) {GONE_FR}{END}
        """,
        wire=r"(?:corrige|corrigée?|rectifie)\b",
        house=r"[^.!?]{2,60}? (?:annule|retire) (?:sa|la|cette) dépêche\b",
    ),
    "es": Wording(
        labels="""
            correcci(?:ón|ones)
            corrige
            fe de err(?:ores|atas?)
            rectificación
            erratas?
            aclaración
            versión corregida
        """,
        hints=r"nota (?:de (?:la )?redacción|del editor|a los lectores)|n\. de la r\.",
        corrects=rf"""
            (?:en )?(?:una|la) {EARLIER_ES} de (?:{THIS_ES}|la (?:nota|noticia))
            {THIS_ES} (?:ha sido|fue|se ha) (?:\w+ )?(?:corregid|rectificad|enmendad)[oa]
            {THIS_ES} (?:ha sido|fue) (?:\w+ )?(?:modificad|actualizad)[oa] para corregir
            esta (?:nota|noticia|versión) corrige
            por (?:un )?error(?: de \w+)?, (?:en )?(?:una versión|este artículo|esta (?:información|nota|noticia))
        """,
        retracts=rf"""
            {THIS_ES} (?:ha sido|fue|queda) (?:\w+ )?(?:retirad|eliminad|anulad)[oa](?={END}| (?:porque|tras|por (?:no|la redac)))
            hemos (?:retirado|eliminado|anulado) (?:este|esta|la|el) (?:artículo|noticia|nota|información)
            (?:nota|noticia|artículo|información) (?:retirad|anulad|eliminad)[oa]{END}
        """,
        wire=r"(?:corrige|corregid[oa]|rectifica)\b",
        house=r"[^.!?]{2,60}? anula (?:la|su|esta) (?:noticia|nota|información)\b",
    ),
    "it": Wording(
        labels="rettifica|errata corrige|correzione|precisazione",
        hints=r"nota (?:della redazione|del direttore)|n\.?d\.?r\b\.?",
        corrects=rf"""
            (?:in una |nella |una |la ){EARLIER_IT} di {THIS_IT}
            {THIS_IT} è stat[oa] (?:\w+ )?(?:corrett[oa]|rettificat[oa]|modificat[oa] per correggere)
            per (?:un )?errore abbiamo (?:scritto|riportato|indicato)
        """,
        retracts=rf"""
            {THIS_IT} è stat[oa] (?:\w+ )?(?:ritirat|rimoss|annullat|cancellat)[oa](?={END}| (?:perché|dopo|in quanto))
            (?:notizia|articolo) (?:annullat|ritirat|rimoss)[oa]{END}
        """,
        wire=r"(?:corregge|corrett[oa]|rettifica)\b",
    ),
    "pt": Wording(
        labels="correc?ção|errata|erramos|rec?tificação|esclarecimento",
        hints="nota d[ao] (?:redac?ção|editora?)",
        corrects=rf"""
            (?:em uma |numa |na |uma |a ){EARLIER_PT} d(?:{THIS_PT}|a (?:reportagem|matéria))
            {THIS_PT} foi (?:\w+ )?(?:corrigid[oa]|rec?tificad[oa]|(?:alterad|atualizad)[oa] para corrigir)
            diferentemente do (?:que )?(?:(?:foi|havia sido) )?(?:informado|publicado|escrito)
        """,
        retracts=rf"""
            {THIS_PT} foi (?:\w+ )?(?:retirad[oa] do ar|despublicad[oa]|anulad[oa]|removid[oa](?={END}| (?:porque|após|por)))
            (?:matéria|reportagem|notícia|artigo) (?:retirad|anulad|removid)[oa]{END}
        """,
        wire=r"(?:corrige|corrigid[oa])\b",
    ),
    "nl": Wording(
        labels="correcties?(?: en aanvullingen)?|rectificatie|verbetering",
        hints="(?:noot|opmerking) (?:van de )?redactie",
        corrects=r"""
            (?:in )?een (?:eerdere|vorige|oudere|eerste) versie van (?:dit|deze) (?:artikel|bericht|stuk|verhaal|tekst|interview)
            dit (?:artikel|bericht|stuk|verhaal) is (?:[^.]{0,40} )?(?:gecorrigeerd|gerectificeerd|verbeterd|aangepast omdat)
        """,
        retracts=rf"""
            dit (?:artikel|stuk|verhaal) is (?:{ANY}{{0,40}} )?(?:ingetrokken|verwijderd|teruggetrokken|offline gehaald)
            artikel (?:ingetrokken|verwijderd){END}
        """,
        wire=r"(?:corrigeert|gecorrigeerd)\b",
    ),
    "sv, da, nb": Wording(
        labels="rättelse|rettelse|retting|korrigering|förtydligande|berigtigelse|præcisering|presisering",
        hints=r"redaktionens (?:anmärkning|note|kommentar)|red\. anm\.",
        corrects=rf"""
            (?:i )?(?:en|ei) {EARLIER_NORSE} a[vf] {THIS_NORSE}
            {THIS_NORSE} (?:har|er|är|ble|blev) (?:\w+ ){{0,3}}(?:rättats|rättad|korrigerats|korrigeret|korrigert|rettet)\b
        """,
        retracts=rf"{THIS_NORSE} (?:har|er|är|ble|blev) (?:\w+ ){{0,2}}{GONE_NORSE}",
        wire=r"(?:rättar|retter|rettar)\b",
    ),
    "pl, ru, tr, ja, zh, ko": Wording(labels="sprostowanie|исправление|düzeltme|訂正|更正|정정", hints="編集部注"),
}
