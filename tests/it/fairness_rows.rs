//! A file of outcomes: what is taken, and each thing that can be wrong, with its row and what to do.

use cairn::fairness::Counts;
use cairn::fairness::report::Report;
use cairn::fairness::rows::{EXAMPLE, MAX_ROWS, RowsError, read};
use cairn::fairness::suppression::Rules;
use proptest::prelude::*;

fn wrong(file: &str) -> String {
    read(file.as_bytes()).unwrap_err().to_string()
}

#[test]
fn rows_and_counts_add_up_to_the_same() {
    let rows = "Group;Passed\nUK;yes\nuk;1\n UK ;Pass\nOverseas;no\n";
    let counts = "\u{feff}group,outcome,count\r\nUK,yes,3\r\nOverseas,fail,1\r\n";
    let (rows, counts) = (read(rows.as_bytes()).unwrap(), read(counts.as_bytes()).unwrap());
    assert_eq!(rows, counts);
    assert_eq!(rows.groups, ["UK", "Overseas"]);
    assert_eq!(rows.cells[&(0, None, None)], Counts::new(3, 3).unwrap());
    assert!(read(EXAMPLE.as_bytes()).is_ok());
}

#[test]
fn each_fault_is_named_with_its_row_and_what_to_do() {
    let head = "group,passed,count\nUK,yes,4\n";
    let with = |row: &str| wrong(&format!("{head}{row}\n"));
    for (said, wanted) in [
        (wrong(""), "The file is empty. Choose one with a row of column names and rows below it."),
        (
            wrong("group,passed\n"),
            "There is no row below the column names. Add the outcomes, a row each.",
        ),
        (
            wrong("ward,passed\nA,yes\n"),
            "Row 1 needs a column “group”. It has: ward, passed. Rename the column, or add it.",
        ),
        (
            wrong("group,ward\nA,yes\n"),
            "Row 1 needs a column “passed”. It has: group, ward. Rename the column, or add it.",
        ),
        (
            wrong("group,passed,result\nA,yes,yes\n"),
            "The columns “passed” and “result” mean the same. Take one out.",
        ),
        (
            wrong("name,group,passed\nA,B,yes\n"),
            "The column “name” could point to a person. Take it out of the file first.",
        ),
        (
            wrong("GMC number,group,passed\n1,B,yes\n"),
            "The column “GMC number” could point to a person. Take it out of the file first.",
        ),
        (
            wrong("sex,passed,ethnicity\nF,yes,B\n"),
            "“sex” and “ethnicity” both describe who people are. Split by one of them only: two \
             together make groups so small that they point to people.",
        ),
        (with("UK,yes,-3"), "Row 3: the count “-3” is below zero. Write a whole number from 0."),
        (
            with("UK,yes,2.5"),
            "Row 3: the count “2.5” is no whole number. Write a whole number from 0.",
        ),
        (
            with("UK,yes,many"),
            "Row 3: the count “many” is no whole number. Write a whole number from 0.",
        ),
        (
            with("UK,yes,99999999"),
            "Row 3: the count “99999999” is too large. The most is 10,000,000.",
        ),
        (with("UK,yes,"), "Row 3: “count” is empty. Fill it in, or take the row out."),
        (
            with("UK,perhaps,1"),
            "Row 3: “perhaps” is no outcome. Write yes or no, pass or fail, 1 or 0.",
        ),
        (with(",yes,1"), "Row 3: “group” is empty. Fill it in, or take the row out."),
        (
            with("=HYPERLINK(1),yes,1"),
            "Row 3: “=HYPERLINK(1)” begins like a formula. Save the table with values only.",
        ),
        (
            with("UK,yes,=1+1"),
            "Row 3: “=1+1” begins like a formula. Save the table with values only.",
        ),
        (with("UK,yes"), "Row 3 has 2 fields, and row 1 has 3. Put words with a comma in quotes."),
        (
            with("Dr Wren Alder,yes,1"),
            "Row 3: “Dr Wren Alder” looks like a name, a number or an address of one person. Use \
             groups of people.",
        ),
        (
            with("7123456,yes,1"),
            "Row 3: “7123456” looks like a name, a number or an address of one person. Use groups \
             of people.",
        ),
        (wrong(head), "There is one group only, “UK”. A gap needs a second group to compare with."),
        (
            wrong("group,passed,year\nUK,yes,24\n"),
            "Row 2: “24” is no year. Write it with four digits, such as 2024.",
        ),
        (
            wrong("group,passed\nA\0,yes\n"),
            "Row 2 is not UTF-8 text. Save the table once more as “CSV UTF-8”.",
        ),
    ] {
        assert_eq!(said, wanted);
    }
}

proptest! {
    #[test]
    fn no_bytes_at_all_stop_it(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        drop(read(&bytes));
    }

    #[test]
    fn no_table_at_all_stops_it(rows in "(group,passed,year,count\n)?([A-C=@\"]{0,3}[,;][01yn-]{0,3}[,;\r\n]?(20[0-9]{2})?,?[0-9.-]{0,22}\n){0,9}") {
        if let Ok(outcomes) = read(rows.as_bytes()) {
            let report = Report::new(&outcomes, Rules::default());
            drop((report.csv("passed"), report.gap(0, 1), report.joined(0, 1)));
        }
    }
}

#[test]
fn rows_are_counted_alike_whatever_ends_a_line() {
    for end in ["\n", "\r\n", "\r"] {
        let file = ["group,passed", "UK,yes", "", "UK,perhaps"].join(end);
        assert!(wrong(&file).starts_with("Row 4: “perhaps”"), "{end:?}: {}", wrong(&file));
    }
}

#[test]
fn two_encodings_in_one_file_are_named_by_the_row() {
    let mut bytes = "group,passed\nUK,yes\n".as_bytes().to_vec();
    bytes.extend(b"\xc9ire,no\n");
    assert_eq!(read(&bytes).unwrap_err(), RowsError::NotText(3));
    // What a spreadsheet saves as "Unicode text".
    let wide: Vec<u8> = "group,passed\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(matches!(read(&wide).unwrap_err(), RowsError::NotText(_)));
}

#[test]
fn a_column_with_a_value_for_each_doctor_is_no_grouping() {
    let mut file = "group,passed\n".to_owned();
    for at in 0..40 {
        file += &format!("D{at},yes\n");
    }
    assert_eq!(wrong(&file), "Row 22 brings more than 20 kinds of “group”. Join small ones first.");
}

#[test]
fn five_million_rows_are_asked_for_as_counts() {
    let file = format!("group,passed\n{}", "A,1\nB,0\n".repeat(2_500_000));
    assert_eq!(read(file.as_bytes()).unwrap_err(), RowsError::TooManyRows);
    let most = format!("group,passed\n{}", "A,1\nB,0\n".repeat((MAX_ROWS / 2) as usize));
    assert!(read(most.as_bytes()).is_ok());
}

#[test]
fn a_file_of_small_groups_shows_nothing() {
    let file = "group,passed,count\nA,yes,4\nA,no,5\nB,yes,30\nB,no,2\n";
    let report = Report::new(&read(file.as_bytes()).unwrap(), Rules::default());
    assert!(report.groups.iter().all(|it| it.rate.is_none()) && report.all.is_none());
    let csv = report.csv("passed");
    assert!(csv.contains("All,,A,hidden,hidden,hidden,hidden"), "{csv}");
    assert!(!csv.contains('%'), "{csv}");
}

#[test]
fn the_table_that_leaves_is_rounded_and_no_spreadsheet_runs_it() {
    let file = "group,passed,count\n\"A,B\",yes,52\n\"A,B\",no,31\nC,yes,61\nC,no,22\n";
    let csv = Report::new(&read(file.as_bytes()).unwrap(), Rules::default()).csv("passed");
    assert!(csv.contains("All,,\"A,B\",85,63%,52%,72%\r\n"), "{csv}");
    assert!(!csv.contains("83"), "no exact count leaves: {csv}");
    let fields = csv.split(['\n', ',']);
    assert!(fields.map(str::trim).all(|it| !it.starts_with(['=', '+', '@'])), "{csv}");
}
