"""The purpose burnt into office copies: always in a gap, never over data, never in what is uploaded."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from tests.packet import cases
from tests.packet.test_build import Read, images
from wizard.check.run import self_check
from wizard.draft import Draft, attached, load
from wizard.freeze import freeze
from wizard.intake.guard import measure, measure_all
from wizard.packet.build import build_packet
from wizard.packet.filling import MARKED
from wizard.packet.fit import LARGEST, fit
from wizard.packet.gaps import gaps
from wizard.packet.names import UPLOADS
from wizard.packet.options import Options
from wizard.packet.output import export
from wizard.packet.papers import papers
from wizard.packet.pictures import UNMARKED
from wizard.packet.purpose import Runs, burn, purpose, wants_mark
from wizard.packet.snapshot import Snapshot
from wizard.packet.upload import copies

PICTURES = Path(__file__).resolve().parents[2] / "resources" / "samples" / "pictures"
CERTIFICATES = sorted(
    path.name for path in PICTURES.glob("*.jpg") if path.name.startswith(("id-", "licence-"))
)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return cases.full(tmp_path_factory.mktemp("case"))


def picture(name: str) -> Image.Image:
    with Image.open(PICTURES / name) as opened:
        return opened.convert("RGB")


def changed(before: Image.Image, after: Image.Image, least: int = 6) -> Image.Image:
    """White where the mark stands."""
    red, green, blue = ImageChops.difference(before, after).split()
    most = ImageChops.lighter(red, ImageChops.lighter(green, blue))
    return most.point(lambda step: 255 if step > least else 0)


def ink(image: Image.Image) -> Image.Image:
    """White where something is printed in black, blue or red, and three pixels around."""
    red, green, blue = image.split()
    darkest = ImageChops.darker(red, ImageChops.darker(green, blue))
    return darkest.point(lambda tone: 255 if tone < 140 else 0).filter(ImageFilter.MaxFilter(7))


def words(lines: tuple[Runs, ...]) -> list[str]:
    return ["".join(text for _, text in line) for line in lines]


@pytest.mark.parametrize("name", CERTIFICATES)
def test_no_data_is_touched(name: str, snapshot: Snapshot):
    before = picture(name)
    after, times = burn(before.copy(), purpose(snapshot))
    marks = changed(before, after)
    assert 1 <= times <= 3
    assert marks.histogram()[255] > 300, "nothing to be seen"
    assert ImageChops.darker(marks, ink(before)).getbbox() is None
    if "front" in name:
        width, height = before.size
        portrait = (round(width * 0.655), round(height * 0.11), round(width * 0.925), round(height * 0.695))
        assert marks.crop(portrait).getbbox() is None


def test_no_data_of_a_photograph_is_touched(snapshot: Snapshot):
    """Grain, shade from one side, and a desk around the card, as telephones take it."""
    card = picture("id-su-xiaolan-front.jpg").resize((2000, 1266))
    photo = Image.effect_noise((2600, 1900), 30).convert("RGB").point(lambda tone: 70 + tone // 8)
    shade = Image.linear_gradient("L").rotate(90).resize(card.size).point(lambda tone: 225 + tone // 9)
    card = ImageChops.multiply(card, Image.merge("RGB", [shade] * 3))
    grain = Image.effect_noise(card.size, 14)
    card = ImageChops.add(card, Image.merge("RGB", [grain] * 3), offset=-128)
    photo.paste(card, (300, 317))
    after, times = burn(photo.copy(), purpose(snapshot))
    marks = changed(photo, after)
    assert times
    assert ImageChops.darker(marks, ink(photo.filter(ImageFilter.MedianFilter(3)))).getbbox() is None


def test_a_picture_without_room_stays_as_it_is_and_says_so(tmp_path: Path):
    full = Image.effect_noise((900, 600), 120).convert("RGB")
    after, times = burn(full.copy(), purpose(cases.empty()))
    assert times == 0
    assert changed(full, after).getbbox() is None
    full.save(tmp_path / "a.jpg", quality=90)
    draft = Draft(cases.FULL, {"subject.certificate_photo": ("a.jpg",)}, folder=tmp_path)
    assert UNMARKED in Read(build_packet(cases.frozen(draft))).text
    assert UNMARKED not in Read(build_packet(cases.frozen(draft), options=Options(purpose=False))).text


def test_the_largest_free_room_near_the_middle_is_found():
    paper = Image.new("L", (1000, 700), 235)
    draw = ImageDraw.Draw(paper)
    for y in range(10, 700, 24):
        if not 300 < y < 400:
            draw.text((10, y), "information " * 20, fill=0, font_size=20)
    (free,) = gaps(paper, 14)
    found = free.place(400, 50)
    assert found is not None
    assert 300 < found[1] < 350
    assert 200 < found[0] < 400
    assert free.place(400, 150) is None
    assert free.place(4000, 50) is None


def test_what_it_says(tmp_path: Path):
    mark = purpose(cases.full(tmp_path), "北京某某会计师事务所")
    assert words(mark.lines) == [
        "仅用于微信小程序“绿柠檬鲜果记账”备案",
        "交北京某某会计师事务所",
        "他用无效　2026-11-23",
    ]
    assert words(mark.long) == ["　".join(words(mark.lines))]
    assert "".join(words(mark.narrow)) == "".join(words(mark.lines))
    assert words(purpose(cases.empty()).lines) == ["仅用于微信小程序备案", "他用无效　2026-11-23"]


def test_rare_characters_and_hostile_names_can_be_burnt(tmp_path: Path):
    paper = Image.new("RGB", (1600, 1100), "white")
    rare = purpose(cases.full(tmp_path, mini_program__name=f"𠀀{cases.RARE}"))
    assert {file for file, _ in rare.lines[0]} == {"NotoSansSC-Regular.ttf", "HanaMinB.ttf"}
    assert burn(paper.copy(), rare)[1] == 3
    for text in cases.HOSTILE:
        mark = purpose(cases.full(tmp_path, mini_program__name=text), " ".join(text.split()))
        assert burn(paper.copy(), mark)[1]


def test_certificates_are_marked_and_statements_are_not(snapshot: Snapshot):
    marked = {paper.field.id for paper in papers(snapshot) if wants_mark(paper)}
    assert "subject.certificate_photo" in marked
    assert "contact.certificate_photo_back" in marked
    assert not any("letter" in name for name in marked)


def test_office_copies_are_marked_in_their_pixels(snapshot: Snapshot):
    given = {
        name: snapshot.draft.file(name).read_bytes()
        for names in snapshot.draft.attachments.values()
        for name in names
    }
    stored = list(images(build_packet(snapshot)).values())
    passed = [name for name, data in given.items() if data in stored]
    assert passed == ["letter.jpg"]
    for data in stored:
        with Image.open(io.BytesIO(data)) as image:
            assert image.width > 1000, "no pixel is lost to the mark"


def test_the_same_picture_twice_is_marked_alike(snapshot: Snapshot):
    assert build_packet(snapshot) == build_packet(snapshot)
    other = build_packet(snapshot, options=Options(receiver="甲公司"))
    assert set(images(other).values()) != set(images(build_packet(snapshot)).values())


@pytest.mark.parametrize("name", ["company", "individual_business", "person"])
def test_chosen_certificates_to_upload_are_marked_within_every_limit(name: str, tmp_path: Path):
    draft = load(PICTURES.parent / f"{name}.json")
    report = self_check(draft, cases.ON, measure_all(draft))
    frozen = freeze(draft, report, cases.MADE_AT, final=True)
    exported = export(frozen, tmp_path / "out", options=Options(mark_uploads=True))
    assert MARKED in exported.notes
    uploaded = copies(frozen)
    assert sum(copy.certificate for copy in uploaded) >= 2
    for copy in uploaded:
        (file,) = (exported.folder / UPLOADS).glob(f"{Path(copy.stem).name}.*")
        facts, given = measure(file), measure(copy.file)
        assert file.stat().st_size <= LARGEST
        assert facts.format in ("JPEG", "PNG")
        assert (facts.width, facts.height) == (given.width, given.height), "no pixel is lost to the mark"
        assert_marked(copy.file, file, copy.certificate)
    reopened = load(next(exported.folder.glob("案件_*.json")))
    again = self_check(reopened, cases.ON, measure_all(reopened))
    assert [finding for finding in again.findings if finding.severity == "error"] == []
    kept = {reopened.file(path).read_bytes() for _, path in attached(reopened)}
    assert kept == {copy.file.read_bytes() for copy in uploaded}, "the case keeps what was given"


def assert_marked(given: Path, made: Path, wanted: bool):
    """There is a mark, or none; and where one is, it touches no data."""
    with Image.open(made) as after, Image.open(given) as before:
        plain, marked = before.convert("RGB"), after.convert("RGB")
    pressed = io.BytesIO()
    plain.save(pressed, "JPEG", quality=90, subsampling=2)
    with Image.open(pressed) as alike:
        touched = changed(alike.convert("RGB"), marked, 40)
    assert bool(touched.histogram()[255] > 300) is wanted
    assert ImageChops.darker(touched, ink(plain)).getbbox() is None


def test_a_picture_to_upload_without_room_stays_as_it_is_and_says_so():
    full = io.BytesIO()
    Image.effect_noise((1300, 900), 120).convert("RGB").save(full, "JPEG", quality=60)
    made = fit(full.getvalue(), purpose(cases.empty()))
    assert made.data == fit(full.getvalue()).data
    assert UNMARKED in made.note


def test_what_is_uploaded_bears_no_mark(snapshot: Snapshot, tmp_path: Path):
    folder = export(snapshot, tmp_path / "out", options=Options(receiver="甲公司")).paths[-1]
    given = {
        snapshot.draft.file(name).read_bytes()
        for names in snapshot.draft.attachments.values()
        for name in names
    }
    assert {path.read_bytes() for path in folder.iterdir()} == given
