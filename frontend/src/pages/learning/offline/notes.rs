//! The way of notes to the server: each is kept on the phone before it is sent, and what another device wrote meanwhile
//! is shown to its learner, never written over.

use super::{
    outbox::{Outbox, Trouble},
    vault::{KeptNote, Vault},
};
use crate::platform::{
    actor::Actor,
    client::{self, ApiError, Outcome, Versioned},
    refusal::refusal_of,
    store::StoreError,
    tab_lock,
    timing::within,
};
use leptos::{prelude::*, task::spawn_local};
use shared::{
    ids::UnitId,
    learning::{KeptNoteFate, NoteText, UnitNote, judge_kept_note},
    problem::ProblemCode,
};
use std::time::Duration;

/// A reply that takes longer is no reply.
const REPLY: Duration = Duration::from_secs(20);

/// What the server made of a note.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::pages::learning) enum NoteSent {
    /// It has it.
    Saved(UnitNote),
    /// Another device has written this meanwhile.
    Conflict(UnitNote),
}

/// A note on its way, with where it comes from.
pub(in crate::pages::learning) struct NoteSheet {
    /// The outbox of the page.
    pub(in crate::pages::learning) outbox: Outbox,
    /// The `ETag` of what its writer saw; absent if the server was not asked.
    pub(in crate::pages::learning) version: Option<String>,
    /// The note.
    pub(in crate::pages::learning) note: KeptNote,
}

/// What has become of it.
pub(in crate::pages::learning) struct HandedOver {
    /// Whether the phone has kept it.
    pub(in crate::pages::learning) is_kept: bool,
    /// What the server made of it.
    pub(in crate::pages::learning) sent: Outcome<NoteSent>,
}

impl NoteSheet {
    /// Keeps the note, sends it, and forgets it when the server has it.
    pub(in crate::pages::learning) async fn hand_over(self) -> HandedOver {
        let Self { outbox, version, note } = self;
        let is_kept = outbox.keep_note(&note).await;
        let sent = send(outbox.actor, version.as_deref(), &note).await;
        if let Ok(vault) = Vault::open(outbox.actor).await {
            // What cannot be noted is found out again: the next try judges it anew.
            drop(take_down(&vault, &note, &sent).await);
        }
        outbox.show().await;
        HandedOver { is_kept, sent }
    }
}

/// A note as it is opened beside its unit.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::pages::learning) struct OpenedNote {
    /// What stands in it: what was kept here, if anything was.
    pub(in crate::pages::learning) text: String,
    /// What its writer saw of the server's note.
    pub(in crate::pages::learning) known: String,
    /// What the server said last.
    pub(in crate::pages::learning) newest: String,
    /// Its `ETag`; absent if the server was not asked.
    pub(in crate::pages::learning) version: Option<String>,
    /// What is to be done with the text.
    pub(in crate::pages::learning) fate: KeptNoteFate,
}

impl OpenedNote {
    /// What the server has, and what this phone keeps over it.
    fn of(answer: Versioned<UnitNote>, kept: Option<KeptNote>) -> Self {
        let Versioned { value: UnitNote { text: newest, .. }, version } = answer;
        let version = Some(version);
        let Some(KeptNote { base, text, .. }) = kept else {
            let (text, known) = (newest.clone(), newest.clone());
            return Self { text, known, newest, version, fate: KeptNoteFate::There };
        };
        let fate = judge_kept_note(&base, &text, &newest);
        // In a conflict its writer has not seen the newest yet.
        let known = if fate == KeptNoteFate::Conflict { base } else { newest.clone() };
        Self { text, known, newest, version, fate }
    }

    /// The same without the server, which said `newest` when it was asked last.
    fn from_phone(newest: String, kept: Option<KeptNote>) -> Self {
        let Some(KeptNote { base, text, .. }) = kept else {
            let (text, known) = (newest.clone(), newest.clone());
            return Self { text, known, newest, version: None, fate: KeptNoteFate::There };
        };
        Self { text, known: base, newest, version: None, fate: KeptNoteFate::Send }
    }
}

/// The note beside a unit; without a network, as the phone keeps it.
pub(in crate::pages::learning) async fn open_note(
    actor: Actor,
    unit: UnitId,
    is_from_phone: bool,
) -> Outcome<OpenedNote> {
    let vault = Vault::open(actor).await.ok();
    let kept = match &vault {
        Some(vault) => vault.note_draft(unit).await.ok().flatten(),
        None => None,
    };
    let asked = match is_from_phone {
        true => Err(ApiError::Network),
        false => in_time(client::get_versioned::<UnitNote>(actor, &path(unit))).await,
    };
    match (asked, vault) {
        (Ok(newest), vault) => {
            let opened = OpenedNote::of(newest, kept);
            if let Some(vault) = vault {
                // What cannot be kept is fetched again.
                drop(match opened.fate {
                    KeptNoteFate::There => vault.settle_note(unit, &opened.text, &opened.newest).await,
                    KeptNoteFate::Send | KeptNoteFate::Conflict => vault.renew_note(unit, &opened.newest).await,
                });
            }
            Ok(opened)
        }
        (Err(ApiError::Network), Some(vault)) if is_from_phone || kept.is_some() => {
            let newest = vault.own_note(unit).await.ok().flatten().unwrap_or_default();
            Ok(OpenedNote::from_phone(newest, kept))
        }
        (Err(failure), _) => Err(failure),
    }
}

/// Under which name a note is locked while somebody writes it: then no other page sends it.
pub(in crate::pages::learning) fn note_lock(unit: UnitId) -> String {
    format!("note:{unit}")
}

impl Outbox {
    /// Keeps a note; whether the phone has it. Nothing is said of it before the server was asked: with a network it
    /// is there for a moment alone.
    pub(in crate::pages::learning) async fn keep_note(self, note: &KeptNote) -> bool {
        let keeping = async { Vault::open(self.actor).await?.put_note(note).await }.await;
        if keeping.is_err() {
            self.note_no_store();
        }
        keeping.is_ok()
    }

    /// The learner has taken what another device wrote in the place of what was written here.
    pub(in crate::pages::learning) fn give_note_up(self, unit: UnitId, theirs: String) {
        spawn_local(async move {
            let given_up = async {
                let vault = Vault::open(self.actor).await?;
                vault.drop_note(unit).await?;
                vault.renew_note(unit, &theirs).await
            };
            if given_up.await.is_ok() {
                self.show().await;
            }
        });
    }

    /// Forgets a note that the server does not take.
    pub(super) fn drop_note(self, unit: UnitId) {
        spawn_local(async move {
            let dropped = async { Vault::open(self.actor).await?.drop_note(unit).await }.await;
            if dropped.is_ok() {
                self.show().await;
            }
        });
    }

    /// Sends every note that waits and that nobody writes at the moment; whether there was any.
    pub(super) async fn send_notes(self, vault: &Vault) -> Result<bool, Trouble> {
        let mut waiting = vault.note_drafts().await?;
        waiting.retain(KeptNote::is_waiting);
        let mut had_any = false;
        for KeptNote { unit_id, .. } in waiting {
            let Some(_lock) = tab_lock::try_take(&note_lock(unit_id)).await else { continue };
            // Who wrote it a moment ago may have sent it, or written more.
            let Some(note) = vault.note_draft(unit_id).await?.filter(KeptNote::is_waiting) else { continue };
            // Somebody else may have logged in meanwhile: nothing is sent in their name.
            if self.actor.kept_account() != Some(vault.account()) {
                return Err(Trouble::Store);
            }
            let sent = send(self.actor, None, &note).await;
            take_down(vault, &note, &sent).await?;
            had_any = true;
            match sent {
                Ok(NoteSent::Saved(_)) => _ = self.taken.try_update(|taken| *taken += 1),
                Ok(NoteSent::Conflict(_)) => {}
                Err(failure) => {
                    let trouble = Trouble::Api(failure);
                    if !trouble.outcome().lets_next_go() {
                        return Err(trouble);
                    }
                }
            }
        }
        Ok(had_any)
    }
}

/// Notes on the phone what the server made of a note.
async fn take_down(vault: &Vault, note: &KeptNote, sent: &Outcome<NoteSent>) -> Result<(), StoreError> {
    match sent {
        Ok(NoteSent::Saved(saved)) => vault.settle_note(note.unit_id, &note.text, &saved.text).await,
        Ok(NoteSent::Conflict(theirs)) => {
            vault.put_note(&KeptNote { theirs: Some(theirs.text.clone()), ..note.clone() }).await
        }
        Err(failure) => match refusal_of(failure) {
            Some(refusal) => vault.put_note(&KeptNote { refusal, ..note.clone() }).await,
            None => Ok(()),
        },
    }
}

/// Sends a note over the version that its writer saw. If that is not the newest, or not known, the texts decide.
async fn send(actor: Actor, version: Option<&str>, note: &KeptNote) -> Outcome<NoteSent> {
    if let Some(version) = version {
        match replace(actor, version, note).await {
            Err(failure) if failure.code() == Some(ProblemCode::Stale) => {}
            saved => return saved.map(NoteSent::Saved),
        }
    }
    let newest: Versioned<UnitNote> = in_time(client::get_versioned(actor, &path(note.unit_id))).await?;
    match judge_kept_note(&note.base, &note.text, &newest.value.text) {
        KeptNoteFate::There => Ok(NoteSent::Saved(newest.value)),
        KeptNoteFate::Send => replace(actor, &newest.version, note).await.map(NoteSent::Saved),
        KeptNoteFate::Conflict => Ok(NoteSent::Conflict(newest.value)),
    }
}

async fn replace(actor: Actor, version: &str, note: &KeptNote) -> Outcome<UnitNote> {
    let body = NoteText { text: note.text.clone() };
    in_time(client::replace(actor, &path(note.unit_id), version, &body)).await
}

fn path(unit: UnitId) -> String {
    format!("/me/units/{unit}/note")
}

/// The answer, if it comes in time.
async fn in_time<T>(asked: impl Future<Output = Outcome<T>>) -> Outcome<T> {
    within(REPLY, asked).await.unwrap_or(Err(ApiError::Network))
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn newest(text: &str) -> Versioned<UnitNote> {
        let value = UnitNote { text: text.to_owned(), version: 3, edited_at: None };
        Versioned { value, version: "\"3\"".to_owned() }
    }

    fn kept(base: &str, text: &str) -> KeptNote {
        let (base, text) = (base.to_owned(), text.to_owned());
        let unit_id = UnitId(Uuid::nil());
        KeptNote { unit_id, title: String::new(), base, text, theirs: None, refusal: String::new() }
    }

    #[test]
    fn what_was_kept_here_is_shown_with_and_without_a_network() {
        let opened = OpenedNote::of(newest("甲"), Some(kept("甲", "乙")));
        assert_eq!((opened.text.as_str(), opened.known.as_str(), opened.fate), ("乙", "甲", KeptNoteFate::Send));
        let opened = OpenedNote::of(newest("丙"), Some(kept("甲", "乙")));
        assert_eq!((opened.text.as_str(), opened.newest.as_str(), opened.fate), ("乙", "丙", KeptNoteFate::Conflict));
        assert_eq!(opened.known, "甲", "kept again, it is a conflict still");
        let opened = OpenedNote::from_phone("丙".to_owned(), Some(kept("甲", "乙")));
        assert_eq!((opened.text.as_str(), opened.known.as_str(), opened.version), ("乙", "甲", None));
    }

    #[test]
    fn without_anything_kept_it_is_as_the_server_said() {
        let opened = OpenedNote::of(newest("甲"), None);
        assert_eq!((opened.text.as_str(), opened.fate), ("甲", KeptNoteFate::There));
        let opened = OpenedNote::from_phone("甲".to_owned(), None);
        assert_eq!((opened.text.as_str(), opened.known.as_str(), opened.fate), ("甲", "甲", KeptNoteFate::There));
    }
}
