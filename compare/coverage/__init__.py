"""What holds for a whole story: who tells what, families, order, terms, measures per article."""

from compare.coverage.agencies import agencies
from compare.coverage.families import families
from compare.coverage.prominence import order
from compare.coverage.standing import with_standing
from compare.coverage.summaries import summaries
from compare.coverage.terms import terms

__all__ = ["agencies", "families", "order", "summaries", "terms", "with_standing"]
