"""Stage 3: a context and the council's own template become a proven paper, by docxtpl's rules."""

from pipeline.offered import offered

__all__ = [
    "Filled",
    "Offer",
    "Properties",
    "Rendered",
    "Section",
    "Template",
    "compile_template",
    "fill",
    "frames_of",
    "prove",
    "prove_package",
    "render",
    "render_unproven",
]
__getattr__ = offered(
    __name__,
    {
        "compile": ["Template", "compile_template"],
        "output": ["Filled"],
        "names": ["Offer", "Section"],
        "paper": ["Rendered", "fill", "frames_of", "prove", "render", "render_unproven"],
        "proof": ["prove_package"],
        "properties": ["Properties"],
    },
)
