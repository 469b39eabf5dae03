//! One opened unit: what was read, told to the server as heartbeats; without a network, kept on the phone.

use super::gaze::Gaze;
use crate::{
    pages::learning::offline::{Outbox, ReadNow, monotonic, read_to},
    platform::{
        actor::Actor,
        client::{self, ApiError, Outcome},
    },
};
use leptos::{prelude::*, task::spawn_local};
use shared::{
    ids::{CourseId, UnitId},
    learning::{Heartbeat, StudyReceipt, StudyRules, StudyToday, UnitProgress, UnitView},
};
use uuid::Uuid;

/// Seconds between two heartbeats.
const BEAT_S: u32 = 20;

/// The study of one opened unit.
#[derive(Clone, Copy)]
pub(crate) struct Reading {
    actor: Actor,
    outbox: Outbox,
    unit: UnitId,
    course_id: CourseId,
    /// Number of the version that the page shows.
    version: i32,
    /// Names to the server the page since it was last shown.
    stream: StoredValue<Uuid>,
    gaze: StoredValue<Gaze>,
    /// How far it has been read, here or ever.
    read_pct: StoredValue<u8>,
    seconds_since_beat: StoredValue<u32>,
    progress: RwSignal<UnitProgress>,
    failure: RwSignal<Option<ApiError>>,
    is_elsewhere: RwSignal<bool>,
    today: RwSignal<Option<StudyToday>>,
    /// The exercise that the learner is asked now, by its number from 0.
    check: RwSignal<Option<u16>>,
    /// Whether they are answering it.
    is_checking: RwSignal<bool>,
    /// Whether what the server was not told is on the phone.
    is_kept: RwSignal<bool>,
}

impl Reading {
    /// Begins where the server says that the learner stands.
    pub(super) fn open(actor: Actor, outbox: Outbox, unit: &UnitView) -> Self {
        let progress = unit.progress.clone();
        Self {
            actor,
            outbox,
            unit: progress.id,
            course_id: unit.course_id,
            version: unit.version,
            stream: StoredValue::new(new_stream()),
            gaze: StoredValue::new(Gaze::default()),
            read_pct: StoredValue::new(progress.read_pct),
            seconds_since_beat: StoredValue::new(0),
            progress: RwSignal::new(progress),
            failure: RwSignal::new(None),
            is_elsewhere: RwSignal::new(false),
            today: RwSignal::new(None),
            check: RwSignal::new(None),
            is_checking: RwSignal::new(false),
            is_kept: RwSignal::new(false),
        }
    }

    /// The unit.
    pub(super) fn unit(self) -> UnitId {
        self.unit
    }

    /// Number of the version that the page shows.
    pub(super) fn version(self) -> i32 {
        self.version
    }

    /// Where the learner stands, as the server last said.
    pub(super) fn progress(self) -> Signal<UnitProgress> {
        self.progress.into()
    }

    /// Why the last heartbeat was not recorded, if it was not.
    pub(super) fn failure(self) -> Signal<Option<ApiError>> {
        self.failure.into()
    }

    /// Whether what the last heartbeat would have told is on the phone.
    pub(super) fn is_kept(self) -> Signal<bool> {
        self.is_kept.into()
    }

    /// Whether the learner reads on another page that was opened later, so that this one does not count.
    pub(super) fn is_elsewhere(self) -> Signal<bool> {
        self.is_elsewhere.into()
    }

    /// What counts today, once the server has said so.
    pub(super) fn today(self) -> Signal<Option<StudyToday>> {
        self.today.into()
    }

    /// 读中小题: the exercise that the learner is asked now, by its number from 0.
    pub(super) fn check(self) -> RwSignal<Option<u16>> {
        self.check
    }

    /// Whether the learner is answering it.
    pub(super) fn is_checking(self) -> RwSignal<bool> {
        self.is_checking
    }

    /// Takes what the server asks. Who is answering is asked nothing else.
    fn hear(self, check: Option<u16>) {
        if !self.is_checking.get_untracked() && self.check.get_untracked() != check {
            self.check.set(check);
        }
    }

    /// Begins a stretch of its own: what lies between it and the one before is no reading, however short it was. From
    /// now on this page counts, and no other one.
    pub(super) fn begin_anew(self) {
        self.stream.set_value(new_stream());
        self.beat();
    }

    /// Looks at the text; to be called each second while the page is looked at.
    pub(super) fn look(self, seen_pct: u8) {
        let before = self.read_pct.get_value();
        let mut stayed_pct = 0;
        self.gaze.update_value(|gaze| stayed_pct = gaze.look(seen_pct));
        let now = before.max(stayed_pct);
        self.read_pct.set_value(now);
        let enough = StudyRules::zhejiang_2022().read_enough_pct;
        let has_passed = |threshold: u8| before < threshold && now >= threshold;
        self.seconds_since_beat.update_value(|seconds| *seconds += 1);
        if self.seconds_since_beat.get_value() >= BEAT_S || has_passed(enough) || has_passed(100) {
            self.beat();
        }
    }

    /// Tells the server how far the unit has been read; the phone, if there is no network.
    pub(super) fn beat(self) {
        // What the phone writes down begins with the first beat that it keeps.
        let seen_s = if self.is_kept.get_untracked() { self.seconds_since_beat.get_value() } else { 0 };
        self.seconds_since_beat.set_value(0);
        let (read_pct, version) = (self.read_pct.get_value(), Some(self.version));
        let heartbeat = Heartbeat { stream: self.stream.get_value(), read_pct, version };
        let now = ReadNow {
            stream: heartbeat.stream,
            course_id: self.course_id,
            version: self.version,
            unit_id: self.unit,
            title: self.progress.with_untracked(|progress| progress.title.clone()),
            read_pct,
            mono: monotonic(),
        };
        let recorder = self.outbox.recorder();
        spawn_local(async move {
            let path = format!("/me/units/{}/heartbeats", self.unit);
            let outcome: Outcome<StudyReceipt> = client::post(self.actor, &path, &heartbeat).await;
            let noted = match (&outcome, recorder) {
                (Err(ApiError::Network), Some(recorder)) => Some(recorder.note(now).await),
                _ => None,
            };
            // The page may be gone by now.
            if self.progress.is_disposed() {
                return;
            }
            self.is_kept.set(matches!(noted, Some(Ok(true))));
            self.failure.set(outcome.as_ref().err().cloned());
            match (outcome, noted) {
                (Ok(receipt), _) => {
                    // Of a page that was named anew meanwhile, nothing more is to be said.
                    if self.stream.get_value() == heartbeat.stream {
                        self.is_elsewhere.set(receipt.is_elsewhere);
                    }
                    self.today.set(receipt.today);
                    self.hear(receipt.check);
                    self.take(receipt.progress);
                    if self.outbox.has_more() {
                        self.outbox.send();
                    }
                }
                (Err(_), Some(Ok(true))) => {
                    self.take(self.progress.with_untracked(|known| read_to(known, read_pct, seen_s)));
                    self.outbox.show().await;
                }
                (Err(_), Some(Err(_))) => self.outbox.note_no_store(),
                (Err(_), _) => {}
            }
        });
    }

    /// Takes what the server says. Answers overtake each other, and progress only grows.
    pub(super) fn take(self, new: UnitProgress) {
        let is_newer = self.progress.with_untracked(|known| {
            let has_more = new.read_pct >= known.read_pct && new.reading_left_s <= known.reading_left_s;
            *known != new && has_more && new.exercises_done >= known.exercises_done
        });
        if is_newer {
            self.progress.set(new);
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the browser has no injected source, and the name is for one page only")]
fn new_stream() -> Uuid {
    Uuid::new_v4()
}
