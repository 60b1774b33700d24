"""The checks of Word templates, of the wording and of what people typed; the checked copy of a workbook."""

from pipeline.offered import offered

__all__ = ["NotCopied", "annotated_copy", "check_template", "check_wording", "checked_copy"]
__getattr__ = offered(
    __name__,
    {
        "template.annotate": ["annotated_copy"],
        "template.check": ["check_template"],
        "wording": ["check_wording"],
        "workbook_copy": ["NotCopied", "checked_copy"],
    },
)
