"""The same paper as a competent person's own script would make it, with pandas, openpyxl and docxtpl: nothing checked.

    python tests/benchmarks/plain_script.py REPORT_FOLDER INPUTS_FOLDER MEETING_DATE OUT.docx

Sentences are in the code, as in such scripts; comments and appendices are taken as they come. It stands here to be
measured against, as whoever starts today would write it from the manuals.
"""

import sys
from pathlib import Path

import pandas as pd
from docx import Document
from docxtpl import DocxTemplate, RichText

ORDINALS = ["", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"]


def day(value):
    return f"{value.day} {value:%B %Y}"


def listed(items):
    items = list(items)
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1]


def paragraph(text):
    return {"text": RichText(text), "list": "", "style": "", "rows": []}


def table(name, rows):
    return {"text": "", "list": name, "style": "", "rows": rows}


def read(inputs):
    actions = pd.read_excel(inputs / "tracker.xlsx", sheet_name="Actions", header=4)
    actions.columns = [" ".join(str(name).split()) for name in actions.columns]
    actions["Area of Focus"] = actions["Area of Focus"].ffill()
    progress = pd.read_excel(inputs / "tracker.xlsx", sheet_name="Progress", header=2)
    letters = pd.read_excel(inputs / "correspondence.xlsx", sheet_name="Log")
    calendar = pd.read_excel(inputs / "calendar.xlsx", sheet_name=None)
    return actions, progress, letters, calendar


def comment(path):
    return [paragraph(each.text) for each in Document(path).paragraphs if each.text.strip()]


def deadline(value):
    return day(value) if hasattr(value, "year") else str(value)


def context(inputs, meeting_on):
    actions, progress, letters, calendar = read(inputs)
    meeting = calendar["Meetings"].set_index("Date").loc[pd.Timestamp(meeting_on)]
    updates, workshops = calendar["Updates"], calendar["Workshops"]
    sent = updates[updates["Submitted"].notna()].iloc[-1]
    due = updates[updates["Submitted"].isna()].iloc[0]
    inbound = letters[(letters["Direction"] == "In") & (letters["Update"] == sent["No"])]
    response = inbound.iloc[-1]
    answer = letters[letters["In reply to"] == response["Ref"]].iloc[0]
    covering = letters[letters["Kind"] == "Covering letter"].iloc[-1]
    held = workshops[workshops["Date"] <= pd.Timestamp(meeting_on)]
    latest = progress[progress["Update"] == sent["No"]]
    percents = (100 * latest["Complete"] / latest["Actions"]).round().astype(int)
    is_open = actions["Status"].isin(["Not started", "In progress"])
    nth = ORDINALS[int(sent["No"])]
    return {
        "board": meeting["Body"],
        "title": "Best Value Plan Update",
        "service": "Strategy, Policy, Equalities and Partnership",
        "item": "To be confirmed",
        "date": day(meeting_on),
        "introduction": [
            paragraph(
                "This report tells the Board how far the Council has come with the actions that are still open. "
                f"The {ORDINALS[int(due['No'])]} and final update on the Plan is due on {day(due['Due'])}. The "
                f"Directions made so far are dated {listed(day(each) for each in calendar['Directions']['Date'])}."
            )
        ],
        "recommendations": [
            paragraph(f"Note the {response['Kind']} about the Council's {nth} submission (Appendix 1)."),
            paragraph(
                "Note and comment on the progress of the activities still open, which were taken through the workshops "
                f"of {listed(day(each) for each in held['Date'])}."
            ),
        ],
        "background": [
            paragraph(
                f"The Council sent its {nth} six monthly update on {day(sent['Submitted'])}. The share of actions "
                f"complete in each of the {len(latest)} areas was then:"
            ),
            table(
                "progress",
                [
                    {"heading": heading, "percent": f"{percent}%"}
                    for heading, percent in zip(latest["Heading in table"], percents, strict=True)
                ],
            ),
            paragraph(
                f"In the letter that went with the update, the {covering['From']} highlighted "
                f"{listed(covering['Key points (one a line)'].splitlines())}."
            ),
            paragraph(
                f"The {response['From']} has since sent a first response, dated {day(response['Date'])}, which is "
                f"Appendix 1 to this report. It proposed {listed(response['Key points (one a line)'].splitlines())}."
            ),
            paragraph(
                f"The {answer['From']} answered on {day(answer['Date'])} (Appendix 2). In the letter the "
                f"{answer['From']} {listed(answer['Key points (one a line)'].splitlines())}."
            ),
            *(
                paragraph(f"A workshop with {each['With']} was held on {day(each['Date'])} to {each['Purpose']}.")
                for _, each in held.iterrows()
            ),
            paragraph(f"The table shows what remains to be done for the update due in {due['Due']:%B %Y}:"),
            table(
                "action open",
                [
                    {
                        "area": each["Area of Focus"],
                        "activity": each["Activities"],
                        "deadline": deadline(each["Deadline"]),
                    }
                    for _, each in actions[is_open].iterrows()
                ],
            ),
            paragraph(
                f"{len(calendar['Workstreams'])} further pieces of work will show where more needs to change: "
                + listed(
                    f"the {each['Workstream']} ({each['Position']})" for _, each in calendar["Workstreams"].iterrows()
                )
                + "."
            ),
        ],
        "finance": comment(inputs / "comments" / "finance.docx"),
        "legal": comment(inputs / "comments" / "legal.docx"),
        "appendices": [paragraph(each) for each in letters["Appendix title"].dropna()],
        "background_papers": [
            paragraph(f"{each['Kind']}, {each['From']} to {each['To']}, {day(each['Date'])}")
            for _, each in letters[letters["Appendix title"].isna()].iterrows()
        ],
    }


def main(report, inputs, meeting, out):
    names = context(Path(inputs), pd.Timestamp(meeting))
    template = DocxTemplate(Path(report) / "template.docx")
    template.render(names, autoescape=True)
    template.save(out)


if __name__ == "__main__":
    main(*sys.argv[1:])
