//! Layouts: those that come with the program, and a person's own.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use typst::syntax::Source;

use crate::export::ExportError;

/// The largest layout of one's own in bytes.
pub const MAX_BYTES: usize = 256 * 1024;
/// How long a layout of one's own may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// How a page is laid out.
#[derive(Debug, Clone)]
pub struct Layout {
    name: String,
    pub(super) source: Source,
    /// How long it may take; the ones that come with the program end by themselves.
    pub(super) patience: Option<Duration>,
}

/// Each source keeps one identity: the compiler has room for 65,535 of them in the life of a
/// process.
struct BuiltIn {
    summary: Layout,
    blank: Layout,
    card: Layout,
    workshop: Layout,
    own: Source,
}

static BUILT_IN: LazyLock<BuiltIn> = LazyLock::new(|| {
    let layout = |name: &str, text: &str| Layout {
        name: name.to_owned(),
        source: Source::detached(text),
        patience: None,
    };
    BuiltIn {
        summary: layout("arcp-summary", include_str!("../../../assets/typst/arcp-summary.typ")),
        blank: layout("blank", include_str!("../../../assets/typst/blank.typ")),
        card: layout("card", include_str!("../../../assets/typst/card.typ")),
        workshop: layout("workshop", include_str!("../../../assets/typst/workshop.typ")),
        own: Source::detached(""),
    }
});

impl Default for Layout {
    /// The one for any [`Sheet`](crate::export::Sheet).
    fn default() -> Layout {
        BUILT_IN.summary.clone()
    }
}

impl Layout {
    pub(super) fn blank() -> Layout {
        BUILT_IN.blank.clone()
    }

    pub(super) fn card() -> Layout {
        BUILT_IN.card.clone()
    }

    pub(super) fn workshop() -> Layout {
        BUILT_IN.workshop.clone()
    }

    /// A layout of one's own: typst, which reads the page from `words.json` and may import
    /// `base.typ`, and sees nothing else. `name` is that of its file, for messages.
    ///
    /// # Errors
    /// It is too long or no text. What is wrong inside shows when a page is set.
    pub fn own(name: &str, bytes: &[u8]) -> Result<Layout, ExportError> {
        let mut layout = Layout {
            name: name.to_owned(),
            source: BUILT_IN.own.clone(),
            patience: Some(PATIENCE),
        };
        if bytes.len() > MAX_BYTES {
            return Err(layout.fault(None, "it is longer than 256 KiB"));
        }
        let Ok(text) = std::str::from_utf8(bytes) else {
            return Err(layout.fault(None, "it is no text in UTF-8"));
        };
        layout.source.replace(text);
        Ok(layout)
    }

    /// The name of its file, without the folder.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The same, with another end to its time.
    #[must_use]
    pub fn patient_for(self, time: Duration) -> Layout {
        Layout { patience: Some(time), ..self }
    }

    pub(super) fn fault(&self, line: Option<usize>, why: &str) -> ExportError {
        let file = match line {
            Some(line) => format!("{}, line {line}", self.name),
            None => self.name.clone(),
        };
        ExportError::Layout { file, why: format!("{}.", why.trim_end_matches('.')) }
    }

    /// A layout that did not end goes on in the background, since nothing can stop it: there is
    /// never a second one beside it.
    pub(super) fn turn(&self) -> Result<(), ExportError> {
        if RUNNING.load(Ordering::SeqCst) > MOST {
            let why = "layouts that did not end are still at work: close Cairn and open it again";
            return Err(self.fault(None, why));
        }
        Ok(())
    }
}

/// How many layouts may be at work beside a new one.
const MOST: usize = 1;
static RUNNING: AtomicUsize = AtomicUsize::new(0);

/// A layout at work, counted until it ends.
pub(super) struct Running;

impl Running {
    pub(super) fn begin() -> Running {
        RUNNING.fetch_add(1, Ordering::SeqCst);
        Running
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        RUNNING.fetch_sub(1, Ordering::SeqCst);
    }
}
