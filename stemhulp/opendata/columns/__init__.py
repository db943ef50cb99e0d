"""What stands in the tables of the open data: every column, once.

The header of a CSV, the types of Parquet, the data dictionary and `datapackage.json` are made of
this, and what reads our CSV goes by it.
"""

from stemhulp.opendata.columns.lists import FRIENDLINESS, LISTS
from stemhulp.opendata.columns.positions import POSITIONS
from stemhulp.opendata.columns.statements import STATEMENTS
from stemhulp.opendata.columns.table import Column, Kind, Table

__all__ = ["FRIENDLINESS", "LISTS", "POSITIONS", "STATEMENTS", "TABLES", "Column", "Kind", "Table"]

TABLES = (LISTS, FRIENDLINESS, STATEMENTS, POSITIONS)
