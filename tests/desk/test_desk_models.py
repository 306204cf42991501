"""Models at the desk: drafted, corrected as text and as a form, solved apart, stopped; and coverage added."""

from __future__ import annotations

import re
import shutil
import time
from html import unescape
from pathlib import Path

import pytest
from desk_client import Answer, Client

from parley.bargaining.toml import loads as loads_bargain
from parley.conflict import Payoffs, Ranking, loads
from parley.desk import Desk
from parley.desk.forms import Form
from parley.desk.jobs import Job, Jobs
from parley.desk.model_forms import sliders
from parley.desk.models import model_path
from parley.desk.worker import Tell, apart
from parley.errors import ParleyError

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "ceasefire-call"


@pytest.fixture
def conflict(desk: Desk) -> Path:
    return shutil.copy(EXAMPLES / "conflict.toml", model_path(desk, "conflict"))


@pytest.fixture
def bargain(desk: Desk) -> Path:
    return shutil.copy(EXAMPLES / "bargain.toml", model_path(desk, "bargain"))


def solved(desk: Desk, client: Client, kind: str, data: dict[str, str] | None = None) -> Answer:
    client.post(f"/models/{kind}/solve", data or {}, fragment=True)
    job = desk.jobs.latest(kind)
    assert job is not None and job.ended.wait(240), "the solver does not end"
    return client.get(f"/models/{kind}/result", {"hx-request": "true"})


def test_a_draft_is_written_once_and_opens(client: Client, desk: Desk) -> None:
    assert "Draft one" in client.get("/models").words
    assert client.post("/models/bargain/draft").status in (303, 422)
    if model_path(desk, "bargain").exists():
        assert client.get("/models/bargain").status == 200
        assert client.post("/models/bargain/draft").status == 409
    assert client.get("/models/war").status == 404


def test_a_conflict_is_solved_and_drawn(client: Client, desk: Desk, conflict: Path) -> None:
    shown = client.get("/models/conflict")
    assert shown.status == 200 and "status quo" in shown.words
    result = solved(desk, client, "conflict")
    assert "<svg" in result.text and "Equilibrium under" in result.words, result.words
    assert "is not in this dossier" in result.words
    assert ">Why</th>" not in result.text and "<summary>Why</summary><ul><li>" in result.text


def test_text_that_is_no_model_is_not_stored_and_not_lost(client: Client, desk: Desk, conflict: Path) -> None:
    digest = client.get("/models/conflict").hidden("digest")
    before = conflict.read_text("utf-8")
    bad = client.post("/models/conflict/text", {"digest": digest, "text": "title = \n my own words"})
    assert bad.status == 422 and "line" in bad.words and "my own words" in bad.text
    assert conflict.read_text("utf-8") == before
    good = client.post("/models/conflict/text", {"digest": digest, "text": before.replace("Two calls", "Both calls")})
    assert good.status == 303 and "Both calls" in conflict.read_text("utf-8")
    stale = client.post("/models/conflict/text", {"digest": digest, "text": before})
    assert stale.status == 409 and "Both calls" in conflict.read_text("utf-8")


def test_the_form_changes_the_file_and_nothing_it_does_not_show(client: Client, conflict: Path) -> None:
    shown = client.get("/models/conflict")
    model = loads(conflict.read_text("utf-8"))
    data = {"digest": shown.hidden("digest"), "title": "Renamed", "note": model.note, "quo": "1", "taken.0": "1"}
    for number, maker in enumerate(model.decision_makers):
        for place, item in enumerate(maker.prefers.statements):  # type: ignore[union-attr]
            data[f"prefers.{number}.{place}"] = item.text
            data[f"rank.{number}.{place}"] = str(place + 1)
    data["rank.0.0"] = "99"
    assert client.post("/models/conflict/form", data).status == 303
    after = loads(conflict.read_text("utf-8"))
    assert after.title == "Renamed" and after.status_quo == "Y" + "N" * (len(model.options) - 1)
    first, rest = model.decision_makers[0].prefers.statements[0], model.decision_makers[0].prefers.statements[1:]  # type: ignore[union-attr]
    assert after.decision_makers[0].prefers.statements == (*rest, first)  # type: ignore[union-attr]
    assert after.decision_makers[1:] == model.decision_makers[1:] and after.options == model.options
    assert conflict.read_text("utf-8").startswith("# ")


def fields_of(page: Answer) -> dict[str, str]:
    """What a browser would send of the conflict's form if nobody touched it."""
    form = page.text.split('action="/models/conflict/form">')[1].split("</form>")[0]
    data = {}
    for field in re.findall(r"<input\b[^>]*>", form):
        told = {name: unescape(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', field)}
        if told.get("type") != "checkbox" or " checked" in field:
            data[told["name"]] = told.get("value", "")
    for name, choices in re.findall(r'<select name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.findall(r'<option(?: value="([^"]*)")? selected>([^<]*)', choices)
        data[name] = unescape(chosen[0][0] or chosen[0][1]) if chosen else ""
    return data


def test_a_form_that_nobody_touched_changes_nothing(client: Client, conflict: Path) -> None:
    before = loads(conflict.read_text("utf-8"))
    assert client.post("/models/conflict/form", fields_of(client.get("/models/conflict"))).status == 303
    assert loads(conflict.read_text("utf-8")) == before


RANKED = """
title = "Quay"
[[decision_maker]]
name = "Union"
ranking = ["NN", ["NY", "YN"], "YY"]
[[decision_maker]]
name = "Port"
[decision_maker.payoffs]
"Y-" = 1
"N-" = 2
[[option]]
name = "Strike"
of = "Union"
[[option]]
name = "Offer"
of = "Port"
"""


def test_options_rankings_and_payoffs_are_edited_as_a_form(client: Client, conflict: Path) -> None:
    conflict.write_text(RANKED, "utf-8")
    data = fields_of(client.get("/models/conflict"))
    data |= {"name.0": "Walk-out", "name.2": "Monitor", "of.2": "City", "maker.2": "City", "taken.2": "1", "quo": "1"}
    data |= {"rank.0.0": "9", "cut.0.0": "1", "payoff.1.1": "2.5", "great.1": "2", "cannot.0": "YY"}
    data |= {"prefers.0.1": "NY", "prefers.0.3": "YN", "rank.0.3": "2", "prefers.0.2": ""}
    made = client.post("/models/conflict/form", data)
    assert made.status == 303, made.words
    model = loads(conflict.read_text("utf-8"))
    assert [(o.name, o.of) for o in model.options] == [("Walk-out", "Union"), ("Offer", "Port"), ("Monitor", "City")]
    assert model.decision_makers[0].prefers == Ranking((("NY-",), ("YN-",), ("NN-",)), (2,))
    assert model.decision_makers[1].prefers == Payoffs((("Y--", 1), ("N--", 2.5)), 2)
    assert model.status_quo == "NNY" and model.infeasible[0].pattern == "YY-"


def test_a_form_that_makes_no_model_is_told_and_stores_nothing(client: Client, conflict: Path) -> None:
    conflict.write_text(RANKED, "utf-8")
    told = client.post("/models/conflict/form", fields_of(client.get("/models/conflict")) | {"prefers.0.0": "YN"})
    assert told.status == 422 and "ranking of Union" in told.words
    told = client.post("/models/conflict/form", fields_of(client.get("/models/conflict")) | {"payoff.1.0": "lots"})
    assert told.status == 422 and "is no number" in told.words
    assert conflict.read_text("utf-8") == RANKED


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"payoff.1.0": "lots"}, "“lots” is no number"),
        ({"rank.0.0": "seven"}, "“seven” is no number (the rank of NN)"),
        ({"name.1": ""}, "“Offer” was left without a name"),
        ({"maker.1": " "}, "“Port” was left without a name"),
        ({"cannot.0": "YYY"}, "the pattern 'YYY' has 3 letters"),
    ],
)
def test_a_form_that_is_refused_comes_back_as_it_was_filled_in(
    client: Client, conflict: Path, typed: dict[str, str], told: str
) -> None:
    conflict.write_text(RANKED, "utf-8")
    data = fields_of(client.get("/models/conflict"))
    data |= {"note": "a day's work", "quo": "1", "taken.0": "1", "moves.1": "only taken", "cut.0.1": "1"} | typed
    back = client.post("/models/conflict/form", data)
    assert back.status == 422 and f"Nothing was stored: {told}" in back.words, back.words
    assert {name: value.strip() for name, value in fields_of(back).items()} == {k: v.strip() for k, v in data.items()}
    assert conflict.read_text("utf-8") == RANKED


def test_a_form_filled_in_while_the_file_changed_is_kept(client: Client, conflict: Path) -> None:
    conflict.write_text(RANKED, "utf-8")
    data = fields_of(client.get("/models/conflict")) | {"note": "mine"}
    conflict.write_text(RANKED.replace("Quay", "Pier"), "utf-8")
    back = client.post("/models/conflict/form", data)
    assert back.status == 409 and fields_of(back)["note"] == "mine" and "Pier" in conflict.read_text("utf-8")
    assert client.post("/models/conflict/form", fields_of(back)).status == 303
    assert (loads(conflict.read_text("utf-8")).title, loads(conflict.read_text("utf-8")).note) == ("Quay", "mine")


def test_a_number_of_a_bargain_is_changed_by_its_form(client: Client, bargain: Path) -> None:
    shown = client.get("/models/bargain")
    data = {"digest": shown.hidden("digest"), "title": "", "note": "", "value.parties/Russia/patience": "0.975"}
    assert client.post("/models/bargain/form", data).status == 303
    assert "0.975" in bargain.read_text("utf-8")
    again = client.get("/models/bargain").hidden("digest")
    bad = client.post("/models/bargain/form", {**data, "digest": again, "value.parties/Russia/patience": "often"})
    assert bad.status == 422 and "is no number" in bad.words and 'value="often"' in bad.text
    gone = client.post("/models/bargain/form", {**data, "digest": again, "value.parties/Russia/patience": ""})
    assert gone.status == 422 and "no number for parties/Russia/patience" in gone.words


def test_how_long_a_bargain_lasts_is_changed_by_its_form(client: Client, desk: Desk, bargain: Path) -> None:
    shutil.copy(EXAMPLES.parent / "bargains" / "rubinstein-finite.toml", bargain)
    for given, kept in (("7", 7), ("", None)):
        data = {"digest": client.get("/models/bargain").hidden("digest"), "title": "", "note": "", "period": "week"}
        assert client.post("/models/bargain/form", {**data, "horizon": given}).status == 303
        scenario = loads_bargain(bargain.read_text("utf-8"))
        assert (scenario.horizon, scenario.period) == (kept, "week")
    digest = client.get("/models/bargain").hidden("digest")
    told = client.post("/models/bargain/form", {"digest": digest, "title": "", "note": "", "horizon": "soon"})
    assert told.status == 422 and "number of periods" in told.words


def test_a_slider_changes_what_follows(client: Client, desk: Desk, bargain: Path) -> None:
    shown = client.get("/models/bargain")
    assert 'type="range"' in shown.text
    path = "parties/United States/patience"
    result = solved(desk, client, "bargain", {f"was.{path}": "0.9", f"number.{path}": "0.85"})
    assert "What the sliders change" in result.words and "<svg" in result.text, result.words
    assert desk.jobs.latest("bargain").result.pulled == (f"{path}: 0.85",)  # type: ignore[union-attr]


def test_sliders_that_nobody_moved_set_nothing(client: Client, bargain: Path) -> None:
    shown = client.get("/models/bargain").text
    was = {unescape(path): value for path, value in re.findall(r'name="was\.([^"]*)" value="([^"]*)"', shown)}
    assert any(value.endswith(".0") for value in was.values()) and any(len(value) > 14 for value in was.values())
    data = {f"was.{path}": value for path, value in was.items()}
    data |= {f"number.{path}": f"{float(value):.12g}" for path, value in was.items()}  # as a browser writes them
    assert sliders(Form(data, {})) == ({}, {})
    path = next(iter(was))
    assert list(sliders(Form(data | {f"number.{path}": "0.123"}, {}))[1]) == [path]


def test_a_result_of_an_earlier_version_says_so(client: Client, desk: Desk, conflict: Path) -> None:
    earlier = "Solved from an earlier version"
    assert earlier not in solved(desk, client, "conflict").words
    digest = client.get("/models/conflict").hidden("digest")
    text = conflict.read_text("utf-8").replace("Two calls", "Both calls")
    assert client.post("/models/conflict/text", {"digest": digest, "text": text}).status == 303
    shown = client.get("/models/conflict")
    assert earlier in shown.words and 'class="earlier"' in shown.text
    assert earlier not in solved(desk, client, "conflict").words


def _slow(tell: Tell) -> str:
    for number in range(600):
        tell(f"step {number}")
        time.sleep(0.1)
    return "never"


def _wrong(tell: Tell) -> str:
    raise ParleyError("The model is wrong.")


def test_long_work_tells_how_far_it_is_and_is_gone_when_stopped() -> None:
    jobs = Jobs()
    job = jobs.start("test", "slow", lambda job: apart(job, _slow), fails=ParleyError)
    deadline = time.monotonic() + 120
    while not job.told.startswith("step") and time.monotonic() < deadline:
        time.sleep(0.05)
    assert job.told.startswith("step") and job.state == "running"
    job.stopping.set()
    assert job.ended.wait(20) and job.state == "stopped"


def test_work_that_fails_says_why() -> None:
    jobs = Jobs()
    job = jobs.start("test", "wrong", lambda job: apart(job, _wrong), fails=ParleyError)
    assert job.ended.wait(120)
    assert (job.state, job.told) == ("failed", "The model is wrong.")


def multipart(files: dict[str, bytes], fields: dict[str, str]) -> tuple[bytes, dict[str, str]]:
    parts = []
    for name, value in fields.items():
        parts.append(f'--edge\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
    for name, data in files.items():
        head = f'--edge\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
        parts.append(head.encode() + data + b"\r\n")
    return b"".join((*parts, b"--edge--\r\n")), {"content-type": "multipart/form-data; boundary=edge"}


def finished(desk: Desk) -> Job:
    job = desk.jobs.latest("coverage")
    assert job is not None and job.ended.wait(240)
    return job


def test_dropped_files_are_read_and_shown_as_new(client: Client, desk: Desk, tmp_path: Path) -> None:
    before = len(desk.snapshot().documents)
    article = b"The mediators proposed a pause. The dockers' union rejected the pause at once.\n"
    body, headers = multipart({"../../evil\x01name.txt": article, "b.png": b"\x89PNG\r\n\x1a\n"}, {"outlet": "Quay"})
    assert client.post("/coverage", body=body, headers=headers).status == 303
    job = finished(desk)
    assert job.state == "done", job.told
    documents = desk.snapshot().documents
    assert len(documents) == before + 1
    made = next(d for d in documents.values() if d.text.encode() == article)
    assert made.outlet is not None and made.outlet.value == "Quay" and "/" not in made.path and "\\" not in made.path
    assert "1 document read" in client.get("/coverage").words
    overview = client.get("/").words
    assert "New since last time" in overview and "1 document with" in overview


def test_a_pasted_text_becomes_a_document(client: Client, desk: Desk) -> None:
    body, headers = multipart({}, {"title": "Phone call", "text": "Norland demanded an end to the strike."})
    assert client.post("/coverage", body=body, headers=headers).status == 303
    assert finished(desk).state == "done"
    assert "Phone call" in {d.name for d in desk.snapshot().documents.values()}
    body, headers = multipart({}, {"title": "", "text": "  "})
    assert client.post("/coverage", body=body, headers=headers).status == 422


LATE = "The Port Authority said on Tuesday that the cranes would stop. Norland demanded a pause of the work.\n"


def test_a_date_given_late_dates_the_words(client: Client, desk: Desk) -> None:
    body, headers = multipart({"undated.txt": LATE.encode()}, {})
    assert client.post("/coverage", body=body, headers=headers).status == 303
    assert finished(desk).state == "done"
    document = next(d for d in desk.snapshot().documents.values() if d.name == "undated")
    gap = next(r for r in client.get("/tables/gaps.json").json["rows"] if r["documents"] == [document.id])
    assert gap["cells"]["kind"] == "document without date" and "Set a date" in client.get(f"/d/{document.id}").words
    for day in ("0001-01-01", "2205-05-05", "yesterday"):
        assert client.post(f"/d/{document.id}/known", {"date": day}).status == 422
    assert client.post(f"/d/{document.id}/known", {"date": " "}).status == 422
    sent = client.post(f"/d/{document.id}/known", {"date": "2025-03-20", "outlet": "Quay"})
    assert sent.status == 303 and finished(desk).state == "done"
    assert f'<a href="/d/{document.id}">Back' in client.get(sent.headers["location"]).text
    after = desk.snapshot().documents[document.id]
    assert (after.text, after.date and after.date.value, after.outlet and after.outlet.value) == (
        LATE, "2025-03-20", "Quay"
    )  # fmt: skip
    assert "at the desk, Mo" in client.get(f"/d/{document.id}").words
    days = {time.text: time.resolved for time in desk.snapshot().record.times if time.document == document.id}
    assert days["Tuesday"] == "2025-03-18"


def test_an_added_issue_is_looked_for_in_what_is_stored(client: Client, desk: Desk) -> None:
    for name in ("none", "None", "a1"):
        told = {"kind": "add issue", "subject": name, "label": "L", "proposition": "P."}
        assert client.post("/names", told).status == 422
    assert "Read the dossier again" not in client.get("/names").words
    told = {"kind": "add issue", "subject": "X1", "label": "Night shift", "proposition": "The night shift ends."}
    client.post("/names", {**told, "examples": "the night shift must end\nno work at night"})
    assert (
        "Read the dossier again" in client.get("/issues/X1").words and "0 statements" in client.get("/issues/X1").words
    )
    assert client.post("/coverage/again").status == 303
    job = finished(desk)
    assert job.state == "done", job.told
    assert any("X1" in item.issues for item in desk.snapshot().statements)


def test_a_second_reading_waits_for_the_first(client: Client, desk: Desk) -> None:
    first = desk.jobs.start("coverage", "slow", lambda job: apart(job, _slow), fails=ParleyError)
    body, headers = multipart({}, {"title": "Second call", "text": "Norland demanded an end to the strike."})
    assert client.post("/coverage", body=body, headers=headers).status == 303
    second = desk.jobs.latest("coverage")
    assert second is not None and second is not first and not second.ended.wait(1)
    assert "Waiting until" in client.get("/coverage").words
    first.stopping.set()
    assert finished(desk).state == "done" and "Second call" in {d.name for d in desk.snapshot().documents.values()}
