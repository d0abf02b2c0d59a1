"""How dues are called where they are sold: `membership:first-physician`, `membership:renew-physician`."""

SHOP = "membership"
FIRST, RENEW = "first", "renew"
