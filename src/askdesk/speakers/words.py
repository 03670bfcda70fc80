"""The words that attribution hangs on: verbs of speech, nouns for who speaks, and the small words between.

General newswire English; no name of a person or a place.
"""

from __future__ import annotations


def listed(text: str) -> frozenset[str]:
    """Returns the words of ``text`` as a set."""
    return frozenset(text.split())


STRONG = listed(
    "said says say told tells tell insisted insists insist warned warns warn denied denies deny acknowledged"
    " acknowledges acknowledge argued argues argue asserted asserts assert alleged alleges allege admitted"
    " admits admit conceded concedes concede contended contends contend declared declares declare emphasized"
    " emphasised emphasizes explained explains explain predicted predicts predict replied replies reply"
    " responded reiterated reiterates stressed stresses testified testifies tweeted vowed pledged urged urges"
    " cautioned cautions remarked remarks complained complains commented lamented quipped joked jokes exclaimed"
    " recounted boasted countered announced announces confirmed confirms confirm accused accuses promised"
    " claimed believes stated informed wrote writes estimated reckon reckons reckoned clarified complain"
)
"""Verbs that report what somebody says, with or without a quotation."""
WEAK = listed(
    "reminded reminds recommends recommended advises claims claim estimates estimate tweets vows vow pledges"
    " promises added adds add noted notes note reported reports report asked asks ask revealed reveals reveal"
    " suggested suggests suggest states observed observes recalled recalls recall concluded concludes conclude"
    " maintained maintains maintain mentioned agreed agrees agree pointed points proposed thinks think thought"
    " believe believed hopes hoped wondered feared indicated indicates posted repeated repeats disclosed ruled"
    " found learned expects expected expect projects projected advised assured speculated theorized figured"
    " hinted signaled signalled"
    " shows show showed forecast forecasts recommend hypothesized hypothesised surmised opined decreed alerted notified"
    " determined calculated demonstrated requested advise finds"
)
"""Verbs that report speech when ``that``, a quotation or a pronoun follows, or when they close the sentence."""
QUOTING = listed(
    "called calls calling described describes continued continues began begins read reads quoted cried"
    " shouted yelled whispered laughed sighed answered answers interjected chanted screamed captioned started"
    " wrote penned texted messaged shared labeled dubbed praised criticized criticised slammed blasted"
    " interrupted demanded apologized apologised summed put branded denounced condemned hailed"
    " blamed touted decried derided lauded pleaded"
)
"""Verbs that report speech only beside a quotation."""
NAMING = listed(
    "defines define referred refers dismissed dismisses characterized characterised rejected ridiculed"
    " depicted cast compared likened"
)
"""Verbs that report speech where a quotation follows "as"."""
EXPRESSING = listed("raised raises expressed expresses voiced voices made makes")
"""Verbs that report speech with a noun or an adjective of theirs: "raised fears that", "made it clear that"."""
PARTICIPLES = listed(
    "saying adding telling warning insisting noting arguing claiming explaining writing stating stressing"
    " declaring tweeting asking alleging acknowledging admitting denying announcing joking promising vowing"
    " pledging suggesting emphasizing emphasising predicting confirming replying calling reiterating"
    " concluding observing responding urging cautioning asserting contending conceding indicating"
)
VERBS = STRONG | WEAK | QUOTING | NAMING
BASE = listed(
    "say tell insist warn deny acknowledge argue assert allege admit concede contend declare explain predict"
    " reply vow confirm claim add note report ask reveal suggest recall conclude maintain agree think believe"
    " show estimate reckon complain advise recommend expect"
)
"""Forms that are also infinitives: they need a subject in the plural and no auxiliary."""
INVERTING = listed(
    "said says say states wrote writes added adds explained explains replied argued argues noted notes asked asks"
    " insisted warned recalled recalls joked quipped tweeted declared admitted commented continued remarked"
    " lamented reports reported concluded observed exclaimed read reads answered cautioned suggests suggested"
    " claimed stated announced cried"
)
PLAIN = listed("said say says told argue argued asked think believe wrote")
NOUNISH = listed(
    "states points reports report claims claim notes note shows posts hopes promises pledges estimates"
    " projects forecasts estimate vows vow answers calls reads demands labels asks start starts shared remarks jokes"
)
"""Forms that are as often plural nouns: beside a quotation they must touch it."""
BETWEEN = listed(
    "also has have had then later again further previously reportedly once even still just now first recently"
    " earlier always often already all both himself herself themselves itself today yesterday tonight afterward"
    " afterwards repeatedly consistently ever initially long too simply eventually finally only soon instead"
    " famously did do does 've 's meanwhile however"
)
BE = listed("is are was were be been being am isn't wasn't weren't aren't isn’t wasn’t weren’t aren’t get got gets")
NOT = listed(
    "not never to would could should can may might must will cannot didn't don't doesn't didn’t don’t doesn’t"
    " hasn't haven't hasn’t haven’t hadn't won't wouldn't can't couldn't wouldn’t won’t can’t couldn’t declined"
    " refused who'd that's let"
)
STOPPERS = listed(
    "that but because as while when after before if though although since whether which where what how than"
    " and or so until unless once yet whose why then plus amid despite who've who’ve who'd who’d who's who’s"
)
PREPOSITIONS = listed(
    "of for in at from with by to on about into over under near against between among during through within"
    " outside across behind inside around upon toward towards via after before without since until like close"
    " familiar involving regarding concerning including"
)
HOLDING = listed("of for at from with by close to familiar near representing inside within")
"""Prepositions that go on with the words for a speaker: "a spokesman for the port"."""
DETERMINERS = listed(
    "the a an this that these those his her its their our my one two three four five six seven eight nine ten"
    " several some many most other another both all multiple few dozens hundreds no any each every local senior"
    " various numerous certain"
)
QUANTITIES = listed(
    "some many most several few two three four five six seven eight nine ten other all both no senior top"
)
PRONOUNS = {"he": "m", "she": "f", "they": "p", "it": "i"}
IRREGULAR = listed(
    "left met took gave made went came saw knew kept held got won lost sent spent brought bought sought fought felt"
    " led built ran began broke chose drew drove fell flew grew heard hid paid rose sold shook spoke stood struck swept"
    " taught threw understood withdrew became overcame dealt faced laid meant"
)
"""Past forms of verbs that do not end in "-ed"."""
DAYS = listed("monday tuesday wednesday thursday friday saturday sunday")
MONTHS = listed(
    "january february march april may june july august september october november december jan feb aug sept oct nov dec"
)
ABBREVIATIONS = listed(
    "jan feb aug sept oct nov mr mrs ms dr prof rev hon sen sens rep reps gov lt gen col maj capt cmdr sgt cpl"
    " adm det insp supt st jr sr messrs mme pres atty dep asst"
)
NOT_NAMES = (
    listed(
        "the a an this that these those his her its their our my but and or if when while as after before in on at"
        " for from with by to of about then there here what who how why where which he she they it we i you so yet"
        " now today yesterday tomorrow also still even just since because although though however meanwhile"
        " according asked speaking during despite among both one two three four five six seven eight nine ten some"
        " many most several all no not yes well let is are was were do does did has have had be been will would can"
        " could should may said says per under over through until unless once later earlier last next first second"
        " like such each every another other others more than only read related watch see photos photo getty images"
        " advertisement it's that's there's don't i'm we're you're he's she's they're i've we've it’s that’s"
        " there’s don’t i’m we’re he’s she’s they’re i’ve we’ve you’re inside outside around between against within"
        " without whether instead perhaps maybe additionally moreover furthermore finally indeed ultimately overall"
        " near nearly almost across amid following given back out up down off your me us him them please thank thanks"
        " oh ok okay hey hello think tell told added made make get got go going"
    )
    | DAYS
    | MONTHS
)
"""Words that begin a sentence, or are written with a capital, and are no part of a name."""
PARTICLES = listed("de da di du van von der den la le bin ibn al el dos del ten ter")
ROLES = listed(
    "president minister secretary chief leader head chairman chairwoman chair director manager mayor governor"
    " senator congressman congresswoman representative ambassador envoy spokesman spokeswoman spokesperson"
    " officer official general colonel captain lieutenant sergeant commander marshal admiral major coach quarterback"
    " professor doctor judge justice attorney lawyer prosecutor analyst economist expert researcher scientist"
    " author writer journalist reporter correspondent editor actor actress singer rapper host anchor founder"
    " co-founder co-chair co-chairman co-chairwoman co-owner co-director co-author co-host"
    " ceo cfo coo executive commissioner superintendent sheriff deputy detective inspector principal"
    " teacher student resident activist organizer candidate nominee lawmaker legislator mp pm whip king queen"
    " prince princess pope bishop archbishop cardinal father sister rabbi imam pastor reverend lord lady sir"
    " dame baron duke duchess chancellor premier speaker adviser advisor aide strategist pollster historian"
    " engineer designer artist filmmaker producer comedian musician businessman businesswoman billionaire"
    " entrepreneur investor owner partner guard midfielder striker defender pitcher catcher linebacker receiver"
    " goalkeeper teammate counsel clerk treasurer comptroller auditor administrator coordinator dean provost"
    " fellow curator nurse physician meteorologist astronaut pilot driver farmer veteran soldier trooper mother"
    " wife husband brother son daughter friend neighbor neighbour victim survivor witness columnist blogger"
    " democrat republican independent councilman councilwoman councillor councilmember alderman supervisor"
    " freshman sophomore junior senior cornerback outfielder shortstop rookie trainer golfer champion boss gm"
    " miss madam mister master ecologist biologist geologist physicist chemist psychologist sociologist"
    " epidemiologist virologist immunologist seismologist climatologist astronomer mathematician politician"
    " policymaker fisherman fireman policeman firefighter paramedic surgeon dentist vet veterinarian pharmacist"
    " therapist counselor chef cook bartender shopkeeper cashier guitarist drummer bassist pianist composer"
    " songwriter dancer choreographer model playwright novelist poet critic illustrator photographer cartoonist"
    " translator diplomat warden ranger sailor mechanic architect planner developer banker trader accountant"
    " consultant contractor parent uncle aunt cousin nephew niece widow widower girlfriend boyfriend homeowner"
    " passenger tourist traveler traveller volunteer protester demonstrator campaigner advocate refugee"
    " prisoner inmate suspect defendant"
    " plaintiff juror magistrate solicitor barrister coroner source man woman"
    " person fan"
) | ABBREVIATIONS - {"st", "jr", "sr", "jan", "feb", "aug", "sept", "oct", "nov"}
"""Nouns for what a person is, also those that stand before a name as a title."""
MODIFIERS = listed(
    "former deputy vice prime foreign acting interim senior assistant associate executive co then-president ex"
    " head chief general press defense defence interior finance health state attorney first managing lead"
    " special late fellow longtime retired police fire school team company group campaign party house senate"
    " white"
)
ORGANISATIONS = listed(
    "ministry government police company agency department court university college office bank party union"
    " committee commission association institute center centre council group army navy force forces team club"
    " league board authority administration service services bureau foundation federation organization"
    " organisation firm church school hospital district county city state congress senate parliament house"
    " embassy network newspaper magazine station broadcaster airline manufacturer retailer corporation inc corp"
    " ltd llc co campaign campaigners regulator coalition alliance kremlin nato society museum studio studios"
    " label band press news times post journal tribune herald reuters lab laboratory academy fund trust"
    " exchange conference tour airport staff militia military troops nation country treasury cabinet guild"
    " chamber task investigators prosecutors watchdog think-tank publisher chain brand maker giant startup"
    " organizers officials census"
) - listed("officials investigators prosecutors campaigners organizers troops maker")
"""Nouns for what speaks as a body."""
REPORTS = listed(
    "report reports study survey poll data figures documents document complaint lawsuit filing affidavit"
    " indictment records record statement release website letter memo email article book transcript analysis"
    " review estimate estimates forecast research law bill policy report's source paper story account video"
    " post tweet caption warrant audit findings results evidence disclosure assessment inquiry investigation"
    " ruling verdict suit update note message ad headline sign banner plaque book index tracker outlook alert"
    " bulletin code contract protocol constitution agreement guidance guidelines order resolution treaty petition"
    " testing polling correction testimony notice correspondence screenshot plea advisory slogan inscription"
    " brochure newsletter"
)
"""Nouns for papers that are said to say something."""
COMPANIES = listed(
    "research analytics securities capital partners holdings industries technologies systems motors airlines airways"
    " foods brands stores labs ventures solutions consulting associates insurance financial pharmaceuticals"
    " entertainment pictures communications studios resorts hotels markets properties energy electric pharma"
    " healthcare logistics plus"
)
"""Words that end the names of firms and are else no nouns for those who speak."""
OUTLETS = listed(
    "reuters ap afp bbc cnn nbc abc cbs fox npr pbs msnbc cnbc bloomberg politico axios yonhap xinhua tass"
    " interfax dpa ansa kyodo dw ft wsj itv espn esPN tmz variety nyt nfl.com aljazeera"
) | listed(
    "news times post journal press tribune herald daily radio tv television gazette guardian magazine"
    " newspaper broadcaster network chronicle telegraph observer standard globe courier podcast weekly today"
    " independent mail outlet outlets media"
)
"""Names of news agencies and the words of which names of newspapers and broadcasters are made."""
TIMES = listed("week month year night evening morning afternoon weekend spring summer autumn fall winter")
LATELY = listed("last this earlier next that late early")
PEOPLE = listed(
    "people women men residents critics users fans voters supporters opponents respondents folks companies"
    " authorities leaders members experts analysts scientists researchers economists historians sources officials"
    " investigators prosecutors police families employees workers customers consumers parents students teachers"
    " organizers observers insiders advocates admirers locals others some many most several all both few half"
    " percent owners operators regulators colleagues children agencies groups firms campaigners troops forces"
    " lawmakers democrats republicans rivals allies relatives crews crew panel jury jurors public tourists"
    " eyewitness bystander caller attendee participant shopper park gallery zoo library nonprofit watchdog"
    " devotees watchers creditors liberals conservatives moderates progressives legislators shareholders"
    " whistleblower parliamentarian dispatcher visitors travelers commentators pundits readers viewers"
    " listeners reviewers governments countries"
)
"""Nouns, most of them plural, for those who may be said to say something."""
CROWDS = listed(
    "officials sources experts critics authorities witnesses researchers scientists residents investigators"
    " prosecutors analysts economists lawmakers democrats republicans supporters opponents doctors lawyers"
    " attorneys"
)
