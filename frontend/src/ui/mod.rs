//! The design system: parts without a word of any feature. `frontend/styles/` has a sheet a part.

mod async_view;
mod button;
mod card;
mod choices;
mod deed_form;
mod dialog;
mod field;
mod file_drop;
mod heading;
mod icon;
mod input;
mod notice;
mod paged;
mod progress;
mod qr;
mod stepper;
mod table;
mod tag;
mod timer;
mod toast;

pub use async_view::AsyncView;
pub use button::{Button, ButtonLink, Look};
pub use card::{Card, EmptyState};
pub use choices::{Choices, with_count};
pub use deed_form::DeedForm;
pub use dialog::{ConfirmDialog, Dialog, DialogButton};
pub use field::{Field, focus_first_wrong, focus_on};
pub use file_drop::{Dropped, FileDrop};
pub use heading::PageHeading;
pub use icon::{Icon, Symbol};
pub use input::{Select, TextArea, TextInput};
pub use notice::{DeedFailure, FailureNotice, Notice};
pub use paged::{Paged, PagedView};
pub use progress::{ProgressBar, ProgressRing};
pub use qr::QrCode;
pub use stepper::Stepper;
pub use table::{Column, Table};
pub use tag::{Tag, Tone};
pub use timer::Timer;
pub use toast::{ToastRegion, Toasts};

use std::sync::atomic::{AtomicU32, Ordering};

/// An element id that no other part has.
fn fresh_id(stem: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    format!("{stem}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}
