"""The words that furniture is made of, as patterns; each serves any site, none names one.

Every pattern is bounded: no unbounded repeat, no repeat within an unbounded one, as the lines they meet are hostile.
Written for lines in which no-break spaces are plain ones.
"""

from __future__ import annotations

_AGENCY = (
    r"AFP|AP|Reuters|dpa|Agence France-Presse|(?:The )?Associated Press|EPA|EFE|ANSA|TASS|Interfax"
    r"|Xinhua|IANS|PTI|ANI|UPI"
    r"|KNA|epd|SID|APA|ATS|Belga|ANP|NTB|TT|Ritzau|PAP|CTK|Ukrinform|Yonhap|Kyodo|Anadolu|Bloomberg"
    r"|Press Association"
)
_PICTURES = (
    r"Getty(?: Images)?|AP Photo|AP Images?|AFP|AP|Reuters|EPA(?:-EFE)?|dpa|picture[ -]?alliance"
    r"|Shutterstock|Alamy|Imago"
    r"|IMAGO|ZUMA(?: Press)?|TASS|Xinhua|Anadolu|Unsplash|Pixabay|Pexels|iStock(?:photo)?|Bloomberg"
    r"|NurPhoto|SIPA|Sipa USA"
    r"|USA TODAY(?: Sports)?|Wikimedia(?: Commons)?|Flickr|CC[ -]BY(?:-SA)?|Handout|Courtesy|public domain"
)
_SOCIAL = (
    r"share|tweet|e-?mail|print|pin(?: it)?|save|like|bookmark|whats ?app|telegram|facebook|twitter|x"
    r"|linkedin|reddit|"
    r"pinterest|instagram|youtube|tiktok|messenger|bluesky|threads|flipboard|viber|vk|rss"
    r"|copy(?: the)? link|link copied|"
    r"mastodon|sms|gift(?: this)? article|follow(?: us| me)?|comments?|listen|a-|a\+|aa"
)
LISTS = (
    r"(?:what|more|stories|articles?|also|continue|keep|worth)(?: to)? read(?:ing)?(?: next| now)?"
    r"|read (?:next|more|also|on|this next)(?: (?:on|about|from) .{1,40})?"
    r"|(?:now |currently )?trending(?: (?:now|stories|news|topics|videos?|today|articles?|on .{1,30}))?"
    r"|(?:today['’]s )?(?:most|best)[ -](?:read|popular|viewed|shared|watched|commented|recent|clicked"
    r"|discussed)(?: .{1,30})?"
    r"|related(?: (?:articles?|stories|story|news|content|topics?|coverage|links?|posts?|reading"
    r"|items?|headlines|tags?"
    r"|videos?|reports?|pages?|searches|materials?))?"
    r"|more (?:about|on|from|in)(?:\s?(?:this|the|our)?\s?.{0,50})?|more (?:news|stories|coverage"
    r"|headlines|top stories|articles|reports)"
    r"(?: (?:on|from|about|in|for) .{1,40})?"
    r"|(?:our )?(?:latest|newest|top|other|popular|recent|featured|breaking|hot)(?: (?:\w+ )?(?:news"
    r"|stories|story|headlines|videos?"
    r"|articles?|posts?|reports?|picks|topics))"
    r"|recommended(?: (?:for you|stories|reading|articles|by .{1,30}|videos?))?|recommendations"
    r"|suggested(?: .{1,30})?"
    r"|you (?:may|might|could) (?:also )?(?:like|enjoy|be interested in|have missed)"
    r"|editor(?:['’]?s|s['’]?|ial)? (?:picks?|choice|selection)|staff picks|top picks"
    r"|also (?:in|on|from|see|of interest) ?.{0,40}|see (?:also|more)|elsewhere(?: .{1,40})?"
    r"|in other news|news ?line|news ?feed"
    r"|around the web|from (?:our|the) (?:partners?|archives?|web)|paid content|promoted stories"
    r"|sponsored (?:stories|links|posts)"
    r"|up next|(?:next|previous) (?:story|article|post|up|feature|page|item|chapter|issue|report|read"
    r"|in .{1,30})|in (?:the|our|this|your) (?:last|next|previous|latest) (?:issue|letter|edition"
    r"|newsletter|episode)|don['’]t miss(?: .{1,20})?|must[ -]reads?"
    r"|what (?:others|other readers|people|everyone) (?:are|is|else is)? ?(?:reading|watching|sharing)"
    r"|people also (?:read|ask)"
    r"|in case you missed it|further reading|headlines|in this section|explore more|go deeper"
    r"|popular(?: (?:now|today|posts|articles))?"
    r"|on this topic|topics?(?: in this article)?|tags?|keywords|filed under|in this article"
    r"|(?:das|die|der) meistgelesene.{0,30}|meistgelesen|mehr zum thema|lesen sie auch|à lire aussi"
    r"|lire aussi|sur le même sujet"
    r"|lo más leído|noticias relacionadas|te puede interesar"
)
_UI = (
    r"home(?: ?page)?|menu|search|close|open|log ?in|log ?out|sign ?in|sign ?up|register"
    r"|subscribe(?: now| today)?|my account"
    r"|accounts?|back(?: to (?:top|home|list|previous page|the top))?|(?:to )?top"
    r"|load more(?: .{1,20})?|show (?:more|less|all)(?: comments)?|(?:show|read"
    r"|view) (?:all )?(?:the )?\d{1,5} comments|view (?:all|more|comments)"
    r"|see (?:all|more)|expand|collapse|next|previous|prev|play|pause|mute|settings|contact(?: us)?"
    r"|about(?: us)?|help|faqs?|careers|site ?map"
    r"|donate|support us|advertise(?: with us)?|editions?|language|english|more|toggle .{1,30}"
    r"|main (?:menu|navigation|content)"
    r"|(?:print|text|desktop|mobile|full) (?:version|view|edition)|(?:save|read|watch"
    r"|listen) (?:for )?later|(?:add|save) to (?:list|favourites|favorites|bookmarks|my .{1,20})|yes"
    r"|no|not now|skip|continue|ok(?:ay)?|got it|dismiss|vote|page \d{1,3}(?: (?:of|/) \d{1,3})?"
    r"|(?:printed|downloaded|saved) from .{2,80}|guest ?book|(?:mail|e-?mail) (?:the )?(?:webmaster"
    r"|editor)|post a comment|leave a (?:comment|reply)|add a comment|write a comment"
    r"|join the (?:discussion|conversation)"
    r"|be the first to comment|comments(?: are)? (?:off|closed)|no comments(?: yet)?"
    r"|report (?:an? )?(?:error|typo|mistake|ad)"
    r"|send (?:us )?(?:feedback|a tip)|give feedback|print(?: this)? (?:page|article)"
    r"|listen to (?:this )?(?:article|story)"
    r"|play audio|watch live|live tv|on air|e-?paper|archives?|all topics|disclaimer|imprint|impressum"
    r"|accessibility(?: .{1,20})?"
)

INITIALS = (
    rf"[-–—(]{{0,2}}[a-z]{{2,4}}(?:/ ?[a-z]{{1,4}}){{1,5}}\)?(?: ?\([^()]{{1,60}}\))?"
    rf"|[a-z]{{2,3}} \((?:{_AGENCY})(?:, ?(?:{_AGENCY})){{0,6}}\)|[-–—]{{1,3}} ?(?:{_AGENCY})"
)
"""The initials of editors, which end a report of an agency. Case matters."""

ENDERS = (
    rf"(?-i:{INITIALS})|\W{{0,4}}(?:ends?|the end|-?30-?|#{{2,4}})\W{{0,4}}|(?:©|\(c\)"
    rf"|copyright)\W.{{0,200}}|.{{0,100}}\ball rights reserved\b.{{0,100}}"
    r"|page \d{1,3}(?: (?:of|/) \d{1,3})?|(?:notes?|information) (?:to|for) (?:the )?editors?:?"
    r"|(?:for )?(?:press|media) (?:contacts?|enquiries|inquiries):?.{0,80}"
    r"|(?:show |view |read )?(?:all )?(?:\d{1,5} )?comments?(?: \(\d{1,5}\))?|(?:tags?|tagged|topics?"
    r"|filed under|keywords) ?:.{0,150}"
)
"""What stands behind the end of a story."""

LINES = (
    ("skip link",
        r"(?:\d{1,2}[.)]? ?)?(?:skip(?: directly)? (?:to|past|over|next|this|the|ads?\b|advert"
        r"|navigation|menu|content|links?)\b.{0,250}"
        r"|skip|(?:jump|go|back|return|continue) to (?:the )?(?:main|content|menu|navigation|search"
        r"|footer|comments|section|top|home|start|front page).{0,40}"
        r"|end of (?:list|ad|advert|section|newsletter|gallery|carousel|advertisement|navigation).{0,60})"
    ),
    ("permalink",
        r"(?:perma(?:nent )?link|short ?link|copy (?:the )?link|link copied|link to this|direct link"
        r"|https?://|www\.)\S*.{0,200}(?<![.!?]\s)(?<!\.)"
        r"|https?://\S{1,300}|(?:www\.)?[a-z0-9-]{2,60}(?:\.[a-z0-9-]{2,60}){0,2}\.[a-z]{2,10}"
        r"|(?:[a-z0-9-]{1,60}\.){1,4}[a-z]{2,8}/\S{0,200}"
    ),
    ("read counter",
        r"(?:(?:total )?(?:reads?|views?|viewed|hits|visits|visitors|page ?views|views? count"
        r"|comments?|shares?|likes?|reactions?|votes?|visitors? no\.?|downloads?|seen|gelesen|lectures)"
        r"\s{0,3}[:\-–—(]?\s{0,3}[\d.,\s]{1,12}[km]?\)?(?: times)?"
        r"|(?:read |viewed |seen |shared )?[\d.,]{1,12} ?[km]?\+? (?:total )?(?:views?|reads?"
        r"|comments?|shares?|likes?|reactions?|replies|votes?|retweets|followers|reposts|times"
        r"|people (?:have )?(?:read|viewed|shared|like)(?: this)?)(?: (?:so far|today|this .{1,12}))?"
        r"|(?:you are|you're) (?:the )?(?:visitor|reader|guest|number|no)\b.{0,30}\d.{0,20}"
        r"|\d{1,3} ?min(?:ute)?s?\.?|\d{1,2}[:.]\d{2} ?min(?:ute)?s?"
        r"|(?:about )?(?:a )?\d{1,3}[ -]?(?:-? ?\d{1,3} ?)?min(?:ute)?s?(?: of)?[ -](?:read|reading"
        r"|listen|watch|video|audio|lesen)(?:ing)?(?: time)?"
        r"|(?:estimated |approx(?:imate)?\.? )?(?:reading|read|listening) time:?.{0,30}"
        r"|(?:\w{1,10} ){0,3}(?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?) ago)"
    ),
    ("time stamp",
        r"\d{1,2}:\d{2} ?/ ?\d{1,2}:\d{2}|(?:at )?\d{1,2}[:.h]\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?(?: ?\("
        r"?(?:gmt|utc|cet|cest|bst|et|est|edt|pt|pst|pdt|ist|local time|uhr)\)?)?(?: ?(?:today"
        r"|yesterday))?"
        r"|\d{1,2} ?[ap]\.?m\.?(?: ?(?:gmt|utc|cet|cest|bst|et|est|edt|pt|pst|pdt|ist))?"
        r"|(?:this )?page (?:was )?(?:last |first )?(?:changed|modified|updated|created|revised|edited"
        r"|printed|saved).{0,60}"
        r"|(?:last|latest) (?:change|modification|update|edit|revision)s? (?:to|of|on) (?:this"
        r"|the) (?:page|site|document).{0,60}"
    ),
    ("photo credit",
        rf"[(\[]?(?:(?:file |stock |press |cover |header )?(?:photos?|photograph(?:y|er|s)?|images?"
        rf"|pictures?|pics?|credits?|illustrations?|graphics?|fotos?|bild(?:er)?|video)(?: (?:by"
        rf"|credits?|source|courtesy(?: of)?|copyright))?"
        rf" ?[:©/|] ?|(?:photos?|images?|pictures?|graphics?) (?:by|courtesy(?: of)?"
        rf"|credit) )[^?!]{{2,70}}(?<!\.)"
        rf"|[(\[]?[^.!?:]{{0,70}}(?:/|© ?|\| )(?:{_PICTURES})(?: ?[/|,] ?[^.!?/]{{1,30}}){{0,3}}[)\]]?"
        rf"|(?:{_PICTURES})(?: ?/ ?[^.!?/]{{2,40}}){{1,3}}|Getty Images|Shutterstock|Alamy"
        rf"|picture[ -]alliance"
    ),
    ("advertisement",
        r"\W{0,6}(?:advertisements?|advertising|advertorial|adverts?|ads?(?: feedback)?"
        r"|sponsored(?: content| post| by .{1,40})?|promoted(?: content)?|paid (?:content|post"
        r"|partnership)"
        r"|anzeige|werbung|publicité|publicidad|pubblicità|реклама)(?:\W{1,4}.{0,30}(?:continue|scroll"
        r"|below|closed?|skip|ends?|feedback|remove|hide).{0,40})?\W{0,6}"
        r"|(?:the )?(?:story|article|text|content|post|report)s? continues? (?:below|after|beneath"
        r"|under).{0,40}|(?:scroll|swipe|tap|click) (?:down )?(?:to|for) .{1,60}(?<!\.)"
        r"|(?:\d\. )?how relevant is this ad to you.{0,20}|video player was slow to load.{0,300}"
        r"|(?:why am i seeing|report) this ad.{0,10}"
    ),
    ("rights notice",
        r"\W{0,4}(?:©|\(c\)|copyright ?(?:©|\(c\)|notice|\d{4}|by|reserved)|all rights reserved"
        r"|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados).{0,300}"
        r"|(?:\d{4}|.{1,60}) © .{0,100}"
        r"|(?:reproduction|republication|redistribution|reprinting|copying|re-?use|any use"
        r"|use of (?:this|our)).{0,120}(?:prohibited|permission|permitted|forbidden|consent|licen[sc]e"
        r"|allowed).{0,120}"
        r"|(?:this|these|our|the) (?:material|content|article|stor(?:y|ies)|text|page|report|images?"
        r"|photos?|works?)\b.{0,80} (?:may|must|can) ?not be (?:published|reproduced|copied|broadcast"
        r"|redistributed|rewritten|republished|used|reused).{0,200}"
        r"|(?:the )?use of (?:this|the|our) .{1,60} (?:is|are) (?:subject to|governed by"
        r"|restricted).{0,150}|.{0,80}for (?:personal|private|internal) use only.{0,80}"
        r"|not for (?:re)?distribution.{0,40}"
        r"|(?:embargo(?:ed)?\b|not for (?:publication|release|use|broadcast) (?:before|until)"
        r"|for immediate release|check against delivery).{0,80}"
        r"|(?:published|reprinted|reproduced|republished|reposted|licensed|used"
        r"|available) (?:here )?(?:under|with|by) (?:an? |the |kind |creative )?(?:permission"
        r"|licen[sc]e|creative commons|commons|agreement).{0,150}"
    ),
    ("share links",
        rf"(?!x\Z)(?:{_SOCIAL})(?:(?: ?[|·•/,&+:-] ?| )(?:{_SOCIAL}|on|via|by|to|with|this|article"
        rf"|story|page|post|report|friends|and|or|it|link|options|buttons?|more|now"
        rf"|the)){{0,15}}[.!:…]?"
        r"|(?:share|send|post|tweet|recommend|save|bookmark|forward|gift) (?:this|it|via|on|with|to|by"
        r"|(?:the )?(?:article|story|page|post|link))\b.{0,60}(?<!\.)"
        r"|(?:follow|find|like|join|connect with|watch) (?:us|our|me)\b.{0,150}"
        r"|(?:follow|find) .{1,80} (?:on|at) (?:twitter|x\b|facebook|instagram|threads|bluesky"
        r"|mastodon|linkedin|tiktok|telegram|google news|apple news|youtube).{0,200}"
        r"|click to (?:share|email|print|tweet).{0,60}|share this:?.{0,60}|(?:tell"
        r"|let) us (?:what you think|know).{0,60}|(?:was this|did you find this|rate this) (?:article"
        r"|page|story)?.{0,50}"
    ),
    ("newsletter",
        r"(?:.{0,120}[?!.:] ?)?(?:sign[ -]?up|subscribe|register|join|get|receive|want|start|try"
        r"|become|support|buy|read)\b.{0,160}\b(?:newsletters?|inbox|(?:breaking|news|email|e-mail"
        r"|free) alerts?|mailing list|subscribers?(?: today| now)?|subscription|membership"
        r"|whatsapp channel|telegram channel|ad-free|for free|free trial|our (?:journalism|app"
        r"|channel)|the app|push notifications)\b.{0,160}"
        r"|(?:our |the |a )?(?:daily|weekly|free|morning|evening|email|e-mail"
        r"|news)? ?newsletters?(?: sign[ -]?up)?"
        r"|.{0,100}\bnewsletters?\b.{0,100}\b(?:sign up|subscribe|click|inbox)\b.{0,150}"
        r"|subscribe\b.{0,80}(?<![.?!])|(?:already|not) (?:a|an) (?:subscriber|member).{0,100}"
        r"|(?:download|get|install) (?:the|our) .{0,40}\bapp\b.{0,80}|(?:enter "
        r"|your )?(?:your )?e-?mail(?: address)?|(?:enable|turn on"
        r"|allow) (?:push )?notifications?.{0,40}"
        r"|.{0,60}\b(?:support|fund|back) (?:our|local|independent|quality|honest|public"
        r"|free) (?:\w+ )?(?:journalism|reporting|newsroom|media).{0,150}"
        r"|(?:make|chip in|give) (?:an? )?(?:donation|contribution|gift).{0,60}|(?:these"
        r"|this) (?:articles?|stories|story|content) (?:are|is) (?:only )?(?:for"
        r"|available to) .{0,40}(?:subscribers|members).{0,80}"
        r"|(?:only |just )?for subscribers(?: only)?:?.{0,80}|subscribers? only.{0,40}|(?:you have"
        r"|you['’]ve) .{0,30}free articles?.{0,80}|unsubscribe\b.{0,80}|to unsubscribe.{0,150}"
        r"|(?:you(?:['’]re| are| have)?) (?:get|got|getting|receive|received|receiving) (?:this|our"
        r"|these) .{0,80}(?:because|as|since|subscri).{0,150}|(?:to stop|stop) (?:receiving"
        r"|getting) .{0,150}"
        r"|(?:enjoy(?:ing|ed)?|like|liked|love|loved|want more) (?:this|our|what you|of this"
        r"|stories like)\b.{0,60}\?.{0,150}|(?:having )?(?:trouble|problems?|difficulty"
        r"|can['’]?t) (?:reading|viewing|read|view|see) this.{0,150}"
        r"|(?:you are|you're) receiving this (?:e-?mail|message|newsletter).{0,200}|(?:view|read"
        r"|see) (?:this |it )?(?:e-?mail |message |newsletter |letter )?(?:in (?:your|a"
        r"|the) (?:web ?)?browser|online).{0,20}"
    ),
    ("cookie notice",
        r"(?:we|this (?:web)?site|our (?:site|website|partners)|by (?:clicking|using|continuing)"
        r"|to (?:give|provide|improve|ensure)).{0,200}\bcookies?\b.{0,200}"
        r"|(?:accept|reject|allow|manage|decline|customi[sz]e|essential|only"
        r"|necessary)\b.{0,25}\b(?:all|cookies?|preferences|settings|choices|options)\b.{0,20}(?<!\.)"
        r"|(?:we|our).{0,40}\bvalue your privacy.{0,100}"
        r"|.{0,100}\b(?:privacy (?:policy|notice|settings|statement)|terms (?:of|and|&) (?:use|service"
        r"|conditions|sale)|cookie (?:policy|settings|notice|preferences)|do not sell)\b.{0,100}(?<!\.)"
        r"|by (?:signing up|subscribing|registering|clicking|continuing).{0,200}(?:agree|accept"
        r"|consent|terms|privacy).{0,200}"
    ),
    ("other headlines",
        r"\W{0,3}(?:read (?:more|also|next|on|the full story|here)|related|see also|also (?:read|see"
        r"|on .{1,20})|recommended|further reading|up next|watch(?: now| more| live)?|must[ -](?:read"
        r"|watch)|don['’]t miss"
        r"|more (?:on|from|about)(?: .{1,40})?|in case you missed it|icymi|go deeper|live updates?"
        r"|dig deeper|lesen sie (?:auch|mehr)|mehr zum thema|lire aussi|leer más|lea también)"
        r" ?[:：|>»›→–—] ?\S.{2,220}"
    ),
    ("agency",
        rf"[-–—(]{{0,2}} ?(?:(?:with|from|by|and|via|source|sources|contributing"
        rf"|reporting by)[: ]{{1,2}})?(?:{_AGENCY})(?:(?:, ?| ?/ ?| and | & |; ?"
        rf"| with )(?:{_AGENCY})){{0,6}} ?[)]?\.?"
        rf"|(?-i:{INITIALS})"
    ),
    ("breadcrumb",
        r"(?:you are here:? ?)?[^\W\d][\w &'’-]{1,30}(?: ?[>›»→] ?[\w &'’,-]{2,60}){1,2}(?: ?[>›»→] ?["
        r"\w &'’,:–-]{2,120})?(?: ?[>›»→])?"
        r"|(?:you are here:? ?)[\w &'’-]{2,30}(?: ?[/>›»→] ?[\w &'’,-]{2,90}){0,5}"
    ),
    ("navigation",
        r"[^\W\d][^\W\d][^\W\d]*(?:[ &'’-]{1,3}[^\W\d]{1,20}){0,2}(?: ?["
        r"|·•] ?[^\W\d]{2,20}(?:[ &'’-]{1,3}[^\W\d]{1,20}){0,2}){2,15}"
        r"|[^\W\d]{3,20}(?: & [^\W\d]{3,20})?(?: / [^\W\d]{3,20}(?: [^\W\d]{2,20})?){2,6}"
        r"|editions?: .{2,80}(?<!\.)|(?:font|text) size:?.{0,20}"
    ),
    ("tags",
        r"(?:tags?|tagged|topics?|filed (?:under|in)|posted in|categor(?:y|ies)|keywords|sections?"
        r"|labels?|hashtags) ?:.{1,200}(?<!\.)"
    ),
    ("notice",
        r"(?:this (?:article|story|post|page) is (?:more than|over) .{1,20} old"
        r"|.{0,60}\bopinions? expressed\b.{0,200}|.{0,40}\bviews expressed (?:here|in this|by the"
        r"|are).{0,200}|our standards:.{0,80}"
        r"|(?:do you have|have|got|know|spotted|noticed|found|see) (?:an?|any|you)? ?.{0,60}\b(?:tips?"
        r"|story|stories|questions?|errors?|typos?|mistakes?|feedback|views?|opinions?|comments?"
        r"|thoughts?)\b.{0,40}\?.{0,150}"
        r"|(?:write to|email|e-mail|message|contact) (?:us|the (?:editors?|newsroom"
        r"|newsdesk))\b.{0,100}|(?:send|share) (?:us )?(?:your|a) (?:tips?|story|stories|photos?"
        r"|pictures?|feedback|views?|letters?|comments?|corrections?|questions?)\b.{0,120}"
        r"|(?:play|try|take|solve) (?:our|the|today|this).{0,60}\b(?:crossword|quiz|puzzle|game"
        r"|sudoku)\b.{0,60}|(?:add|set|choose) .{0,60}\bpreferred source\b.{0,30}"
        r"|(?:your browser|javascript|please (?:enable|turn on|disable|log in|sign in|wait)"
        r"|enable javascript|loading)\b.{0,120}|(?:available|download(?: it)?"
        r"|get it) on (?:the )?(?:app store|google play).{0,60}|app store|google play)"
    ),
    ("sign-off",
        r"[(\[—–-]{0,2} ?(?:additional |further |with |more )?(?:reporting|writing|edited|editing"
        r"|compiled|translated|translation|produced|adapted) by:? .{3,200}"
    ),
    ("other headlines",
        r"(?:in pictures|picture gallery|photo gallery|gallery|slide ?show|podcasts?|quiz|watch|listen"
        r"|video) ?[:|] ?\S.{5,150}(?<!\.)"
    ),
    ("control", rf"[\W_]{{0,3}}(?:{_UI})[\W_]{{0,3}}"),
    ("other headlines", rf"\W{{0,4}}(?:{LISTS})\W{{0,3}}"),
)  # fmt: skip
ADVERTISEMENT = (
    r"[\W_]{0,12}(?:advertisements?|advertising|sponsored(?: content)?|anzeige|(?:our|this (?:letter"
    r"|issue|edition)['’]s) (?:sponsors?|partners?)"
    r"|(?:a )?(?:word|message) from (?:our|a) (?:sponsors?|partners?))[\W_]{0,12}"
)
"""The word that sets an advertisement apart."""
RIGHTS = (
    r"\ball rights reserved\b|\bcopyright(?:ed)? (?:©|\(c\)|\d{4})"
    r"|\b(?:is|are|remains?) (?:the )?(?:copyright|property) (?:of|by)\b.{0,200}\b(?:reproduc"
    r"|permission|rights|content)"
)
"""A word of rights anywhere in a longer line."""

WEATHER = r"[^.!?]{0,40}(?:^|[\s(:+–−-])[+–−-]?\d{1,3}(?:[.,]\d)? ?(?:°|º|℃|℉) ?(?:[CF]\b)?[^.!?]{0,40}"
"""A temperature and little else."""

TAIL_CREDIT = (
    rf"(?:(?:(?<=[a-zà-ÿ0-9.!?)\"”’])|(?<=\s))(?:Image|Photo|Picture|Photograph|Foto|Bild|Credit"
    rf"|Photo credit|Image credit|Photo by)(?: ?:|(?<=by)) ?[^:!?\n]{{2,90}}"
    rf"|\((?:Photo|Image|Picture|File photo|AP Photo|Credit)\b[^()\n]{{2,100}}\)"
    rf"|\b[A-Z][\w'’-]{{1,20}}(?: (?:[A-Z][\w'’-]{{1,20}}"
    rf"|[A-Z]\.)){{0,3}}(?:/[A-Z][\w. ]{{1,30}}){{0,3}}/(?:{_PICTURES})(?:/[A-Z][\w ]{{1,30}})?)\Z"
)
"""The credit of a picture, glued to its caption. Case matters."""

TAIL_INITIALS = (
    rf"(?<=[.!?\"”’)]) ?\b[a-z]{{2,4}}(?:/[a-z]{{2,4}}){{1,4}}(?: ?\([^()]{{2,60}}\))?\Z"
    rf"|(?<=[.!?\"”’]) ?\((?:{_AGENCY})(?:, ?(?:{_AGENCY})){{0,6}}\)\Z"
)
"""The initials of editors or agencies behind the last sentence. Case matters."""
