"""The reports of COUNTER, release 5.1, that the journal gives: their columns, metrics and filters, as data."""

from dataclasses import dataclass

DENIED, REQUESTED = ("Limit_Exceeded", "No_License"), ("Total_Item_Requests", "Unique_Item_Requests")
USED = ("Total_Item_Investigations", "Total_Item_Requests", "Unique_Item_Investigations", "Unique_Item_Requests")
NAMED = ("Publisher", "Publisher_ID", "Platform")
NUMBERS = ("DOI", "Proprietary_ID", "Print_ISSN", "Online_ISSN", "URI")
NUMBERS_WITH_ISBN = ("DOI", "Proprietary_ID", "ISBN", "Print_ISSN", "Online_ISSN", "URI")
WRITTEN = ("Authors", "Publication_Date", "Article_Version")
SHOWN = ("Data_Type", "YOP", "Access_Type", "Access_Method")
PARENT = ("Parent_Title", "Parent_Authors", "Parent_Publication_Date", "Parent_Article_Version", "Parent_Data_Type",
          "Parent_DOI", "Parent_Proprietary_ID", "Parent_ISBN", "Parent_Print_ISSN", "Parent_Online_ISSN",
          "Parent_URI")  # fmt: skip
PARENT_OF_VIEW = tuple(
    one for one in PARENT if one not in {"Parent_Publication_Date", "Parent_Data_Type", "Parent_ISBN"}
)


@dataclass(frozen=True)
class CounterView:
    """One report, or a view of one whose filters are fixed. Its columns follow from what it is about."""

    id: str
    title: str
    columns: tuple[str, ...]
    metrics: tuple[str, ...] = ()  # none: all that there are
    filters: str = ""
    attributes: str = ""
    only_controlled: bool = False
    is_of_articles: bool = False
    suffix: str = ""

    @property
    def slug(self) -> str:
        return f"{self.id.lower()}{self.suffix}"


REGULAR = "Access_Method=Regular"
TITLE_VIEW = ("Title", *NAMED, *NUMBERS)
VIEWS = (
    CounterView("TR", "Title Report", ("Title", *NAMED, *NUMBERS_WITH_ISBN, *SHOWN),
                attributes="Attributes_To_Show=YOP|Access_Type|Access_Method"),
    CounterView("TR_J1", "Journal Requests (Controlled)", TITLE_VIEW, REQUESTED,
                f"Data_Type=Journal; Access_Type=Controlled; {REGULAR}", only_controlled=True),
    CounterView("TR_J2", "Journal Access Denied", TITLE_VIEW, DENIED, f"Data_Type=Journal; {REGULAR}"),
    CounterView("TR_J3", "Journal Usage by Access Type", (*TITLE_VIEW, "Access_Type"), USED,
                f"Data_Type=Journal; {REGULAR}"),
    CounterView("TR_J4", "Journal Requests by YOP (Controlled)", (*TITLE_VIEW, "YOP"), REQUESTED,
                f"Data_Type=Journal; Access_Type=Controlled; {REGULAR}", only_controlled=True),
    CounterView("IR", "Item Report", ("Item", *NAMED, *WRITTEN, *NUMBERS_WITH_ISBN, *SHOWN),
                attributes="Attributes_To_Show=Authors|Publication_Date|Article_Version|YOP|Access_Type|Access_Method",
                is_of_articles=True),
    CounterView("IR", "Item Report", ("Item", *NAMED, *WRITTEN, *NUMBERS_WITH_ISBN, *PARENT, *SHOWN),
                attributes="Attributes_To_Show=Authors|Publication_Date|Article_Version|YOP|Access_Type|Access_Method; "
                "Include_Parent_Details=True", is_of_articles=True, suffix="-parent"),
    CounterView("IR_A1", "Journal Article Requests",
                ("Item", *NAMED, *WRITTEN, *NUMBERS, *PARENT_OF_VIEW, "Access_Type"), REQUESTED,
                f"Data_Type=Article; {REGULAR}", is_of_articles=True),
    CounterView("PR_P1", "Platform Usage", ("Platform", "Data_Type"),
                ("Searches_Platform", "Total_Item_Requests", "Unique_Item_Requests", "Unique_Title_Requests"), REGULAR),
)  # fmt: skip
BY_SLUG = {view.slug: view for view in VIEWS}
