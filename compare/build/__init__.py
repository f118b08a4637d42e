"""Many stories become one site: which of them changed, a cache, workers and a disk.

What a build does, in order, and where::

    hold the output folder, and clear away what a killed build left     site (lock, staging.recover)
    look at the sources, the cache and the old site                     context (inputs, cache, manifest)
    tell the stories that changed                                       renewal, plan
    begin the new site, of the one before the old one if it is there    staging.begin, previous
    do those stories: read, compare, render, write                      work (workers, cluster, own)
    carry the others over, write what joins them, index what is found   renewal (writer, search)
    let the new site take the old one's place                           staging.finish, swap
    remember what it was made from                                      context, cache

A build that finds nothing changed ends after the second step and loads nothing of what follows it.
Asked are ``Options``, told a ``Report``. A ``Job`` is one story to do; it goes to a worker with the
``Setting`` that all stories share, and comes back ``Made``.
"""

from compare.build.report import Options, Report, Watch
from compare.build.site import build

__all__ = ["Options", "Report", "Watch", "build"]
