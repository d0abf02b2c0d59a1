"""The sign of each kind of page, beside its word in lists of several kinds."""

from content.states import PageKind

SIGNS: dict[str, str] = {
    PageKind.PAGE: "document",
    PageKind.CONDITION: "pulse",
    PageKind.INITIATIVE: "users",
    PageKind.ANSWER: "speech",
    PageKind.NEWS: "news",
    PageKind.STATEMENT: "speaker",
}
