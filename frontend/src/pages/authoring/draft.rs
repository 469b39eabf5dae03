//! The draft under the author's hands: changed at once, saved a moment later over what was seen.

use super::{
    left::{LeftDrafts, Parcel},
    saving::{Saving, Sent},
};
use crate::platform::{
    actor::Actor,
    client::{self, ApiError, Versioned},
};
use leptos::{prelude::*, task::spawn_local};
use shared::{
    ids::{AccountId, CourseId, UnitId},
    learning::{CourseContent, CourseDraft, HeavyLesson, Module, Unit},
    media::recording::RecordingLimits,
    problem::ProblemCode,
};
use std::time::Duration;

/// How long the author rests before a change is saved.
const REST: Duration = Duration::from_millis(1_200);
/// When a save that failed is tried again.
const AGAIN: Duration = Duration::from_secs(10);

/// A place in the outline: module and unit.
pub(super) type Place = (usize, usize);

/// The draft of one course.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    actor: Actor,
    left: LeftDrafts,
    /// Who writes; known now, and perhaps no more once they leave.
    author: Option<AccountId>,
    id: CourseId,
    /// What is written.
    pub(super) content: RwSignal<CourseContent>,
    /// Where it stands.
    pub(super) saving: RwSignal<Saving>,
    /// Lessons that are heavy on a phone, as the server last said.
    pub(super) heavy: RwSignal<Vec<HeavyLesson>>,
    /// How large video and sound may be.
    pub(super) recording_limits: RecordingLimits,
    /// Why the last save came to nothing, or the way out of a conflict.
    pub(super) failure: RwSignal<Option<ApiError>>,
    sent: StoredValue<Sent<CourseContent>>,
    /// Counts the changes: a save that began before the last one leaves more to do.
    changes: StoredValue<u32>,
}

impl Draft {
    /// As the server has it; or as its author has left it, if that has not arrived.
    pub(super) fn new(actor: Actor, left: LeftDrafts, draft: Versioned<CourseDraft>) -> Self {
        let Versioned { value: CourseDraft { course, content, heavy, recording_limits, .. }, version } = draft;
        let (author, id) = (actor.kept_account(), course.id);
        let left_before = left.take((author, id));
        let saving = if left_before.is_some() { Saving::Unsaved } else { Saving::Saved };
        let read = Parcel { content, changes: 0, sent: Sent::over(version) };
        let Parcel { content, changes, sent } = left_before.unwrap_or(read);
        let draft = Self {
            actor,
            left,
            author,
            id,
            content: RwSignal::new(content),
            heavy: RwSignal::new(heavy),
            recording_limits,
            saving: RwSignal::new(saving),
            failure: RwSignal::new(None),
            sent: StoredValue::new(sent),
            changes: StoredValue::new(changes),
        };
        draft.save();
        draft
    }

    /// Leaves the page: what the server does not have yet goes there, and is kept until it has arrived. `warn` says
    /// that it waits for its author.
    pub(super) fn leave(self, warn: impl FnOnce() + 'static) {
        let saving = self.saving.get_untracked();
        if saving == Saving::Saved {
            return;
        }
        let (content, changes) = (self.content.get_untracked(), self.changes.get_value());
        let parcel = Parcel { content, changes, sent: self.sent.get_value() };
        // A conflict is ended by its author alone.
        let may_go = saving != Saving::Conflict;
        self.left.leave(self.actor, (self.author, self.id), parcel, may_go, warn);
    }

    /// Ends a conflict by giving up what is not saved: the page is drawn anew with what the server has.
    pub(super) fn give_up(self) {
        self.saving.set(Saving::Saved);
    }

    /// Ends a conflict by saving ours over what the server has by now.
    pub(super) fn insist(self) {
        spawn_local(async move {
            let newest: client::Outcome<Versioned<CourseDraft>> = client::get_versioned(self.actor, &self.path()).await;
            if self.saving.try_get_untracked() != Some(Saving::Conflict) {
                return;
            }
            self.failure.set(newest.as_ref().err().cloned());
            if let Ok(newest) = newest {
                self.sent.set_value(Sent::over(newest.version));
                self.saving.set(Saving::Unsaved);
                self.save();
            }
        });
    }

    /// Changes the content, and saves it once the author rests.
    pub(super) fn change(self, change: impl FnOnce(&mut CourseContent)) {
        self.content.update(change);
        self.touch();
    }

    /// Changes one unit without drawing the outline anew for each letter.
    pub(super) fn change_unit(self, (module, unit): Place, change: impl FnOnce(&mut Unit)) {
        self.content.update(|content| {
            if let Some(unit) = content.modules.get_mut(module).and_then(|module| module.units.get_mut(unit)) {
                change(unit);
            }
        });
        self.touch();
    }

    /// What a unit weighs, if that is too much for a phone.
    pub(super) fn weight_of(self, id: UnitId) -> Option<HeavyLesson> {
        self.heavy.with(|heavy| heavy.iter().find(|lesson| lesson.unit_id == id).copied())
    }

    /// Where a unit stands now.
    pub(super) fn place_of(self, id: UnitId) -> Option<Place> {
        self.content.with_untracked(|content| {
            content
                .modules
                .iter()
                .enumerate()
                .find_map(|(at, module)| module.units.iter().position(|unit| unit.id == id).map(|unit| (at, unit)))
        })
    }

    /// The unit at a place.
    pub(super) fn unit(self, (module, unit): Place) -> Option<Unit> {
        self.content.with_untracked(|content| content.modules.get(module)?.units.get(unit).cloned())
    }

    fn touch(self) {
        self.changes.update_value(|changes| *changes += 1);
        let saving = self.saving.get_untracked().touched();
        self.saving.set(saving);
        if saving == Saving::Unsaved {
            self.save_after(REST);
        }
    }

    fn save_after(self, rest: Duration) {
        let seen = self.changes.get_value();
        set_timeout(
            move || {
                if self.changes.try_get_value() == Some(seen) {
                    self.save();
                }
            },
            rest,
        );
    }

    /// Saves now what is not saved yet.
    pub(super) fn save(self) {
        spawn_local(self.save_now());
    }

    async fn save_now(self) {
        if matches!(self.saving.get_untracked(), Saving::Saved | Saving::Under | Saving::Conflict) {
            return;
        }
        self.saving.set(Saving::Under);
        let (changes, mut sent) = (self.changes.get_value(), self.sent.get_value());
        let (seen, content) = self.content.with_untracked(|written| sent.next(changes, written));
        self.sent.set_value(sent.clone());
        let outcome: client::Outcome<CourseDraft> =
            client::replace(self.actor, &self.path(), sent.version(), &content).await;
        // The page may be gone.
        if let Some(changes) = self.changes.try_get_value() {
            self.hear(outcome, changes == seen);
        }
    }

    /// Takes the server's word; `is_all` unless the draft has changed since what was sent.
    fn hear(self, outcome: client::Outcome<CourseDraft>, is_all: bool) {
        self.failure.set(None);
        match outcome {
            Ok(saved) => {
                self.sent.update_value(|sent| sent.arrived(saved.version));
                self.heavy.set(saved.heavy);
                self.saving.set(if is_all { Saving::Saved } else { Saving::Unsaved });
                if !is_all {
                    self.save_after(REST);
                }
            }
            Err(error) => {
                let is_answered = error.code().is_some();
                if is_answered {
                    self.sent.update_value(Sent::refused);
                }
                if error.code() == Some(ProblemCode::Stale) {
                    self.saving.set(Saving::Conflict);
                    return;
                }
                self.failure.set(Some(error));
                self.saving.set(Saving::Failed);
                if !(is_answered && is_all) {
                    self.save_after(AGAIN);
                }
            }
        }
    }

    fn path(self) -> String {
        format!("/courses/{}/draft", self.id)
    }

    /// The course.
    pub(super) fn id(self) -> CourseId {
        self.id
    }

    /// The version that the server gave last.
    pub(super) fn version(self) -> String {
        self.sent.with_value(|sent| sent.version().to_owned())
    }

    /// Takes over the modules that the server has added behind the first `known`.
    pub(super) fn adopt(self, saved: CourseDraft, known: usize) {
        self.sent.update_value(|sent| sent.arrived(saved.version));
        self.heavy.set(saved.heavy);
        self.content.update(|content| content.modules.extend(saved.content.modules.into_iter().skip(known)));
    }

    /// Adds a module with one unit at the end.
    pub(super) fn add_module(self, title: String, unit_title: String) {
        let unit = new_unit(unit_title);
        self.change(|content| content.modules.push(Module { title, units: vec![unit] }));
    }

    /// Adds a unit at the end of a module.
    pub(super) fn add_unit(self, module: usize, title: String) {
        let unit = new_unit(title);
        self.change(|content| {
            if let Some(module) = content.modules.get_mut(module) {
                module.units.push(unit);
            }
        });
    }
}

#[expect(clippy::disallowed_methods, reason = "the browser has no injected source, and no rule reads this id")]
fn new_unit(title: String) -> Unit {
    let id = uuid::Uuid::new_v4().into();
    Unit { id, title, minutes: 15, body: String::new(), exercises: Vec::new(), activities: Vec::new() }
}
