"""The sources room: files, folders and feeds in, documents out, with what is known of their origin.

``load`` reads inputs, ``identify`` names a document by its content, ``find_times`` finds and resolves dates.
"""

from parley.sources.dates import find_times
from parley.sources.furniture import find_furniture
from parley.sources.loading import Given, identify, load

__all__ = ["Given", "find_furniture", "find_times", "identify", "load"]
