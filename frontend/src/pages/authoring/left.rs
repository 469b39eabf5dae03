//! What an author left before the server had it: sent on while they are elsewhere, and kept for their return.

use super::saving::Sent;
use crate::platform::{
    actor::Actor,
    client::{self, Outcome},
};
use leptos::{ev, prelude::*, task::spawn_local};
use shared::{
    ids::{AccountId, CourseId},
    learning::{CourseContent, CourseDraft},
};

/// A draft as it was left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Parcel {
    /// What is written.
    pub(super) content: CourseContent,
    /// How many changes it holds.
    pub(super) changes: u32,
    /// What the server has been sent of it.
    pub(super) sent: Sent<CourseContent>,
}

/// Who writes which course.
type Desk = (Option<AccountId>, CourseId);

/// A parcel that waits.
struct Kept {
    number: u32,
    desk: Desk,
    parcel: Parcel,
}

/// What goes to the server, and how many changes it holds.
struct Going {
    course: CourseId,
    version: String,
    content: CourseContent,
    seen: u32,
}

/// The parcels that wait, one a desk.
#[derive(Default)]
struct Shelf {
    kept: Vec<Kept>,
    next: u32,
}

impl Shelf {
    /// Keeps a parcel in place of an earlier one; its number.
    fn keep(&mut self, desk: Desk, parcel: Parcel) -> u32 {
        self.take(desk);
        let number = self.next;
        self.next += 1;
        self.kept.push(Kept { number, desk, parcel });
        number
    }

    fn take(&mut self, desk: Desk) -> Option<Parcel> {
        let at = self.kept.iter().position(|kept| kept.desk == desk)?;
        Some(self.kept.remove(at).parcel)
    }

    /// What of a parcel goes now; nothing once it has arrived, or its author has it again.
    fn going(&mut self, number: u32) -> Option<Going> {
        let kept = self.kept.iter_mut().find(|kept| kept.number == number)?;
        let Parcel { content, changes, sent } = &mut kept.parcel;
        let (seen, content) = sent.next(*changes, content);
        Some(Going { course: kept.desk.1, version: sent.version().to_owned(), content, seen })
    }

    /// The server has so many changes of a parcel, at this version.
    fn arrived(&mut self, number: u32, seen: u32, version: i32) {
        self.kept.retain(|kept| kept.number != number || kept.parcel.changes != seen);
        if let Some(kept) = self.kept.iter_mut().find(|kept| kept.number == number) {
            kept.parcel.sent.arrived(version);
        }
    }

    /// The server does not take it.
    fn refused(&mut self, number: u32) {
        if let Some(kept) = self.kept.iter_mut().find(|kept| kept.number == number) {
            kept.parcel.sent.refused();
        }
    }
}

/// The drafts that were left. In every page: `expect_context::<LeftDrafts>()`.
#[derive(Clone, Copy)]
pub(crate) struct LeftDrafts {
    shelf: StoredValue<Shelf>,
}

impl LeftDrafts {
    /// Nothing yet. As long as something waits, the browser asks before it closes the app.
    pub(crate) fn new() -> Self {
        let left = Self { shelf: StoredValue::new(Shelf::default()) };
        let warning = window_event_listener(ev::beforeunload, move |event| {
            if left.count() > 0 {
                event.prevent_default();
            }
        });
        on_cleanup(move || warning.remove());
        left
    }

    /// How many wait.
    pub(super) fn count(self) -> usize {
        self.shelf.with_value(|shelf| shelf.kept.len())
    }

    /// What was left at a desk, for its author to go on with.
    pub(super) fn take(self, desk: Desk) -> Option<Parcel> {
        self.shelf.try_update_value(|shelf| shelf.take(desk)).flatten()
    }

    /// Keeps a parcel until the server has it, and sends it if it `may_go`; `warn` says that it waits for its author.
    pub(super) fn leave(self, actor: Actor, desk: Desk, parcel: Parcel, may_go: bool, warn: impl FnOnce() + 'static) {
        let Some(number) = self.shelf.try_update_value(|shelf| shelf.keep(desk, parcel)) else { return };
        spawn_local(async move {
            if !may_go || self.send(actor, number).await.is_err() {
                warn();
            }
        });
    }

    /// Sends a parcel until all of it has arrived, or its author has it again.
    async fn send(self, actor: Actor, number: u32) -> Outcome<()> {
        while let Some(going) = self.shelf.try_update_value(|shelf| shelf.going(number)).flatten() {
            let path = format!("/courses/{}/draft", going.course);
            let saved: Outcome<CourseDraft> = client::replace(actor, &path, &going.version, &going.content).await;
            if saved.as_ref().is_err_and(|error| error.code().is_some()) {
                self.shelf.update_value(|shelf| shelf.refused(number));
            }
            let version = saved?.version;
            self.shelf.update_value(|shelf| shelf.arrived(number, going.seen, version));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::learning::CourseAbout;
    use uuid::Uuid;

    const DESK: Desk = (Some(AccountId(Uuid::from_u128(1))), CourseId(Uuid::from_u128(2)));
    const OTHER: Desk = (Some(AccountId(Uuid::from_u128(3))), DESK.1);

    fn parcel(goals: &str, changes: u32) -> Parcel {
        let about = CourseAbout { goals: goals.to_owned(), ..CourseAbout::default() };
        let content = CourseContent { about, ..CourseContent::default() };
        Parcel { content, changes, sent: Sent::over("\"1\"".to_owned()) }
    }

    fn goals(going: Option<Going>) -> Option<(String, String)> {
        going.map(|going| (going.content.about.goals, going.version))
    }

    fn said(goals: &str, version: &str) -> Option<(String, String)> {
        Some((goals.to_owned(), version.to_owned()))
    }

    #[test]
    fn what_was_left_is_sent_until_all_of_it_has_arrived() {
        let mut shelf = Shelf::default();
        let mut left = parcel("ab", 2);
        // A save was under way, with less.
        left.sent.next(1, &parcel("a", 1).content);
        let number = shelf.keep(DESK, left);
        assert_eq!(goals(shelf.going(number)), said("a", "\"1\""));
        shelf.arrived(number, 1, 2);
        assert_eq!(goals(shelf.going(number)), said("ab", "\"2\""));
        shelf.arrived(number, 2, 3);
        assert!(shelf.going(number).is_none() && shelf.kept.is_empty());
    }

    #[test]
    fn what_was_not_taken_waits_for_who_wrote_it() {
        let mut shelf = Shelf::default();
        let number = shelf.keep(DESK, parcel("a", 1));
        shelf.going(number);
        shelf.refused(number);
        assert_eq!(shelf.take(OTHER), None);
        assert_eq!(shelf.take(DESK), Some(parcel("a", 1)));
        assert!(shelf.take(DESK).is_none() && shelf.going(number).is_none());
    }

    #[test]
    fn an_answer_to_what_was_left_before_changes_nothing_of_what_is_left_now() {
        let mut shelf = Shelf::default();
        let (first, second) = (shelf.keep(DESK, parcel("a", 1)), shelf.keep(DESK, parcel("b", 1)));
        shelf.arrived(first, 1, 2);
        assert_eq!(goals(shelf.going(second)), said("b", "\"1\""));
        assert_eq!(shelf.kept.len(), 1);
    }
}
