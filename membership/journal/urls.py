"""Below /journal/."""

from django.urls import path

from .views import articles, contents_letters, issues, saved, search

app_name = "journal"

urlpatterns = [
    path("", issues.landing, name="journal"),
    path("advance/", issues.advance, name="advance"),
    path("saved/", saved.listing, name="saved-list"),
    path("saved/<int:number>/note/", saved.note, name="saved-note"),
    path("saved/<int:number>/remove/", saved.remove, name="saved-remove"),
    path("contents-by-mail/", contents_letters.contents_by_mail, name="contents-by-mail"),
    path("search/", search.search, name="search"),
    path("issues/", issues.listing, name="issue-list"),
    path("article/<slug:slug>/", articles.detail, name="article-detail"),
    path("article/<slug:slug>/figures/<slug:key>/", articles.figure, name="figure-detail"),
    path("article/<slug:slug>/files/<slug:key>/", articles.delivered_file, name="delivered-file"),
    path("article/<slug:slug>/save/", saved.save, name="article-save"),
    path("article/<slug:slug>/tables/<int:number>/", articles.table, name="article-table"),
    path("article/<slug:slug>/cite.<slug:ending>", articles.cite, name="article-cite"),
    path("doi/<path:doi>", articles.by_doi, name="article-by-doi"),
    path("<int:volume>-<int:number>/", issues.short, name="issue-short"),
    path("<int:volume>-<int:number>/<slug:slug>/", issues.detail, name="issue-detail"),
]
