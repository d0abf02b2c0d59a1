"""How dues are called where they are sold: `membership:first-physician`, `membership:renew-physician`, and a change of
category in the middle of a term, `membership:step-physician`. Seats for an institution are
`membership:bundle-physician`, or `membership:bundle-physician-10` at the price from ten on.
"""

SHOP = "membership"
FIRST, RENEW, STEP, BUNDLE = "first", "renew", "step", "bundle"
