"""How dues are called where they are sold: `membership:first-physician`, `membership:renew-physician`, and a change of
category in the middle of a term, `membership:step-physician`.
"""

SHOP = "membership"
FIRST, RENEW, STEP = "first", "renew", "step"
