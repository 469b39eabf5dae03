//! The entry code of the room: typed while the start is waited for, and sent with the first opening.

use crate::platform::timing::sleep;
use leptos::prelude::*;
use shared::delivery::read_entry_code;
use std::time::Duration;

/// So often it is looked whether a code was typed.
const LOOK: Duration = Duration::from_millis(300);

/// What is known of the code.
#[derive(Clone, Copy)]
pub(in crate::pages::delivery) struct EntryCode {
    /// Whether the test asks for one.
    pub(in crate::pages::delivery) is_asked: RwSignal<bool>,
    /// As it is typed.
    pub(in crate::pages::delivery) text: RwSignal<String>,
    /// The last one that was not it.
    refused: RwSignal<Option<String>>,
}

impl EntryCode {
    /// None is asked for yet.
    pub(super) fn new() -> Self {
        Self { is_asked: RwSignal::new(false), text: RwSignal::new(String::new()), refused: RwSignal::new(None) }
    }

    /// Asks for it, or not.
    pub(super) fn ask_if(self, is_asked: bool) {
        self.is_asked.try_set(is_asked);
    }

    /// The code that was typed, once it is whole and another one than was refused; `None` if none is asked for, or when
    /// the page has gone.
    pub(super) async fn typed(self) -> Option<String> {
        while self.is_asked.try_get_untracked()? {
            let code = read_entry_code(&self.text.try_get_untracked()?);
            let refused = self.refused.try_get_untracked()?;
            if code.is_some() && code != refused {
                return code;
            }
            sleep(LOOK).await;
        }
        None
    }

    /// The code as it stands there, if it is whole.
    pub(super) fn as_typed(self) -> Option<String> {
        self.text.try_with_untracked(|text| read_entry_code(text)).flatten()
    }

    /// This was not it: another one is asked for, also where the device did not know that one is needed.
    pub(super) fn refuse(self, code: Option<String>) {
        self.is_asked.try_set(true);
        self.refused.try_set(code);
    }

    /// Whether what stands there is not the code.
    pub(in crate::pages::delivery) fn is_refused(self) -> bool {
        let typed = self.text.with(|text| read_entry_code(text));
        typed.is_some() && self.refused.with(|refused| *refused == typed)
    }

    /// Whether something stands there that may be it.
    pub(in crate::pages::delivery) fn is_whole(self) -> bool {
        self.text.with(|text| read_entry_code(text)).is_some() && !self.is_refused()
    }
}
