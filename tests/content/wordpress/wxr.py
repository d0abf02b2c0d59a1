"""Writes WordPress exports: every word of them is the tests' own."""

from xml.sax.saxutils import escape

SITE = "https://old.example"
HEAD = f"""<?xml version="1.0" encoding="UTF-8" ?>
<!-- generator="WordPress" -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wfw="http://wellformedweb.org/CommentAPI/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<title>The old site</title>
<link>{SITE}</link>
<language>en-US</language>
<wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>{SITE}</wp:base_site_url>
<wp:base_blog_url>{SITE}</wp:base_blog_url>
"""
FOOT = "</channel>\n</rss>\n"


def cdata(text):
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"


def author(login, name, email="someone@old.example"):
    return (
        f"<wp:author><wp:author_login>{cdata(login)}</wp:author_login><wp:author_email>{cdata(email)}"
        f"</wp:author_email><wp:author_display_name>{cdata(name)}</wp:author_display_name></wp:author>\n"
    )


def category(slug, name, parent="", about=""):
    return (
        f"<wp:category><wp:category_nicename>{slug}</wp:category_nicename><wp:category_parent>{parent}"
        f"</wp:category_parent><wp:cat_name>{cdata(name)}</wp:cat_name><wp:category_description>{cdata(about)}"
        "</wp:category_description></wp:category>\n"
    )


def menu_term(slug, name):
    return (
        f"<wp:term><wp:term_taxonomy>nav_menu</wp:term_taxonomy><wp:term_slug>{slug}</wp:term_slug>"
        f"<wp:term_name>{cdata(name)}</wp:term_name></wp:term>\n"
    )


def item(number, title, content="", *, kind="page", slug="", more="", meta=None, terms=(), **fields):
    """One entry; `terms` are (domain, slug, name), `fields` the elements of the wp namespace."""
    slug = slug if slug is not None else ""
    values = {
        "post_date": "2018-12-14 09:30:00",
        "post_date_gmt": "2018-12-14 15:30:00",
        "post_name": slug,
        "status": "publish",
        "post_parent": 0,
        "menu_order": 0,
        "post_type": kind,
        "post_password": "",
        **fields,
    }
    link = values.pop("link", f"{SITE}/{slug}/")
    excerpt = values.pop("excerpt", "")
    creator = values.pop("creator", "rlane")
    pub_date = values.pop("pub_date", "Fri, 14 Dec 2018 15:30:00 +0000")
    parts = [
        f"<item>\n<title>{cdata(title)}</title>\n<link>{escape(link)}</link>\n<pubDate>{pub_date}</pubDate>",
        f"<dc:creator>{cdata(creator)}</dc:creator>",
        f'<guid isPermaLink="false">{SITE}/?p={number}</guid>\n<description></description>',
        f"<content:encoded>{cdata(content)}</content:encoded>",
        f"<excerpt:encoded>{cdata(excerpt)}</excerpt:encoded>",
        f"<wp:post_id>{number}</wp:post_id>",
        *(f"<wp:{name}>{cdata(str(value))}</wp:{name}>" for name, value in values.items()),
        *(f'<category domain="{domain}" nicename="{word}">{cdata(name)}</category>' for domain, word, name in terms),
        *(
            f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value>{cdata(str(value))}</wp:meta_value>"
            "</wp:postmeta>"
            for key, value in (meta or {}).items()
        ),
        more,
        "</item>\n",
    ]
    return "\n".join(parts)


def attachment(number, path, title, *, alt="", **fields):
    return item(
        number,
        title,
        kind="attachment",
        slug=f"file-{number}",
        status="inherit",
        meta={"_wp_attached_file": path, "_wp_attachment_image_alt": alt},
        more=f"<wp:attachment_url>{SITE}/wp-content/uploads/{path}</wp:attachment_url>",
        **fields,
    )


def entry_of_menu(number, menu, title, *, order, url="", target="", parent="0"):
    kind = "post_type" if target else "custom"
    meta = {
        "_menu_item_type": kind,
        "_menu_item_object_id": target or number,
        "_menu_item_url": url,
        "_menu_item_menu_item_parent": parent,
    }
    return item(
        number,
        title,
        kind="nav_menu_item",
        slug=f"{number}",
        menu_order=order,
        meta=meta,
        terms=[("nav_menu", menu, menu)],
    )


def export(*parts):
    return (HEAD + "".join(parts) + FOOT).encode()


PARAGRAPH = (
    'People who live with pain read this page, and so do the clinicians who treat them; both deserve "plain" words. '
    "It's written the way editors typed for years -- without tags, with a line for each paragraph...\n\n"
)


def large(entries=120, size=600_000, day="2018-12-14"):
    """An export of so many entries and at least so many bytes, of every kind, all of one day."""
    each = size // entries // len(PARAGRAPH) + 1
    parts = [author("rlane", "Ruth Lane"), category("news", "News"), category("statements", "Statements")]
    for number in range(1, entries + 1):
        text = (
            f"<h1>Part {number}</h1>\n" + PARAGRAPH * each + f'<a href="{SITE}/entry-{number % entries + 1}/">next</a> '
            "[unknown_code x=1]\n<ul><li>one</li><li>two</li></ul>\n"
        )
        is_post = number % 2 == 0
        terms = [("category", "statements" if number % 6 == 0 else "news", "Statements" if number % 6 == 0 else "News")]
        parts.append(
            item(
                number,
                f"Entry {number}",
                text,
                slug=f"entry-{number}",
                kind="post" if is_post else "page",
                terms=terms if is_post else (),
                post_parent=number - 2 if number % 10 == 3 else 0,
                link=f"{SITE}/{day.replace('-', '/')}/entry-{number}/" if is_post else f"{SITE}/entry-{number}/",
                post_date=f"{day} 09:30:00",
                post_date_gmt=f"{day} 15:30:00",
            )
        )
    return export(*parts)
