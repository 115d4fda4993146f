//! Day One: its JSON export, by itself or in the zip with the pictures.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::unpack::Archive;
use super::{Draft, MAX_NOTES, NotesError, Told, plain};

#[derive(Deserialize)]
struct File {
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    #[serde(default)]
    uuid: Option<String>,
    creation_date: String,
    #[serde(default)]
    time_zone: Option<String>,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    photos: Vec<IgnoredAny>,
    #[serde(default)]
    videos: Vec<IgnoredAny>,
    #[serde(default)]
    audios: Vec<IgnoredAny>,
    #[serde(default)]
    pdf_attachments: Vec<IgnoredAny>,
    #[serde(default)]
    location: Option<IgnoredAny>,
    #[serde(default)]
    weather: Option<IgnoredAny>,
}

/// Whether a text looks like an export of it.
pub fn is(text: &str) -> bool {
    #[derive(Deserialize)]
    struct Any {
        entries: Vec<Head>,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Head {
        #[serde(rename = "creationDate")]
        _creation_date: String,
    }
    serde_json::from_str::<Any>(text).is_ok_and(|file| !file.entries.is_empty())
}

pub fn read(bytes: &[u8], told: &mut Told) -> Result<Vec<Draft>, NotesError> {
    if !bytes.starts_with(b"PK") {
        return journal(&plain::text(bytes)?.0, told);
    }
    let mut archive = Archive::open(bytes)?;
    let names = archive.names_ending(".json");
    let mut drafts = Vec::new();
    for name in &names {
        let Some(json) = archive.read(name)? else { continue };
        drafts.append(&mut journal(&plain::text(&json)?.0, told)?);
        if drafts.len() > MAX_NOTES {
            return Err(NotesError::TooMany);
        }
    }
    if names.is_empty() { Err(NotesError::NotThat("Day One")) } else { Ok(drafts) }
}

fn journal(text: &str, told: &mut Told) -> Result<Vec<Draft>, NotesError> {
    let file: File = serde_json::from_str(text).map_err(|error| match error.classify() {
        serde_json::error::Category::Data => NotesError::NotThat("Day One"),
        _ => NotesError::NotJson { line: error.line(), column: error.column() },
    })?;
    if file.entries.len() > MAX_NOTES {
        return Err(NotesError::TooMany);
    }
    let (mut media, mut places, mut undated, mut zones) = (0, 0, 0, 0);
    let mut drafts = Vec::with_capacity(file.entries.len());
    for entry in file.entries {
        media += entry.photos.len() + entry.videos.len();
        media += entry.audios.len() + entry.pdf_attachments.len();
        places += usize::from(entry.location.is_some() || entry.weather.is_some());
        let Ok(at) = entry.creation_date.parse::<Timestamp>() else {
            undated += 1;
            continue;
        };
        let zone = entry.time_zone.as_deref().map(TimeZone::get);
        zones += usize::from(!matches!(zone, Some(Ok(_))));
        let at = at.to_zoned(zone.and_then(Result::ok).unwrap_or(TimeZone::UTC));
        drafts.push(Draft {
            id: entry.uuid,
            date: Some(at.date()),
            time: at.time().round(jiff::Unit::Minute).ok(),
            tags: entry.tags,
            ..words(&entry.text.unwrap_or_default())
        });
    }
    told.left_out(undated, "entry whose date can’t be read", "entries whose date can’t be read");
    told.left_out(media, "picture or other file", "pictures and other files");
    told.left_out(places, "place or weather", "places and weathers");
    if zones > 0 {
        let of =
            if zones == 1 { "1 entry names".to_owned() } else { format!("{zones} entries name") };
        told.say(format!("{of} no time zone that is known: its time is that of UTC."));
    }
    Ok(drafts)
}

/// The title and the text of an entry, whose first line is the title. Day One writes a backslash
/// before marks that Markdown would read, and a line of its own for each picture.
fn words(text: &str) -> Draft {
    let is_picture = |line: &&str| line.trim_start().starts_with("![](dayone-moment:");
    let lines: Vec<&str> = text.lines().filter(|line| !is_picture(line)).collect();
    let plain = unescaped(&lines.join("\n"));
    let (first, rest) = plain.trim_start().split_once('\n').unwrap_or((plain.trim_start(), ""));
    let title = first.trim_start_matches('#').trim().to_owned();
    let text = if rest.trim().is_empty() { title.clone() } else { rest.to_owned() };
    Draft { title, text, ..Draft::default() }
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        let next = letters.peek().copied();
        if c == '\\' && next.is_some_and(|next| next.is_ascii_punctuation()) {
            out.extend(letters.next());
        } else {
            out.push(c);
        }
    }
    out
}
