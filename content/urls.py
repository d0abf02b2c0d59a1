"""Addresses of the room. The roof includes them last: the pages' own address matches whatever is left."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from aapm_site.core.http.converters import digits, matching
from content.seo import feeds, meeting_feed
from content.states import MeetingKind
from content.views import (
    answers,
    archives,
    glossary,
    history,
    media,
    meetings,
    newsletter,
    newsletter_archive,
    pages,
    previews,
    questions,
    resources,
    site_map,
)

# One or more words of lower-case letters, digits and hyphens.
register_converter(matching(r"[a-z0-9-]+(?:/[a-z0-9-]+)*"), "pagepath")
# The forms in which pictures are kept, their widths in pixels, and the name of a document, as the site makes it.
register_converter(matching("webp|jpg|png"), "pictureending")
register_converter(matching("[1-9][0-9]{0,3}", IntConverter), "pixels")
register_converter(matching(r"[a-z0-9_-]+\.[a-z]{3,4}"), "filename")
register_converter(matching("|".join(MeetingKind.values)), "meetingkind")
register_converter(digits(4), "yyyy")
register_converter(digits(2), "nn")

app_name = "content"

DATES = (
    ("<yyyy:year>/", "year"),
    ("<yyyy:year>/<nn:month>/", "month"),
    ("<yyyy:year>/<nn:month>/<nn:day>/", "day"),
)

urlpatterns = [
    path("", pages.home, name="home"),
    path("ask/", questions.ask, name="ask"),
    path("ask/thanks/", questions.thanks, name="ask-thanks"),
    path("ask/suggestions/", answers.suggestions, name="ask-suggestions"),
    path("ask/urgent.json", answers.urgent_words, name="ask-urgent"),
    path("ask/<publicid:token>/", questions.track, name="ask-track"),
    path("ask/<publicid:token>/consent/", questions.consent, name="ask-consent"),
    path("ask/<publicid:token>/delete/", questions.erase, name="ask-erase"),
    path("newsletter/", newsletter.newsletter, name="newsletter"),
    path("newsletter/asked/", newsletter.asked, name="newsletter-asked"),
    path("newsletter/erased/", newsletter.erased, name="newsletter-erased"),
    path("newsletter/confirm/<str:signed>/", newsletter.confirm, name="newsletter-confirm"),
    path("newsletter/mine/<str:token>/", newsletter.mine, name="newsletter-mine"),
    path("newsletter/mine/<str:token>/export/", newsletter.export, name="newsletter-export"),
    path("newsletter/mine/<str:token>/erase/", newsletter.erase, name="newsletter-erase"),
    path("newsletter/past/", newsletter_archive.past, name="newsletter-past"),
    path("newsletter/past/page/<int:number>/", newsletter_archive.past, name="newsletter-past-page"),
    path("newsletter/<slug:slug>/", newsletter_archive.issue, name="newsletter-issue"),
    path("patient-resources/", resources.directory, name="resources"),
    path("glossary/", glossary.glossary, name="glossary"),
    path("site-map/", site_map.site_map, name="site-map"),
    path("news/", archives.news, name="news"),
    path("news/archive/", archives.index, name="archive-index"),
    path("news/page/<int:number>/", archives.news, name="news-page"),
    path("news/category/<slug:slug>/", archives.category, name="news-category"),
    path("news/category/<slug:slug>/page/<int:number>/", archives.category, name="news-category-page"),
    path("news/by/<slug:slug>/", archives.author, name="news-author"),
    path("news/by/<slug:slug>/page/<int:number>/", archives.author, name="news-author-page"),
    path("news/<slug:slug>/", pages.news_detail, name="news-detail"),
    path("news/<slug:slug>/history/", history.news_history, name="news-history"),
    path("news/<slug:slug>/history/<int:number>/", history.news_version, name="news-version"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/page/<int:number>/", meetings.meetings, name="meetings-page"),
    path("meetings/kind/<meetingkind:kind>/", meetings.of_kind, name="meetings-kind"),
    path("meetings/kind/<meetingkind:kind>/page/<int:number>/", meetings.of_kind, name="meetings-kind-page"),
    path("meetings/past/", meetings.past, name="meetings-past"),
    path("meetings/past/page/<int:number>/", meetings.past, name="meetings-past-page"),
    path("meetings/calendar.ics", meetings.calendar, name="meetings-calendar"),
    path("meetings/<slug:slug>/calendar.ics", meetings.add_to_calendar, name="meeting-calendar"),
    path("meetings/<slug:slug>/", meetings.meeting, name="meeting"),
    path("preview/<str:token>/", previews.preview, name="preview"),
    path("answers/", answers.answers, name="answers"),
    path("answers/<slug:slug>/", pages.answer_detail, name="answer-detail"),
    *(path(route, archives.archive, name=f"archive-{unit}") for route, unit in DATES),
    *(path(f"{route}page/<int:number>/", archives.archive, name=f"archive-{unit}-page") for route, unit in DATES),
    path("feeds/news/", feeds.news, name="feed-news"),
    path("feeds/answers/", feeds.answers, name="feed-answers"),
    path("feeds/meetings/", meeting_feed.meetings, name="feed-meetings"),
    path("feeds/category/<slug:slug>/", feeds.category, name="feed-category"),
    *(path(f"feeds/{route}", feeds.archive, name=f"feed-{unit}") for route, unit in DATES),
    path(
        "media/pictures/<publicid:public_id>-<pixels:width>.<pictureending:ending>", media.picture, name="picture-file"
    ),
    path("media/documents/<publicid:public_id>/<filename:name>", media.document, name="document-file"),
    path("<pagepath:path>/", pages.page_detail, name="page-detail"),
]
