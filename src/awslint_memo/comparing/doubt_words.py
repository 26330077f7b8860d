"""Why a finding that seems mended does not count as that, in words."""

from __future__ import annotations

BY_OTHERS = (
    "the rule is silent only because a default, a mapping or a condition decides the value, or an output, a stored "
    "parameter or a nested stack's input tells others of the resource; change what decides it, or mend it here"
)
GIVEN = "{} gives {} {}, with which nothing was judged; {}"
MOST_GIVEN = 50
"""How many sets of values of other files are judged."""

LOOPED = "{} has more loops now, into which the rule does not look; write the resource outside of them"
MOVED = "{}, by which it was found, is in {} now; mend it there"
UNNAMED = "{} named what it was found by, and says it otherwise now; name that as before and mend it"
NO_NUMBER = "{} of {} is no number any more; write one"
UNFOLLOWED = "{} has what is not followed, {}; mend it without that"
LOST = "it is not judged any more with the values of {}, which {}; name what it is deployed with by {}, as before"
MOST_LOST = 3
"""How many files a sentence names."""

REFUSED = "{}, so that it is refused and what is deployed stays as it was"
NAMED_NOW = "the configuration names the folder of {} only now; let that be merged first"
