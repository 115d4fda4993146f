//! People from a table.

use cairn::import::people::{MAX_BYTES, MAX_ROWS, PeopleError, Table, read};
use jiff::civil::{Date, date};
use proptest::prelude::*;

const TODAY: Date = date(2026, 11, 24);

fn table(text: &str) -> Result<Table, PeopleError> {
    read(text.as_bytes(), TODAY)
}

#[test]
fn every_known_column_is_read() {
    let text = "\u{feff}Name,Short name,Say,Grade,Programme,Specialty,Placement,From,To,\
                Clinical supervisor,WTE,ARCP,Exam,Exam date,CCT,Adjustments,To know,ID\r\n\
                Dr Amina Larkspur,Amina,ah-MEE-nah,IMT2,Internal medicine,acute medicine,\
                \"Larchfield, General\",5/8/2026,1 December 2026,Dr Farah Osierly,0.8,9 June 2027,\
                PACES,20 Feb 2027,1/8/2028,\"No more than 3 nights\r\nin a row\",Likes coffee,t7\r\n";
    let table = table(text).unwrap();
    assert_eq!((table.rows.len(), table.unknown.len(), table.rows[0].line), (1, 0, 2));
    let person = &table.rows[0].person;
    assert_eq!(person.name, "Dr Amina Larkspur");
    assert_eq!((person.short_name.as_str(), person.say.as_str()), ("Amina", "ah-MEE-nah"));
    assert_eq!((person.stage.as_str(), person.programme.as_str()), ("IMT2", "Internal medicine"));
    assert_eq!((person.wte, person.arcp_date), (Some(80), Some(date(2027, 6, 9))));
    assert_eq!((person.next_exam.as_str(), person.exam_date), ("PACES", Some(date(2027, 2, 20))));
    assert_eq!(person.cct_date, Some(date(2028, 8, 1)));
    assert_eq!(person.adjustments, "No more than 3 nights\nin a row");
    assert_eq!(
        (person.to_know.as_str(), person.source_id.as_deref()),
        ("Likes coffee", Some("t7"))
    );
    let placement = &person.placements[0];
    assert_eq!(placement.words(), "acute medicine, Larchfield, General");
    assert_eq!(placement.days(), "5 August 2026 to 1 December 2026");
    assert_eq!(placement.supervisor, "Dr Farah Osierly");
}

#[test]
fn a_name_is_enough_and_columns_without_a_meaning_are_named() {
    let table =
        table("GMC number;name;Email;WTE\n1234567;Dr Seun Hawthorne;a@b.example;\n;;;\n").unwrap();
    assert_eq!(table.unknown, ["GMC number", "Email"]);
    assert_eq!(table.rows.len(), 1, "an empty row is no person");
    assert_eq!(table.rows[0].person.name, "Dr Seun Hawthorne");
    assert_eq!(table.rows[0].person.wte, None);
    for (typed, wte) in [("80", 80), ("80%", 80), ("0.8", 80), ("1", 100), ("1.0", 100), (".5", 50)]
    {
        let table = read(format!("name\tWTE\nA\t{typed}").as_bytes(), TODAY).unwrap();
        assert_eq!(table.rows[0].person.wte, Some(wte), "{typed}");
    }
}

#[test]
fn names_of_every_script_come_as_they_are_without_what_nobody_sees() {
    let names =
        ["محمد الفارسي", "अनन्या शर्मा", "தமிழ்ச்செல்வி", "王小明", "Zoë Ní Bhriain", "اردو نام"];
    let text = format!("name\n{}\n\u{202e}Dr\u{ad} Elm\u{0}\n", names.join("\n"));
    let rows = table(&text).unwrap().rows;
    let read: Vec<&str> = rows.iter().map(|row| row.person.name.as_str()).collect();
    assert_eq!(read[..6], names);
    assert_eq!(read[6], "Dr Elm");
}

#[test]
fn what_can_not_be_read_is_named_with_its_line_and_nothing_comes_in() {
    for (text, said) in [
        ("", "the file is empty"),
        (" \n\n", "the file is empty"),
        ("A,B\n1,2", "the first row must name the columns, and one must be “name”"),
        ("Stage,WTE\nF1,80", "one must be “name”"),
        ("name\n", "there is no row below the first"),
        ("name,full name\nA,B", "the columns “name” and “full name” mean the same"),
        ("name,stage\n,F1", "line 2: the name is empty"),
        ("name,arcp\nA,31 June 2027", "line 2: “31 June 2027”: 31 June is not a date"),
        ("name,arcp\nA,soon", "line 2: “soon”: Cairn cannot read this as a date"),
        ("name,wte\nA,180", "line 2: “180”: working time is a number from 10 to 100"),
        ("name,wte\nA,0.805", "line 2: “0.805”"),
        ("name,wte\nA,1e2", "line 2: “1e2”"),
        ("name,placement\nA,Larchfield", "line 2: a placement needs its first day"),
        ("name,post,from,to\nA,x,1/2/2027,1/1/2027", "line 2: the placement ends before it begins"),
        ("name\nA,B", "line 2: there are more fields than columns"),
        ("name\nA\nB,C\n", "line 3"),
    ] {
        let error = table(text).map(|table| format!("{table:?}")).unwrap_err().to_string();
        assert!(error.contains(said), "{text:?}: {error}");
    }
    // All of them at once, up to a bound.
    let many = format!("name,arcp\n{}", "A,never\n".repeat(500));
    let PeopleError::Fields(problems) = table(&many).unwrap_err() else { panic!() };
    assert_eq!(problems.len(), 20);
    assert!(problems[19].starts_with("line 21:"), "{}", problems[19]);
}

#[test]
fn hostile_files_are_refused_in_time() {
    assert_eq!(read(b"name\n\xff\xfe", TODAY), Err(PeopleError::NotText(2)));
    assert_eq!(read(b"name\nZo\xeb\n", TODAY), Err(PeopleError::NotText(2)));
    let long = vec![b'a'; MAX_BYTES + 1];
    assert_eq!(read(&long, TODAY), Err(PeopleError::TooLong(MAX_BYTES + 1)));
    let wide = format!("name{}\nA", ",x".repeat(5000));
    assert_eq!(table(&wide), Err(PeopleError::TooWide(5001)));
    let rows = format!("name\n{}", "A\n".repeat(MAX_ROWS + 1));
    assert_eq!(table(&rows), Err(PeopleError::TooMany));
    let field = format!("name\n{}", "x".repeat(300));
    assert!(table(&field).unwrap_err().to_string().contains("more than 200 characters"));
    // A quotation mark that never ends makes one field of the rest.
    let open = format!("name,stage\n\"A,F1\n{}", "B,F2\n".repeat(1000));
    assert!(table(&open).is_err());
    let marks = format!("name\n\"{}\"", "\"\"".repeat(100_000));
    assert!(table(&marks).is_err());
}

proptest! {
    #[test]
    fn no_bytes_stop_the_program(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes, TODAY);
        let _ = read(&[b"name,from,to,wte\n", bytes.as_slice()].concat(), TODAY);
    }

    #[test]
    fn a_name_that_csv_can_hold_comes_back(name in "[\\p{L} ,;\"'-]{1,40}") {
        prop_assume!(name.chars().any(char::is_alphanumeric));
        let quoted = format!("name,stage\n\"{}\",F1\n", name.replace('"', "\"\""));
        let rows = table(&quoted).unwrap().rows;
        prop_assert_eq!(&rows[0].person.name, &cairn::model::clean::line(&name));
    }
}
