"""What different programs put on the clipboard, in their own forms and with words of ours, and what a page keeps of each.

Footnotes get a word by chance into their names; NOTE stands for it.
"""

# ruff: noqa: E501 - as one line as the programs write them
NORMAL = "<p class=MsoNormal>{}<o:p></o:p></p>\n"
WORD = (
    "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><style><!-- p.MsoNormal {{margin:0in;}} "
    "span.Loud {{mso-style-name:Loud;\nfont-weight:bold;}} p.Part {{mso-style-name:Part; mso-outline-level:1;}} "
    "span.MsoFootnoteReference {{vertical-align:super;}} @list l7:level1 {{mso-level-number-format:roman-lower;}} --></style>"
    "</head><body lang=EN-US><!--StartFragment-->{}<!--EndFragment--></body></html>"
)
DOCS = '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-5f">{}</b><br class="Apple-interchange-newline">'
TABBED = "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span>"
DEEP, DEEPER = "margin-left:1.0in;", "margin-left:1.5in;"


def word(*parts):
    return WORD.format("".join(parts))


def entry(level, sign, words, *, of="l0", copy="lfo1", where="", font=""):
    """A paragraph that Word calls an entry: its sign, then its words."""
    return (
        f"<p class=MsoListParagraphCxSpMiddle style='{where}text-indent:-.25in;mso-list:{of} level{level} {copy}'><![if !supportLists]>"
        f"<span style='{font}mso-list:Ignore'>{sign}{TABBED}</span><![endif]>{words}<o:p></o:p></p>\n"
    )


def inside(level, sign, words, **more):
    return entry(level, sign, words, where=DEEP, **more)


def said(words, looks="font-weight:400"):
    """A run of words of Docs, whose looks are all in its style."""
    return f'<span style="font-size:11pt;font-family:Arial,sans-serif;color:#000;font-style:normal;{looks};white-space:pre-wrap;">{words}</span>'


def line(*runs):
    return f'<p dir="ltr" style="line-height:1.38;margin-top:0pt;">{"".join(runs)}</p>'


def docs_entry(level, words, kind="disc"):
    return f'<li dir="ltr" style="list-style-type:{kind};font-weight:700;" aria-level="{level}"><p dir="ltr" role="presentation">{said(words)}</p></li>'


def online(tag, start, of, level, words, kind="disc"):
    """An entry of Word on the web: a list of its own, which says where it belongs."""
    return (
        f'<div class="ListContainerWrapper SCXW9 BCX0"><{tag} role="list" start="{start}" style="list-style-type:{kind}">'
        f'<li data-leveltext="%1." data-listid="{of}" data-aria-posinset="{start}" data-aria-level="{level}" role="listitem" '
        f'class="OutlineElement Ltr"><p class="Paragraph"><span class="TextRun"><span class="NormalTextRun">{words}</span></span>'
        f'<span class="EOP">&nbsp;</span></p></li></{tag}></div>'
    )


PASTES = {
    # --- Word ---------------------------------------------------------------------------------------------------------
    "Word: bold and italic that name other scripts": (
        word(NORMAL.format("Cold <b style='mso-bidi-font-weight:normal'>numbs</b>, heat <i style='mso-bidi-font-style:normal'>loosens</i>, <span class=Loud>rest</span> mends.")),
        "<p>Cold <strong>numbs</strong>, heat <em>loosens</em>, <strong>rest</strong> mends.</p>",
    ),
    "Word: bullets below a number, and the numbers go on": (
        word(entry(1, "1.", "Warm up"), inside(1, "·", "arms", of="l1", copy="lfo2"), inside(1, "·", "legs", of="l1", copy="lfo2"), entry(1, "2.", "Walk")),
        "<ol><li>Warm up<ul><li>arms</li><li>legs</li></ul></li><li>Walk</li></ol>",
    ),
    "Word: numbers that begin again are a list of their own": (
        word(entry(1, "1.", "A"), entry(1, "2.", "B"), entry(1, "1.", "C", copy="lfo3"), entry(1, "2.", "D", copy="lfo3")),
        "<ol><li>A</li><li>B</li></ol><ol><li>C</li><li>D</li></ol>",
    ),
    "Word: numbers that go on after a paragraph": (
        word(entry(1, "1.", "A"), entry(1, "2.", "B"), NORMAL.format("Rest a day."), entry(1, "3.", "C")),
        '<ol><li>A</li><li>B</li></ol><p>Rest a day.</p><ol start="3"><li>C</li></ol>',
    ),
    "Word: three levels, and back to the first": (
        word(entry(1, "I.", "A"), inside(2, "A.", "B"), entry(3, "1.", "C", where=DEEPER), entry(3, "2.", "D", where=DEEPER), entry(1, "II.", "E")),
        '<ol type="I"><li>A<ol type="A"><li>B<ol><li>C</li><li>D</li></ol></li></ol></li><li>E</li></ol>',
    ),
    "Word: a level that is left out": (
        word(entry(1, "·", "A", font="font-family:Symbol;"), entry(3, "§", "B", where=DEEPER, font="font-family:Wingdings;"), inside(2, "o", "C", font='font-family:"Courier New";'), entry(1, "·", "D")),
        "<ul><li>A<ul><li>B</li></ul><ul><li>C</li></ul></li><li>D</li></ul>",
    ),
    "Word: letters up to i are letters": (
        word(*(entry(1, f"{sign}.", sign.upper()) for sign in "ghij")),
        '<ol start="7" type="a"><li>G</li><li>H</li><li>I</li><li>J</li></ol>',
    ),
    "Word: small Roman numbers, told by the sign or by the sheet": (
        word(*(entry(1, f"{sign})", sign * 2) for sign in ("i", "ii")), NORMAL.format("x"), entry(1, "c.", "told", of="l7")),
        '<ol type="i"><li>ii</li><li>iiii</li></ol><p>x</p><ol start="3" type="i"><li>told</li></ol>',
    ),
    "Word: numbers of several parts": (
        word(entry(1, "1.", "A"), inside(2, "1.1.", "B"), inside(2, "1.2.", "C"), entry(1, "2.", "D")),
        "<ol><li>A<ol><li>B</li><li>C</li></ol></li><li>D</li></ol>",
    ),
    "Word: a second paragraph of an entry": (
        word(entry(1, "1.", "A"), "<p class=MsoListParagraphCxSpMiddle>More of A.<o:p></o:p></p>", entry(1, "2.", "B")),
        "<ol><li><p>A</p><p>More of A.</p></li><li>B</li></ol>",
    ),
    "Word, saved as plain HTML: signs before the words": (
        f"<p class=MsoListParagraph style='text-indent:-.25in'><span style='font-family:Symbol'>·{TABBED}</span>Ice</p>"
        f"<p class=MsoListParagraph style='margin-left:1.0in;text-indent:-.25in'><span style='font-family:\"Courier New\"'>o{TABBED}</span>in a cloth</p>"
        f"<p class=MsoListParagraph style='text-indent:-.25in'>1.{TABBED}One</p><p class=MsoListParagraph style='text-indent:-.25in'>2.{TABBED}Two</p>",
        "<ul><li>Ice<ul><li>in a cloth</li></ul></li></ul><ol><li>One</li><li>Two</li></ol>",
    ),
    "Word: a list in a cell": (
        word("<table><tr><td>x</td><td>", entry(1, "·", "A"), entry(1, "·", "B"), "</td></tr></table>"),
        "<table><tbody><tr><td>x</td><td><ul><li>A</li><li>B</li></ul></td></tr></tbody></table>",
    ),
    "Word: headings lose their numbers, their bold and no level": (
        word(
            f"<h1 style='mso-list:l2 level1 lfo4'><a name=\"_Toc1\"></a><![if !supportLists]><span style='mso-list:Ignore'>1{TABBED}</span><![endif]>Who we are<o:p></o:p></h1>",
            NORMAL.format("Words."),
            f"<h3 style='mso-list:l2 level3 lfo4'><![if !supportLists]><span style='mso-list:Ignore'>1.1.1{TABBED}</span><![endif]><b>Our aims</b><o:p></o:p></h3>",
            f"<h3>2.1{TABBED}Our means</h3>", "<p class=Part>Next part</p>", "<h2>10 questions to ask</h2>",
        ),
        "<h2>Who we are</h2><p>Words.</p><h3>Our aims</h3><h3>Our means</h3><h2>Next part</h2><h3>10 questions to ask</h3>",
    ),
    "Word: footnotes": (
        word(
            "<p class=MsoNormal>Half<a style='mso-footnote-id:ftn1' href=\"#_ftn1\" name=\"_ftnref1\" title=\"\"><span class=MsoFootnoteReference>"
            "<span style='mso-special-character:footnote'><![if !supportFootnotes]>[1]<![endif]></span></span></a> slept, most"
            "<a style='mso-footnote-id:ftn2' href=\"#_ftn2\" name=\"_ftnref2\"><span class=MsoFootnoteReference>[2]</span></a> did not.</p>",
            "<div style='mso-element:footnote-list'><![if !supportFootnotes]><br clear=all><hr align=left size=1 width=\"33%\"><![endif]>"
            "<div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a style='mso-footnote-id:ftn1' href=\"#_ftnref1\" name=\"_ftn1\">"
            "<span class=MsoFootnoteReference>[1]</span></a> Lane, <i>Sleep</i>, 2018.</p></div>"
            "<div style='mso-element:footnote' id=ftn2><p class=MsoFootnoteText><a style='mso-footnote-id:ftn2' href=\"#_ftnref2\" name=\"_ftn2\">"
            "<span class=MsoFootnoteReference>[2]</span></a> Osei.</p><p class=MsoFootnoteText>And others.</p></div></div>",
        ),
        '<p>Half<sup><a href="#note-NOTE-1">1</a></sup> slept, most<sup><a href="#note-NOTE-2">2</a></sup> did not.</p>'
        '<ol><li id="note-NOTE-1">Lane, <em>Sleep</em>, 2018.</li><li id="note-NOTE-2"><p>Osei.</p><p>And others.</p></li></ol>',
    ),
    "Word: a colleague's comment is not published": (
        word(
            "<p class=MsoNormal>We <a style='mso-comment-reference:AB_1;mso-comment-date:20240101T1200'>treat</a><span class=MsoCommentReference>"
            '<![if !supportAnnotations]><a class=msocomanchor id="_anchor_1" href="#_msocom_1" name="_msoanchor_1">[AB1]</a><![endif]></span> pain.</p>'
            "<div style='mso-element:comment-list'><hr class=msocomoff><div style='mso-element:comment'><div id=\"_com_1\" class=msocomtxt>"
            "<p class=MsoCommentText>Is this so?</p></div></div></div>",
        ),
        "<p>We treat pain.</p>",
    ),
    "Word: tracked changes come as they were meant": (
        word(
            '<p class=MsoNormal>Call <del cite="mailto:R%20L" datetime="2026-01-01T10:00">before noon</del><ins cite="mailto:R%20L" '
            'datetime="2026-01-01T10:00">at <b>any</b> hour</ins>.</p>',
        ),
        "<p>Call at <strong>any</strong> hour.</p>",
    ),
    "Word: smart tags, spaces, tabs, hidden words and empty paragraphs": (
        word(
            '<p class=MsoNormal>From <st1:City w:st="on"><st1:place w:st="on">Reno</st1:place></st1:City>, take&nbsp;5&nbsp;mg of&nbsp;it'
            "<span style='mso-spacerun:yes'>&nbsp; </span>daily<span style='display:none;mso-hide:all'> (draft)</span>, soft&shy;ly.</p>",
            "<p class=MsoNormal><o:p>&nbsp;</o:p></p>", "<p class=MsoNormal>&nbsp;</p>",
            "<p class=MsoNormal><span style='mso-tab-count:1'>      </span>Next</p>",
        ),
        "<p>From Reno, take 5&nbsp;mg of it daily, softly.</p><p>Next</p>",
    ),
    "Word: signs of symbol fonts, by which a dose would be a thousand times too high": (
        word(
            "<p class=MsoNormal>50 <span style='font-family:Symbol;mso-ascii-font-family:Calibri;mso-char-type:symbol;mso-symbol-font-family:Symbol'>"
            "<span style='mso-char-type:symbol;mso-symbol-font-family:Symbol'>m</span></span>g, <span style='font-family:Symbol'>&sup3;</span> 3 days, "
            "x<sup>2</sup> <span style='font-family:Wingdings'>&agrave;</span> less</p>",
        ),
        "<p>50 μg, ≥ 3 days, x<sup>2</sup> → less</p>",
    ),
    "Word: contents with page numbers stay behind, words with a jump stay": (
        word("<p class=MsoToc1><a href=\"#_Toc1\">Aims<span style='mso-tab-count:1 dotted'>.... </span>3</a></p>", NORMAL.format("See <a href='#_Toc1'>our aims</a>.")),
        "<p>See our aims.</p>",
    ),
    "Word: a table with a heading row, joined cells and an empty one": (
        word(
            "<table class=MsoTableGrid border=1><thead><tr style='mso-yfti-irow:0;mso-yfti-firstrow:yes'><td width=100><p class=MsoNormal><b>Drug<o:p></o:p></b></p></td>"
            "<td><p class=MsoNormal><b>Dose</b></p></td></tr></thead><tr><td rowspan=2><p class=MsoNormal>A</p></td><td><p class=MsoNormal>1</p><p class=MsoNormal>2</p></td></tr>"
            "<tr><td><p class=MsoNormal><o:p>&nbsp;</o:p></p></td></tr><![if !supportMisalignedColumns]><tr height=0><td width=1></td><td width=1></td></tr><![endif]></table>",
        ),
        '<table><thead><tr><th scope="col">Drug</th><th scope="col">Dose</th></tr></thead><tbody><tr><td rowspan="2">A</td><td><p>1</p><p>2</p></td></tr>'
        "<tr><td></td></tr></tbody></table>",
    ),
    "Word: quotations and lines": (
        word("<p class=MsoQuote>Listen <i>first</i>.</p>", "<p class=MsoNormal>One<br>Two<br><br>Three<br clear=all style='page-break-before:always'></p>"),
        "<blockquote><p>Listen <em>first</em>.</p></blockquote><p>One<br>Two</p><p>Three</p>",
    ),
    "Word on the web": (
        '<div class="OutlineElement Ltr SCXW9"><p class="Paragraph" lang="EN-US" style="font-weight:normal;font-style:normal"><span class="TextRun" style="font-weight:bold">'
        '<span class="NormalTextRun">Cold</span></span><span class="TextRun" style="font-weight:normal"><span class="NormalTextRun"> or </span><span class="NormalTextRun SpellingErrorV2">heet</span>'
        '</span><span class="EOP">&nbsp;</span></p></div><div class="OutlineElement"><p class="Paragraph"><span class="EOP">&nbsp;</span></p></div>'
        '<div class="OutlineElement"><p class="Paragraph" role="heading" aria-level="2"><span class="TextRun">How to</span><span class="EOP">&nbsp;</span></p></div>'
        + online("ol", 1, 1, 1, "One", "decimal") + online("ul", 1, 2, 2, "Sub") + online("ul", 2, 2, 2, "Other")
        + online("ol", 2, 1, 1, "Two", "decimal") + online("ol", 1, 1, 2, "by letter", "lower-alpha") + online("ul", 1, 3, 1, "Ice"),
        '<p><strong>Cold</strong> or heet</p><h2>How to</h2><ol><li>One<ul><li>Sub</li><li>Other</li></ul></li><li>Two<ol type="a"><li>by letter</li></ol></li></ol><ul><li>Ice</li></ul>',
    ),
    # --- Google Docs --------------------------------------------------------------------------------------------------
    "Docs: everything in a bold that is not, marks by style": (
        DOCS.format(line(said("Cold "), said("numbs", "font-weight:700"), said(", heat "), said("loosens", "font-style:italic"))
                    + "<br>" + line(said("old", "text-decoration:line-through"), said(" H"), said("2", "vertical-align:sub"), said("O"))),
        "<p>Cold <strong>numbs</strong>, heat <em>loosens</em></p><p><s>old</s> H<sub>2</sub>O</p>",
    ),
    "Docs: lists beside their entries, of several kinds, and going on": (
        DOCS.format("<ol>" + docs_entry(1, "One", "decimal") + "<ul>" + docs_entry(2, "Sub") + "<ol>" + docs_entry(3, "deep", "lower-alpha") + "</ol></ul>"
                    + docs_entry(1, "Two", "decimal") + "</ol>" + line(said("Between")) + '<ol start="3">' + docs_entry(1, "Three", "decimal") + "</ol>"),
        '<ol><li>One<ul><li>Sub<ol type="a"><li>deep</li></ol></li></ul></li><li>Two</li></ol><p>Between</p><ol start="3"><li>Three</li></ol>',
    ),
    "Docs: numbered headings are headings": (
        DOCS.format('<ol><li dir="ltr" aria-level="1"><h2 dir="ltr"><span style="font-weight:400">Aims</span></h2></li></ol>' + line(said("x"))
                    + '<ol start="2"><li dir="ltr" aria-level="1"><h2 dir="ltr"><span style="font-weight:700">Means</span></h2></li></ol>'),
        "<h2>Aims</h2><p>x</p><h2>Means</h2>",
    ),
    "Docs: a table in a box": (
        DOCS.format('<div dir="ltr" align="left"><table style="border:none;"><colgroup><col width="120" /><col /></colgroup><tbody><tr style="height:0pt"><td>'
                    + line(said("Drug", "font-weight:700")) + "</td><td>" + line(said("Dose")) + "</td></tr><tr><td>" + line(said("A")) + "<br></td><td><ul>"
                    + docs_entry(1, "x") + "</ul></td></tr></tbody></table></div>"),
        "<table><tbody><tr><td><strong>Drug</strong></td><td>Dose</td></tr><tr><td>A</td><td><ul><li>x</li></ul></td></tr></tbody></table>",
    ),
    "Docs, saved as a page: bold in classes, a note, a comment": (
        '<html><head><style type="text/css">.c2{font-weight:700}.c3{font-style:italic;color:#000}</style></head><body class="c9"><p class="c1"><span class="c2">Cold</span>'
        '<span class="c3">ly<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup></span><sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup>.</p><hr class="c4"><div><p>'
        '<a href="#ftnt_ref1" id="ftnt1">[1]</a><span>&nbsp;Lane, 2018.</span></p></div><div class="c5"><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>Sure?</span></p></div></body></html>',
        '<p><strong>Cold</strong><em>ly</em><sup><a href="#note-NOTE-1">1</a></sup>.</p><ol><li id="note-NOTE-1">Lane, 2018.</li></ol>',
    ),
    # --- others -------------------------------------------------------------------------------------------------------
    "Outlook: boxes for lines, a list beside its entry, links by way of a watchman": (
        '<div class="elementToProof" style="font-family:Calibri">Dear <b>all</b>,</div><div class="elementToProof"><br></div><div>see '
        '<a href="https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fa%3Futm_source%3Dx%26id%3D7&amp;data=05%7C01">this</a>.</div>'
        '<ul style="margin-top:0in" type="disc"><li class="MsoListParagraph" style="margin-left:0in;mso-list:l0 level1 lfo1">One<o:p></o:p></li><ul type="circle">'
        '<li class="MsoListParagraph" style="mso-list:l0 level2 lfo1">Sub</li></ul><li class="MsoListParagraph">Two</li></ul>',
        '<p>Dear <strong>all</strong>,</p><p>see <a href="https://example.org/a?id=7">this</a>.</p><ul><li>One<ul><li>Sub</li></ul></li><li>Two</li></ul>',
    ),
    "LibreOffice": (
        '<p align="left" style="line-height:100%;margin-bottom:0in"><font face="Liberation Serif, serif"><font size="3" style="font-size: 12pt"><b>Cold</b> and <i>heat</i>'
        '<a class="sdfootnoteanc" name="sdfootnote4anc" href="#sdfootnote4sym"><sup>4</sup></a></font></font></p><p><br/>\n\n</p><ol><li><p>One</p></li><ol type="a"><li><p>Sub</p></li></ol>'
        '<li><p>Two</p></li></ol><ol><li><h1 class="western">Numbered</h1><ol><li><h2>Deeper</h2></li></ol></li></ol><dl><dd>Set in</dd></dl>'
        '<div id="sdfootnote4"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote4sym" href="#sdfootnote4anc">4</a>Lane, 2018.</p></div>',
        '<p><strong>Cold</strong> and <em>heat</em><sup><a href="#note-NOTE-4">4</a></sup></p><ol><li>One<ol type="a"><li>Sub</li></ol></li><li>Two</li></ol>'
        '<h2>Numbered</h2><h3>Deeper</h3><p>Set in</p><ol start="4"><li id="note-NOTE-4">Lane, 2018.</li></ol>',
    ),
    "Pages: classes, tabs, bullets as letters": (
        "<style>p.p1 {margin: 0.0px; font: 12.0px Helvetica} span.s1 {font: bold 12.0px Helvetica}</style><p class=\"p1\"><span class=\"s1\">Cold</span>"
        '<span class="Apple-converted-space">&nbsp; </span>numbs</p><p class="p2"><br></p><p class="p1">•<span class="Apple-tab-span" style="white-space:pre">\t</span>One</p>'
        '<p class="p1">•<span class="Apple-tab-span">\t</span>Two</p><p class="p1"><span class="Apple-tab-span">\t</span>1.<span class="Apple-tab-span">\t</span>First</p><p class="p1">2.\tSecond</p>',
        "<p><strong>Cold</strong> numbs</p><ul><li>One</li><li>Two</li></ul><ol><li>First</li><li>Second</li></ol>",
    ),
    "OneNote: bold by style, numbers by value": (
        "<p style='margin:0in;font-family:Calibri;font-size:11.0pt'><span style='font-weight:bold'>Cold</span> x</p><p style='margin:0in'>&nbsp;</p><ol type=1 style='margin-left:.375in'>"
        "<li value=3 style='vertical-align:middle;font-weight:bold'><span style='font-weight:bold'>Three</span></li><ol type=a><li value=1><span style='font-weight:normal'>a</span></li></ol>"
        "<li value=4><span>Four</span></li></ol>",
        '<p><strong>Cold</strong> x</p><ol start="3"><li><strong>Three</strong><ol type="a"><li>a</li></ol></li><li>Four</li></ol>',
    ),
    "Notion: a list for each entry": (
        '<!-- notionvc: 1 --><h3>How</h3><ul class="bulleted-list"><li style="list-style-type:disc">One<ul class="bulleted-list"><li>Sub</li></ul></li></ul><ul class="bulleted-list"><li>Two</li></ul>'
        '<ol type="1" class="numbered-list" start="1"><li>A</li></ol><ol type="1" class="numbered-list" start="2"><li>B</li></ol>',
        "<h3>How</h3><ul><li>One<ul><li>Sub</li></ul></li><li>Two</li></ul><ol><li>A</li><li>B</li></ol>",
    ),
    "Gmail: boxes and empty lines": (
        '<div dir="ltr">Dear all,<div><br></div><div>First <b>line</b>.<br>Second.</div><div><br></div><div>Yours<br><br>Anna</div><div><a href="https://example.org/" '
        'data-saferedirecturl="https://www.google.com/url?q=https://example.org/">here</a></div></div>',
        '<p>Dear all,</p><p>First <strong>line</strong>.<br>Second.</p><p>Yours</p><p>Anna</p><p><a href="https://example.org/">here</a></p>',
    ),
    "links without those who count": (
        '<p><a href="https://urldefense.com/v3/__https://example.org/a?b=1__;!!AbC!xyz$">1</a> <a href="https://urldefense.proofpoint.com/v2/url?u=https-3A__www.example.org_a-2Db&amp;d=Dw">2</a> '
        '<a href="https://urldefense.com/v3/__https://example.org/x*y__;Iw!!A!b$">3</a> <a href="https://example.org/?fbclid=1&amp;a=%20b#utm">4</a> <a href="file:///C:/x.doc">5</a> '
        '<a href="mailto:a@example.org">6</a> <a href="#_Ref7">7</a> <a href="https://www.google.com/url?q=https://example.org/a%3Fb%3D1&amp;sa=D&amp;ust=1">8</a> <a href="next.html">9</a></p>',
        '<p><a href="https://example.org/a?b=1">1</a> <a href="https://www.example.org/a-b">2</a> <a href="https://example.org/x#y">3</a> <a href="https://example.org/?a=%20b#utm">4</a> 5 '
        '<a href="mailto:a@example.org">6</a> 7 <a href="https://example.org/a?b=1">8</a> 9</p>',
    ),
    "PowerPoint": (
        "<div class=O style='text-align:left'><span style='mso-special-format:bullet;position:absolute'>•</span><span style='font-size:28pt'>First</span></div>"
        "<div class=O><span style='mso-special-format:bullet'>•</span><b>Second</b></div>",
        "<ul><li>First</li><li><strong>Second</strong></li></ul>",
    ),
    "Excel: bold in classes": (
        "<style><!--td {mso-style-parent:style0;} .xl65 {font-weight:700; text-align:left;} --></style><table border=0 width=128><col width=64 span=2><tr height=20><td class=xl65>Drug</td>"
        "<td class=xl65>Dose</td></tr><tr><td height=20>A</td><td align=right>5</td></tr></table>",
        "<table><tbody><tr><td><strong>Drug</strong></td><td><strong>Dose</strong></td></tr><tr><td>A</td><td>5</td></tr></tbody></table>",
    ),
    "tables that were boxes": (
        '<table role="presentation"><tr><td><table><tr><td>Dear <b>all</b></td></tr></table></td><td><p>Two</p></td></tr></table>',
        "<p>Dear <strong>all</strong></p><p>Two</p>",
    ),
    "a table with words under it, code, and signs that look like markup": (
        '<article><h1>T</h1><section><p title="a > b" style="color:red">x <b title=\'y>\' style="font-weight:normal">y</b> style="z"</p><pre>code  x\n y</pre>'
        "<figure><table><tr><td>1</td><td>2</td></tr></table><figcaption>Doses</figcaption></figure></section></article>",
        '<h2>T</h2><p>x y style="z"</p><pre><code>code  x\n y</code></pre><table><caption>Doses</caption><tbody><tr><td>1</td><td>2</td></tr></tbody></table>',
    ),
    "bullets as letters, one a line": (
        "<p>• One<br>• Two</p><p>5 • 3 is no list</p>", "<ul><li>One</li><li>Two</li></ul><p>5 • 3 is no list</p>",
    ),
}  # fmt: skip
