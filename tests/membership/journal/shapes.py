"""Articles as other publishers write them, in small: each has the habits that the standard allows and few expect.

Made up for the tests; the words are samples, and no file is a publisher's own.
"""

# ruff: noqa: E501 - texts as publishers write them, a paragraph a line
SPACES = 'xmlns:mml="http://www.w3.org/1998/Math/MathML" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:ali="http://www.niso.org/schemas/ali/1.0/"'


def article(meta: str, rest: str, *, head: str = "", kind: str = "research-article", version: str = "1.2") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{head}<article {SPACES} article-type="{kind}" dtd-version="{version}" xml:lang="en">'
        f"<front><journal-meta><journal-title-group><journal-title>Pain Medicine</journal-title></journal-title-group></journal-meta>"
        f'<article-meta><article-id pub-id-type="doi">10.5555/shape.1</article-id>{meta}</article-meta></front>{rest}</article>'
    ).encode()


# A university press: DOCTYPE, targets in the text, a range of references in one link, labels with their full stop, a
# sign of its own for every note, key points beside the abstract, and files that are named without an ending.
PRESS = article(
    """<article-categories><subj-group subj-group-type="heading"><subject>ORIGINAL RESEARCH ARTICLES</subject><subj-group><subject>Headache &amp; Facial Pain Section</subject></subj-group></subj-group></article-categories>
<title-group><article-title>Evening light and morning pain</article-title><subtitle>a randomized trial</subtitle><fn-group><fn id="tfn1"><p>Presented in March.</p></fn></fn-group></title-group>
<contrib-group><contrib contrib-type="author" corresp="yes"><contrib-id contrib-id-type="orcid">http://orcid.org/0000-0002-1825-0097</contrib-id><name><surname>Okafor</surname><given-names>Lena</given-names><suffix>Jr</suffix></name><degrees>MD</degrees><aff>Harbor Clinic, <city>Portland</city>, <country country="US">USA</country></aff><xref ref-type="corresp" rid="cor1"/></contrib></contrib-group>
<author-notes><corresp id="cor1">Correspondence to: L. Okafor. Email: <email>lena@harbor.example</email></corresp></author-notes>
<pub-date pub-type="collection"><year>2026</year></pub-date><pub-date pub-type="epub" iso-8601-date="2026-03-04"><day>04</day><month>03</month><year>2026</year></pub-date><volume>27</volume><issue>Suppl 1</issue><fpage>S12</fpage><lpage>S19</lpage>
<permissions><copyright-statement>© The Author(s) 2026.</copyright-statement><license license-type="cc-by-nc" xlink:href="http://creativecommons.org/licenses/by-nc/4.0/"><license-p>This is an Open Access article.</license-p></license></permissions>
<abstract><title>Abstract</title><sec><title>Objective</title><p>To dim the evening.</p></sec></abstract><abstract abstract-type="key-points"><title>Key points</title><p>Less light, less pain.</p></abstract>""",
    """<body><sec sec-type="intro" id="s1"><title>Introduction</title><p><target id="tg1" target-type="passage">Evenings are bright.</target><sup><xref ref-type="bibr" rid="CIT0001 CIT0002 CIT0003">1–3</xref></sup><x xml:space="preserve"> </x>As said <xref ref-type="other" rid="tg1">above</xref>, they are.</p>
<p>Consort, see <xref ref-type="fig" rid="F1">Figure 1<italic>A</italic></xref> and <xref ref-type="table" rid="T1">Table 1</xref>.</p>
<fig id="F1" orientation="portrait" position="float"><label>Figure 1.</label><caption><p>(A) Before. (B) After.</p></caption><graphic xlink:href="pnaa001f1" xlink:show="embed"/></fig></sec>
<sec id="s2"><title>Methods</title><p>We fitted <inline-formula><tex-math notation="LaTeX" id="ImEquation1">\\begin{document}$\\alpha = .05$\\end{document}</tex-math></inline-formula> and</p>
<disp-formula id="E1"><label>(1)</label><tex-math notation="LaTeX" id="Equation1">\\begin{document}\\begin{equation*}y = a + bx\\end{equation*}\\end{document}</tex-math></disp-formula><p>by <xref ref-type="disp-formula" rid="E1">equation (1)</xref>.</p>
<table-wrap id="T1" orientation="landscape" position="float"><label>Table 1.</label><caption><p>Who took part.</p></caption><table frame="hsides" rules="groups"><colgroup span="1"><col align="left" span="1"/></colgroup><thead><tr><th align="left" rowspan="1" colspan="1">Group<xref ref-type="table-fn" rid="tf1"><sup>a</sup></xref></th><th rowspan="1" colspan="1"><italic>P</italic></th></tr></thead><tbody><tr><td rowspan="1" colspan="1">Dim</td><td rowspan="1" colspan="1">&lt;.001</td></tr></tbody></table><table-wrap-foot><fn id="tf1"><label>a</label><p>By lot.</p></fn></table-wrap-foot></table-wrap></sec></body>
<back><ack id="ACK1"><title>Acknowledgments</title><p>We thank the lamplighters.</p></ack><fn-group><fn fn-type="conflict"><p>Conflict of interest: none declared.</p></fn></fn-group><sec sec-type="data-availability"><title>Data availability</title><p>On request.</p></sec>
<ref-list><title>References</title>
<ref id="CIT0001"><label>1.</label><mixed-citation publication-type="journal"><person-group person-group-type="author"><string-name><surname>Rivera</surname><given-names>T</given-names></string-name>, <string-name><surname>Sato</surname><given-names>N</given-names></string-name>, <etal>et al.</etal></person-group> <article-title>Lamps</article-title>. <source>Pain Med</source>. <year>2024</year>;<volume>25</volume>(<issue>1</issue>):<fpage>1</fpage>–<lpage>9</lpage>.<pub-id pub-id-type="doi">10.5555/l.1</pub-id></mixed-citation></ref>
<ref id="CIT0002"><label>2.</label><mixed-citation publication-type="book"><collab>Lamp Council</collab>. <source>On light</source>, <edition>2nd ed.</edition> <publisher-loc>Oslo</publisher-loc>: <publisher-name>North</publisher-name>; <year>2020</year>. <comment>Available at: <ext-link ext-link-type="uri" xlink:href="https://lamps.example/a">https://lamps.example/a</ext-link></comment></mixed-citation></ref>
<ref id="CIT0003"><label>3.</label><note><p>Unpublished diary, 2019.</p></note></ref></ref-list></back>""",
    head='<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD v1.1 20151215//EN" "JATS-archivearticle1.dtd">\n',
    version="1.1",
)

# A large house: references in several parts, to each of which the text leads by its own id; a statement with its name;
# figures in a group at the end; signs as small pictures with their words.
HOUSE = article(
    """<title-group><article-title>Numbness, by numbers</article-title></title-group>
<contrib-group content-type="authors"><contrib contrib-type="author"><name-alternatives><name name-style="western"><surname>Yamada</surname><given-names>Akiko</given-names></name><name name-style="eastern" xml:lang="ja"><surname>山田</surname><given-names>明子</given-names></name></name-alternatives><xref ref-type="aff" rid="a1"><sup>1</sup></xref></contrib><contrib contrib-type="author"><collab>The Numbness Group<contrib-group><contrib><name><surname>Hidden</surname><given-names>Ann</given-names></name></contrib></contrib-group></collab></contrib></contrib-group>
<aff-alternatives id="a1"><aff><label>1</label><institution-wrap><institution content-type="dept">Neurology</institution><institution>Bay College</institution></institution-wrap><country>Japan</country></aff></aff-alternatives>
<pub-date date-type="pub" publication-format="electronic" iso-8601-date="2026-02-01"><day>1</day><month>2</month><year>2026</year></pub-date><abstract><p>We counted.</p></abstract>""",
    """<body><sec id="n1" disp-level="1"><label>1</label><title>INTRODUCTION</title><p>As before,<xref ref-type="bibr" rid="n-cit-1a">1a</xref> and later.<xref ref-type="bibr" rid="n-bib-2">2</xref> It was <inline-graphic xlink:href="sign-ge.gif"><alt-text>≥</alt-text></inline-graphic> 5.</p>
<statement content-type="theorem" id="th1"><label>Theorem 1</label><title>Of the toe</title><p>A toe that is asked, answers.</p></statement>
<p>By <xref ref-type="statement" rid="th1">Theorem 1</xref> and <xref ref-type="fig" rid="nf1">Figures 1</xref> and <xref ref-type="fig" rid="nf2">2</xref>, see also <xref ref-type="sec" rid="n2">Section 2</xref>.</p></sec>
<sec id="n2" disp-level="1"><label>2</label><title>METHODS</title><sec id="n21" disp-level="2"><label>2.1</label><title>Counting</title>
<list list-type="simple"><list-item><label>(i)</label><p>toes,</p></list-item><list-item><label>(ii)</label><p>heels.</p></list-item></list>
<speech><speaker>A. Yamada:</speaker><p>“Do you feel this?”</p></speech>
<verse-group><title>Refrain</title><verse-line>Not yet,</verse-line><verse-line>not yet.</verse-line></verse-group>
<def-list><def-item><term>NRS</term><def><p>numeric rating scale</p></def></def-item></def-list></sec></sec></body>
<floats-group><fig-group id="nfg"><caption><title>Two feet.</title></caption><fig id="nf1"><label>FIGURE 1</label><caption><p>Left.</p></caption><graphic xlink:href="n-fig-0001.tif"/></fig><fig id="nf2"><label>FIGURE 2</label><caption><p>Right.</p></caption><graphic xlink:href="n-fig-0002.tif"/></fig></fig-group>
<table-wrap-group id="ntg"><label>TABLE 1</label><caption><p>In two parts.</p></caption><table-wrap id="nt1a"><table><tr><td><p>a</p><p>b</p></td></tr></table></table-wrap><table-wrap id="nt1b"><table><tbody><tr><td>c</td></tr></tbody><tfoot><tr><td>Sum</td></tr></tfoot></table></table-wrap></table-wrap-group></floats-group>
<back><ref-list><ref id="n-bib-1"><label>1</label><mixed-citation publication-type="journal" id="n-cit-1a"><label>a</label><string-name><given-names>A.</given-names> <surname>Toe</surname></string-name>, <source>Foot</source> <year>2020</year>, <volume>1</volume>, <fpage>2</fpage>;</mixed-citation><mixed-citation publication-type="journal" id="n-cit-1b"><label>b</label><string-name><given-names>B.</given-names> <surname>Heel</surname></string-name>, <source>Foot</source> <year>2021</year>, <volume>2</volume>, <fpage>3</fpage>.</mixed-citation></ref>
<ref id="n-bib-2"><label>2</label><mixed-citation publication-type="other">Anon. Notes, kept at home.</mixed-citation></ref></ref-list></back>""",
)

# A house of mathematics: each reference twice, as its parts and as printed; each formula in three forms, with the TeX as
# a whole document; MathML with its source beside it; supplements that hold their file within.
PARTS = (
    '<element-citation publication-type="journal"><person-group person-group-type="author"><name><surname>{who}</surname><given-names>M</given-names></name></person-group><article-title>{what}</article-title><source>Pain Stat</source><year>2023</year><volume>4</volume><fpage>7</fpage><lpage>19</lpage><pub-id pub-id-type="doi">{doi}</pub-id></element-citation>'
    '<mixed-citation publication-type="journal">{who} M. {what}. Pain Stat. 2023;4:7–19. doi: {doi}.</mixed-citation>'
)
TEX = r"\documentclass[12pt]{minimal} \usepackage{amsmath} \setlength{\oddsidemargin}{-69pt} \begin{document}$$%s$$\end{document}"
SCIENCE = article(
    """<title-group><article-title xml:lang="en">Mixed models for mixed days</article-title></title-group><contrib-group><contrib contrib-type="author" id="Au1"><name><surname>Lund</surname><given-names>Mia</given-names></name><address><email>mia@lund.example</email></address><xref ref-type="aff" rid="Aff1">1</xref></contrib><aff id="Aff1"><label>1</label><institution-wrap><institution-id institution-id-type="ROR">x</institution-id><institution content-type="org-name">Fjord University</institution></institution-wrap>, <addr-line content-type="city">Bergen</addr-line>, <country country="NO">Norway</country></aff></contrib-group>
<pub-date date-type="pub" publication-format="electronic"><day>9</day><month>1</month><year>2026</year></pub-date><pub-date date-type="pub" publication-format="print"><month>6</month><year>2026</year></pub-date><permissions><license><ali:license_ref>https://creativecommons.org/licenses/by/4.0/</ali:license_ref><license-p>Open.</license-p></license></permissions>
<abstract xml:lang="en" id="Abs1"><title>Abstract</title><p id="Par1">A model.</p></abstract><kwd-group xml:lang="en"><title>Keywords</title><kwd>models</kwd></kwd-group>""",
    f"""<body><sec id="Sec1" sec-type="introduction"><title>Background</title><p id="Par2">Days differ [<xref ref-type="bibr" rid="CR1">1</xref>–<xref ref-type="bibr" rid="CR2">2</xref>]. Let <inline-formula id="IEq1"><alternatives><mml:math id="IEq1_Math"><mml:semantics><mml:mrow><mml:mi>y</mml:mi><mml:mo>=</mml:mo><mml:mn>1</mml:mn></mml:mrow><mml:annotation encoding="application/x-tex">y = 1</mml:annotation></mml:semantics></mml:math><tex-math id="IEq1_TeX">{TEX % "y = 1"}</tex-math><inline-graphic xlink:href="IEq1.gif"/></alternatives></inline-formula> (Fig. <xref rid="Fig1" ref-type="fig">1</xref>; Eq. <xref rid="Equ1" ref-type="disp-formula">1</xref>; <xref rid="MOESM1" ref-type="media">Additional file 1</xref>; see <xref ref-type="app" rid="App1">Appendix</xref>).<disp-formula id="Equ1"><label>1</label><alternatives><tex-math id="Equ1_TeX">{TEX % "e = mc^2"}</tex-math><graphic xlink:href="Equ1.gif"/></alternatives></disp-formula>and so on.</p>
<fig id="Fig1"><label>Fig. 1</label><caption xml:lang="en"><p>Days. <bold>a</bold> Good. <bold>b</bold> Bad</p></caption><graphic specific-use="HTML" mime-subtype="PNG" xlink:href="MediaObjects/Fig1_HTML.png" id="MO1"/></fig>
<boxed-text id="FPar1"><sec id="FPar1_Sec"><title>Algorithm 1</title><p id="Par3">Count, then rest.</p></sec></boxed-text>
<sec id="Sec2" sec-type="supplementary-material"><title>Supplementary Information</title><p><supplementary-material content-type="local-data" id="MOESM1"><media xlink:href="shape_MOESM1_ESM.csv"><caption><p><bold>Additional file 1:</bold> All days.</p></caption></media></supplementary-material></p></sec></sec></body>
<back><app-group><app id="App1"><sec id="Sec9"><title>Appendix</title><p id="Par9">More days.</p></sec></app></app-group><glossary><title>Abbreviations</title><def-list><def-item><term>ICC</term><def><p>intraclass correlation</p></def></def-item></def-list></glossary>
<fn-group><fn><p><bold>Publisher’s Note</bold></p><p>We remain neutral.</p></fn></fn-group><notes notes-type="data-availability"><title>Availability</title><p>By letter.</p></notes>
<ref-list id="Bib1"><title>References</title><ref id="CR1"><label>1.</label><citation-alternatives>{PARTS.format(who="Berg", what="Days in layers", doi="10.5555/d.1")}</citation-alternatives></ref><ref id="CR2"><label>2.</label><citation-alternatives>{PARTS.format(who="Dahl", what="Nights in layers", doi="10.5555/d.2")}</citation-alternatives></ref></ref-list></back>""",
)

# An older journal: NLM 2.3, signs by name, a picture of each table beside the table itself, references without signs
# between their parts, a conversation, and notes by asterisks.
OLDER = (
    """<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD Journal Publishing DTD v2.3 20070202//EN" "journalpublishing.dtd">
<article xmlns:xlink="http://www.w3.org/1999/xlink" article-type="other" xml:lang="EN"><front><journal-meta><journal-title>Pain Medicine</journal-title></journal-meta>
<article-meta><article-id pub-id-type="doi">10.5555/shape.4</article-id><title-group><article-title>R&eacute;sum&eacute;s of pain</article-title></title-group>
<contrib-group><contrib contrib-type="author" xlink:type="simple"><name name-style="western"><surname>M&uuml;ller</surname><given-names>J.-P.</given-names></name><xref ref-type="aff" rid="aff1"/></contrib></contrib-group><aff id="aff1">Lakeside, Chur</aff>
<pub-date pub-type="ppub"><season>Spring</season><year>2008</year></pub-date><volume>9</volume><issue>4</issue><fpage>401</fpage><lpage>409</lpage>
<copyright-statement>&copy; 2008 AAPM</copyright-statement><abstract><p>Words.</p></abstract></article-meta></front>
<body><p>An unnumbered beginning<xref ref-type="fn" rid="fn1">*</xref> with <xref ref-type="bibr" rid="bibr1-4 bibr2-4">1,2</xref> and <xref ref-type="table" rid="table1-4">Table 1</xref>, &ge; 3 &mu;g.</p>
<sec><title>Interviews<break/>and talk</title><disp-quote><p>It burns.</p><attrib>A woman of forty</attrib></disp-quote><p>Thus.</p>
<table-wrap id="table1-4" position="float"><label>Table 1.</label><caption><p>Words.</p></caption><graphic alternate-form-of="tab1-4" xlink:href="10.5555_shape.4-table1.tif"/><table id="tab1-4"><tbody><tr><td>burning</td><td>&frac12;</td></tr></tbody></table><table-wrap-foot><p>* As said.</p></table-wrap-foot></table-wrap>
<fig id="fig1-4"><label>Figure 1.</label><caption><p>A mouth.</p></caption><graphic xlink:href="10.5555_shape.4-fig1"/></fig></sec></body>
<back><notes><fn-group><fn fn-type="other" id="fn1"><label>*</label><p>Written in trains.</p></fn></fn-group></notes>
<ref-list><ref id="bibr1-4"><label>1</label><citation citation-type="journal" xlink:type="simple"><person-group person-group-type="author"><name name-style="western"><surname>Kern</surname><given-names>A</given-names></name><name name-style="western"><surname>Roth</surname><given-names>B</given-names></name></person-group><article-title>Burning words</article-title><source>Pain Rev</source><year>2005</year><volume>3</volume><issue>2</issue><fpage>11</fpage><lpage>19</lpage></citation></ref>
<ref id="bibr2-4"><label>2</label><citation citation-type="thesis"><collab>Chur Clinic</collab><source>On words</source><comment>[dissertation]</comment><publisher-loc>Chur</publisher-loc><publisher-name>Own press</publisher-name><year>2004</year></citation></ref></ref-list></back></article>"""
).encode("iso-8859-1")

# An open library: names of files as addresses of their own kind, formulas as pictures beside MathML, files that describe
# themselves in several paragraphs, notes under a table by signs, a box of sections, a response below the article.
LIBRARY = article(
    """<title-group><article-title>What waiting does</article-title><alt-title alt-title-type="running-head">Waiting</alt-title></title-group><contrib-group><contrib contrib-type="author" xlink:type="simple"><contrib-id authenticated="true" contrib-id-type="orcid">https://orcid.org/0000-0002-1825-0097</contrib-id><name name-style="western"><surname>Adeyemi</surname><given-names>Tola</given-names></name><role content-type="http://credit.niso.org/contributor-roles/conceptualization/">Conceptualization</role><xref ref-type="aff" rid="aff001"/></contrib></contrib-group><aff id="aff001"><addr-line>Queue Institute, Lagos, Nigeria</addr-line></aff>
<pub-date pub-type="epub"><day>7</day><month>5</month><year>2026</year></pub-date><elocation-id>e0001</elocation-id><abstract><p>Waiting hurts.</p></abstract><abstract abstract-type="toc"><p>Short.</p></abstract>""",
    """<body><sec id="sec001" sec-type="intro"><title>Introduction</title><p>People wait [<xref ref-type="bibr" rid="shape.ref001">1</xref>,<xref ref-type="bibr" rid="shape.ref002">2</xref>]; see <xref ref-type="fig" rid="shape.g001">Fig 1</xref>, <xref ref-type="supplementary-material" rid="shape.s001">S1 Table</xref> and <xref ref-type="disp-formula" rid="shape.e001">Eq 1</xref>.
<disp-formula id="shape.e001"><alternatives><graphic id="shape.e001g" mimetype="image" position="anchor" xlink:href="info:doi/10.5555/shape.e001" xlink:type="simple"/><mml:math display="block" id="M1"><mml:mrow><mml:mfenced close="]" open="[" separators=";"><mml:mi>a</mml:mi><mml:mi>b</mml:mi></mml:mfenced></mml:mrow></mml:math></alternatives><label>(1)</label></disp-formula></p>
<fig id="shape.g001" position="float"><object-id pub-id-type="doi">10.5555/shape.g001</object-id><label>Fig 1</label><caption><title>Queues.</title><p>From nine to five.</p></caption><graphic mimetype="image" position="float" xlink:href="info:doi/10.5555/shape.g001" xlink:type="simple"/></fig>
<table-wrap id="shape.t001"><object-id pub-id-type="doi">10.5555/shape.t001</object-id><label>Table 1</label><caption><title>Hours.</title></caption><alternatives><graphic id="shape.t001g" xlink:href="info:doi/10.5555/shape.t001"/><table><colgroup><col align="left" valign="middle"/></colgroup><thead><tr><th align="left">Hour<xref ref-type="table-fn" rid="t001fn001"><sup>†</sup></xref></th></tr></thead><tbody><tr><td align="char" char=".">1.5</td></tr></tbody></table></alternatives><table-wrap-foot><fn id="t001fn001"><p><sup>†</sup>By the clock.</p></fn></table-wrap-foot></table-wrap>
<boxed-text id="shape.box001"><label>Box 1</label><caption><title>Practice</title></caption><sec id="shape.box001.s1"><title>Say how long</title><list list-type="bullet"><list-item><p>In minutes.</p></list-item></list></sec></boxed-text></sec>
<sec id="sec009" sec-type="supplementary-material"><title>Supporting information</title><supplementary-material id="shape.s001" mimetype="text/csv" position="float" xlink:href="info:doi/10.5555/shape.s001" xlink:type="simple"><label>S1 Table</label><caption><title>All hours.</title><p>One row a person.</p><p>(CSV)</p></caption></supplementary-material></sec></body>
<back><ref-list><title>References</title><ref id="shape.ref001"><label>1</label><mixed-citation publication-type="journal" xlink:type="simple"><name name-style="western"><surname>Bello</surname> <given-names>K</given-names></name>, <name name-style="western"><surname>Chi</surname> <given-names>O</given-names></name>. <article-title>Lines</article-title>. <source>Queue</source>. <year>2022</year>;<volume>1</volume>(<issue>1</issue>):<fpage>e5</fpage>. <comment>doi: <ext-link ext-link-type="uri" xlink:href="https://doi.org/10.5555/q.5">10.5555/q.5</ext-link></comment> <object-id pub-id-type="pmid">12345678</object-id></mixed-citation></ref>
<ref id="shape.ref002"><label>2</label><mixed-citation publication-type="other">R Core Team. R [Internet]. Available from: <ext-link ext-link-type="uri" xlink:href="http://r.example">http://r.example</ext-link>.</mixed-citation></ref></ref-list></back>
<sub-article article-type="aggregated-review-documents" id="rev1"><front-stub><article-id pub-id-type="doi">10.5555/shape.r1</article-id><title-group><article-title>Decision Letter 0</article-title></title-group></front-stub><body><p>Please say more, see <xref ref-type="fig" rid="shape.g001">Fig 1</xref>.</p></body></sub-article>""",
    version="1.1",
)

# A journal by author and year: links around names, unnumbered references, files within paragraphs that a link names by
# its sign, formulas as tables of MathML, footnotes whose number is typed in their text.
YEARS = article(
    """<title-group><article-title>Pacing, again</article-title></title-group><contrib-group><contrib contrib-type="author" corresp="yes"><name><surname>Costa</surname><given-names>Rui</given-names></name><xref ref-type="aff" rid="y1"><sup>1</sup></xref><xref ref-type="corresp" rid="yc1"><sup>*</sup></xref></contrib><contrib contrib-type="editor"><name><surname>Editor</surname><given-names>Ed</given-names></name></contrib></contrib-group><aff id="y1"><sup>1</sup><institution>Sea School</institution>, <addr-line>Faro</addr-line>, <country>Portugal</country></aff>
<pub-date pub-type="epub"><day>11</day><month>6</month><year>2026</year></pub-date><volume>17</volume><elocation-id>99</elocation-id><abstract><p>Again.</p></abstract>""",
    """<body><sec sec-type="intro" id="ys1"><title>Introduction</title><p>Rest helps (<xref ref-type="bibr" rid="B2">Ferreira et al., 2019</xref>; <xref ref-type="bibr" rid="B1">Alves, 2015</xref>).<xref ref-type="fn" rid="fn0001"><sup>1</sup></xref> The data are in <xref ref-type="supplementary-material" rid="SM1">Data Sheet 1</xref>.</p>
<disp-formula id="YE1"><label>(1)</label><mml:math id="YM1" display="block"><mml:mtable class="eqnarray-star" columnalign="left"><mml:mtr><mml:mtd><mml:mi>x</mml:mi><mml:mo>=</mml:mo><mml:mi mathvariant="normal">a</mml:mi></mml:mtd></mml:mtr><mml:mtr><mml:mtd><mml:menclose notation="box"><mml:mi>z</mml:mi></mml:menclose></mml:mtd></mml:mtr></mml:mtable></mml:math></disp-formula>
<p>From <xref ref-type="disp-formula" rid="YE1">Equation (1)</xref> we conclude, as in <xref ref-type="table" rid="YT1">Table 1</xref>.</p>
<table-wrap position="float" id="YT1"><label>Table 1</label><caption><p>Steps.</p></caption><table frame="hsides" rules="groups"><thead><tr><th valign="top" align="left"><bold>Day</bold></th><th valign="top" align="center" colspan="2" style="border-bottom: thin solid #000000;"><bold>Steps</bold></th></tr></thead><tbody><tr style="background-color:#dee1e1"><td valign="top" align="left">Monday</td><td valign="top" align="center">4,100</td><td valign="top" align="center" rowspan="2">↑</td></tr><tr><td>Tuesday</td><td>4,200</td></tr></tbody></table><table-wrap-foot><p><italic>Counted by hand.</italic></p></table-wrap-foot></table-wrap></sec>
<sec sec-type="supplementary-material" id="ys9"><title>Supplementary material</title><p>Here:</p><supplementary-material xlink:href="Data_Sheet_1.csv" id="SM1" mimetype="text/csv" xmlns:xlink="http://www.w3.org/1999/xlink"><label>Data Sheet 1</label><caption><p>Steps.</p></caption></supplementary-material></sec></body>
<back><fn-group><fn id="fn0001"><p><sup>1</sup><ext-link ext-link-type="uri" xlink:href="https://steps.example/">https://steps.example/</ext-link></p></fn></fn-group>
<ref-list><title>References</title><ref id="B1"><citation citation-type="book"><person-group person-group-type="author"><name><surname>Alves</surname><given-names>P.</given-names></name></person-group> (<year>2015</year>). <source>Rest</source>. <publisher-loc>Lisboa</publisher-loc>: <publisher-name>Mar</publisher-name>.</citation></ref>
<ref id="B2"><citation citation-type="journal"><person-group person-group-type="author"><name><surname>Ferreira</surname><given-names>I.</given-names></name><name><surname>Nunes</surname><given-names>T.</given-names></name><etal/></person-group> (<year>2019</year>). <article-title>Pacing</article-title>. <source>Pace</source> <volume>2</volume>:<fpage>5</fpage>. <pub-id pub-id-type="doi">10.5555/p.5</pub-id><pub-id pub-id-type="pmid">23456789</pub-id></citation></ref></ref-list></back>""",
    version="1.1",
)

# A house that leaves numbering to the page: links without words, lists of questions, a code, a tagged block in two forms,
# metadata of processing, JATS 1.3.
BARE = article(
    """<article-version article-version-type="VoR">1</article-version><title-group><article-title>Links without words</article-title></title-group><contrib-group><contrib contrib-type="author"><string-name><given-names>Eli</given-names> <surname>Katz</surname></string-name></contrib></contrib-group>
<pub-date date-type="pub" iso-8601-date="2026-08-09"><day>9</day><month>8</month><year>2026</year></pub-date><pub-history><event event-type="preprint"><event-desc>A preprint stood elsewhere.</event-desc></event></pub-history><abstract><p>Links.</p></abstract>""",
    """<processing-meta tagset-family="jats" base-tagset="publishing" table-model="xhtml" mathml-version="3.0"><restricted-by>x</restricted-by></processing-meta><body><sec id="z1"><title>Text</title><p>It was seen <xref ref-type="bibr" rid="r1"/>, <xref ref-type="bibr" rid="r2"/> and drawn (<xref ref-type="fig" rid="zf1"/>), as <xref ref-type="sec" rid="z2"/> says.</p>
<fig id="zf1"><label>Figure 1</label><caption><p>Drawn.</p></caption><graphic xlink:href="zf1.png"><alt-text>A line.</alt-text></graphic></fig></sec>
<sec id="z2"><label>2</label><title>Asking</title><question-wrap><question><p>Does it hurt?</p></question><answer><p>At night.</p></answer></question-wrap>
<code language="r" xml:space="preserve">x &lt;- c(1, 2)
mean(x)</code>
<block-alternatives><p xml:lang="en">One form.</p><p xml:lang="en" specific-use="print">Another form.</p></block-alternatives>
<p content-type="note">A <styled-content style="color:red">red</styled-content> <named-content content-type="gene">word</named-content>, <abbrev>i.e.<def><p>that is</p></def></abbrev> this, and <ruby><rb>痛</rb><rt>itami</rt></ruby>.</p></sec></body>
<back><ref-list><ref id="r1"><label>1</label><mixed-citation>Katz E. One. 2020.</mixed-citation></ref><ref id="r2"><label>2</label><mixed-citation>Katz E. Two. 2021.</mixed-citation></ref></ref-list></back>""",
    version="1.3",
)
# A house of reviews and letters: the book that is reviewed, abstracts in three languages and as a picture, talk, verses,
# columns, structures, theorems, identifiers in place of addresses, groups of figures, tables of OASIS with named spans,
# comments and instructions within words, and letters below the article.
REVIEWS = article(
    """<article-categories><subj-group subj-group-type="heading"><subject>Book review</subject></subj-group></article-categories><title-group><article-title>A book <!-- c -->about pa<!-- in the middle -->in</article-title><trans-title-group xml:lang="fr"><trans-title>Un livre</trans-title></trans-title-group></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Roe</surname><given-names>Ada</given-names></name><xref ref-type="aff" rid="a1 a2"/></contrib><contrib contrib-type="author"><collab>for the <institution>PAIN</institution> Group</collab></contrib></contrib-group><aff id="a1"><label>1</label>Clinic; Ward 3, Bergen. E-mail: <email>a@b.example</email> (A.R.)</aff><aff id="a2"><label>2</label>Hav College, Oslo</aff>
<product product-type="book"><person-group person-group-type="author"><name><surname>Lund</surname><given-names>B</given-names></name></person-group><source>Pain, a life</source><year>2006</year><price>$30</price></product><pub-date pub-type="epub"><day>1</day><month>5</month><year>2026</year></pub-date>
<abstract xml:lang="en"><p>English words.</p></abstract><trans-abstract xml:lang="fr"><title>Résumé</title><p>Paroles.</p></trans-abstract><trans-abstract xml:lang="es"><sec><title>Objetivo</title><p>Dolor.</p></sec></trans-abstract>
<abstract abstract-type="graphical"><title>In one picture</title><p><graphic xlink:href="ga1.jpg"><alt-text>A book on a bed.</alt-text></graphic></p></abstract><abstract abstract-type="key-points"><title>Key points</title><p><list list-type="bullet"><list-item><p>First point.</p></list-item><list-item><p>Second point.</p></list-item></list></p></abstract><abstract abstract-type="plain-language-summary"><p>It is a good book.</p></abstract>
<funding-group><award-group><funding-source><institution-wrap><institution>Hav Fund</institution><institution-id>http://dx.doi.org/10.13039/1</institution-id></institution-wrap></funding-source><award-id>7</award-id></award-group></funding-group>""",
    """<body><sec id="v1"><title>The book</title><p>The bo<!-- here -->ok is lo<?pi x?>ng: <![CDATA[a < b & c]]>, and N&nbsp;= 5&#160;kg, lo&shy;ng. <italic xml:lang="la">Dolor</italic>.</p>
<p xml:lang="fr">Il est bon.</p><disp-quote xml:lang="nb"><p>Vondt.</p><attrib>Lund, p. 5</attrib></disp-quote><speech><speaker>Q:</speaker><p>Where?</p></speech>
<verse-group><title>Poem</title><verse-line>One,</verse-line><verse-group><verse-line>two.</verse-line></verse-group><attrib>Anon</attrib></verse-group>
<p>Before <array><tbody><tr><td>left</td><td>right</td></tr></tbody></array> after.</p>
<chem-struct-wrap id="cs1"><label>1</label><caption><p>Capsaicin</p></caption><chem-struct>C18H27NO3</chem-struct></chem-struct-wrap><statement id="st1"><label>Theorem 2</label><title>Main</title><p>All pain is pain.</p></statement>
<p>By <xref ref-type="statement" rid="st1">Theorem 2</xref>, <xref ref-type="chem" rid="cs1">1</xref>, <xref ref-type="fig" rid="FG">Figure 5</xref> and <xref ref-type="fig" rid="F5b">5B</xref>; <ext-link ext-link-type="doi" xlink:href="10.5555/abc">10.5555/abc</ext-link>, <ext-link ext-link-type="pmid" xlink:href="123456">PMID 123456</ext-link>, <ext-link ext-link-type="pmcid" xlink:href="PMC55">here</ext-link>, <ext-link ext-link-type="gen" xlink:href="NM_001">NM_001</ext-link>, <ext-link ext-link-type="clintrialgov" xlink:href="NCT01234567">NCT01234567</ext-link>, <uri>www.bare.example</uri>, <uri xlink:href="example.org/only">a page</uri>, <ext-link ext-link-type="ftp" xlink:href="ftp://x.example/y">files</ext-link>, <email>x@y.example</email>, <name><surname>Schuman</surname><given-names>MC</given-names></name>. A sign <inline-graphic xlink:href="lost.gif"/> was lost.</p>
<related-article related-article-type="commentary" ext-link-type="doi" xlink:href="10.5555/other.1" id="ra1">Comment on another</related-article><p>See <related-object source-id="z" xlink:href="https://data.example/1">the data</related-object> too.</p>
<p><disp-formula-group id="vg"><label>(3)</label><disp-formula id="vf"><label>a</label><tex-math><![CDATA[\\documentclass[12pt]{minimal}\\usepackage{amsmath}\\begin{document}\\[\\frac{a}{b}\\]\\end{document}]]></tex-math></disp-formula></disp-formula-group></p>
<table-wrap id="VT"><label>Table 1</label><table frame="topbot"><title>Spans</title><tgroup cols="4"><colspec colname="1"/><colspec colname="2"/><colspec colname="3"/><colspec colname="4"/><spanspec spanname="all" namest="2" nameend="4"/><thead><row><entry morerows="1">G</entry><entry spanname="all">Three</entry></row><row><entry>a</entry><entry>b</entry><entry>c</entry></row></thead><tbody><row><entry>x</entry><entry namest="2" nameend="3">y z</entry><entry/></row></tbody></tgroup></table><table-wrap-foot><attrib>After Lund.</attrib></table-wrap-foot></table-wrap>
<fig-group id="FG"><label>Figure 5</label><caption><title>Two nights</title></caption><fig id="F5a"><label>A</label><caption><p>left</p></caption><graphic xlink:href="f5a"/></fig><fig id="F5b"><label>B</label><graphic xlink:href="f5b"/><attrib>Photo: Lund</attrib><permissions><copyright-statement>© Lund, by leave</copyright-statement></permissions></fig></fig-group></sec></body>
<back><app-group><title>Appendices</title><app id="app1"><label>Appendix A</label><title>More</title><p>Text.</p></app></app-group><notes><title>Conflicts of interest</title><p>Conflict of interest: none.</p><p>None at all.</p></notes>
<ref-list><ref id="V1"><citation citation-type="journal"><person-group person-group-type="author"><collab>PAIN Group<institution>Nord</institution></collab><name><surname>Lund</surname><given-names>B</given-names></name></person-group><article-title>On <italic>real <bold>pain</bold></italic></article-title><source>Pain Med</source><year>2006</year><volume>7</volume><supplement>Suppl 1</supplement><fpage>S1</fpage><lpage>S9</lpage></citation></ref>
<ref id="V2"><element-citation publication-type="book"><person-group person-group-type="author"><name><surname>Ek</surname><given-names>C</given-names></name></person-group><source>Book</source><edition>3rd</edition><publisher-loc>Bergen</publisher-loc><publisher-name>Hav</publisher-name><year>1999</year><fpage>3</fpage><lpage>5</lpage></element-citation></ref>
<ref id="V3"><element-citation publication-type="confproc"><name><surname>Ko</surname><given-names>E</given-names></name><article-title>Talk?</article-title><conf-name>Pain Days</conf-name><conf-date>May 2001</conf-date><conf-loc>Rome</conf-loc></element-citation></ref></ref-list></back>
<response response-type="reply" id="resp"><front-stub><title-group><article-title>Reply</article-title></title-group><contrib-group><contrib><name><surname>Lund</surname><given-names>Bo</given-names></name><role>Author</role></contrib><contrib><collab>PAIN Group</collab></contrib></contrib-group></front-stub><body><p>I agree.</p></body></response>
<sub-article article-type="translation" xml:lang="es" id="sa1"><front-stub><title-group><article-title>Un libro</article-title></title-group><abstract><p>Resumen.</p></abstract></front-stub><body><sec><title>Cuerpo</title><p>Texto.</p></sec></body></sub-article>""",
    head='<!DOCTYPE article PUBLIC "-//NLM//DTD Journal Publishing DTD v2.3 20070202//EN" "journalpublishing.dtd">\n<?xml-stylesheet href="x.xsl"?>',
    kind="book-review",
    version="2.3",
)
# A house of teaching: questions with their answers, works that are named in the text, notes in cells, tables in boxes and
# in cells, a formula in every form, files within files, words for the index, several lists of references, an article
# within a set, names in several scripts.
TEACHING = article(
    """<title-group><article-title>On <inline-formula><mml:math><mml:mi>α</mml:mi></mml:math></inline-formula>-waves<break/>at night<xref ref-type="fn" rid="n1">*</xref></article-title><subtitle>a long look</subtitle></title-group>
<contrib-group><contrib contrib-type="author"><collab-alternatives><collab xml:lang="en">Group E</collab><collab xml:lang="fr">Groupe E</collab></collab-alternatives></contrib><contrib><string-name>Madonna</string-name></contrib></contrib-group>
<pub-date pub-type="epub"><day>1</day><month>1</month><year>2026</year></pub-date><permissions><license><ali:license_ref>https://creativecommons.org/licenses/by/4.0/</ali:license_ref><license-p>Open.</license-p><license-p>Share it.</license-p></license></permissions>
<abstract><p>Waves.</p><fig id="af"><caption><p>In short.</p></caption><graphic xlink:href="a1"><alt-text>A wave.</alt-text></graphic></fig></abstract>""",
    """<body><sec><title>Text<break/>and waves <xref ref-type="bibr" rid="q1">1</xref></title><p>Seen<xref ref-type="fn" rid="n1"><sup>*</sup></xref><xref ref-type="bibr" rid="q1"><sup>1</sup></xref><index-term><term>pain</term></index-term>, as <mixed-citation publication-type="book"><source>A Book</source>, <year>2001</year></mixed-citation> and <element-citation><name><surname>Bo</surname><given-names>K</given-names></name><source>Other</source><year>1999</year></element-citation> say, <overline-start/>z<overline-end/> by <std>ISO <std-organization>ISO</std-organization> 9</std>.</p>
<boxed-text id="bx"><label>Panel 1</label><caption><title>In cells</title></caption><table-wrap id="bt"><table><tr><th>Head</th></tr><tr><td>cell<fn id="n2"><p>Within the cell.</p></fn> goes on<table><tr><td>inner cell</td></tr></table></td></tr></table></table-wrap></boxed-text>
<question-wrap><question><label>Q1</label><question-preamble><p>Given a wave.</p></question-preamble><p>Which is it?</p><option><label>a</label><p>Alpha</p></option><option><label>b</label><p>Beta</p></option></question><answer><p>Alpha.</p></answer></question-wrap>
<disp-formula id="e9"><alternatives><mml:math><mml:semantics><mml:mrow><mml:mi>x</mml:mi></mml:mrow><mml:annotation encoding="TeX">x</mml:annotation></mml:semantics></mml:math><graphic xlink:href="e9.gif"/><tex-math>x</tex-math></alternatives><label>(9)</label></disp-formula><p>By <xref ref-type="disp-formula" rid="e9">(9)</xref> in <xref ref-type="boxed-text" rid="bx">Panel 1</xref>, <inline-formula><italic>n</italic> = 5</inline-formula>.</p>
<supplementary-material id="sm"><label>Supplement</label><media xlink:href="a.csv"><caption><p>Data.</p></caption></media></supplementary-material><p>And <inline-media xlink:href="b.csv">a sound</inline-media>.</p></sec></body>
<floats-group><fig id="fz"><label>Figure 1</label><alternatives><graphic xlink:href="z.tif"/><graphic xlink:href="z.jpg"/></alternatives></fig></floats-group>
<back><fn-group><fn id="n1" symbol="*"><p>A note on the title.</p></fn></fn-group><sec><title>Further reading</title><ref-list><ref id="q9"><mixed-citation>Read nine.</mixed-citation></ref></ref-list></sec>
<ref-list><title>References</title><ref-list><title>Main</title><ref id="q1"><label>1</label><mixed-citation><bold>Bo K</bold>. Waves. <pub-id pub-id-type="pmcid">123</pub-id></mixed-citation></ref></ref-list><ref-list><title>More</title><ref id="q2"><label>2</label><note><p>See <xref ref-type="bibr" rid="q1">1</xref>.</p></note></ref></ref-list></ref-list></back>""",
    kind="review-article",
    version="1.3",
)
SHAPES = {
    "press": PRESS, "house": HOUSE, "science": SCIENCE, "older": OLDER, "library": LIBRARY, "years": YEARS, "bare": BARE,
    "reviews": REVIEWS, "teaching": TEACHING,
}  # fmt: skip
