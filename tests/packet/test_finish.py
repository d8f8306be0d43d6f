"""The archive format, the attached case file, the password: as other programs judge and open them."""

import io
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path
from shutil import which
from xml.etree import ElementTree as ET

import pikepdf
import pypdfium2
import pytest

from tests.packet import cases
from tests.packet.test_build import Read, images
from wizard.draft import Draft, load
from wizard.files import FileProblem
from wizard.packet.build import Cancelled, build_packet, build_report
from wizard.packet.finish import finish
from wizard.packet.options import LONGEST_PASSWORD, Options
from wizard.packet.output import export
from wizard.packet.snapshot import Snapshot

ROOT = Path(__file__).resolve().parents[2]
JAVA = Path("/usr/share/java")
# As Debian names them: libpdfbox2-java, libactivation-java, libjaxb-api-java.
JARS = [
    JAVA / f"{name}.jar"
    for name in (
        *("preflight", "pdfbox2", "fontbox2", "xmpbox", "pdfbox2-tools"),
        *("commons-logging", "commons-io", "javax.activation", "jaxb-api"),
    )
]
ARCHIVAL = Options(archival=True)


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    (tmp_path / "case").mkdir()
    return cases.full(tmp_path / "case")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "office").mkdir()
    return tmp_path / "office"


def judged(data: bytes) -> str:
    """What PDFBox preflight says of a file, as PDF/A-1b."""
    if which("java") is None or not all(jar.is_file() for jar in JARS):
        pytest.skip("needs Java and PDFBox preflight: apt-get install default-jre-headless libpdfbox2-java …")
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        path = ":".join(str(jar) for jar in JARS)
        command = ["java", "-cp", path, "org.apache.pdfbox.preflight.Validator_A1b", file.name]
        ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    return ran.stdout + ran.stderr


def marked(snapshot: Snapshot, tmp_path: Path) -> Snapshot:
    """A draft whose texts are the hostile ones, with a character that no font has."""
    text = "\n".join(cases.HOSTILE[:20]) + cases.RARE + cases.RAREST + "\ue000"
    return replace(cases.hostile(tmp_path / "case", text), made_at=snapshot.made_at)


@pytest.mark.parametrize("kind", ["final", "draft", "hostile", "report", "empty"])
def test_preflight_finds_the_archive_format_valid(snapshot: Snapshot, tmp_path: Path, kind: str):
    made = {
        "final": lambda: build_packet(snapshot, options=ARCHIVAL),
        "draft": lambda: build_packet(replace(snapshot, final=False), options=ARCHIVAL),
        "hostile": lambda: build_packet(marked(snapshot, tmp_path), options=ARCHIVAL),
        "report": lambda: build_report(snapshot, options=ARCHIVAL),
        "empty": lambda: build_packet(cases.empty(), options=ARCHIVAL),
    }[kind]()
    assert "is a valid PDF/A-1b file" in judged(made)


@pytest.mark.parametrize("name", ["company", "individual_business", "person"])
def test_preflight_on_the_samples(name: str):
    snapshot = cases.frozen(load(ROOT / "resources/samples" / f"{name}.json"), final=True)
    assert "is a valid PDF/A-1b file" in judged(build_packet(snapshot, options=ARCHIVAL))


@pytest.mark.parametrize("part", ["/OutputIntents", "/Metadata"])
def test_preflight_would_tell(snapshot: Snapshot, part: str):
    with pikepdf.open(io.BytesIO(build_packet(snapshot, options=ARCHIVAL))) as pdf:
        del pdf.Root[part]
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, force_version="1.4")
    assert "is not a valid PDF/A-1b file" in judged(out.getvalue())


def test_what_the_archive_format_asks_for(snapshot: Snapshot):
    data = build_packet(replace(snapshot, final=False), options=ARCHIVAL)
    assert data.startswith(b"%PDF-1.4")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert not pdf.check_pdf_syntax()
        assert not pdf.attachments
        (intent,) = pdf.Root.OutputIntents
        profile = intent.DestOutputProfile
        assert (intent.S, profile.N) == ("/GTS_PDFA1", 3)
        assert profile.read_bytes()[36:40] == b"acsp"
        for item in pdf.objects:
            if isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
                assert not {"/SMask", "/JS", "/OpenType"} & set(item.keys())
                assert float(item.get("/ca", 1)) == float(item.get("/CA", 1)) == 1
                if item.get("/Subtype") == "/Link":
                    assert int(item.F) & 4, "a link that is not printed"
                if item.get("/Type") == "/FontDescriptor":
                    assert "/FontFile2" in item
                    assert "/CIDSet" in item


def test_properties_say_the_same_twice(snapshot: Snapshot):
    """The info dictionary and the XMP packet, signs that XML reserves included."""
    named = replace(
        snapshot, draft=snapshot.draft.with_answer("subject.name", "<甲>&“乙”]]>有限公司\U00020164")
    )
    with pikepdf.open(io.BytesIO(build_packet(named, options=ARCHIVAL))) as pdf:
        tree = ET.fromstring(pdf.Root.Metadata.read_bytes().decode("utf-8"))
        info = {key: str(value) for key, value in pdf.docinfo.items()}
    said = {item.tag.split("}")[1]: "".join(item.itertext()).strip() for item in tree.iter()}
    assert "<甲>&“乙”]]>有限公司\U00020164" in said["title"] == info["/Title"]
    assert said["creator"] == info["/Author"]
    assert said["CreateDate"] == "2026-11-23T09:30:00+08:00"
    assert (said["part"], said["conformance"]) == ("1", "B")


def test_the_archive_format_reads_the_same(snapshot: Snapshot):
    plain, archival = Read(build_packet(snapshot)), Read(build_packet(snapshot, options=ARCHIVAL))
    assert archival.pages == plain.pages
    assert archival.outline == plain.outline
    assert archival.labels == plain.labels
    assert images(archival.data) == images(plain.data)


@pytest.mark.parametrize("options", [ARCHIVAL, Options(with_case=True)], ids=["archive", "case"])
def test_same_snapshot_same_bytes(snapshot: Snapshot, place: Path, options: Options):
    made = [
        export(snapshot, place / name, options=options).paths[0].read_bytes() for name in ("a.pdf", "b.pdf")
    ]
    assert made[0] == made[1]


def test_the_case_inside_the_packet_opens_again(snapshot: Snapshot, place: Path):
    (path,) = export(snapshot, place / "p.pdf", options=Options(with_case=True)).paths
    with pikepdf.open(path) as pdf:
        assert not pdf.check_pdf_syntax()
        assert len(pdf.Root.AF) == 7
        for name, spec in pdf.attachments.items():
            (place / name).write_bytes(spec.get_file().read_bytes())
    (case,) = place.glob("案件_*.json")
    again = load(case)
    assert again.answers == {key: value for key, value in snapshot.draft.answers.items() if value}
    for field, names in again.attachments.items():
        given = [snapshot.draft.file(name).read_bytes() for name in snapshot.draft.attachments[field]]
        assert [again.file(name).read_bytes() for name in names] == given


def test_a_packet_carries_nothing_unasked(snapshot: Snapshot):
    with pikepdf.open(io.BytesIO(build_packet(snapshot))) as pdf:
        assert not pdf.attachments


@pytest.mark.parametrize("password", ["pass word", "绿柠檬2026𠀀", "é" * 63])
def test_a_password_opens_and_nothing_else_does(snapshot: Snapshot, password: str):
    data = build_packet(snapshot, options=Options(password=password))
    for wrong in ("", password[:-1], password + "x"):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(io.BytesIO(data), password=wrong)
        with pytest.raises(pypdfium2.PdfiumError):
            pypdfium2.PdfDocument(data, password=wrong)
    with pikepdf.open(io.BytesIO(data), password=password) as pdf:
        assert (pdf.encryption.R, pdf.encryption.bits) == (6, 256)

        assert pdf.encryption.file_method == pdf.encryption.string_method == pdf.encryption.stream_method
    with pypdfium2.PdfDocument(data, password=password) as document:
        assert "北京绿柠檬科技有限公司" in document[0].get_textpage().get_text_bounded()


def test_an_encrypted_file_tells_nothing(snapshot: Snapshot):
    data = build_packet(snapshot, options=Options(password="x"))
    for name in ("北京绿柠檬科技有限公司", "绿柠檬鲜果记账"):
        for coding in ("utf-8", "utf-16-be"):
            assert name.encode(coding) not in data
    assert not any(picture in data for picture in images(build_packet(snapshot)).values())
    assert b"91110115MA01QFMA2Y" not in data


def test_both_files_of_a_folder_are_locked(snapshot: Snapshot, place: Path):
    packet, report, *_ = export(snapshot, place / "out", options=Options(password="秘密")).paths
    for path in (packet, report):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(path)


@pytest.mark.parametrize(
    ("wishes", "said"),
    [
        ({"archival": True, "password": "x"}, "不能加密码"),
        ({"archival": True, "with_case": True}, "不能带附件"),
        ({"password": "长" * 43}, "127 个字节"),
        ({"password": "a\x00b"}, "打不出"),
        ({"password": "\ud83d"}, "打不出"),
    ],
)
def test_choices_that_cannot_be(wishes: dict[str, object], said: str):
    with pytest.raises(FileProblem, match=said):
        Options(**wishes)  # type: ignore[arg-type]
    assert len(("长" * 42).encode()) <= LONGEST_PASSWORD


def test_cancelled_before_the_finish(snapshot: Snapshot):
    asked: list[bool] = []
    total = len(Read(build_packet(snapshot)).pages)

    def cancelled() -> bool:
        asked.append(True)
        return len(asked) > total + 1

    with pytest.raises(Cancelled):
        build_packet(cases.frozen(Draft(snapshot.draft.answers)), cancelled=lambda: True, options=ARCHIVAL)
    with pytest.raises(Cancelled):
        build_packet(snapshot, cancelled=cancelled, options=ARCHIVAL)


@pytest.mark.parametrize("options", [Options(with_case=True), Options(password="秘密"), ARCHIVAL])
def test_cancelled_in_the_middle_of_the_finish(snapshot: Snapshot, options: Options):
    asked: list[bool] = []
    printed = build_packet(snapshot)
    files = {"案件.json": b"{}"} if options.with_case else {}

    def cancelled() -> bool:
        asked.append(True)
        return len(asked) == 20

    with pytest.raises(Cancelled):
        finish(printed, options, files, snapshot.made_at, cancelled)
    assert len(asked) == 20
