//! A page for Word and LibreOffice: real headings, lists and table heads, in British English.
//!
//! The look is in `assets/docx/styles.xml`. What people wrote is text of runs: it can open no
//! field and no element. The same page gives the same bytes.

use std::io::Cursor;

use docx_rs::{
    AbstractNumbering, BreakType, Docx, Footer, Header, IndentLevel, Level, LevelJc, LevelText,
    NumPages, NumberFormat, Numbering, NumberingId, PageMargin, PageNum, Paragraph, Run,
    SpecialIndentType, Start, Table, TableCell, TableCellBorder, TableCellBorderPosition,
    TableLayoutType, TableRow, WidthType,
};
use jiff::civil::Date;

use super::ExportError;
use super::sheet::{Block, Cell, Column, Part, Sheet};

const STYLES: &str = include_str!("../../assets/docx/styles.xml");

/// A twentieth of a point, the measure of the format.
const POINT: usize = 20;
/// Millimetres in that measure.
const fn mm(n: i32) -> i32 {
    n * 1440 * 10 / 254
}
/// A4.
const PAPER: (u32, u32) = (11_906, 16_838);
/// Between the margins.
const WIDTH: usize = 9_638;
/// Numbers in the styles: headings and bullets.
const HEADINGS: usize = 2;
const BULLETS: usize = 3;

/// What the writer has in the place of a mark for the head of a table, which it cannot write.
const HEAD_STANDS_FOR: &str = r#"<w:trHeight w:val="1" w:hRule="exact" />"#;
const HEAD: &str = "<w:tblHeader />";

/// The bytes of the file.
///
/// # Errors
/// The parts could not be put together; nothing was written anywhere.
pub(super) fn render(sheet: &Sheet, made_on: Date) -> Result<Vec<u8>, ExportError> {
    let mut docx = page_of(sheet);
    docx = docx.add_paragraph(styled("Title").add_run(run(&sheet.title)));
    docx = docx.add_paragraph(styled("Subtitle").add_run(run(&sheet.name)));
    for fact in &sheet.facts {
        let label = run(&fact.label).style("Label");
        docx = docx.add_paragraph(
            styled("Fact").add_run(label).add_run(Run::new().add_tab()).add_run(run(&fact.value)),
        );
    }
    for part in &sheet.parts {
        docx = add_part(docx, part, &sheet.nothing);
    }
    let mut xml = docx.build();
    xml.styles = STYLES.as_bytes().to_vec();
    xml.doc_props.core = core_properties(sheet, made_on).into_bytes();
    xml.document =
        String::from_utf8_lossy(&xml.document).replace(HEAD_STANDS_FOR, HEAD).into_bytes();
    let mut out = Cursor::new(Vec::new());
    xml.pack(&mut out).map_err(|error| ExportError::Docx(error.to_string()))?;
    Ok(out.into_inner())
}

/// Paper, head, foot and the numbers of headings. The first page has no head: its title is there.
fn page_of(sheet: &Sheet) -> Docx {
    let head = styled("Header")
        .add_run(run(&sheet.title))
        .add_run(Run::new().add_tab())
        .add_run(run(&sheet.running));
    let foot = || {
        let line = styled("Footer").add_run(run(&sheet.foot)).add_run(Run::new().add_tab());
        let line = line.add_run(Run::new().add_text("Page ")).add_page_num(PageNum::new());
        let line = line.add_run(Run::new().add_text(" of ")).add_num_pages(NumPages::new());
        Footer::new().add_paragraph(line)
    };
    let margin = PageMargin::new();
    let margin = margin.left(mm(20)).right(mm(20)).top(mm(20)).bottom(mm(22));
    let level = |format: &str, text: &str, hanging: i32| {
        let (start, jc) = (Start::new(1), LevelJc::new("left"));
        let level = Level::new(0, start, NumberFormat::new(format), LevelText::new(text), jc);
        level.indent(Some(hanging), Some(SpecialIndentType::Hanging(hanging)), None, None)
    };
    let headings = level("decimal", "%1", 340).paragraph_style("Heading1");
    let bullets = level("bullet", "•", 284).paragraph_style("ListBullet");
    Docx::new()
        .page_size(PAPER.0, PAPER.1)
        .page_margin(margin.header(mm(9)).footer(mm(9)))
        .title_pg()
        .first_header(Header::new().add_paragraph(Paragraph::new()))
        .header(Header::new().add_paragraph(head))
        .first_footer(foot())
        .footer(foot())
        .add_abstract_numbering(AbstractNumbering::new(HEADINGS).add_level(headings))
        .add_numbering(Numbering::new(HEADINGS, HEADINGS))
        .add_abstract_numbering(AbstractNumbering::new(BULLETS).add_level(bullets))
        .add_numbering(Numbering::new(BULLETS, BULLETS))
}

fn add_part(mut docx: Docx, part: &Part, nothing: &str) -> Docx {
    let heading = if part.sub {
        styled("Heading2")
    } else {
        styled("Heading1").numbering(NumberingId::new(HEADINGS), IndentLevel::new(0))
    };
    docx = docx.add_paragraph(heading.add_run(run(&part.title)));
    if part.blocks.is_empty() {
        return docx.add_paragraph(styled("Normal").add_run(run(nothing)));
    }
    for block in &part.blocks {
        docx = match block {
            Block::Text(cell) => add_all(docx, paragraphs(cell, ["Normal", "Normal", "Note"])),
            Block::Quote(cell) => add_all(docx, paragraphs(cell, ["Quote", "Quote", "QuoteNote"])),
            Block::List { items } => {
                let styles = ["ListBullet", "ListContinue", "ListNote"];
                items.iter().fold(docx, |docx, item| add_all(docx, paragraphs(item, styles)))
            }
            // Two tables with nothing between them would become one.
            Block::Table { head, rows } => docx.add_table(table(head, rows)).add_paragraph(gap()),
        };
    }
    docx
}

fn add_all(docx: Docx, paragraphs: Vec<Paragraph>) -> Docx {
    paragraphs.into_iter().fold(docx, Docx::add_paragraph)
}

/// An empty line too low to see.
fn gap() -> Paragraph {
    styled("Normal").line_spacing(
        docx_rs::LineSpacing::new().line_rule(docx_rs::LineSpacingType::Exact).line(40).after(0),
    )
}

/// The words of a cell in three styles: the first paragraph, the others, what is said of them.
fn paragraphs(cell: &Cell, [first, more, note]: [&str; 3]) -> Vec<Paragraph> {
    let style = |at: usize| if at == 0 { first } else { more };
    let words = cell.words.iter().enumerate();
    let words = words.map(|(at, words)| {
        let paragraph = styled(style(at)).add_run(run(words));
        if style(at) == "ListBullet" {
            return paragraph.numbering(NumberingId::new(BULLETS), IndentLevel::new(0));
        }
        paragraph
    });
    words.chain(cell.notes.iter().map(|words| styled(note).add_run(run(words)))).collect()
}

fn table(head: &[Column], rows: &[Vec<Cell>]) -> Table {
    let widths = widths(head);
    let cells = head.iter().zip(&widths).map(|(column, width)| {
        let words = styled("TableHead").add_run(run(&column.head));
        bordered(TableCell::new().add_paragraph(words), *width, 8, "111111")
    });
    let head =
        TableRow::new(cells.collect()).row_height(1.0).height_rule(docx_rs::HeightRule::Exact);
    let rows = rows.iter().map(|row| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| {
            let words = paragraphs(cell, ["Normal", "Normal", "Note"]);
            // A cell without a paragraph is no cell.
            let words = if words.is_empty() { vec![styled("Normal")] } else { words };
            let cell = words.into_iter().fold(TableCell::new(), TableCell::add_paragraph);
            bordered(cell, *width, 4, "BBBBBB")
        });
        let row_of = TableRow::new(cells.collect());
        if is_long(row) { row_of } else { row_of.cant_split() }
    });
    Table::without_borders(std::iter::once(head).chain(rows).collect())
        .layout(TableLayoutType::Fixed)
        .width(WIDTH, WidthType::Dxa)
        .set_grid(widths.clone())
        .style("TableNormal")
}

/// Whether a row may go on overleaf: it would hardly fit on a page.
fn is_long(row: &[Cell]) -> bool {
    row.iter().flat_map(|cell| &cell.words).map(String::len).sum::<usize>() > 1500
}

fn bordered(cell: TableCell, width: usize, size: usize, colour: &str) -> TableCell {
    let line = TableCellBorder::new(TableCellBorderPosition::Bottom).size(size).color(colour);
    cell.width(width, WidthType::Dxa).set_border(line)
}

/// The widths of the columns: those with one, and a fair share of the rest for the others.
fn widths(head: &[Column]) -> Vec<usize> {
    let given: usize = head.iter().filter_map(|column| column.width).map(usize::from).sum();
    let others = head.iter().filter(|column| column.width.is_none()).count().max(1);
    let share = WIDTH.saturating_sub(given * POINT) / others;
    head.iter().map(|it| it.width.map_or(share, |points| usize::from(points) * POINT)).collect()
}

fn styled(style: &str) -> Paragraph {
    Paragraph::new().style(style)
}

/// One line of words; a line break inside stays one.
fn run(words: &str) -> Run {
    let mut run = Run::new();
    for (at, line) in words.split('\n').enumerate() {
        if at > 0 {
            run = run.add_break(BreakType::TextWrapping);
        }
        run = run.add_text(line.chars().filter(|c| may_stand(*c)).collect::<String>());
    }
    if super::is_right_to_left(words) { run.style("RightToLeft") } else { run }
}

/// Whether XML 1.0 takes the character.
const fn may_stand(c: char) -> bool {
    matches!(c, '\t' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// Title, author and language. The day is the one the page was made, not the computer's clock.
fn core_properties(sheet: &Sheet, made_on: Date) -> String {
    let title = escaped(&format!("{}, {}", sheet.title, sheet.name));
    let author = escaped(&sheet.author);
    let day = format!("{made_on}T00:00:00Z");
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title><dc:creator>{author}</dc:creator><dc:language>en-GB</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified></cp:coreProperties>"#
    )
}

fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars().filter(|c| may_stand(*c)) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c => out.push(c),
        }
    }
    out
}
