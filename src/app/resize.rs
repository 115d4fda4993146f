//! Another size for a reflection that is being written: it changes the questions, never what was
//! written.

use crate::model::session::{AskedSection, Role, TemplateRef};
use crate::model::{Asked, Session, Template};

/// The sizes, by template, from the shortest to the one without questions.
pub const SIZES: [&str; 4] =
    ["reflection-small", "reflection-medium", "reflection-large", super::reflection::FREE];

/// Questions of the sizes that ask for the same in other words.
const SAME: [&[&str]; 3] = [
    &["experience", "what", "description", "page"],
    &["reflection", "so-what", "analysis"],
    &["action", "now-what", "plan"],
];

/// The heading over what no question of the new size asks for.
const BEFORE: &str = "Written before";

/// The reflection with the questions of another size. Each answer comes under the question that
/// asks for the same; one that has none stays under its own, at the end.
pub fn resized(session: &Session, from: Option<&Template>, to: &Template, role: Role) -> Session {
    let blank = Session::start(to, session.person, role, session.date, session.time);
    let mut sections = blank.sections;
    let answered = session.items().filter(|asked| asked.is_answered());
    let fits = |asked: &&Asked| sections_hold(&sections, &asked.prompt.id);
    let (same, other): (Vec<&Asked>, Vec<&Asked>) = answered.partition(fits);
    let mut left = Vec::new();
    for asked in same {
        left.extend(place(&mut sections, &asked.prompt.id, asked).map(|_| asked));
    }
    for asked in other {
        let alike = SAME.iter().find(|ids| ids.contains(&asked.prompt.id.as_str()));
        let spot = alike.and_then(|ids| ids.iter().find(|id| is_free(&sections, id)));
        match spot {
            Some(id) if place(&mut sections, id, asked).is_none() => {}
            _ => left.push(asked),
        }
    }
    if !left.is_empty() {
        let items = left.into_iter().cloned().collect();
        // What is to be done comes last in every size.
        let at = sections.len().saturating_sub(1);
        sections.insert(at, AskedSection { title: BEFORE.to_owned(), items });
    }
    let is_named = from.is_none_or(|from| from.title != session.title);
    Session {
        template: TemplateRef { id: to.id.clone(), version: to.version },
        title: if is_named { session.title.clone() } else { to.title.clone() },
        sections,
        ..session.clone()
    }
}

fn sections_hold(sections: &[AskedSection], id: &str) -> bool {
    sections.iter().flat_map(|part| &part.items).any(|asked| asked.prompt.id == id)
}

fn is_free(sections: &[AskedSection], id: &str) -> bool {
    let mut items = sections.iter().flat_map(|part| &part.items);
    items.any(|asked| asked.prompt.id == id && !asked.is_answered())
}

/// Puts an answer under a question of the same kind; gives it back where that is not so.
fn place<'a>(sections: &mut [AskedSection], id: &str, from: &'a Asked) -> Option<&'a Asked> {
    let mut items = sections.iter_mut().flat_map(|part| &mut part.items);
    let Some(to) = items.find(|asked| {
        asked.prompt.id == id
            && std::mem::discriminant(&asked.prompt.kind)
                == std::mem::discriminant(&from.prompt.kind)
    }) else {
        return Some(from);
    };
    *to = Asked { prompt: to.prompt.clone(), ..from.clone() };
    None
}
