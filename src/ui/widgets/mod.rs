//! The components of the design, one file each.
//!
//! Each control is one real widget, so that a screen reader sees its role, name and state, and
//! the focus ring is painted for whatever has the keyboard. Colours come from `theme::of(ui)`,
//! distances from `Space`, kinds of text from `Type`; nothing else makes a colour.
//!
//! ```text
//! WORDS        text::heading(ui, Level::Title, "People")       // Display, Title, Section, Group, Prompt
//!              text::body | secondary | strong | small | hint(ui, "Words")
//!              text::lead(ui, "Lead.", "The rest")             // heavier lead, one paragraph
//!              text::show(ui, "Words", Type::Small, p.attn)    // any kind and colour, wraps
//!              text::line(ui, "Words", Type::Body, p.text)     // one line, cut with "…"
//!              text::runs(ui, &[("60%", Type::Strong, p.text), ("of", Type::Body, p.text2)])
//! BUTTONS      ui.add(Button::primary("Start session").icon(Icon::Play)).clicked()
//!              Button::secondary | quiet | ghost | danger | danger_filled("Words")
//!              .small() .large() .fill_width() .icon_after(Icon::CaretDown) .name("Said") .cannot_yet(true)
//!              ui.add(IconButton::new(Icon::X, "Close").bordered())
//! FIELDS       Field::new("Your name").hint("…").error(wrong.as_deref()).width(220.0).show(ui, &mut text)
//!              .secret() (Show/Hide) .large() .icon(Icon::FunnelSimple) .placeholder("…") .label_hidden() .id(id)
//!              field::error_line(ui, "What happened. What to do")
//!              Complete::new(id, "Add a tag").show(ui, &mut typed, &mut chosen, &offered)  // Option<String>
//!              DateField::new("By when").show(ui, &mut typed, today).date   // Ok(None) when empty
//!              menu::select(ui, "Grade", &mut value, &[(V, "IMT2")], 220.0).changed()   // select_named: no label above
//! ANSWERS      layer::edged(ui, Layer::Shared, |ui| {
//!                  answer::question(ui, Layer::Shared, "What has been hard?", answered);
//!                  Answer::new(Id::unique(("answer", key)), "What has been hard?")
//!                      .placeholder("Why ask: …").marks(&[Mark::new(kind, 4..9)]).show(ui, &mut text)   // Response
//!              });                             // .boxed() .rows(3) .kind(Type::Prose) for other places
//!              GuardHint::new("This may point to a patient.", "Try “a patient”.").show(ui) // Option<GuardPressed>
//!              Answer::new(..).show(ui, &mut Limited(&mut text))  Limited::is_full(&text)
//! LAYERS       ui.add(Chip::new(layer))  Chip::count(layer, 9)  Chip::filter(layer, &mut shown)
//!              layer::words(ui, layer, "Private note.")        // icon and words in its colour
//!              layer::paint_edge(painter, rect, layer, p)  layer::paint_border(..)  layer::look(layer, p)
//! CHOICES      choice::segmented(ui, "Whose", &mut value, &[(V, "Mine"), (V, "Theirs")]).changed()
//!              choice::segmented_with_tick(ui, "Text of the action", &mut v, &[..], &Done)
//!              choice::radio_list(ui, "Name", &mut v, &[(V, "Words", "Hint")])
//!              choice::scale(ui, "How sure are you?", &mut option_u8, 0..=10, ("Not at all", "Completely"))
//!              pictures::pictures(ui, "Theme", &mut v, &[(V, "Light")], |painter, rect, v| ..)
//!              choice::tabs(ui, "Name", &mut v, &[(V, "Actions", Some(5))])
//!              chart::history(ui, &History { points, now, range })   // what was said on a scale before
//!              toggle::checkbox(ui, &mut on, "Words")  toggle::switch(ui, &mut on, "Words", "Hint")
//!              ActionRow::new("Words").origin("…").owner("AL").when(Tag::late(2)).show(ui, &mut done) // ticked, opened
//! ROWS, CARDS  card::card(ui, |ui| ..)  card::card_of_rows(ui, |ui| ..)  card::hairline(ui)  card::paper(ui, |ui| ..)
//!              ListRow::new("Name").detail("…").initials("AL").selected(on).opens().show(ui).clicked()
//!              ui.add(Tag::new("4 Dec"))  Tag::done() | part() | not_yet() | late(2) | attention("…")
//!              pebble::pebble(ui, &pebble::initials(name), PebbleSize::Normal)
//!              progress::timeline_item(ui, Stone::Meeting, |ui| ..)   progress::stones(ui, 3, 4)
//!              setting::row(ui, Icon::Key, ("Password", "Hint"), 100.0, |ui| control)  setting::fact  setting::led
//! MESSAGES     Banner::error("What happened.").words("What is safe, what to do").show_with(ui, |ui| buttons)
//!              Banner::information | attention | private("Lead").icon(..).show(ui)
//!              banner::toast(ctx, number, "Saved as PDF", Some("Undo"))   // Shown, Pressed, Gone
//!              Question::new("Delete it?", "Keep it", "Delete").words("…").dangerous().show(ctx) // Option<Chosen>
//!              modal::modal(ctx, "Title", width, |ui, first| ..)         // any contents; second value: close
//!              Drawer::new("Finish", 520.0).over_scrim().show(ui, over, |ui, first| ..).close
//!              menu::menu(ui, Button::secondary("Word").icon_after(Icon::CaretDown), |ui| {
//!                  if menu::menu_row(ui, Some(Icon::FilePdf), "PDF", "").clicked() { .. } });
//! PAGES        page::page(ui, |ui| ..)  page::prose(ui, |ui| ..)  page::at_most(ui, 660.0, |ui| ..)
//!              page::two_column(ui, 316.0, |ui| left, |ui| right)  page::row(ui, |ui| left, |ui| right)
//!              Room::of(ui) >= Room::Medium   page::empty(ui, "No one here yet", "Add …", Button::primary(..))
//! WELCOME      progress::steps(ui, &["You", "Password"], 1)  progress::strength(ui, 3, "Good.", "Hard to guess.")
//!              progress::progress(ui, "Copying", 0.5)  cairn::mark(ui, 36.0)  cairn::scene(painter, rect, p)
//!              cairn::hills(painter, rect, p)  cairn::sheet(painter, rect, p)
//! TOP BAR      status::saved(ui, &Saved::Saved("Saved 13:42"))  status::lock_button(ui, "Unlocked")
//! ```
//!
//! Ids: a field, a group of choices and an action's row take theirs from their label within the
//! `Ui` they are in. Two with one label need `ui.push_id(key, |ui| ..)` round each.

pub mod answer;
pub mod banner;
pub mod button;
pub mod cairn;
pub mod card;
pub mod chart;
pub mod choice;
pub mod complete;
pub mod date;
pub mod drawer;
pub mod field;
pub mod guard;
pub mod layer;
pub mod marks;
pub mod menu;
pub mod modal;
pub mod page;
pub mod pebble;
pub mod pictures;
pub mod progress;
pub mod setting;
pub mod status;
pub mod tag;
pub mod tall;
pub mod text;
pub mod toggle;

pub use answer::Answer;
pub use banner::Banner;
pub use button::{Button, IconButton};
pub use card::ListRow;
pub use date::DateField;
pub use drawer::Drawer;
pub use field::Field;
pub use guard::GuardHint;
pub use layer::Chip;
pub use modal::Question;
pub use page::Room;
pub use pebble::PebbleSize;
pub use progress::Stone;
pub use status::Saved;
pub use tag::Tag;
pub use text::Level;
pub use toggle::ActionRow;
