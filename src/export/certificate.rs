//! The certificate of an erasure on a page. It is made from the certificate alone, which holds
//! numbers, days and a reason, so it names no one.

use jiff::civil::Date;

use super::Letter;
use super::letter::{Saying, layers};
use super::sheet::{Fact, Sheet};
use crate::model::text::long_date;
use crate::model::{Certificate, clean};

impl Letter {
    /// The certificate with its four check words, as it is on a day.
    pub fn certificate(certificate: &Certificate, words: Option<&str>, today: Date) -> Letter {
        let facts = certificate.facts(words).into_iter().map(|(label, value)| Fact {
            label: label.to_owned(),
            value: clean::line(&value),
            wide: true,
        });
        let number = format!("Number {}", certificate.number);
        let made = long_date(certificate.when.date());
        Letter {
            saying: Saying {
                what: format!("{}, number {}", Certificate::TITLE, certificate.number),
                file: Certificate::TITLE,
                day: certificate.when.date(),
                layers: layers((0, ""), (0, "nothing goes")),
                left_out: "Left out: whom it was about. The certificate names no one",
                notes: Vec::new(),
                outline: Vec::new(),
                names_no_doctor: false,
                holds_words: false,
                may_tell: 0,
            },
            sheet: Sheet {
                title: Certificate::TITLE.to_owned(),
                running: number.clone(),
                author: String::new(),
                facts: facts.collect(),
                parts: Vec::new(),
                nothing: String::new(),
                foot: format!(
                    "Made on {made}. The record keeps the same certificate, with the same four \
                     check words."
                ),
                name: number,
            },
            layers: Vec::new(),
            made_on: today,
            named: Vec::new(),
            between: 0,
        }
    }
}
