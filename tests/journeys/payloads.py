"""Attacks that would be seen: they set a mark, or leave elements that nobody has written. Longest first."""

ATTACKS = (
    "\"'></title></textarea></script><script data-attack>window.attacked=1</script>"
    "<img data-attack src=x onerror=window.attacked=1><svg data-attack onload=window.attacked=1>"
    "<a data-attack href=javascript:window.attacked=1>x</a>{{7*7}}",
    "\"'></title><img data-attack src=x onerror=window.attacked=1>",
    '"><b data-attack>',
)
