"""Many stories become one site: which of them changed, a cache, workers and a disk."""

from compare.build.report import Options, Report, Watch
from compare.build.site import build

__all__ = ["Options", "Report", "Watch", "build"]
