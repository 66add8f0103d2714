"""Nothing but the first paint before the first paint: the garbage collector waits for it.

Loading makes some hundred thousand objects that all stay. Looking through them again and again
took a fifth of the time to the first paint; afterwards they are set aside for good, so that no
key waits for it either.
"""

from __future__ import annotations

import gc


def hold_collector() -> None:
    """Let no garbage be collected until `release_collector`."""
    gc.disable()


def release_collector() -> None:
    """Collect garbage again, but never more among what was loaded; nothing if it was not held."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
