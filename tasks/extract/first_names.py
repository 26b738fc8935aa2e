"""Common first names by gender, for telling whom "he" and "she" mean; written for this project.

Names borne by both are in neither table.
"""

from __future__ import annotations

from functools import lru_cache
from unicodedata import normalize

MALE = frozenset(
    """
    aaron abdel abdelaziz abdelfattah abdoulaye abdul abdullah abel abraham abu adam adnan adolfo adrian ahmad ahmed aidan
    alan alassane alastair albert alberto alejandro aleksandr alessandro alexander alexandre alexandru alexei alexey alfonso
    alfred alfredo ali alistair allan allen alois alvaro amadou amir amit anatoly anders andreas andrei andres andrew andrey
    andy angelo anil anthony anton antonio antti antónio anwar archie aristide arjun armando arnaud arne arnold arthur artur
    arturo arun asger asif atsushi augustin augusto axel barack barry bartholomew bashar basil bassem ben benedict benigno
    benito benjamin benoit benoît bernard bernardo bernd bernhard bernie bert bertrand bilal bill billy bjorn björn bob bobby
    bola bongani boris brad bradley brandon brendan brent brett brian brock bruce bruno bryan burak calvin carl carlo carlos
    caspar cedric cedrik cesar charles charlie cheikh chester chinedu chris christian christoph christophe christopher chuck
    chukwuma clarence claudio claus clement clifford clint clive colin conor conrad corey cormac cory craig cristian cristiano
    curt curtis cyril cyrus dafydd daisuke dale damian damien dan dane daniel daniele danny dante darren dave david davide
    dean declan dennis denys derek dermot desmond detlef dexter didier diego dieter dietmar dietrich dimitri dimitris dirk
    dmitri dmitry dmytro dominic dominik dominique donald doug dougie douglas duncan dustin dusty dwight earl earle eckhard ed
    eddie edgar edmund eduardo edward edwin einar eirik eitan eli elias elijah elliott elmer emanuel emeka emile emilio
    emmanuel emmerson emmett emyr enda enrico enrique eric erich erik ernest ernesto ernst errol erwin espen esteban ethan
    etienne eugene eusebio evan evgeny ezra fabian fabien fabio fabrice faisal farai farid federico felipe felix femi
    ferdinand fergus fernando fidel filip filippo finn fletcher florentino florian floyd francesco francis francisco franck
    franco francois frank franklin franz françois fred freddy frederic frederick fredrik friedrich fritz fyodor gabriel gareth
    garth gary gavin gene geoff geoffrey georg george georges georgios gerald gerard gerd gerhard gerry gethin giacomo gianni
    gilbert gilles giorgio giorgos giovanni giulio giuseppe glenn gonzalo goodluck gordon graham greg gregor gregory guido
    guilherme guillaume guillermo gunnar gunter gunther gus gustav gustavo guy günter günther haakon habib halvor hamid hamish
    hamza hank hannes hans hao harald hari harlan harold harry hartmut haruto harvey hasan hassan hector heiko heiner heinrich
    heinz helge helmut hendrik henning henri henrik henrique henry herbert herman hermann hernan hideki hiroshi holger honore
    hooman horst hosam hosni howard hubert hugh hugo humberto hussein iain ian ibrahim ibrahima idris ignacio igor ike ikenna
    ilya imran ingo ioan irving isaac isaiah ismail issa ivan ivo iván iwan jabulani jack jacob jacob-rees jacques jaime jair
    jake jakob jamal james jan janez janne janos jared jarosław jarvis jason javier jean jean-claude jean-françois
    jean-jacques jean-luc jean-marie jean-michel jean-paul jean-pierre jeb jeff jefferson jeffrey jens jeremiah jeremy
    jermaine jerome jerry jesper jess jesús jim jimmy joachim joao joaquim joaquin joaquín jochen joe joel joerg johan johann
    johannes john johnny jon jonah jonas jonathan jonty jorg jorge jorn jose josef josep joseph josh joshua josiah josé
    josé-luis joão juan juan-carlos juha jukka julian julien julius jun junichi jurandir jurgen juri justin jörg jürgen kai
    kamal kamau kareem karim karl karl-heinz karsten kaspar kasper keir keith ken kenji kenneth kenta kevin khaled khalid
    kieran kipchoge kiprono kirk klaus knut kofi konrad konstantin konstantinos kumar kunal kurt kwabena kwame kwasi kyle
    lachlan lamar lamont lance larry lars laszlo laurent lawrence lee leif len lenny leo leon leonard leonardo leonid leopoldo
    leroy lester lewis liam lionel lloyd lorcan lorenz lorenzo lothar louis luc luca lucas lucien ludovic ludwig luigi luis
    luiz lukas luke lutz luís lyle léon mack magnus mahmoud mahmud malcolm malik mamadou manfred manmohan manuel marc marcel
    marcelo marco marcos marcus mariano mario marius mark marko markus marlon marshall martin marty marvin marwan masahiro
    mateo mateusz mathias mathieu mats matt matteo matthew matthias matthieu maurice mauricio mauro max maxim maxime
    maximilian maynard mehdi mehmet melvin merrick mervyn michael michal michał michel miguel mihai mikael mike mikhail mikkel
    mikko milan milos milton ming minh mitch mitchell mitt mohamad mohamed mohammad mohammed moises mordecai mordechai morten
    moses moussa muhammad muhammadu murat musa mustafa mwangi myron nabil naftali nana narendra nasser nate nathan nathaniel
    ned neil nelson newt newton niall nicholas nick nicola nicolai nicolas nicolás nigel niklas nikola nikolai nikolaj
    nikolaos nikos nils noah noel norbert norman obinna ochieng odd olav oleg oliver olivier olli olusegun omar omari orlando
    oscar oskar osman ossi otieno otis otto ousmane owen pablo paddy padraig paolo pascal pascual patrice patrick paul
    paul-henri paulo paulo-sergio pavel pawel pedro pekka per percy pete peter petr petri petros petter phil philip philipp
    philippe phillip pierre pietro piotr prakash quentin quincy radek rafael rafe ragnar rahul rainer raj rajesh rajiv ralf
    ralph rami ramon ramón rand randall randy raoul raphael rashid raul ravi ray raymond raúl recep reed reggie reginald
    reince reiner reinhard reinhold renato renaud rene rené rex rhys ricardo riccardo rich richard rick rigoberto rishi rob
    robby robert roberto robin rocco rod roderick rodney rodolfo rodrigo roger rohan roland rolf roman ron ronald rory roscoe
    ross roy royce ruairi ruben rudi rudolf rudolph rudy ruggero rune rupert russell rusty ryan saad said salah salim salman
    salvador salvatore sam sami samir samuel samuli sander sandro sanjay santiago scott sean sebastian sebastien segun sekou
    serge sergei sergey sergio seth seán shane sharif shaun sheldon sherman sherrod shinzo sid sidney siegfried sigmar sigmund
    sigurd silvio simon sipho skip spencer stan stanislav stanley stefan stefano steffen stelios stephan stephane stephen
    steve steven stewart stig stuart stéphane sunil sven svend sylvain sébastien tad tadashi tadeusz takashi takeshi tam tarek
    tariq tarjei tavis tayyip ted teemu tendai terence terrell terrence terry thabo themba theo theodore thierry thomas
    thorsten tiago tim timo timothy tito tiziano tobias toby todd tom tomas tomasz tommy tony torben torbjorn torbjørn torsten
    torvald trent trevor trey trond troy truman tshering tucker tunde tyler tyrone udo uhuru ulf uli ulrich ulrik umar uwe
    valentin valery vasily vernon victor vidar vikram viktor vincent vincenzo vitali vitaly vito vittorio vlad vladimir volker
    volodymyr wade waldemar walid walter warren wayne wei wendell werner wesley wilbur wilfried wilhelm will willem william
    willie willy winston wolf wolfgang woody xavier xi yahya yannick yannis yasser yaw yiannis yngve yoann yohan yoshihide
    youssef yuri yusuf yves zachary zack zaid zakaria zbigniew zeke ziad zoltan zé álvaro ángel óscar ömer özgür
    """.split()
)
FEMALE = frozenset(
    """
    abena abigail achieng ada adaeze adele adelheid adjoua adriana agata agnes agnieszka aicha aiko aisha aisling akosua alba
    alejandra aleksandra alessandra alexandra alexis alice alicia alina alison allison alma ama amal amanda amber amelia
    amelie amina aminata amy amélie ana anabel anastasia anca andrea angela angelica angelika angelina angie anika anita anja
    anke ann anna annabelle annalena anne anne-marie annegret anneliese annette annie annika anouk antje antonella antonia
    anuradha anya aparna araceli ariane arielle arlene asha ashley asma astrid audrey aurelie aurora aurélie awa ayesha ayse
    barbara barbra beata beate beatrice beatriz belinda benedetta berit bernadette bertha beryl beth betsy bettina betty
    beverly bianca bintou birgit birgitta birte blanca bonnie brenda bridget brigitte britt britta brittany camila camilla
    camille candace carina carla carlotta carly carmela carmen carol carola carole carolin carolina caroline carolyn carrie
    carys catalina caterina catherine cathy cecilia celia celine chantal charlene charlotte chelsea cheryl chiara chimamanda
    chioma chipo chloe chloé christa christiane christina christine cindy claire clara clarissa claudette claudia claudine
    clem clementine colette colleen concepcion concha connie consuelo cora corazon corinna corinne cornelia cristina cynthia
    célia céline dagmar dagny daisy dalia dalisay daniela danielle daphne darlene dawn debbie deborah debra deirdre delphine
    denise diana diane dianne dilma dina dolores donna dora doris dorothea dorothee dorothy ebony edda edith edna eileen
    elaine eleanor elena eleni elfriede elif elin elisa elisabeth elise elizabeth elke ella ellen elli elodie eloise elsa
    elsie elspeth elvira emilia emily emma erica erika erin esperanza estelle esther etta eugenia eunice eva evelyn fabiola
    fadumo faith farah fatima fatma fatou fatoumata federica felicia felicity fenna fernanda fiona flavia flora florence
    folake frances francesca franziska françoise frauke frida frieda funmi gabriela gabriele gabriella gail geeta gemma
    genevieve georgia georgina geraldine gerda gertrude gesine ghazala gina giorgia giovanna gisela gisele giulia gladys
    glenda gloria grace greer greta gretchen grit guadalupe gudrun gwen gwendolyn gwyneth hadja hala halima hanan hanna hannah
    hannelore harriet haruka hatice hazel heather hedda hedwig heide heidi heike helen helena helene helga henrietta henriette
    henrike hiba hilary hilda hilde hillary hind hope huda huma ida ilaria ildiko ilona ilse imelda imke indira ines inge
    ingeborg ingrid ingunn inés irena irene irina iris irma isabel isabella isabelle isla isobel itzel ivana ivanka ivonne ivy
    jacinda jacinta jackie jacqueline jana jane janet janice janine jasmin jasmine jean-anne jeanette jeanine jeanne jelena
    jenna jennifer jenny jessica jill jo joan joanna joanne jocelyn jodie johanna jorun jorunn josefa josefina josephine joy
    joyce juana juanita judith judy julia juliana juliane julie juliet juliette jutta kaisa kamala karen karin karina karla
    karolina katarina katarzyna kate katerina katharina katherine kathleen kathryn kathy katie katja katrin katrina katy
    kavita kayla keiko kellyanne kerstin khadija kirsten kirsti kirstin kristen kristi kristin kristina kristine krystyna
    lakshmi lara latifa latoya laura lauren laurence laurie layla lea leah leila lena lene leonie leonor lerato leticia
    letitia lidia liesbeth ligaya lilian liliana lillian lily lina linda lindiwe lisa lisbeth liselotte liudmila liv liz liza
    lois lola lorena loretta lori lorraine lotte louisa louise lourdes lucia luciana lucie lucile lucinda lucy ludmila luisa
    luise lupita luz lydia lynda lynn lynne mabel madeleine madeline maeve magali magda magdalena maggie mairead malala malin
    mandy manon manuela marcela marcia margaret margareta margarethe margarita margaux margit margot margrethe marguerite
    maria mariam mariama marian mariana marianna marianne maricel marie mariela mariko marilyn marina marine marion marisa
    marisol marit marita marjorie marla marlene marta martha martina mary maryam mathilde matilda maureen maya meena megan
    meghan megyn mei melania melanie melinda melissa mercedes mercy meredith merle mette mia michaela michele michelle mieko
    milagros mina miriam mirjam molly mona monica monika monique montserrat myriam nadezhda nadia nadine nadja naledi naliaka
    nancy nanette naomi natalia natalie natascha natasha nathalie nawal neera neha nele nelly ngozi niamh nicole nicoletta
    nikki nina nokuthula nomvula noor nora norma nour nuala nyambura odile olga olivia ombretta oona orla paige paloma pam
    pamela paola patricia patty paula paulette pauline paz pearl peggy penelope penny petra phoebe phyllis pia pilar pippa
    polly priscilla priti priya rachel rachida ramona rana rania raquel rebecca reem regina regine renate renee renée reyhan
    rhonda rita roberta rocio roisin romina ronja rosa rosalie rosalind rosalyn rosanna rosario rose rosemarie rosemary
    roswitha roxana rudo runa ruta ruth sabina sabine sabrina sadie safiya sakura sally salma samantha samira sandra sandrine
    sanna saoirse sara sarah saskia selma serena shannon sharon sheila shelley sheryl shirley sibylle sidsel signe sigrid
    silke silvia simone simonetta sinead siobhan siri sofia sofie solange soledad solveig sonia sonia-maria sonja sonya sophia
    sophie stacey stefanie steffi steinunn stella stephanie sue sunita susan susana susanna susanne susie suzanne svetlana
    sylvia sylvie tamara tanja tansu tanya tara tatiana tatjana teresa terese tess tessa thandiwe theresa therese tiffany
    tilda tina toni torunn tracy trish trudy tsitsi uhura ulla ulrike una ursula uta ute valentina valeria valerie vanessa
    vera verena veronica veronika veronique victoria viktoria viola violeta virginia virginie vivian viviane véronique wambui
    wanda wangari wanjiru wendy wiebke wilhelmina wilma winifred ximena xiomara yasmin yasmine yetunde ylva yoko yolanda yuki
    yulia yuliya yumi yvette yvonne zainab zara zehra zeynep zoe zofia zoé zuzana
    """.split()
)


@lru_cache(maxsize=4096)
def gender_of(first: str) -> str | None:
    """The gender of a first name, "m" or "f", where one of the tables has it, with accents or without; else None."""
    name = first.casefold()
    if name not in MALE and name not in FEMALE and not name.isascii():
        name = "".join(c for c in normalize("NFKD", name) if c.isascii())
    if name in MALE:
        return "m"
    return "f" if name in FEMALE else None
