"""What page builders, plugins and the block editor leave in an export, in many shapes with words of ours; and what a page
keeps of each. KEY stands for the names of files that are made anew each time.
"""

# ruff: noqa: E501 - as exports write them, in one line

SHAPES = {
    "wpb progress": (
        '[vc_progress_bar values="%5B%7B%22label%22%3A%22Fewer%20falls%20at%20home%22%2C%22value%22%3A%2290%22%7D%2C%7B%22label%22%3A%22Sleep%22%2C%22value%22%3A%2280%22%7D%5D" units="%"]',
        {},
        "<p>Fewer falls at home: 90</p><p>Sleep: 80</p>",
    ),
    "wpb gmaps": (
        '[vc_gmaps link="#E-8_JTNDaWZyYW1lJTIwc3JjJTNEJTIyaHR0cHMlM0ElMkYlMkZ3d3cuZ29vZ2xlLmNvbSUyRm1hcHMlMkZlbWJlZCUzRnBiJTNEMSUyMiUyMHdpZHRoJTNEJTIyNjAwJTIyJTNFJTNDJTJGaWZyYW1lJTNF" title="Where we are"]',
        {},
        '<h2>Where we are</h2><p><a href="https://www.google.com/maps/embed?pb=1" rel="noopener">google.com/maps/embed?pb=1</a></p>',
    ),
    "wpb rawjs": (
        "[vc_raw_js]JTNDc2NyaXB0JTNFYWxlcnQlMjglMjJoZWxsbyUyMHdvcmxkJTIyJTI5JTNDJTJGc2NyaXB0JTNF[/vc_raw_js][vc_raw_html]\nJTNDaDMlM0VIb3VycyUyMCUyNmFtcCUzQiUyMGRheXMlM0MlMkZoMyUzRSUwQSUzQ3AlM0UlQzMlODRyenRlJTNBJTIwOSVFMiU4MCU5MzQlM0MlMkZwJTNF\n[/vc_raw_html][vc_raw_html]!!notbase64 but words here[/vc_raw_html][vc_raw_html]bm90IHV0ZjggAAECAw==[/vc_raw_html]",
        {},
        "<h2>Hours &amp; days</h2><p>Ärzte: 9–4</p><p>!!notbase64 but words here</p><p>not utf8</p>",
    ),
    "wpb misc": (
        '[vc_text_separator title="Our team"][vc_hoverbox image="1" primary_title="Front words" hover_title="Back words"]Inside of it.[/vc_hoverbox][vc_custom_heading text="A ``quoted`` `{`word`}`" font_container="tag:h3|text_align:left" link="url:https%3A%2F%2Fold.example%2Fabout%2F"][vc_pie value="90" title="Ninety percent" label_value="90%"][vc_zigzag][vc_empty_space height="32px"][vc_wp_text title="A box of words"]Words in it.[/vc_wp_text][vc_tta_tabs][vc_tta_section title="Tab one" tab_id="1523-a"][vc_column_text css=".vc_custom_12{margin-top: 0px !important;}"]In the tab.[/vc_column_text][/vc_tta_section][/vc_tta_tabs]',
        {},
        '<h2>Our team</h2><h2>Front words</h2><p>Inside of it.</p><h2><a href="/about/" rel="noopener">A “quoted” [word]</a></h2><h2>Ninety percent</h2><p>90%</p><h2>A box of words</h2><p>Words in it.</p><h2>Tab one</h2><p>In the tab.</p>',
    ),
    "wpb ext image": (
        '[vc_single_image source="external_link" external_img_size="full" custom_src="https://x.example/a.png" caption="A caption that matters"][vc_single_image image="999" caption="Lost picture caption" add_caption="yes"]',
        {},
        "<p>A caption that matters</p><p>Lost picture caption</p>",
    ),
    "ult": (
        '[ultimate_heading main_heading="Main words" heading_tag="h2" sub_heading_font_size="desktop:18px;"]Sub words.[/ultimate_heading][bsf-info-box icon="Defaults-user" title="Info title" read_text="Read on here" read_more="more" link="url:https%3A%2F%2Fold.example%2Fabout%2F||"]Box words.[/bsf-info-box][info_list][info_list_item list_title="First item" list_icon="x"]Item words.[/info_list_item][/info_list][stat_counter counter_title="Members worldwide" counter_value="2500" counter_suffix="+"][ult_buttons btn_title="Push here" btn_link="url:https%3A%2F%2Fjoin.example.net%2F||target:%20_blank|"]',
        {},
        '<h2>Main words</h2><p>Sub words.</p><h3>Info title</h3><p>Box words.</p><p><a href="/about/" rel="noopener">Read on here</a></p><h3>First item</h3><p>Item words.</p><h3>Members worldwide</h3><p>2500+</p><p><a href="https://join.example.net/" rel="noopener">Push here</a></p>',
    ),
    "divi": (
        '[et_pb_section fb_built="1" _builder_version="4.0"][et_pb_row][et_pb_column type="4_4"][et_pb_blurb title="Blurb" url="https://old.example/about/" image="https://old.example/wp-content/uploads/2018/12/clinic.jpg" alt="C" _builder_version="4"]<p>Blurb words.</p>[/et_pb_blurb][et_pb_number_counter title="Members" number="2500" percent_sign="off"][/et_pb_number_counter][et_pb_counters][et_pb_counter percent="80" _x="1"]Satisfied[/et_pb_counter][/et_pb_counters][et_pb_testimonial author="Ann Lee" job_title="Physician" company_name="City Clinic" portrait_url=""]<p>It helped.</p>[/et_pb_testimonial][et_pb_pricing_tables][et_pb_pricing_table title="Member" subtitle="One year" currency="$" per="year" sum="250" button_url="https://join.example.net/" button_text="Join now"]+ Journal\n- No parking[/et_pb_pricing_table][/et_pb_pricing_tables][et_pb_heading title="A heading here" title_level="h2"][/et_pb_heading][et_pb_countdown_timer title="Until the meeting" date_time="2020-01-01 12:00"][/et_pb_countdown_timer]',
        {},
        '<h2><a href="/about/" rel="noopener">Blurb</a></h2><figure><img src="/media/pictures/KEY-640.jpg" alt="C" width="640" height="400"></figure><p>Blurb words.</p><h2>Members</h2><p>2500</p><p>80%</p><p>Satisfied</p><p>Physician</p><p>City Clinic</p><p>It helped.</p><p>Ann Lee</p><h2>Member</h2><p>$250 / year</p><p>One year</p><p>+ Journal<br>- No parking</p><p><a href="https://join.example.net/" rel="noopener">Join now</a></p><h2>A heading here</h2><h3>Until the meeting</h3>',
    ),
    "divi code": (
        '[et_pb_code]<!-- [et_pb_line_break_holder] --><p>In code</p><!-- [et_pb_line_break_holder] -->[/et_pb_code][et_pb_fullwidth_header title="Head %22words%22" subhead="Below" button_one_text="One" button_one_url="/about/" button_two_text="Two words" button_two_url="https://two.example/"]<p>Content</p>[/et_pb_fullwidth_header][et_pb_map address="1 Main St"][et_pb_map_pin title="Office" pin_address="12 Main Street, Reno"]<p>Ring twice.</p>[/et_pb_map_pin][/et_pb_map][et_pb_social_media_follow][et_pb_social_media_follow_network social_network="facebook" url="https://facebook.com/x" bg="#000"]facebook[/et_pb_social_media_follow_network][/et_pb_social_media_follow][et_pb_button button_text="Dyn" button_url="@ET-DC@eyJkeW5hbWljIjp0cnVlLCJjb250ZW50IjoicG9zdF9saW5rX3VybF9wYWdlIiwic2V0dGluZ3MiOnsicG9zdF9pZCI6IjUifX0=@"][/et_pb_button][et_pb_text]@ET-DC@eyJkeW5hbWljIjp0cnVlLCJjb250ZW50IjoicG9zdF90aXRsZSIsInNldHRpbmdzIjp7fX0=@[/et_pb_text]',
        {},
        '<p>In code</p><h2>Head “words”</h2><p>Below</p><p>Content</p><p><a href="/about/" rel="noopener">One</a></p><p><a href="https://two.example/" rel="noopener">Two words</a></p><h2>Office</h2><p>12 Main Street, Reno</p><p>Ring twice.</p><p><a href="https://facebook.com/x" rel="noopener">facebook</a></p><p><a href="/about/" rel="noopener">Dyn</a></p>',
    ),
    "divi5": (
        '<!-- wp:divi/placeholder --><!-- wp:divi/section {"builderVersion":"5.0"} --><!-- wp:divi/row --><!-- wp:divi/text {"content":{"innerContent":{"desktop":{"value":"\\u003cp\\u003eHello from five, friends.\\u003c/p\\u003e"}}}} /--><!-- wp:divi/blurb {"title":{"innerContent":{"desktop":{"value":{"text":"Blurb of five","url":"https://old.example/about/"}}}},"content":{"innerContent":{"desktop":{"value":"\\u003cp\\u003eBlurb body.\\u003c/p\\u003e"}}}} /--><!-- wp:divi/button {"button":{"innerContent":{"desktop":{"value":{"text":"Join","linkUrl":"https://join.example.net/"}}}}} /--><!-- /wp:divi/row --><!-- /wp:divi/section --><!-- /wp:divi/placeholder -->',
        {},
        '<p>Hello from five, friends.</p><h2><a href="/about/" rel="noopener">Blurb of five</a></h2><p>Blurb body.</p><p><a href="https://join.example.net/" rel="noopener">Join</a></p>',
    ),
    "elementor": (
        "",
        {
            "_elementor_data": '[{"id": "a", "elType": "section", "settings": [], "elements": [{"elType": "column", "settings": {"_column_size": 100}, "elements": [{"elType": "widget", "widgetType": "heading", "settings": {"title": "Head words", "header_size": "h2"}, "elements": []}, {"elType": "widget", "widgetType": "text-editor", "settings": {"editor": "<p>Words of the <b>editor</b>.</p>"}, "elements": []}, {"elType": "widget", "widgetType": "icon-list", "settings": {"icon_list": [{"text": "First point", "link": {"url": "https://old.example/about/"}}, {"text": "Second point"}]}, "elements": []}, {"elType": "widget", "widgetType": "counter", "settings": {"starting_number": 0, "ending_number": 2500, "suffix": "+", "title": "Members"}, "elements": []}, {"elType": "widget", "widgetType": "progress", "settings": {"title": "Sleep", "percent": {"size": 80}}, "elements": []}, {"elType": "widget", "widgetType": "flip-box", "settings": {"title_text_a": "Front", "description_text_a": "Front words here", "title_text_b": "Back", "description_text_b": "Back words here", "button_text": "More", "link": {"url": "https://x.example/"}}, "elements": []}, {"elType": "widget", "widgetType": "price-table", "settings": {"heading": "Member", "sub_heading": "A year", "currency_symbol": "dollar", "price": "250", "period": "Yearly", "features_list": [{"item_text": "Journal"}, {"item_text": "Meeting"}], "button_text": "Join", "footer_additional_info": "No hidden fees"}, "elements": []}, {"elType": "widget", "widgetType": "price-list", "settings": {"price_list": [{"title": "Visit", "item_description": "An hour with us", "price": "$100"}]}, "elements": []}, {"elType": "widget", "widgetType": "blockquote", "settings": {"blockquote_content": "Listen to them first.", "author_name": "Anna Senior"}, "elements": []}, {"elType": "widget", "widgetType": "testimonial", "settings": {"testimonial_content": "It helped me.", "testimonial_name": "Bo", "testimonial_job": "Nurse"}, "elements": []}, {"elType": "widget", "widgetType": "animated-headline", "settings": {"before_text": "We are", "highlighted_text": "here", "after_text": "for you"}, "elements": []}, {"elType": "widget", "widgetType": "image", "settings": {"image": {"id": 30, "url": "https://old.example/wp-content/uploads/2018/12/clinic.jpg"}, "caption_source": "custom", "caption": "Our clinic"}, "elements": []}, {"elType": "widget", "widgetType": "nested-accordion", "settings": {"items": [{"item_title": "Question one?"}]}, "elements": []}, {"elType": "widget", "widgetType": "video", "settings": {"video_type": "youtube", "youtube_url": "https://www.youtube.com/watch?v=abcdefghijk"}, "elements": []}, {"elType": "widget", "widgetType": "call-to-action", "settings": {"title": "CTA title", "description": "CTA words", "button": "Push", "link": {"url": "https://cta.example/"}}, "elements": []}, {"elType": "widget", "widgetType": "button", "settings": {"text": "Plain button", "link": {"url": "https://old.example/about/"}}, "elements": []}, {"elType": "widget", "widgetType": "image-box", "settings": {"image": {"url": "", "id": ""}, "title_text": "Box", "description_text": "Box words"}, "elements": []}, {"elType": "widget", "widgetType": "alert", "settings": {"alert_title": "Careful", "alert_description": "It is hot"}, "elements": []}, {"elType": "widget", "widgetType": "slides", "settings": {"slides": [{"heading": "Slide head", "description": "Slide words", "button_text": "Slide go", "link": {"url": "https://s.example/"}}]}, "elements": []}, {"elType": "widget", "widgetType": "testimonial-carousel", "settings": {"slides": [{"content": "Carousel words", "name": "Cy", "title": "MD"}]}, "elements": []}, {"elType": "widget", "widgetType": "html", "settings": {"html": "<table><tr><td>a</td><td>b</td></tr></table>"}, "elements": []}, {"elType": "widget", "widgetType": "tabs", "settings": {"tabs": [{"tab_title": "T1", "tab_content": "<p>C1</p>"}]}, "elements": []}]}]}]'
        },
        '<h2>Head words</h2><p>Words of the <strong>editor</strong>.</p><p><a href="/about/" rel="noopener">First point</a></p><p>Second point</p><h3>Members</h3><p>2500+</p><h3>Sleep</h3><p>80%</p><h3>Front</h3><p>Front words here</p><p>Back</p><p>Back words here</p><p><a href="https://x.example/" rel="noopener">More</a></p><h3>Member</h3><p>$250 / Yearly</p><p>A year</p><p>No hidden fees</p><p>Journal</p><p>Meeting</p><p>Join</p><h3>Visit</h3><p>$100</p><p>An hour with us</p><p>Listen to them first.</p><p>Anna Senior</p><p>It helped me.</p><p>Bo</p><p>Nurse</p><p>We are</p><p>here</p><p>for you</p><figure><img src="/media/pictures/KEY-640.jpg" alt="A clinic" width="640" height="400"><figcaption>Our clinic</figcaption></figure><h3>Question one?</h3><p><a href="https://www.youtube.com/watch?v=abcdefghijk" rel="noopener">Watch the film on YouTube</a></p><h3>CTA title</h3><p>CTA words</p><p><a href="https://cta.example/" rel="noopener">Push</a></p><p><a href="/about/" rel="noopener">Plain button</a></p><h3>Box</h3><p>Box words</p><h3>Careful</h3><p>It is hot</p><h3>Slide head</h3><p>Slide words</p><p><a href="https://s.example/" rel="noopener">Slide go</a></p><p>Carousel words</p><p>Cy, MD</p><table><tbody><tr><td>a</td><td>b</td></tr></tbody></table><h3>T1</h3><p>C1</p>',
    ),
    "elementor nested": (
        "",
        {
            "_elementor_data": '[{"elType": "container", "settings": [], "elements": [{"elType": "widget", "widgetType": "nested-accordion", "settings": {"items": [{"item_title": "Q one?"}, {"item_title": "Q two?"}]}, "elements": [{"elType": "container", "elements": [{"elType": "widget", "widgetType": "text-editor", "settings": {"editor": "A one."}}]}, {"elType": "container", "elements": [{"elType": "widget", "widgetType": "text-editor", "settings": {"editor": "A two."}}]}]}]}]'
        },
        "<h2>Q one?</h2><p>A one.</p><h2>Q two?</h2><p>A two.</p>",
    ),
    "avada": (
        '[fusion_builder_container hundred_percent="no"][fusion_builder_row][fusion_builder_column type="1_1"][fusion_title size="2" content_align="left"]Fusion title[/fusion_title][fusion_text]<p>Text.</p>[/fusion_text][fusion_button link="https://old.example/about/" title="" target="_self" color="default"]Click here[/fusion_button][fusion_imageframe image_id="30|full" max_width=""]https://old.example/wp-content/uploads/2018/12/clinic.jpg[/fusion_imageframe][fusion_accordion][fusion_toggle title="Fusion Q?" open="no"]Fusion A.[/fusion_toggle][/fusion_accordion][fusion_code]PHA+Q29kZWQgd29yZHM8L3A+[/fusion_code][fusion_checklist icon="fa-check" size="small"][fusion_li_item icon=""]Point one[/fusion_li_item][fusion_li_item icon=""]<p>Point two</p>[/fusion_li_item][/fusion_checklist][fusion_person name="Dr. Ann Lee" title="Chair" picture="https://old.example/wp-content/uploads/2018/12/clinic.jpg"]Bio words.[/fusion_person][fusion_testimonials][fusion_testimonial name="Bo Ek" company="City Clinic" link=""]It helped.[/fusion_testimonial][/fusion_testimonials][fusion_counters_box][fusion_counter_box value="12" unit="+"]clinics[/fusion_counter_box][/fusion_counters_box][fusion_content_boxes][fusion_content_box title="Box title" link="https://x.example/" linktext="Read more" image=""]Box words.[/fusion_content_box][/fusion_content_boxes][fusion_tagline_box title="Tag title" description="Tag words here" link="https://x.example/" button="Tag go"][/fusion_tagline_box][fusion_tooltip title="Explained"]word[/fusion_tooltip][fusion_progress percentage="60" unit="%"]Progress label[/fusion_progress][fusion_youtube id="https://www.youtube.com/watch?v=abcdefghijk" width="600"][fusion_gallery][fusion_gallery_image image="https://old.example/wp-content/uploads/2018/12/clinic.jpg" image_id="30|full" /][/fusion_gallery][fusion_table]<table><tr><td>1</td><td>2</td></tr></table>[/fusion_table][fusion_separator style_type="none" /][/fusion_builder_column][/fusion_builder_row][/fusion_builder_container]',
        {},
        '<h2>Fusion title</h2><p>Text.</p><p><a href="/about/" rel="noopener">Click here</a></p><figure><img src="/media/pictures/KEY-640.jpg" alt="A clinic" width="640" height="400"><figcaption>Caption of clinic</figcaption></figure><h3>Fusion Q?</h3><p>Fusion A.</p><p>Coded words</p><ul><li>Point one</li><li><p>Point two</p></li></ul><h3>Dr. Ann Lee</h3><figure><img src="/media/pictures/KEY-640.jpg" alt="A clinic" width="640" height="400"></figure><p>Chair</p><p>Bio words.</p><p>City Clinic</p><p>It helped.</p><p>Bo Ek</p><p>12+</p><p>clinics</p><h3>Box title</h3><p>Box words.</p><p><a href="https://x.example/" rel="noopener">Read more</a></p><h3>Tag title</h3><p>Tag words here</p><p><a href="https://x.example/" rel="noopener">Tag go</a></p><p>word (Explained)</p><p>60%</p><p>Progress label</p><p><a href="https://www.youtube.com/watch?v=abcdefghijk" rel="noopener">Watch the film on YouTube</a></p><figure><img src="/media/pictures/KEY-640.jpg" alt="A clinic" width="640" height="400"></figure><table><tbody><tr><td>1</td><td>2</td></tr></tbody></table>',
    ),
    "oxygen sc": (
        "",
        {
            "ct_builder_shortcodes": '[ct_section ct_sign_sha256=\'ab\' ct_options=\'{"ct_id":2,"ct_parent":0,"selector":"section-2-10"}\'][ct_headline ct_sign_sha256=\'x\' ct_options=\'{"ct_id":3,"ct_parent":2,"original":{"tag":"h2"},"selector":"h-3"}\']Oxygen headline[/ct_headline][ct_text_block ct_options=\'{"ct_id":4}\']Oxygen words of the block.[/ct_text_block][oxy_rich_text ct_options=\'{"ct_id":5}\']<p>Rich oxygen.</p>[/oxy_rich_text][ct_link_button ct_options=\'{"original":{"url":"https://x.example/"}}\']Go on[/ct_link_button][/ct_section]'
        },
        '<h2>Oxygen headline</h2><p>Oxygen words of the block.</p><p>Rich oxygen.</p><p><a href="https://x.example/" rel="noopener">Go on</a></p>',
    ),
    "oxygen json": (
        "",
        {
            "_ct_builder_json": '{"id": 0, "name": "root", "depth": 0, "children": [{"id": 2, "name": "ct_section", "options": {"ct_id": 2, "nicename": "Section"}, "children": [{"name": "ct_headline", "options": {"ct_content": "JSON headline", "original": {"tag": "h1"}}}, {"name": "ct_text_block", "options": {"ct_content": "JSON words with <span id=\\"ct-placeholder-9\\"></span> more."}, "children": [{"name": "ct_span", "options": {"ct_content": "spanned"}}]}, {"name": "ct_image", "options": {"original": {"src": "https://old.example/wp-content/uploads/2018/12/clinic.jpg", "alt": "C"}}}, {"name": "ct_link_button", "options": {"ct_content": "Push", "original": {"url": "https://x.example/"}}}]}]}'
        },
        '<h2>JSON headline</h2><p>JSON words with more.</p><figure><img src="/media/pictures/KEY-640.jpg" alt="C" width="640" height="400"></figure><p><a href="https://x.example/" rel="noopener">Push</a></p>',
    ),
    "bricks": (
        "",
        {
            "_bricks_page_content_2": 'a:6:{i:0;a:5:{s:2:"id";s:6:"abcdef";s:4:"name";s:7:"section";s:6:"parent";i:0;s:8:"children";a:1:{i:0;s:1:"b";}s:8:"settings";a:0:{}}i:1;a:5:{s:2:"id";s:1:"b";s:4:"name";s:7:"heading";s:6:"parent";s:6:"abcdef";s:8:"children";a:0:{}s:8:"settings";a:2:{s:4:"text";s:14:"Bricks heading";s:3:"tag";s:2:"h2";}}i:2;a:5:{s:2:"id";s:1:"c";s:4:"name";s:10:"text-basic";s:6:"parent";s:6:"abcdef";s:8:"children";a:0:{}s:8:"settings";a:1:{s:4:"text";s:36:"Bricks words, für die Ärzte, here.";}}i:3;a:5:{s:2:"id";s:1:"d";s:4:"name";s:5:"image";s:6:"parent";s:1:"b";s:8:"children";a:0:{}s:8:"settings";a:1:{s:5:"image";a:4:{s:2:"id";i:30;s:8:"filename";s:10:"clinic.jpg";s:4:"size";s:5:"large";s:3:"url";s:57:"https://old.example/wp-content/uploads/2018/12/clinic.jpg";}}}i:4;a:5:{s:2:"id";s:1:"e";s:4:"name";s:6:"button";s:6:"parent";s:1:"b";s:8:"children";a:0:{}s:8:"settings";a:2:{s:4:"text";s:4:"Join";s:4:"link";a:2:{s:4:"type";s:8:"external";s:3:"url";s:25:"https://join.example.net/";}}}i:5;a:3:{s:2:"id";s:1:"f";s:4:"name";s:9:"accordion";s:8:"settings";a:1:{s:10:"accordions";a:1:{i:0;a:3:{s:5:"title";s:9:"Question?";s:7:"content";s:14:"<p>Answer.</p>";s:2:"id";s:1:"x";}}}}}'
        },
        '<h2>Bricks heading</h2><p>Bricks words, für die Ärzte, here.</p><figure><img src="/media/pictures/KEY-640.jpg" alt="A clinic" width="640" height="400"></figure><p><a href="https://join.example.net/" rel="noopener">Join</a></p><h2>Question?</h2><p>Answer.</p>',
    ),
    "beaver": (
        "",
        {
            "_fl_builder_data": 'a:2:{s:13:"5a1b2c3d4e5f6";O:8:"stdClass":5:{s:4:"node";s:13:"5a1b2c3d4e5f6";s:4:"type";s:6:"module";s:6:"parent";s:3:"abc";s:8:"position";i:0;s:8:"settings";O:8:"stdClass":3:{s:7:"heading";s:14:"Beaver heading";s:3:"tag";s:2:"h2";s:4:"type";s:7:"heading";}}s:13:"6a1b2c3d4e5f6";O:8:"stdClass":5:{s:4:"node";s:1:"x";s:4:"type";s:6:"module";s:6:"parent";s:3:"abc";s:8:"position";i:1;s:8:"settings";O:8:"stdClass":2:{s:4:"text";s:28:"<p>Beaver words are here</p>";s:4:"type";s:9:"rich-text";}}}'
        },
        "<h2>Beaver heading</h2><p>Beaver words are here</p>",
    ),
    "footnote mixed": (
        '<!-- wp:heading --><h2>A<sup data-fn="11-a" class="fn"><a href="#11-a" id="11-a-link">1</a></sup></h2><!-- /wp:heading --><!-- wp:list --><ul><!-- wp:list-item --><li>B<sup data-fn="22-b" class="fn"><a href="#22-b" id="22-b-link">2</a></sup></li><!-- /wp:list-item --></ul><!-- /wp:list --><!-- wp:core/footnotes {"className":"x"} /-->',
        {
            "footnotes": '[{"content": "See <a href=\\"https://old.example/about/\\">about</a> and <em>more</em> &amp; more.", "id": "11-a"}, {"content": "", "id": "22-b"}]'
        },
        '<h2>A<sup><a href="#at-11-a" rel="noopener">1</a></sup></h2><ul><li>B<sup><a href="#at-22-b" rel="noopener">2</a></sup></li></ul><ol><li id="at-11-a">See <a href="/about/" rel="noopener">about</a> and <em>more</em> &amp; more.</li></ol>',
    ),
    "footnote plugins": (
        "Half felt better[efn_note]Smith 2018.[/efn_note] after weeks[mfn]Jones, <em>Pain</em>.[/mfn] of it ((double words)) here [fn]Third note.[/fn].",
        {},
        '<p>Half felt better<sup><a href="#note-1" rel="noopener">1</a></sup> after weeks<sup><a href="#note-2" rel="noopener">2</a></sup> of it ((double words)) here <sup><a href="#note-3" rel="noopener">3</a></sup>.</p><ol><li id="note-1">Smith 2018.</li><li id="note-2">Jones, <em>Pain</em>.</li><li id="note-3">Third note.</li></ol>',
    ),
    "code": (
        '<pre><code>[gallery ids="1"] -- "q" {loadposition career-feed}</code></pre><p>Use <code>[vc_row]</code> and <kbd>[caption]</kbd> and [[gallery]].</p>\n[code language="php"]echo [x]; // -- "a" <b>[/code]\n[sourcecode]a[0] = b[i]--;[/sourcecode]',
        {},
        '<pre>[gallery ids="1"] -- "q" {loadposition career-feed}</pre><p>Use <code>[vc_row]</code> and <code>[caption]</code> and [gallery].</p><pre>echo [x]; // -- "a" &lt;b&gt;</pre><pre>a[0] = b[i]--;</pre>',
    ),
    "file blocks": (
        '<!-- wp:file {"id":31} --><div class="wp-block-file"><object class="wp-block-file__embed" data="https://old.example/wp-content/uploads/2018/12/guide.pdf" type="application/pdf" style="width:100%;height:600px" aria-label="Embed of guide."></object><a id="wp-block-file--media-1" href="https://old.example/wp-content/uploads/2018/12/guide.pdf"><strong>The</strong> guide</a><a href="https://old.example/wp-content/uploads/2018/12/guide.pdf" class="wp-block-file__button wp-element-button" download aria-describedby="wp-block-file--media-1">Herunterladen</a></div><!-- /wp:file -->',
        {},
        '<p><a href="/media/documents/KEY/guide.pdf" rel="noopener"><strong>The</strong> guide</a></p>',
    ),
    "links": (
        'A <a href="https://old.example/?author=77">a</a> <a href="https://old.example/?p=9999&amp;preview=true">b</a> <a href="/?tag=opioids">c</a> <a href="/?m=201905">d</a> <a href="/index.php?page_id=12345">e</a> <a href="?p=777">f</a> <a href="/?attachment_id=98765">g</a> <a href="/?post_type=event&p=55">h</a> <a href="/?category_name=news">i</a> <a href="/wp-login.php">j</a> <a href="/?feed=rss2">k</a> <a href="https://old.example">l</a> <a href="/?p=abc">m</a> <a href="https://example.net/?p=9999">n</a> <a href="/?lang=es">o</a> <a href="//old.example/?p=99">p</a> <a href="/?p=">q</a> <a href="/?year=2019&monthnum=05">r</a>',
        {},
        '<p>A a b c <a href="/2019/05/" rel="noopener">d</a> e f g h i j <a href="/feeds/news/" rel="noopener">k</a> <a href="/" rel="noopener">l</a> m <a href="https://example.net/?p=9999" rel="noopener">n</a> <a href="/" rel="noopener">o</a> p <a href="/" rel="noopener">q</a> <a href="/2019/05/" rel="noopener">r</a></p>',
    ),
}
