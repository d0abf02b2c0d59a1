"""Below /journal/."""

from django.urls import path

from .views import articles, issues

app_name = "journal"

urlpatterns = [
    path("", issues.landing, name="journal"),
    path("advance/", issues.advance, name="advance"),
    path("issues/", issues.listing, name="issue-list"),
    path("article/<slug:slug>/", articles.detail, name="article-detail"),
    path("article/<slug:slug>/figures/<slug:key>/", articles.figure, name="figure-detail"),
    path("article/<slug:slug>/files/<slug:key>/", articles.delivered_file, name="delivered-file"),
    path("article/<slug:slug>/tables/<int:number>/", articles.table, name="article-table"),
    path("article/<slug:slug>/cite.<slug:ending>", articles.cite, name="article-cite"),
    path("doi/<path:doi>", articles.by_doi, name="article-by-doi"),
    path("<int:volume>-<int:number>/", issues.short, name="issue-short"),
    path("<int:volume>-<int:number>/<slug:slug>/", issues.detail, name="issue-detail"),
]
