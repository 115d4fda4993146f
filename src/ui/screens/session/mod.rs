//! The heart: a conversation or a reflection being written.
//!
//! Outline at the left, prompts in the middle, the private margin at the right, and a footer.
//! In a small window the layers are tabs and the outline is a menu. Everything typed goes into
//! the draft; saving it is not the screen's work.

mod actions;
mod arcp;
mod ask;
mod basis;
mod capability;
mod earlier;
mod evidence;
mod files;
mod finish;
mod footer;
mod goals;
mod guidance;
mod kinds;
mod last_time;
pub(super) mod links;
mod margin;
mod narrow;
mod other_view;
mod outline;
mod prompts;
pub(in crate::ui) mod quiet;
pub(super) mod read;
mod rests;
mod tags;
mod time;
mod wishes;
mod writing;

pub(super) use actions::own as agreed_here;
pub(super) use last_time::actions as agreed_before;
pub(super) use writing::room as room_left;

use egui::{Frame, Margin, Rect, Role, ScrollArea, Ui};
use jiff::civil::Date;

use crate::app::inputs::{EditorSpot, Inputs};
use crate::app::reflection::{FREE, ReflectionAction};
use crate::app::resize::SIZES;
use crate::app::state::{Open, State};
use crate::app::{Action, Draft, Screen};
use crate::model::natural_date::Known;
use crate::model::text::long_date;
use crate::model::{self, Id, Kind, Layer};
use crate::ui::View;
use crate::ui::screens::today::settle;
use crate::ui::screens::{choose, exit_card, find};
use crate::ui::theme::{Space, Type, tokens};
use crate::ui::widgets::{Banner, Button, Field, Room, choice, page};

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open, _id: Id) {
    let Some(draft) = view.inputs.draft.take() else {
        nothing_written(ui, view);
        return;
    };
    let mut editor = Editor::new(view, open, draft);
    let clicked = ui.input(|input| input.pointer.any_click());
    let asking = ui.memory(|memory| memory.top_modal_layer().is_some());
    editor.busy = clicked || asking;
    if editor.busy && editor.inputs.editor.go_to.is_some() {
        ui.request_repaint();
    }
    wishes::take(ui, &mut editor);
    editor.near = rests::near(&editor);
    regions(ui, &mut editor);
    let turns = editor.if_it_turns().to_owned();
    exit_card::show(ui.ctx(), editor.inputs, &[("", &turns)]);
    let draft = editor.draft;
    view.inputs.draft = Some(draft);
}

/// What every part of the screen works on. The draft is taken out of the inputs while the
/// screen is drawn, so that no text is copied.
struct Editor<'a> {
    state: &'a State,
    open: &'a Open,
    draft: Draft,
    inputs: &'a mut Inputs,
    out: &'a mut Vec<Action>,
    /// Whether it can be written in: not when it is finished or the record is read-only.
    editable: bool,
    /// The other person's name for use in a sentence; empty in a reflection.
    called: String,
    initials: String,
    /// Days that have a name for the other person, so that "before ARCP" can be read.
    known: Known,
    /// What was agreed before and is asked about now.
    last_time: Vec<(Id, model::Action)>,
    /// What is agreed here.
    own: Vec<(Id, model::Action)>,
    /// The button for another action takes the keyboard.
    another_action: bool,
    /// The texts that are looked through, in the order of the page; none while nothing is.
    searched: Vec<EditorSpot>,
    /// The prompt in use and those beside it.
    near: Vec<String>,
    /// How many prompts there are.
    count: usize,
    /// How much more can be written, in bytes.
    room: usize,
    /// Something was clicked in this frame, or a question is just going: a field that took the
    /// keyboard now would lose it at once.
    busy: bool,
}

impl<'a> Editor<'a> {
    fn new(view: &'a mut View<'_>, open: &'a Open, draft: Draft) -> Editor<'a> {
        let person = draft.session.person.and_then(|id| open.journal.person(id));
        let with = person.filter(|_| draft.kind == Kind::Session);
        let known = with.and(draft.session.person).map(|id| view.state.known_of(id));
        Editor {
            editable: open.read_only.is_none() && draft.session.finished.is_none(),
            called: with.map(|person| person.called().to_owned()).unwrap_or_default(),
            initials: with.map(model::Person::initials).unwrap_or_default(),
            known: known.unwrap_or_default(),
            last_time: last_time::actions(open, &draft, view.state.now.time_zone()),
            own: actions::own(open, &draft),
            another_action: false,
            searched: Vec::new(),
            near: Vec::new(),
            count: draft.session.items().count(),
            room: writing::room(&draft),
            busy: false,
            state: view.state,
            open,
            draft,
            inputs: view.inputs,
            out: view.out,
        }
    }

    /// Whether a prompt is the one in use or beside it, where Tab gets to next.
    fn near(&self, prompt: &str) -> bool {
        self.near.iter().any(|near| near == prompt)
    }

    fn is_reflection(&self) -> bool {
        self.draft.kind == Kind::Reflection
    }

    fn today(&self) -> Date {
        self.state.today()
    }

    /// What its template says to do when the talk turns into something else; empty where it is no
    /// longer in the library.
    fn if_it_turns(&self) -> &str {
        let template = self.state.library.get(&self.draft.session.template.id);
        template.map_or("", |template| &template.if_it_turns)
    }

    fn touch(&mut self) {
        self.draft.touched = true;
    }

    /// The words for who does an action.
    fn owner(&self, action: &model::Action) -> &str {
        match action.owner {
            model::Owner::Me => "You",
            model::Owner::Them => &self.called,
        }
    }

    /// The same in a pebble.
    fn pebble(&self, action: &model::Action) -> &str {
        match action.owner {
            model::Owner::Me => "You",
            model::Owner::Them => &self.initials,
        }
    }

    /// The app-wide id of the editor of an answer.
    fn answer_id(&self, place: prompts::Place) -> egui::Id {
        egui::Id::unique(("answer", self.draft.id, place))
    }

    /// Whether this place takes the keyboard now; it does so once.
    fn takes(&mut self, spot: &EditorSpot) -> bool {
        let takes = !self.busy && self.inputs.editor.go_to.as_ref() == Some(spot);
        if takes {
            self.inputs.editor.go_to = None;
        }
        takes
    }

    /// Whether this place comes to the top of the page now; it does so once.
    fn comes_up(&mut self, spot: &EditorSpot) -> bool {
        let comes = self.inputs.editor.bring_up.as_ref() == Some(spot);
        if comes {
            self.inputs.editor.bring_up = None;
        }
        comes
    }
}

/// Whether the keyboard is on something inside this rectangle of this layer.
fn focus_is_in(ui: &Ui, rect: Rect) -> bool {
    ui.memory(egui::Memory::focused)
        .and_then(|id| ui.ctx().read_response(id))
        .is_some_and(|held| held.layer_id == ui.layer_id() && rect.contains(held.rect.center()))
}

/// A session that was begun and left without a word is not kept.
fn nothing_written(ui: &mut Ui, view: &mut View<'_>) {
    page::page(ui, |ui| {
        let button = Button::primary("Go to Today");
        let words = "A conversation is kept from its first word on.";
        if page::empty(ui, "Nothing was written here", words, button).clicked() {
            view.out.push(Action::Go(Screen::Today));
        }
    });
}

/// Draws the parts in the order in which they are read and reached by Tab.
fn regions(ui: &mut Ui, editor: &mut Editor<'_>) {
    let room = Room::of(ui);
    if quiet::is_on(editor.inputs, editor.open) && editor.editable {
        quiet::show(ui, editor);
        return;
    }
    let whole = ui.available_rect_before_wrap();
    let foot = footer::height(room, whole.width());
    let (body, foot) = whole.split_top_bottom_at_y(whole.bottom() - foot);
    let (bar, body) = find::split(editor.inputs.find.as_ref(), body);
    let finishing = editor.inputs.finishing && editor.editable;
    if finishing {
        // The page rests behind the drawer: it takes no keys, and looks as it did.
        ui.visuals_mut().disabled_alpha = 1.0;
        ui.disable();
    }
    find_bar(ui, editor, bar);
    if room >= Room::Medium {
        side_by_side(ui, editor, room, body);
    } else {
        narrow::show(ui, editor, body);
    }
    page::region(ui, "What to do next", Role::Footer, foot, |ui| footer::show(ui, editor, room));
    if finishing {
        finish::drawer(ui, editor, whole);
    }
    earlier::drawer(ui, editor, body);
    guidance::drawer(ui, editor, body);
    ask::show(ui, editor);
    files::ask(ui, editor);
}

/// The box for finding, when it is open. When it closes, the keyboard goes to what it showed.
fn find_bar(ui: &mut Ui, editor: &mut Editor<'_>, place: Rect) {
    let Some(mut find) = editor.inputs.find.take() else { return };
    let texts = writing::texts(editor);
    let closes = find::bar(ui, place, &mut find, texts.iter().map(|(_, text)| text.as_ref()));
    let searched: Vec<EditorSpot> = texts.into_iter().map(|(spot, _)| spot).collect();
    if find.bring_up
        && let Some(spot) = find.current().and_then(|(text, _)| searched.get(*text))
    {
        // In a small window the layer that holds it is shown.
        editor.inputs.editor.tab = match spot {
            EditorSpot::Prompt(prompt) | EditorSpot::OtherView(prompt) => {
                wishes::find(editor, prompt).map(|(_, asked)| asked.layer)
            }
            EditorSpot::Note(_) => Some(Layer::Private),
            _ => Some(Layer::Arcp),
        };
    }
    if !closes {
        editor.searched = searched;
        editor.inputs.find = Some(find);
    } else if editor.editable {
        match find.current().and_then(|(text, hit)| Some((searched.get(*text)?, hit))) {
            Some((spot, hit)) => writing::go_to(ui, editor, spot.clone(), hit.clone()),
            None => {
                if let Some(prompt) = editor.inputs.focus.clone() {
                    wishes::go_to(editor, prompt);
                }
            }
        }
    }
}

fn side_by_side(ui: &mut Ui, editor: &mut Editor<'_>, room: Room, body: Rect) {
    let layout = &tokens().layout;
    let (left, rest) = body.split_left_right_at_x(body.left() + layout.session_outline);
    page::region(ui, "Parts of this session", Role::Navigation, left, |ui| {
        outline::show(ui, editor);
    });
    let margin = !editor.is_reflection();
    if room == Room::Wide && (margin || editor.editable) {
        let (middle, right) = rest.split_left_right_at_x(rest.right() - layout.private_margin);
        main(ui, editor, middle);
        if !margin {
            page::region(ui, guidance::TITLE, Role::Complementary, right, |ui| {
                guidance::column(ui, editor);
            });
            return;
        }
        page::region(ui, "Private margin", Role::Complementary, right, |ui| {
            margin::panel(ui, editor);
        });
        return;
    }
    main(ui, editor, rest);
    if margin && editor.inputs.editor.margin_open {
        margin::drawer(ui, editor, body);
    }
}

fn main(ui: &mut Ui, editor: &mut Editor<'_>, place: Rect) {
    let title = editor.draft.session.title.clone();
    page::region(ui, &title, Role::Main, place, |ui| scrolled(ui, editor, 34, None));
}

/// The middle: what is read and written, with a margin of so many points at each side. `only`
/// keeps to one layer, where there is a tab for each.
fn scrolled(ui: &mut Ui, editor: &mut Editor<'_>, side: i8, only: Option<Layer>) {
    let measure = tokens().measure.answer_max_width + Space::Xl.pts();
    ScrollArea::vertical().id_salt(("session", editor.draft.id, only)).auto_shrink(false).show(
        ui,
        |ui| {
            let top = if only.is_some() { 6 } else { 18 };
            let margin = Margin { left: side, right: side, top, bottom: 40 };
            Frame::NONE.inner_margin(margin).show(ui, |ui| {
                ui.set_width(ui.available_width());
                page::at_most(ui, measure, |ui| {
                    ui.spacing_mut().item_spacing.y = 17.0;
                    head(ui, editor);
                    prompts::show(ui, editor, only);
                    if editor.editable {
                        writing::state(ui, editor);
                    }
                });
            });
        },
    );
}

/// What stands above the prompts.
fn head(ui: &mut Ui, editor: &mut Editor<'_>) {
    let (out, id) = (&mut *editor.out, editor.draft.id);
    settle::banner(ui, out, editor.open, id);
    let session = &editor.draft.session;
    if session.finished.is_some() {
        let lead = format!("Finished. Held on {}.", long_date(session.date));
        let words = if editor.open.read_only.is_some() { "" } else { "Change it to write again." };
        Banner::information(&lead).words(words).show(ui);
    }
    if editor.is_reflection() {
        Banner::private("Write what you learned, not the case.")
            .words("Leave out who it was. Private to me, not secret from the law.")
            .show(ui);
        title(ui, editor);
        size(ui, editor);
    }
    if editor.editable
        && let Some(template) = editor.state.library.get(&editor.draft.session.template.id)
    {
        choose::ground_rules(ui, &template.ground_rules);
    }
}

/// A reflection is found again by its title.
fn title(ui: &mut Ui, editor: &mut Editor<'_>) {
    if !editor.editable {
        crate::ui::widgets::text::heading(
            ui,
            crate::ui::widgets::Level::Title,
            &editor.draft.session.title,
        );
        return;
    }
    let field = Field::new("Title").hint("A few words, to find it again");
    if field.show(ui, &mut editor.draft.session.title).changed() {
        editor.touch();
    }
}

/// The size of a reflection: it changes the questions, never what was written.
fn size(ui: &mut Ui, editor: &mut Editor<'_>) {
    let now = editor.draft.session.template.id.clone();
    if !editor.editable || !SIZES.contains(&now.as_str()) {
        return;
    }
    let words = SIZES.map(|id| match editor.state.library.get(id) {
        Some(template) if id != FREE => choose::minutes(template),
        _ => "Free".to_owned(),
    });
    let options: Vec<(String, &str)> =
        SIZES.iter().zip(&words).map(|(id, words)| ((*id).to_owned(), words.as_str())).collect();
    let mut chosen = now.clone();
    choice::segmented(ui, "Size", &mut chosen, &options);
    if chosen != now {
        editor.out.push(Action::Reflection(ReflectionAction::Resize(chosen)));
    }
}

/// The kind of text an answer is written in.
fn answer_type(editor: &Editor<'_>) -> Type {
    if editor.is_reflection() { Type::Prose } else { Type::Answer }
}
