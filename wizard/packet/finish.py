"""What is done to a printed PDF on request: the archive format, files attached, a password.

PDF/A-1b after ISO 19005-1:2005: PDF 1.4, no transparency, no attachment, no encryption, colours tied to a
profile, properties repeated as XMP. Fonts, links and the 草稿 mark are printed so in the first place.
"""

import io
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, Pdf, Stream, String

from wizard.packet.options import Options
from wizard.process.work import Cancelled
from wizard.resource_files import path

PROFILE = "sRGB-v2-micro.icc"
_CONDITION = "sRGB IEC61966-2.1"
_TYPES = {".json": "application/json", ".jpg": "image/jpeg", ".png": "image/png", ".txt": "text/plain"}


def finish(
    data: bytes,
    options: Options,
    files: Mapping[str, bytes],
    made_at: datetime,
    cancelled: Callable[[], bool],
) -> bytes:
    """`data` as `options` want it; `files` are what is attached, by name. Same input, same bytes.

    A password is the exception: its keys are drawn anew each time.

    Raises:
        Cancelled: `cancelled` said so.
    """

    def going_on(_percent: int) -> None:
        """Asked after every object; without it no other thread has its turn while the file is written."""
        if cancelled():
            raise Cancelled

    if not (options.archival or options.password or files):
        return data
    with Pdf.open(io.BytesIO(data)) as pdf:
        for name, content in files.items():
            going_on(0)
            _attach(pdf, name, content)
        if options.archival:
            _archive(pdf, made_at)
        out = io.BytesIO()
        pdf.save(out, progress=going_on, **_settings(options))
        return out.getvalue()


def _settings(options: Options) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "object_stream_mode": pikepdf.ObjectStreamMode.disable,
        "compress_streams": False,
    }
    if options.archival:
        return plain | {"force_version": "1.4", "deterministic_id": True}
    if not options.password:
        return plain | {"deterministic_id": True}
    lock = pikepdf.Encryption(owner=options.password, user=options.password, R=6, aes=True, metadata=True)
    return plain | {"encryption": lock}


def _attach(pdf: Pdf, name: str, content: bytes) -> None:
    kind = _TYPES.get(name[name.rfind(".") :], "application/octet-stream")
    spec = AttachedFileSpec(pdf, content, filename=name, mime_type=kind, relationship=Name.Source)
    pdf.attachments[name] = spec


def _archive(pdf: Pdf, made_at: datetime) -> None:
    profile = Stream(pdf, path("colour", PROFILE).read_bytes())
    profile.N, profile.Alternate = 3, Name.DeviceRGB
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String(_CONDITION),
        RegistryName=String("http://www.color.org"),
        Info=String(_CONDITION),
        DestOutputProfile=pdf.make_indirect(profile),
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
    metadata = Stream(pdf, _xmp(pdf.docinfo, made_at).encode("utf-8"))
    metadata.Type, metadata.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = pdf.make_indirect(metadata)


def _xmp(info: Dictionary, made_at: datetime) -> str:
    """The properties of the file as XMP: from a template, since PDFBox knows namespaces in one place only."""
    moment = made_at.isoformat(timespec="seconds")
    said = {key[1:]: escape(str(value)) for key, value in info.items()}
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        '<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">\n'
        "<pdfaid:part>1</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>\n"
        "</rdf:Description>\n"
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        "<dc:format>application/pdf</dc:format>\n"
        f"<dc:title>{_spoken(said['Title'])}</dc:title>\n"
        f"<dc:creator><rdf:Seq><rdf:li>{said['Author']}</rdf:li></rdf:Seq></dc:creator>\n"
        f"<dc:description>{_spoken(said['Subject'])}</dc:description>\n"
        "</rdf:Description>\n"
        '<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">\n'
        f"<pdf:Producer>{said['Producer']}</pdf:Producer><pdf:Keywords>{said['Keywords']}</pdf:Keywords>\n"
        "</rdf:Description>\n"
        '<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">\n'
        f"<xmp:CreatorTool>{said['Creator']}</xmp:CreatorTool>\n"
        f"<xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate>\n"
        "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n"
        '<?xpacket end="w"?>'
    )


def _spoken(text: str) -> str:
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{text}</rdf:li></rdf:Alt>'
