//! A text as the checks see it: words, numbers and marks, folded so that one rule fits every way
//! to write the same thing. Small letters without accents, digits of any script as 0 to 9, one
//! kind of dash and quotation mark; soft hyphens and other invisible characters are passed over.
//! Each token knows where it lies in the text as it was written.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::model::clean::is_hidden;

/// What stands between a token and the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    None,
    Space,
    Line,
    /// An empty line, or the beginning.
    Paragraph,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Letters, or letters and digits.
    Word,
    /// Digits alone.
    Number,
    Mark(char),
}

/// How a word is written. Scripts without capitals are `Caseless`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    Lower,
    /// A capital, then anything that is not all capitals.
    Title,
    /// All letters are capitals, and there are two at the least.
    Upper,
    /// One capital letter alone.
    Initial,
    /// Small first, capitals later: `eGFR`.
    Mixed,
    Caseless,
}

#[derive(Debug, Clone)]
pub struct Token {
    pub sort: Sort,
    pub case: Case,
    pub gap: Gap,
    /// The first word of a sentence, a line or what follows a colon: a capital says nothing.
    pub first: bool,
    /// The number of the sentence in the text.
    pub sentence: u32,
    start: u32,
    end: u32,
    folded: Range<u32>,
}

/// A text and its tokens.
pub struct Tokens<'a> {
    pub text: &'a str,
    folded: String,
    list: Vec<Token>,
}

/// After these a full stop ends no sentence.
const SHORT: [&str; 27] = [
    "dr", "mr", "mrs", "ms", "mx", "prof", "st", "no", "nos", "vs", "approx", "tel", "hosp", "eg",
    "ie", "etc", "pt", "pts", "ext", "ref", "rev", "sr", "jr", "fig", "mob", "num", "dept",
];

impl<'a> Tokens<'a> {
    /// The tokens of a text of at most 4 GiB.
    pub fn of(text: &'a str) -> Tokens<'a> {
        let mut reader = Reader::new(text);
        for (at, c) in text.char_indices() {
            reader.take(at, c);
        }
        reader.close();
        let mut tokens = Tokens { text, folded: reader.folded, list: reader.list };
        tokens.find_sentences();
        tokens
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub fn get(&self, at: usize) -> Option<&Token> {
        self.list.get(at)
    }

    /// The folded letters of a token; nothing past the end.
    pub fn word(&self, at: usize) -> &str {
        let of =
            |token: &Token| self.folded.get(token.folded.start as usize..token.folded.end as usize);
        self.list.get(at).and_then(of).unwrap_or_default()
    }

    pub fn is_word(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| token.sort == Sort::Word)
    }

    pub fn is_number(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| token.sort == Sort::Number)
    }

    pub fn is_mark(&self, at: usize, mark: char) -> bool {
        self.get(at).is_some_and(|token| token.sort == Sort::Mark(mark))
    }

    /// Whether a token follows the one before without a space.
    pub fn is_attached(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| token.gap == Gap::None)
    }

    /// Whether a token stands on the same line as the one before.
    pub fn is_on_line(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| token.gap <= Gap::Space)
    }

    /// Whether a word begins with a capital, and is more than an initial.
    pub fn is_capital(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| {
            token.sort == Sort::Word && matches!(token.case, Case::Title | Case::Upper)
        })
    }

    pub fn case(&self, at: usize) -> Case {
        self.get(at).map_or(Case::Caseless, |token| token.case)
    }

    pub fn same_sentence(&self, a: usize, b: usize) -> bool {
        match (self.get(a), self.get(b)) {
            (Some(a), Some(b)) => a.sentence == b.sentence,
            _ => false,
        }
    }

    /// Bytes of the text from the first token to the last, both included.
    pub fn range(&self, first: usize, last: usize) -> Range<usize> {
        match (self.get(first), self.get(last)) {
            (Some(first), Some(last)) => first.start as usize..last.end as usize,
            _ => 0..0,
        }
    }

    /// Where the word goes on after a dash or an apostrophe: the next word of one name.
    pub fn joined(&self, at: usize) -> Option<usize> {
        let mark = self.is_mark(at + 1, '-') || self.is_mark(at + 1, '\'');
        let attached = self.is_attached(at + 1) && self.is_attached(at + 2);
        (mark && attached && self.is_word(at + 2)).then_some(at + 2)
    }

    /// The next word, over dashes and apostrophes alone: how words of a phrase follow another.
    pub fn next_word(&self, at: usize) -> Option<usize> {
        let mut at = at + 1;
        while self.is_mark(at, '-') || self.is_mark(at, '\'') {
            at += 1;
        }
        (self.is_word(at) || self.is_number(at)).then_some(at)
    }

    fn find_sentences(&mut self) {
        let (mut sentence, mut ended, mut fresh) = (0_u32, false, true);
        for at in 0..self.list.len() {
            let gap = self.list[at].gap;
            if gap == Gap::Paragraph || (gap == Gap::Line && self.case(at) != Case::Lower) {
                ended = true;
            }
            if ended && gap != Gap::None {
                (sentence, ended, fresh) = (sentence + u32::from(at > 0), false, true);
            }
            match self.list[at].sort {
                Sort::Mark('.' | '!' | '?' | '。' | '؟' | '।') => ended = !self.is_short(at),
                Sort::Mark(':') => fresh = true,
                Sort::Mark(_) => {}
                Sort::Number => ended = false,
                Sort::Word => ended = false,
            }
            let token = &mut self.list[at];
            token.sentence = sentence;
            token.first = fresh;
            if token.sort == Sort::Word {
                fresh = false;
            }
        }
    }

    /// Whether a full stop belongs to a short form or an initial.
    fn is_short(&self, stop: usize) -> bool {
        let Some(before) = stop.checked_sub(1) else { return false };
        self.is_mark(stop, '.')
            && self.is_attached(stop)
            && (self.case(before) == Case::Initial && self.is_word(before)
                || SHORT.contains(&self.word(before)))
    }
}

/// The token that is being read.
struct Open {
    start: usize,
    end: usize,
    folded: usize,
    letters: u32,
    capitals: u32,
    starts_capital: bool,
    digits: bool,
    /// Whether its letters are Latin, Greek or Cyrillic: a digit after others begins a token.
    cased: bool,
}

struct Reader {
    folded: String,
    list: Vec<Token>,
    gap: Gap,
    open: Option<Open>,
}

impl Reader {
    fn new(text: &str) -> Reader {
        Reader {
            folded: String::with_capacity(text.len()),
            list: Vec::with_capacity(text.len() / 5),
            gap: Gap::Paragraph,
            open: None,
        }
    }

    fn take(&mut self, at: usize, c: char) {
        let end = at + c.len_utf8();
        if let Some(digit) = digit(c) {
            if self.open.as_ref().is_some_and(|open| open.letters > 0 && !open.cased) {
                self.close();
            }
            self.folded_open(at, end).digits = true;
            self.folded.push(digit);
        } else if c.is_alphabetic() && !is_accent(c) {
            self.letter(at, end, c);
        } else if is_combining_mark(c) || is_joiner(c) {
            if let Some(open) = &mut self.open {
                open.end = end;
            }
        } else if matches!(c, '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}') {
            self.close();
            self.gap = if self.gap < Gap::Line { Gap::Line } else { Gap::Paragraph };
        } else if c.is_whitespace() {
            self.close();
            self.gap = self.gap.max(Gap::Space);
        } else if !is_hidden(c) {
            self.close();
            let folded = self.folded.len();
            let mark = mark(c);
            self.folded.push(mark);
            self.push(Sort::Mark(mark), Case::Caseless, at..end, folded);
        }
    }

    fn letter(&mut self, at: usize, end: usize, c: char) {
        let capital = c.is_uppercase();
        let cased = capital || c.is_lowercase();
        let changes = |open: &Open| open.cased != cased && (open.letters > 0 || !cased);
        if self.open.as_ref().is_some_and(changes) {
            self.close();
        }
        let open = self.folded_open(at, end);
        if open.letters == 0 {
            (open.starts_capital, open.cased) = (capital, cased);
        }
        open.letters += 1;
        open.capitals += u32::from(capital);
        if c.is_ascii() {
            self.folded.push(c.to_ascii_lowercase());
        } else {
            let letters = std::iter::once(c).nfkd().filter(|c| c.is_alphabetic() && !is_accent(*c));
            self.folded.extend(letters.flat_map(char::to_lowercase).map(plain));
        }
    }

    /// The token that is open, or a new one, made longer to the end of this character.
    fn folded_open(&mut self, start: usize, end: usize) -> &mut Open {
        let folded = self.folded.len();
        let open = self.open.get_or_insert(Open {
            start,
            end,
            folded,
            letters: 0,
            capitals: 0,
            starts_capital: false,
            digits: false,
            cased: true,
        });
        open.end = end;
        open
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        let sort = if open.letters == 0 { Sort::Number } else { Sort::Word };
        let case = match (open.capitals, open.letters) {
            (_, 0) => Case::Caseless,
            _ if !open.cased => Case::Caseless,
            (0, _) => Case::Lower,
            (1, 1) if !open.digits => Case::Initial,
            (capitals, letters) if capitals == letters => Case::Upper,
            _ if open.starts_capital => Case::Title,
            _ => Case::Mixed,
        };
        self.push(sort, case, open.start..open.end, open.folded);
    }

    fn push(&mut self, sort: Sort, case: Case, range: Range<usize>, folded: usize) {
        let short = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        self.list.push(Token {
            sort,
            case,
            gap: self.gap,
            first: false,
            sentence: 0,
            start: short(range.start),
            end: short(range.end),
            folded: short(folded)..short(self.folded.len()),
        });
        self.gap = Gap::None;
    }
}

/// Marks over and under the letters of scripts where leaving them out is usual. Vowel signs of
/// the scripts of India are letters here: without them other words appear.
fn is_accent(c: char) -> bool {
    is_combining_mark(c)
        && matches!(c,
            '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}'
            | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}'
            | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}')
}

/// Zero-width joiners, which Persian and Indian words hold.
const fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// The value of a decimal digit of any script in use.
fn digit(c: char) -> Option<char> {
    const ZEROS: [u32; 20] = [
        0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6,
        0xe50, 0xed0, 0xf20, 0x1040, 0x17e0, 0x1810, 0xff10,
    ];
    if c.is_ascii() {
        return c.is_ascii_digit().then_some(c);
    }
    let code = u32::from(c);
    let zero = ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&code))?;
    char::from_digit(code - zero, 10)
}

/// Letters that come apart into nothing but that people type as plain ones.
const fn plain(c: char) -> char {
    match c {
        'ø' => 'o',
        'ł' => 'l',
        'đ' | 'ð' => 'd',
        'ħ' => 'h',
        'ı' => 'i',
        c => c,
    }
}

/// One kind of each mark.
fn mark(c: char) -> char {
    match c {
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '﹣' | '－' => '-',
        '‘' | '’' | '‚' | '‛' | '′' | '`' | '´' | 'ʼ' | '＇' => '\'',
        '“' | '”' | '„' | '″' | '＂' => '"',
        '。' => '。',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    }
}
