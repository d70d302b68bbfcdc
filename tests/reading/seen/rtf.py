"""RTF: parts beside the body, code pages, and text that its properties hide."""

from tests.reading.seen.case import NAME, SKILLS, Case

HEAD = r"{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\colortbl;\red255\green255\blue255;\red17\green34\blue51;}"
BOX = r"{\shp{\*\shpinst{\sp{\sn fillColor}{\sv 1122867}}{\shptxt %s\par}}{\shprslt{\*\do{\dptxbxtext %s\par}}}}"


def write(source: str, *, head: str = HEAD) -> bytes:
    return f"{head}{NAME}\\par {source}\\par }}".encode("latin-1")


SHOWN = {
    "in a footer": write(rf"{{\footer\pard {SKILLS}\par}}"),
    "in a footnote": write(rf"{{\footnote\pard {SKILLS}\par}}"),
    "in the box of a shape, once": write(BOX % (SKILLS, SKILLS)),
    "white in the box of a shape": write(BOX % (rf"\cf1 {SKILLS}", SKILLS)),
    "in the box of an old drawing": write(rf"{{\*\do{{\dptxbxtext {SKILLS}\par}}}}"),
    "white on a dark paragraph": write(rf"\pard\cbpat2\cf1 {SKILLS}"),
    "white on a dark cell": write(rf"\trowd\clcbpat2\cellx9000\pard\intbl\cf1 {SKILLS}\cell\row\pard\cf0 "),
    "hidden no longer": write(rf"\v\v0 {SKILLS}"),
    "hidden no longer in plain text": write(rf"\v\plain {SKILLS}"),
    "behind hidden text of a group": write(rf"{{\v x}}{SKILLS}"),
    "in bytes of pictures": write(rf"{{\pict\bin3 }}}}x}}{SKILLS}"),
}
HIDDEN = {
    "marked as hidden": (write(rf"\v {SKILLS}"), "marked-hidden"),
    "marked as hidden over groups": (write(r"\v Skills: {\b Kubernetes}, Terraform\v0 "), "marked-hidden"),
    "marked as hidden in a header": (write(rf"{{\header\pard\v {SKILLS}\par}}"), "marked-hidden"),
    "white": (write(rf"\cf1 {SKILLS}"), "ground-colour"),
    "dark on dark": (write(rf"\cf2\highlight2 {SKILLS}"), "ground-colour"),
    "of one point": (write(rf"\fs2 {SKILLS}"), "tiny"),
}
RTFS = {f"rtf: {name}": Case(content, SKILLS) for name, content in SHOWN.items()} | {
    f"rtf: {name}": Case(content, "", (reason,)) for name, (content, reason) in HIDDEN.items()
}
RTFS |= {
    "rtf: in a header": Case(f"{HEAD}{{\\header {NAME}\\par}}{SKILLS}\\par }}".encode(), SKILLS),
    "rtf: deleted": Case(write(rf"\deleted Haskell\deleted0 {SKILLS}"), SKILLS),
    "rtf: on a Macintosh": Case(
        write(r"Caf\'8e", head=r"{\rtf1\mac\ansicpg10000{\fonttbl\f0 Helvetica;}"), "Caf\u00e9"
    ),
    "rtf: in the code page of DOS": Case(write(r"Caf\'82", head=r"{\rtf1\pca "), "Caf\u00e9"),
    "rtf: in bytes as they are": Case(write("Caf\u00e9 \x93x\x94"), "Caf\u00e9 \u201cx\u201d"),
}
