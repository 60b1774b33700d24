"""Stage 3: a context and the council's own template become a proven paper, by docxtpl's rules."""

from pipeline.offered import offered

__all__ = [
    "Properties",
    "Template",
    "compile_template",
    "fill",
    "prove",
    "prove_package",
    "render",
    "render_unproven",
]
__getattr__ = offered(
    __name__,
    {
        "compile": ["Template", "compile_template"],
        "paper": ["fill", "render", "render_unproven"],
        "proof": ["prove", "prove_package"],
        "properties": ["Properties"],
    },
)
