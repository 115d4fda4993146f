//! The icons, by name. Their characters are in the token file; both fonts have the same.

use std::sync::LazyLock;

use egui::{Align2, Color32, FontFamily, FontId, Painter, Pos2, Rect};

use super::fonts;
use super::tokens::code_point;

macro_rules! icons {
    ($($icon:ident = $name:literal,)*) => {
        /// An icon. It never stands alone: words are beside it, or a name and a tooltip.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "each is the Phosphor icon of that name")]
        pub enum Icon {
            $($icon,)*
        }

        impl Icon {
            /// Every icon.
            pub const ALL: &[Icon] = &[$(Icon::$icon,)*];

            /// Its name in the token file and in Phosphor.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Icon::$icon => $name,)*
                }
            }
        }
    };
}

icons! {
    Archive = "archive",
    ArrowClockwise = "arrow-clockwise",
    ArrowCounterClockwise = "arrow-counter-clockwise",
    ArrowFatUp = "arrow-fat-up",
    ArrowLeft = "arrow-left",
    ArrowRight = "arrow-right",
    ArrowSquareOut = "arrow-square-out",
    ArrowUUpLeft = "arrow-u-up-left",
    Backspace = "backspace",
    BookOpen = "book-open",
    BookmarkSimple = "bookmark-simple",
    Buildings = "buildings",
    CalendarBlank = "calendar-blank",
    CalendarPlus = "calendar-plus",
    CaretDown = "caret-down",
    CaretLeft = "caret-left",
    CaretRight = "caret-right",
    CaretUp = "caret-up",
    Certificate = "certificate",
    ChartLine = "chart-line",
    Chats = "chats",
    Check = "check",
    CheckCircle = "check-circle",
    CheckSquare = "check-square",
    Circle = "circle",
    CircleHalf = "circle-half",
    CircleHalfTilt = "circle-half-tilt",
    CircleNotch = "circle-notch",
    ClipboardText = "clipboard-text",
    Clock = "clock",
    ClockCounterClockwise = "clock-counter-clockwise",
    Coffee = "coffee",
    Columns = "columns",
    Compass = "compass",
    Copy = "copy",
    DoorOpen = "door-open",
    DotsSixVertical = "dots-six-vertical",
    DotsThree = "dots-three",
    DownloadSimple = "download-simple",
    EnvelopeSimple = "envelope-simple",
    Eraser = "eraser",
    Exam = "exam",
    Eye = "eye",
    EyeSlash = "eye-slash",
    FileArrowDown = "file-arrow-down",
    FileArrowUp = "file-arrow-up",
    FileDoc = "file-doc",
    FileLock = "file-lock",
    FilePdf = "file-pdf",
    FileText = "file-text",
    FirstAidKit = "first-aid-kit",
    Flag = "flag",
    FloppyDisk = "floppy-disk",
    FolderOpen = "folder-open",
    FunnelSimple = "funnel-simple",
    GearSix = "gear-six",
    GitMerge = "git-merge",
    Globe = "globe",
    GraduationCap = "graduation-cap",
    HandHeart = "hand-heart",
    Handshake = "handshake",
    HardDrives = "hard-drives",
    Heart = "heart",
    Hourglass = "hourglass",
    Info = "info",
    Key = "key",
    Keyboard = "keyboard",
    Lifebuoy = "lifebuoy",
    Lightbulb = "lightbulb",
    Link = "link",
    List = "list",
    ListBullets = "list-bullets",
    ListChecks = "list-checks",
    ListNumbers = "list-numbers",
    LockSimple = "lock-simple",
    LockSimpleOpen = "lock-simple-open",
    MagnifyingGlass = "magnifying-glass",
    MagnifyingGlassMinus = "magnifying-glass-minus",
    MagnifyingGlassPlus = "magnifying-glass-plus",
    MinusCircle = "minus-circle",
    Moon = "moon",
    Notebook = "notebook",
    PaperPlaneTilt = "paper-plane-tilt",
    Paperclip = "paperclip",
    Path = "path",
    Pause = "pause",
    PencilLine = "pencil-line",
    PencilSimple = "pencil-simple",
    Phone = "phone",
    Play = "play",
    Plus = "plus",
    PlusCircle = "plus-circle",
    Printer = "printer",
    Prohibit = "prohibit",
    ProjectorScreen = "projector-screen",
    PushPin = "push-pin",
    PuzzlePiece = "puzzle-piece",
    QrCode = "qr-code",
    Question = "question",
    Receipt = "receipt",
    Scales = "scales",
    SealCheck = "seal-check",
    SealWarning = "seal-warning",
    ShieldCheck = "shield-check",
    ShieldWarning = "shield-warning",
    SidebarSimple = "sidebar-simple",
    SignOut = "sign-out",
    SmileySad = "smiley-sad",
    SpeakerHigh = "speaker-high",
    SquaresFour = "squares-four",
    Star = "star",
    Sun = "sun",
    SunHorizon = "sun-horizon",
    Tag = "tag",
    Target = "target",
    TextAa = "text-aa",
    TextB = "text-b",
    ThumbsUp = "thumbs-up",
    Timer = "timer",
    Translate = "translate",
    Trash = "trash",
    TrayArrowDown = "tray-arrow-down",
    UploadSimple = "upload-simple",
    Usb = "usb",
    User = "user",
    UserPlus = "user-plus",
    UserSwitch = "user-switch",
    Users = "users",
    UsersThree = "users-three",
    Warning = "warning",
    WarningCircle = "warning-circle",
    WarningOctagon = "warning-octagon",
    WifiSlash = "wifi-slash",
    X = "x",
    XCircle = "x-circle",
}

static CHARACTERS: LazyLock<Vec<char>> =
    LazyLock::new(|| Icon::ALL.iter().map(|icon| code_point(icon.name()).unwrap_or(' ')).collect());

/// Sizes of icons, in points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IconSize {
    /// Beside small text: 16.
    Inline,
    /// In buttons: 18.
    Button,
    /// In the rail: 20.
    Nav,
    /// For templates: 24.
    Feature,
}

impl IconSize {
    /// The size in points.
    pub const fn pts(self) -> f32 {
        match self {
            IconSize::Inline => 16.0,
            IconSize::Button => 18.0,
            IconSize::Nav => 20.0,
            IconSize::Feature => 24.0,
        }
    }
}

impl Icon {
    /// Its character in the icon fonts.
    pub fn character(self) -> char {
        CHARACTERS.get(self as usize).copied().unwrap_or(' ')
    }

    /// Paints it centred on a point and gives the square it takes.
    pub fn paint(self, painter: &Painter, centre: Pos2, size: f32, colour: Color32) -> Rect {
        self.paint_in(painter, centre, size, colour, fonts::icons())
    }

    /// The same, filled: for the active item of the rail only.
    pub fn paint_filled(self, painter: &Painter, centre: Pos2, size: f32, colour: Color32) -> Rect {
        self.paint_in(painter, centre, size, colour, fonts::icons_fill())
    }

    fn paint_in(
        self,
        painter: &Painter,
        centre: Pos2,
        size: f32,
        colour: Color32,
        family: FontFamily,
    ) -> Rect {
        let font = FontId::new(size, family);
        painter.text(centre, Align2::CENTER_CENTER, self.character(), font, colour);
        Rect::from_center_size(centre, egui::Vec2::splat(size))
    }
}
