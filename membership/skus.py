"""How dues are called where they are sold: `membership:first-physician`, `membership:renew-physician`, and a change of
category in the middle of a term, `membership:step-physician`. Seats for an institution are
`membership:bundle-physician`, or `membership:bundle-physician-10` at the price from ten on; more of them for the rest
of a period that runs are `membership:more-physician`, likewise.
"""

SHOP = "membership"
FIRST, RENEW, STEP, BUNDLE, MORE = "first", "renew", "step", "bundle", "more"
