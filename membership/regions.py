"""Where members work: the states by their two letters, and the regions of the US Census Bureau."""

REGIONS: dict[str, dict[str, str]] = {
    "Northeast": {
        "CT": "Connecticut", "ME": "Maine", "MA": "Massachusetts", "NH": "New Hampshire", "NJ": "New Jersey",
        "NY": "New York", "PA": "Pennsylvania", "RI": "Rhode Island", "VT": "Vermont",
    },
    "Midwest": {
        "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "MI": "Michigan", "MN": "Minnesota",
        "MO": "Missouri", "NE": "Nebraska", "ND": "North Dakota", "OH": "Ohio", "SD": "South Dakota",
        "WI": "Wisconsin",
    },
    "South": {
        "AL": "Alabama", "AR": "Arkansas", "DE": "Delaware", "DC": "District of Columbia", "FL": "Florida",
        "GA": "Georgia", "KY": "Kentucky", "LA": "Louisiana", "MD": "Maryland", "MS": "Mississippi",
        "NC": "North Carolina", "OK": "Oklahoma", "SC": "South Carolina", "TN": "Tennessee", "TX": "Texas",
        "VA": "Virginia", "WV": "West Virginia",
    },
    "West": {
        "AK": "Alaska", "AZ": "Arizona", "CA": "California", "CO": "Colorado", "HI": "Hawaii", "ID": "Idaho",
        "MT": "Montana", "NV": "Nevada", "NM": "New Mexico", "OR": "Oregon", "UT": "Utah", "WA": "Washington",
        "WY": "Wyoming",
    },
    "US territories": {
        "AS": "American Samoa", "GU": "Guam", "MP": "Northern Mariana Islands", "PR": "Puerto Rico",
        "VI": "US Virgin Islands",
    },
}  # fmt: skip

ABROAD = "XX"
ABROAD_LABEL = "Outside the United States"

STATES: tuple[tuple[str, str], ...] = tuple(
    sorted((pair for states in REGIONS.values() for pair in states.items()), key=lambda pair: pair[1])
)
CHOICES: tuple[tuple[str, str], ...] = (*STATES, (ABROAD, ABROAD_LABEL))
REGION_OF: dict[str, str] = {
    **{code: region for region, states in REGIONS.items() for code in states},
    ABROAD: ABROAD_LABEL,
}
