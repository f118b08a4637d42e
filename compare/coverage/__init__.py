"""What holds for a whole story: families, omissions, order, terms, headlines, measures per article."""

from compare.coverage.clock import omission
from compare.coverage.families import families
from compare.coverage.headlines import headlines
from compare.coverage.prominence import order
from compare.coverage.summaries import summaries
from compare.coverage.terms import terms

__all__ = ["families", "headlines", "omission", "order", "summaries", "terms"]
