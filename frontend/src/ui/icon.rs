//! Icons of our own: strokes on a grid of 24, in the colour of the text around them.

use leptos::prelude::*;

/// What an icon shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symbol {
    /// An open book: study.
    Book,
    /// A sheet with a pencil: tests.
    Pencil,
    /// A medal: credits and certificates.
    Medal,
    /// A person.
    Person,
    /// Several persons.
    People,
    /// Two arrows: from here to there and back.
    Exchange,
    /// A house with an arrow beside it: on to another school.
    NextSchool,
    /// A list with a tick: things to do.
    Desk,
    /// A tray with nothing in it.
    Inbox,
    /// Done.
    Check,
    /// Needs a person.
    Warning,
    /// No network.
    Offline,
    /// Close.
    Close,
    /// On to something.
    Forward,
    /// Back to something.
    Back,
    /// Search.
    Search,
    /// Time.
    Clock,
    /// Print.
    Print,
    /// Download.
    Download,
    /// A calendar: sessions.
    Calendar,
    /// A lock: sealed.
    Lock,
    /// A flag: come back to this.
    Flag,
    /// Something to add.
    Plus,
    /// Several sheets: items.
    Sheets,
    /// A scale: audit.
    Scale,
    /// A megaphone: release.
    Release,
    /// Leave.
    Leave,
    /// A camera: a photo to take.
    Camera,
    /// A form with a pencil: enrolment.
    Form,
    /// A blackboard: a class.
    Board,
    /// A house with a door: schools and sites.
    Building,
    /// A list on a board: a survey.
    Clipboard,
    /// A door: visits.
    Door,
}

impl Symbol {
    const fn path(self) -> &'static str {
        match self {
            Self::Book => "M12 6c-2-1.6-5-2-8-2v14c3 0 6 .4 8 2 2-1.6 5-2 8-2V4c-3 0-6 .4-8 2zm0 0v14",
            Self::Pencil => "M13 4H5v16h14v-8M9.5 14.5l.7-3L18 3.7l2.3 2.3-7.8 7.8z",
            Self::Medal => "M12 14a5 5 0 1 0 0-10 5 5 0 0 0 0 10zm-3.3-1.2L7 21l5-2.5L17 21l-1.7-8.2",
            Self::Person => "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zm-8 8c.5-4 4-6 8-6s7.5 2 8 6",
            Self::People => {
                "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zm-6 9c.4-3.5 3-5 6-5s5.6 1.5 6 5M16 4.3a3.5 3.5 0 0 1 0 6.4m2 4.6c2 .7 2.8 2.3 3 4.7"
            }
            Self::Exchange => "M4 8h14m-4-4l4 4-4 4M20 16H6m4-4l-4 4 4 4",
            Self::NextSchool => "M3 20h10M4.5 20v-9L8 7.5l3.5 3.5v9M14 6h7m-3-3l3 3-3 3",
            Self::Desk => "M4 6l1.5 1.5L8 5m-4 7l1.5 1.5L8 11m-4 7l1.5 1.5L8 17M12 6.5h8M12 12.5h8M12 18.5h8",
            Self::Inbox => "M4 14l3-9h10l3 9v6H4zm0 0h5c0 2 1.3 3 3 3s3-1 3-3h5",
            Self::Check => "M5 12.5l4.5 4.5L19 7.5",
            Self::Warning => "M12 4L3 19.5h18zm0 6v4.5m0 2.5v.1",
            Self::Offline => "M4 4l16 16M7 9.5A4.5 4.5 0 0 0 8 18h9m3-1.5A4 4 0 0 0 16.5 11 5 5 0 0 0 11 7.5",
            Self::Close => "M6 6l12 12M18 6L6 18",
            Self::Forward => "M9 5l7 7-7 7",
            Self::Back => "M15 5l-7 7 7 7",
            Self::Search => "M11 17a6 6 0 1 0 0-12 6 6 0 0 0 0 12zm4.5-1.5L20 20",
            Self::Clock => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zm0-14v5l3.5 2",
            Self::Print => "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
            Self::Download => "M12 4v11m-4.5-4.5L12 15l4.5-4.5M4 20h16",
            Self::Calendar => "M4 6h16v14H4zm0 4.5h16M8 4v4m8-4v4",
            Self::Lock => "M6 11h12v9H6zm2.5 0V8a3.5 3.5 0 0 1 7 0v3",
            Self::Flag => "M6 21V4h11l-2 4 2 4H6",
            Self::Plus => "M12 5v14M5 12h14",
            Self::Sheets => "M8 4h12v12H8zM8 8H4v12h12v-4M11 8h6m-6 4h4",
            Self::Scale => "M12 4v16m-4 0h8M5 7h14M5 7l-2.5 6h5zm14 0l-2.5 6h5z",
            Self::Release => "M4 10v4h3l9 5V5l-9 5zm15-1.5c1.3 2 1.3 5 0 7",
            Self::Leave => "M10 4H5v16h5m4-4l4-4-4-4m4 4H9",
            Self::Camera => "M4 8h3.5L9 5.5h6L16.5 8H20v11H4zm8 8.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z",
            Self::Form => "M6 3.5h9l4 4V20.5H6zM15 3.5v4h4M9.5 12h6m-6 4h4",
            Self::Board => "M3.5 4.5h17v11h-17zM12 15.5v5m-4 0l4-3 4 3M7 8.5h6",
            Self::Building => "M4 20h16M6 20V9l6-5 6 5v11m-8 0v-5h4v5",
            Self::Clipboard => "M9 5H6v15h12V5h-3M9 3.5h6v3H9zM9.5 11h5m-5 4h5",
            Self::Door => "M4 20h16M7 20V4h10v16M14 12v.1",
        }
    }
}

/// One icon. Decoration only: the words beside it say the same.
#[component]
pub fn Icon(
    /// What it shows.
    symbol: Symbol,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=symbol.path() />
        </svg>
    }
}
