//! Tries at exercises that the server could not check yet.

use super::{outbox::Outbox, vault::KeptEntry};
use crate::{
    i18n::{t, use_i18n},
    pages::learning::unit::exercise::{Explained, Stands},
    platform::clock,
    ui::{Icon, Notice, Symbol, Tone},
};
use leptos::prelude::*;
use shared::{
    ids::{CourseId, OfflineEntryId},
    item_bank::Response,
    learning::{OfflineDeed, OfflineEntry, TryKey},
};

/// Where tries of a unit go while there is no network.
#[derive(Clone, Copy)]
pub(in crate::pages::learning) struct UnsentTries {
    /// The outbox of the page.
    pub(in crate::pages::learning) outbox: Outbox,
    /// The course.
    pub(in crate::pages::learning) course_id: CourseId,
    /// The version that is read.
    pub(in crate::pages::learning) version: i32,
}

impl UnsentTries {
    /// Keeps a try under the id that it was sent by; this id if the phone has it.
    pub(in crate::pages::learning) async fn keep(
        self,
        id: OfflineEntryId,
        stands: Stands,
        title: String,
        response: Response,
    ) -> Option<OfflineEntryId> {
        let exercise = u16::try_from(stands.index).ok()?;
        let entry = move |contact| {
            let entry = OfflineEntry {
                id,
                course_id: self.course_id,
                version: self.version,
                unit_id: stands.unit,
                contact,
                at: clock::now(),
                deed: OfflineDeed::Answered { exercise, response },
            };
            KeptEntry { entry, title, errors: Vec::new() }
        };
        self.outbox.keep_try(entry).await
    }
}

/// What has become of a try that was kept.
#[component]
pub(in crate::pages::learning) fn KeptTry(tries: UnsentTries, id: OfflineEntryId) -> impl IntoView {
    let i18n = use_i18n();
    let found =
        Memo::new(move |_| tries.outbox.checked.with(|acks| acks.iter().find(|ack| ack.entry_id == id).cloned()));
    move || {
        let found = found.get();
        let is_right = found.as_ref().map(|ack| ack.is_right);
        let (tone, symbol) = match is_right {
            None => (Tone::Wait, Symbol::Clock),
            Some(Some(true)) => (Tone::Ok, Symbol::Check),
            Some(Some(false)) => (Tone::Stop, Symbol::Close),
            Some(None) => (Tone::Plain, Symbol::Pencil),
        };
        let words = match is_right {
            None => t!(i18n, learning.offline_try_kept).into_any(),
            Some(Some(true)) => t!(i18n, learning.offline_try_right).into_any(),
            Some(Some(false)) => t!(i18n, learning.offline_try_wrong).into_any(),
            Some(None) => t!(i18n, learning.offline_try_in).into_any(),
        };
        let key = found.and_then(|ack| ack.key);
        view! {
            <Notice tone><p class="verdict"><Icon symbol /> <b>{words}</b></p></Notice>
            {key.map(|TryKey { key_text, explanation_html }| {
                view! { <Explained is_judged=is_right.flatten().is_some() key_text explanation_html /> }
            })}
        }
    }
}
