"""Words whose full stop does not end a sentence, and words that open one, per language.

The segmenter reads three kinds:

* **bound** abbreviations need what follows them (``Sen.`` a name): never a sentence's end;
* **counted** ones need a number (``No. 5``, ``Jan. 3``): no end before a digit;
* **free** ones may close a sentence (``Inc.``, ``etc.``): an end only before a word that
  opens sentences, as do initials and dotted capitals such as ``U.S.``

All stand without the last full stop. One written with a capital counts only with a capital:
``Ill.`` is a state, “ill.” ends a sentence. An unlisted language gets the rules that need
no list: initials, dotted capitals, and lower case after the full stop.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from compare.text import primary


class Abbreviations(NamedTuple):
    """What one language's full stops mean.

    Attributes:
        bound: Never end a sentence.
        counted: Do not end one before a digit.
        free: End one only before an opener.
        openers: Words that, written with a capital, most likely open a sentence.
        speaking: Verbs that lead a speaker's name back to a quotation before it.
        after_hours: Words that may follow an hour, written with a capital.
        capitalised: Those of the first three kinds that count only with a capital.
        ordinals: Whether ``3.`` is the third, as in German.
        street: How compounds end that need a number: “Hauptstr. 5”.
        asks: Whether a semicolon is a question mark, as in Greek.
    """

    bound: frozenset[str]
    counted: frozenset[str]
    free: frozenset[str]
    openers: frozenset[str]
    speaking: frozenset[str]
    after_hours: frozenset[str]
    capitalised: frozenset[str]
    ordinals: bool
    street: tuple[str, ...]
    asks: bool


_BOUND = {
    "en": """Mr Mrs Ms Mx Messrs Dr Prof Sen Sens Rep Reps Gov Govs Gen Lt Col Capt Cmdr Cdr Maj Sgt Cpl Pvt
        Adm Brig Rev Fr Hon Pres Supt Det Insp Atty Ald Asst Assoc Msgr Ste St Mt Ft v vs viz cf i.e e.g eg ie
        ca Lt.-Gen Maj.-Gen Vice-Adm Lt.Gov""",
    "es": "sr sra srta sres dr dra d dña lic ing prof profa gral cnel cap sgto mons pdte p.ej av avda cf vs",
    "pt": """sr sra srs sras srta dr dra drs prof profa profª d dom exmo exma exª v.exa gen cel cap ten
        sgt maj eng engº arq av al
        r trav p.ex cf vs séc""",
    "fr": "M MM Mgr Mr Dr Drs Pr Me Mes Mlle Mme St Ste cf vs p.ex av bd boul env fbg rte réf",
    "de": """Hr Hrn Fr Dr Prof Dipl Ing St Frhr Gebr Pfr Hl med phil jur rer nat habil theol z u i o m d v n
        bzw bzgl z.b d.h u.a
        v.a ca evtl ggf ggfs inkl exkl einschl zzgl abzgl vgl sog geb gest verh verw hrsg bspw beispielsw
        lt gem gemäß i.d.r
        z.t stellv stv ehem urspr insb insbes bes allg amtl entspr max min mind wg ev kath jew lfd rd s.o s.u
        zw v.chr n.chr o.g u.u i.a""",
    "it": """sig sigg sig.ra dott dr dott.ssa prof prof.ssa proff avv avv.ti ing on onn sen gen col cap
        magg ten mar mons arch geom rag
        cav comm p.es cfr S ss san id c.d cd""",
    "nl": "dhr mevr mw dr drs ir ing mr prof st o.a bijv d.w.z i.p.v t.a.v ca vgl jl",
    "tr": "Dr Prof Doç Av Sn bkz Alb Gen Yrd Arş Gör Org Tuğg Tümg Korg Müh örn Hz",
    "ru": "г гг г-н г-жа им ул пр д просп акад проф т.е т.н т.к ср см рис св",
    "uk": "м вул ім проф акад див рис св пл",
    "pl": "prof dr hab inż mgr płk gen kpt por ks św ul al np tzw tj im pt m.in",
    "cs": "p pan dr ing mgr prof gen plk sv ul např tzv tj",
    "sv": "dr prof t.ex bl.a d.v.s ca s.k f.d kl",
    "da": "dr prof f.eks bl.a ca hr fr kl",
    "nb": "dr prof f.eks bl.a ca kl",
    "fi": "esim ns mm prof",
    "ro": "dl dna dr prof gen col str sf",
    "hu": "dr prof gr ifj id ún pl",
    "el": "κ κα δρ καθ π.χ δηλ",
    "id": "dr prof ir drs h hj jl",
    "ar": "د أ م ص",
}
_COUNTED = {
    "en": "no nos p pp vol fig art sec ch para jan feb mar apr jun jul aug sep sept oct nov dec approx est",
    "es": "n núm nº pág págs p pp art arts vol cap fig tel ene feb mar abr jun jul ago sept oct nov dic",
    "pt": "n nº núm pág págs p pp art arts vol cap fig tel",
    "fr": "n nº n° no p pp art al vol chap fig tél janv févr avr juil sept oct nov déc",
    "de": "nr nrn s art abs anm ziff kap bd abb tel str pl jan feb apr jul aug sep sept okt nov dez",
    "it": "n nº pag pagg p pp art artt vol cap fig tel",
    "nl": "nr p blz art vol hfst tel",
    "tr": "no s sf cilt mad tel",
    "ru": "№ с стр ст п пп рис табл тел",
    "uk": "№ с ст п тел",
    "pl": "nr s str art ust tel",
}
_FREE = {
    "en": """Inc Corp Co Cos Ltd LLC PLC Bros Jr Sr Esq etc al Dept Univ Ave Blvd Rd Hwy Bldg Apt
        Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev Okla
        Ore Pa Tenn Tex Vt Va Wash Wis Wyo Ph.D M.D U.S U.K U.N a.m p.m B.A M.A Jan Feb Mar Apr Jun Jul Aug
        Sep Sept Oct Nov Dec""",
    "es": "etc ee uu ee.uu s.a cía ud uds a.m p.m a.c d.c",
    "pt": "etc s.a cia ltda eua a.c d.c",
    "fr": "etc s.a cie ltd éd",
    "de": "Chr usw usf etc co corp inc jh mio mrd tsd str u.s std min sek o.ä u.ä dgl u.dgl",
    "it": "etc ecc s.p.a s.r.l a.c d.c",
    "nl": "enz etc n.v b.v",
    "tr": "vb vs vd a.ş ltd şti t.c m.ö m.s",
    "ru": "др пр т.д т.п руб коп тыс млн млрд",
    "uk": "ін грн тис млн млрд",
    "pl": "itd itp r w zł tys mln mld",
    "sv": "m.m osv etc",
    "da": "m.m osv mv etc",
    "nb": "m.m osv mv etc",
}
_OPENERS = {
    "en": """the a an this that these those he she it they we i you his her its their our my your there here
        in on at by for from with without to of as if when while where why what who how which after before
        since until although though because but and or so yet still both each every some many most several
        all no not one two three another other such even just only also then now later earlier however
        meanwhile moreover instead according about among during despite under over between through
        is are was were has have had does did do will would can could may might should let
        he's she's it's they're we're i'm that's there's""",
    "es": """el la los las un una unos unas lo este esta estos estas ese esa eso esto él ella ellos ellas yo
        nosotros su sus mi en por para con sin de a al del desde hasta entre sobre tras según si cuando donde
        como que quien pero y o ni no ya también además sin aunque mientras después antes así hoy ayer""",
    "pt": """o a os as um uma uns umas este esta isto esse essa isso ele ela eles elas eu nós seu sua em no na
        nos nas por para com sem de do da dos das desde até entre sobre segundo se quando onde como que quem
        mas e ou não já também além embora enquanto depois antes assim hoje ontem""",
    "fr": """le la les l'un un une des ce cet cette ces il elle ils elles on nous je vous son sa ses leur
        leurs en dans par pour avec sans de du à au aux depuis entre sur sous selon si quand où comme que qui
        mais et ou ni ne pas aussi puis après avant alors ainsi hier c'est ensuite cependant toutefois
        pourtant enfin
        désormais selon malgré lors plusieurs tous toutes aucun chaque""",
    "de": """der die das ein eine einer eines einem einen dieser diese dieses er sie es wir ich ihr sein seine
        ihre in im an am auf aus bei beim mit nach von vom zu zum zur für gegen ohne über unter seit bis durch
        wenn als wie wer was wo warum aber und oder doch denn nicht auch dann da dort so nun damit laut
        danach dabei daher
        dadurch dazu dagegen darauf darüber darum deshalb deswegen trotzdem dennoch jedoch inzwischen
        heute gestern später
        zuvor zunächst schließlich anschließend außerdem zudem ferner allerdings hier diesmal einige
        viele alle keine
        niemand jeder jede man mehr nur schon noch bereits etwa rund insgesamt während obwohl weil ob
        sobald nachdem bevor
        damals jetzt zwar vielmehr sondern unter nach vor am ab zwischen trotz wegen""",
    "it": """il lo la i gli le un uno una questo questa questi queste quello lui lei loro noi io suo sua in
        nel nella per con senza di del della da dal a al alla tra fra su sul secondo se quando dove come che
        chi ma e o né non anche poi dopo prima così oggi ieri intanto tuttavia però infine inoltre
        secondo durante
        alcuni molti tutti nessuno ogni""",
    "nl": """de het een dit dat deze die hij zij ze wij we ik hun zijn haar in op aan bij met naar van voor
        door over onder sinds tot als wanneer waar wie wat hoe maar en of want niet ook dan daar toen""",
    "tr": """bu şu o bir biz ben sen onlar bunun bunlar ancak ama fakat ve veya ya da ise için ile göre
        ne nasıl neden kim nerede daha sonra önce ayrıca öte yine hem her bazı""",
    "ru": """в на по с из за от до для без при о об и а но или не он она оно они мы я вы это этот эта эти
        тот как что кто где когда если после также однако""",
}
# Verbs that may follow a speaker's name after a quotation that closes with ! or ?
_SPEAKING = {
    "en": """said says asked asks added adds told tells wrote writes tweeted replied replies continued
        shouted yelled cried wondered exclaimed declared demanded joked responded insisted""",
}
# Words that may follow an hour (``9 a.m. Tuesday``)
_AFTER_HOURS = {
    "en": """monday tuesday wednesday thursday friday saturday sunday january february march april may june
        july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec
        et est edt ct cst cdt mt mst mdt pt pst pdt gmt utc bst eastern central mountain pacific local""",
}
_ORDINALS = frozenset(
    ("de", "tr", "da", "nb", "fi", "cs", "sk", "pl", "hu", "hr", "sl", "sr", "bs", "et", "lv", "is")
)


@cache
def abbreviations(language: str) -> Abbreviations:
    """The abbreviations of a language, by its BCP 47 tag; empty sets where none are listed."""
    code = primary(language)
    code = {"no": "nb", "nn": "nb", "gl": "es", "ms": "id"}.get(code, code)

    def listed(table: dict[str, str]) -> frozenset[str]:
        return frozenset(table.get(code, "").lower().split())

    written = " ".join(table.get(code, "") for table in (_BOUND, _COUNTED, _FREE)).split()

    return Abbreviations(
        bound=listed(_BOUND),
        counted=listed(_COUNTED),
        free=listed(_FREE),
        openers=listed(_OPENERS),
        speaking=listed(_SPEAKING),
        after_hours=listed(_AFTER_HOURS),
        capitalised=frozenset(form.lower() for form in written if form[0].isupper()),
        ordinals=code in _ORDINALS,
        street=("str", "pl") if code == "de" else (),
        asks=code == "el",
    )
