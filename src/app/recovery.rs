//! The recovery key while it is shown, and its sheet.

use zeroize::Zeroizing;

use crate::vault::RecoveryKey;

/// The recovery key while it is shown, which is once.
pub struct Recovery {
    /// The 24 words.
    pub words: Vec<Zeroizing<String>>,
    /// The same key as an age identity.
    pub age_key: Zeroizing<String>,
    /// Which two words are asked for, counted from 0.
    pub asked: [usize; 2],
}

impl Recovery {
    /// Whether a typed word is the one asked for, the first or the second. Four letters name a
    /// word of the list.
    pub fn is_word(&self, which: usize, typed: &str) -> bool {
        let typed = typed.trim().to_lowercase();
        let word = self.asked.get(which).and_then(|at| self.words.get(*at));
        // Some words of the list have three letters; those must be whole.
        word.is_some_and(|word| typed.len() >= word.len().min(4) && word.starts_with(&typed))
    }

    /// A recovery key for showing; `asked` are the words to ask for, counted from 0.
    pub fn of(key: &RecoveryKey, asked: [usize; 2]) -> Recovery {
        let words = key.words();
        let words = words.split_whitespace().map(|word| Zeroizing::new(word.to_owned())).collect();
        Recovery { words, age_key: key.as_age_key(), asked }
    }

    /// The sheet for paper or a stick: an age identity file with the words in comments. It
    /// carries no name.
    pub fn sheet(&self, made: &str) -> Zeroizing<String> {
        let mut sheet = Zeroizing::new(String::with_capacity(1024));
        sheet.push_str("# Cairn recovery sheet, ");
        sheet.push_str(made);
        sheet.push_str(
            "\n# Whoever has this sheet and the record can read everything in it.\n\
             # Keep it on paper or on a stick, in a safe place away from the computer.\n\
             # In Cairn: Unlock, then Use the recovery sheet, then type the 24 words.\n\
             # Without Cairn: RESCUE.txt in the record's folder says how.\n#\n",
        );
        for (at, word) in self.words.iter().enumerate() {
            sheet.push_str(if at % 6 == 0 { "# " } else { "  " });
            sheet.push_str(&format!("{:>2} ", at + 1));
            sheet.push_str(word);
            if at % 6 == 5 {
                sheet.push('\n');
            }
        }
        sheet.push_str("#\n");
        sheet.push_str(&self.age_key);
        sheet.push('\n');
        sheet
    }
}
