"""Checks files that Cairn made with programs that no one here wrote.

Called with a folder that holds summary.pdf, summary.docx and words.txt, one line a row that the
two must hold in this order. Says SKIPPED aloud for what is not installed; the exit code is 1
where a program finds a fault.
"""

import shutil
import subprocess
import sys
from pathlib import Path

faults = []


def fault(words):
    faults.append(words)
    print("FAULT:", words)


def skipped(what):
    print("SKIPPED:", what, "is not installed")


def squeezed(text):
    return "".join(text.split())


def in_order(name, text, lines):
    text, at = squeezed(text), 0
    for line in lines:
        found = text.find(squeezed(line), at)
        if found < 0:
            fault(f"{name}: {line!r} is missing or out of order")
            return
        at = found
    print(f"{name}: {len(lines)} lines in order")


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, timeout=300)


def pdf(file, lines):
    if shutil.which("qpdf"):
        done = run("qpdf", "--check", str(file))
        print("qpdf:", "sound" if done.returncode == 0 else "faults")
        if done.returncode != 0:
            fault(done.stdout + done.stderr)
    else:
        skipped("qpdf")
    if shutil.which("pdftotext"):
        in_order("pdftotext", run("pdftotext", "-raw", str(file), "-").stdout, lines)
    else:
        skipped("pdftotext")
    try:
        import pdfua  # noqa: F401
    except ImportError:
        skipped("the Python package pdfua")
    else:
        done = run(sys.executable, "-m", "pdfua", "check", str(file))
        print("pdfua:", "nothing found" if done.returncode == 0 else done.stdout + done.stderr)
        if done.returncode != 0:
            fault("pdfua found something")


def docx(file, lines):
    try:
        import docx as word
    except ImportError:
        skipped("the Python package python-docx")
    else:
        document = word.Document(str(file))
        headings = [it.text for it in document.paragraphs if it.style.name.startswith("Heading")]
        if len(headings) < 9:
            fault(f"python-docx: only these headings: {headings}")
        if not document.core_properties.title or document.core_properties.language != "en-GB":
            fault("python-docx: no title or language")
        mark = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}tblHeader"
        for table in document.tables:
            if table.rows[0]._tr.find(f".//{mark}") is None:
                fault("python-docx: a table without a row of heads")
        print(f"python-docx: {len(headings)} headings, {len(document.tables)} tables with heads")
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if not office:
        skipped("LibreOffice")
        return
    home = file.parent / "office"
    done = run(
        office, f"-env:UserInstallation=file://{home}", "--headless", "--convert-to",
        "txt:Text (encoded):UTF8", "--outdir", str(file.parent), str(file),
    )
    text = file.with_suffix(".txt")
    if not text.exists():
        fault("LibreOffice could not convert it: " + done.stderr)
        return
    in_order("LibreOffice", text.read_text(encoding="utf-8-sig"), lines)


def main():
    folder = Path(sys.argv[1])
    lines = [it for it in (folder / "words.txt").read_text(encoding="utf-8").splitlines() if it]
    pdf(folder / "summary.pdf", lines)
    docx(folder / "summary.docx", lines)
    sys.exit(1 if faults else 0)


main()
