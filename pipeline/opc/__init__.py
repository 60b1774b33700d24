"""The one room for packed Office files (Open Packaging Conventions, ECMA-376 part 2): parts, how they hang together,
their XML, and writing them to the same bytes every time. It knows nothing of workbooks or papers.
"""

from pipeline.opc.package import Limits, Package
from pipeline.opc.relationships import (
    OFFICE,
    TYPES_PART,
    ContentTypes,
    Parts,
    Relationship,
    content_types,
    content_types_xml,
    linked,
    main_part,
    related,
    relationships,
    relationships_part,
    relationships_xml,
    without,
)
from pipeline.opc.xml import Attributes, Element, Fault, Reader, Unsound, is_unsafe, parse, serialise
from pipeline.opc.zipped import Deflated, deflated, deflated_small, inflated, write

__all__ = [
    "OFFICE",
    "TYPES_PART",
    "Attributes",
    "ContentTypes",
    "Deflated",
    "Element",
    "Fault",
    "Limits",
    "Package",
    "Parts",
    "Reader",
    "Relationship",
    "Unsound",
    "content_types",
    "content_types_xml",
    "deflated",
    "deflated_small",
    "inflated",
    "is_unsafe",
    "linked",
    "main_part",
    "parse",
    "related",
    "relationships",
    "relationships_part",
    "relationships_xml",
    "serialise",
    "without",
    "write",
]
