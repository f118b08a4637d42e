"""Names of time zones in small letters: how many minutes ahead of Greenwich each may be."""

from __future__ import annotations

# More than one where a name stands for several zones or for summer and winter.
ZONES: dict[str, tuple[int, ...]] = {
    "et": (-300, -240), "est": (-300,), "edt": (-240,), "ct": (-360, -300), "cdt": (-300,),
    "mt": (-420, -360), "mst": (-420,), "mdt": (-360,), "pt": (-480, -420), "pst": (-480,), "pdt": (-420,),
    "akst": (-540,), "akdt": (-480,), "hst": (-600,),
    "eastern": (-300, -240), "central": (-360, -300), "mountain": (-420, -360), "pacific": (-480, -420),
    "gmt": (0,), "utc": (0,), "bst": (60,), "wet": (0,), "west": (60,), "cet": (60,), "cest": (120,),
    "mez": (60,), "mesz": (120,), "eet": (120,), "eest": (180,), "msk": (180,), "moscow": (180,),
    "trt": (180,), "ist": (330, 120, 60), "pkt": (300,), "wib": (420,), "cst": (-360, 480), "hkt": (480,),
    "sgt": (480,), "awst": (480,), "jst": (540,), "kst": (540,), "aest": (600,), "aedt": (660,),
    "nzst": (720,), "nzdt": (780,), "wat": (60,), "cat": (120,), "eat": (180,), "sast": (120,),
}  # fmt: skip
