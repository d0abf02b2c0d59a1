"""Below /journal/."""

from django.urls import path

from .seo import feeds
from .views import articles, club, collections, contents_letters, issues, saved, search

app_name = "journal"

urlpatterns = [
    path("", issues.landing, name="journal"),
    path("advance/", issues.advance, name="advance"),
    path("feed/", feeds.articles, name="feed"),
    path("saved/", saved.listing, name="saved-list"),
    path("saved/<int:number>/note/", saved.note, name="saved-note"),
    path("saved/<int:number>/remove/", saved.remove, name="saved-remove"),
    path("contents-by-mail/", contents_letters.contents_by_mail, name="contents-by-mail"),
    path("collections/", collections.collection_list, name="collection-list"),
    path("collections/<slug:slug>/", collections.collection, name="collection-detail"),
    path("subjects/", collections.subject_list, name="subject-list"),
    path("subjects/<slug:slug>/", collections.subject, name="subject-detail"),
    path("subjects/<slug:slug>/by-mail/", contents_letters.subject_by_mail, name="subject-mail"),
    path("authors/<str:key>/", collections.author, name="author-detail"),
    path("search/", search.search, name="search"),
    path("issues/", issues.listing, name="issue-list"),
    path("covers/<str:name>", issues.cover, name="cover"),
    path("pictures/<str:name>", collections.picture, name="collection-picture"),
    path("article/<slug:slug>/", articles.detail, name="article-detail"),
    path("article/<slug:slug>/figures/<slug:key>/", articles.figure, name="figure-detail"),
    path("article/<slug:slug>/files/<slug:key>/", articles.delivered_file, name="delivered-file"),
    path("article/<slug:slug>/save/", saved.save, name="article-save"),
    path("article/<slug:slug>/journal-club/", club.sheet, name="club-sheet"),
    path("article/<slug:slug>/journal-club/plan/", club.plan, name="club-plan"),
    path("clubs/<int:number>/call-off/", club.call_off, name="club-call-off"),
    path("article/<slug:slug>/tables/<int:number>/", articles.table, name="article-table"),
    path("article/<slug:slug>/cite.<slug:ending>", articles.cite, name="article-cite"),
    path("doi/<path:doi>", articles.by_doi, name="article-by-doi"),
    path("<int:volume>-<int:number>/", issues.short, name="issue-short"),
    path("<int:volume>-<int:number>/<slug:slug>/", issues.detail, name="issue-detail"),
]
