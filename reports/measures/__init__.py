"""Multidimensional measures (Alkire–Foster): pure rules, exact to the last digit."""

from reports.measures.figures import IndicatorFigures as IndicatorFigures
from reports.measures.figures import Measures as Measures
from reports.measures.scheme import Fault as Fault
from reports.measures.scheme import Scheme as Scheme
from reports.measures.scheme import Unfit as Unfit
from reports.measures.scheme import exact as exact
from reports.measures.scheme import nested_equal as nested_equal
from reports.measures.tally import Tally as Tally
