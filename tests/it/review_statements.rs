//! The lines of a report as a panel would look at them: what is remarked, and what is not.

use cairn::model::session::ArcpHeading;
use cairn::review::statements::{MOST_CHARACTERS, MOST_SENTENCES};
use cairn::review::{Remark, Reviewer, Settings, Statement};

const EXAMPLES: &str = include_str!("../data/review/statements.txt");

fn heading(word: &str) -> Option<ArcpHeading> {
    (word != "answer").then(|| serde_json::from_value(word.into()).unwrap())
}

/// What is remarked, each sort once.
fn codes(remarks: &[Remark]) -> Vec<&'static str> {
    let code = |remark: &Remark| match remark {
        Remark::NoEvidence => "no-evidence",
        Remark::Vague(_) => "vague",
        Remark::TooLong { .. } => "long",
        Remark::Person(..) => "person",
        Remark::NoNextStep => "no-next-step",
        Remark::Identifier(_) if remark.blocks() => "identifier!",
        Remark::Identifier(_) => "identifier",
    };
    let mut codes: Vec<&str> = remarks.iter().map(code).collect();
    codes.dedup();
    codes
}

#[test]
fn remarks_come_where_they_are_wanted_and_nowhere_else() {
    let reviewer = Reviewer::built_in().unwrap();
    let (mut lines, mut quiet, mut wrong) = (0, 0, Vec::new());
    for line in EXAMPLES.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let mut parts = line.splitn(4, '|').map(str::trim);
        let (head, evidence) = (parts.next().unwrap(), parts.next().unwrap());
        let wanted = parts.next().unwrap();
        let heading = heading(head);
        let judges = !matches!(
            heading,
            Some(
                ArcpHeading::EvidenceSeen
                    | ArcpHeading::NextObjectives
                    | ArcpHeading::Exams
                    | ArcpHeading::Concerns
                    | ArcpHeading::DoctorsWords
            )
        );
        let text = parts.next().unwrap();
        let lacks_evidence = judges && evidence == "no";
        let statement = Statement { heading, text, lacks_evidence };
        let found = reviewer.statement(statement, &Settings::default());
        let found = codes(&found).join(",");
        let wanted = if wanted == "-" { "" } else { wanted };
        lines += 1;
        quiet += usize::from(wanted.is_empty());
        if found != wanted {
            wrong.push(format!("{text}\n    wanted {wanted:?}, found {found:?}"));
        }
    }
    eprintln!("STATEMENTS: {lines} lines, {quiet} of them quiet, {} wrong", wrong.len());
    assert!(lines >= 60 && quiet >= 20, "{lines} {quiet}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_kept_with_a_reason_is_not_said_again() {
    let reviewer = Reviewer::built_in().unwrap();
    let text = "I still think of the patient with NHS number 943 476 5919.";
    let heading = Some(ArcpHeading::DoctorsWords);
    let statement = Statement { heading, text, lacks_evidence: false };
    let found = reviewer.statement(statement, &Settings::default());
    let Some(Remark::Identifier(first)) = found.first() else { panic!("{found:?}") };
    let allowed = vec![first.text.clone()];
    let kept = reviewer.statement(statement, &Settings { allowed, ..Settings::default() });
    assert!(kept.is_empty(), "{kept:?}");
}

#[test]
fn a_remark_says_its_limit() {
    let remark = Remark::TooLong { sentences: 4, characters: 512 };
    let words = remark.advice();
    assert!(words.contains("4 sentences, 512 characters"), "{words}");
    assert!(words.contains(&MOST_SENTENCES.to_string()), "{words}");
    assert!(words.contains(&MOST_CHARACTERS.to_string()), "{words}");
}
