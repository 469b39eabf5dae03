//! What is done in an exam room (考场) on the day of a test, and what that makes of each seat (DOMAIN §4.7).
//!
//! Acts are facts: none is changed or taken away, and what a seat is follows from them, from the sitting, and from what
//! its device last told. What a device tells is evidence and never a verdict.

#[cfg(test)]
mod tests;

use crate::{
    ids::AccountId,
    problem::{ProblemCode, Refusal},
    rights::text_enum,
    sittings::{Coming, MAX_RETURNED_S, may_begin, time_of_day},
    time::Timestamp,
};
use serde_json::json;

/// Candidates are let in from so many seconds before the start.
pub const ADMITS_BEFORE_S: i64 = 60 * 60;
/// A device that has told nothing for so many seconds is taken to be without a network.
pub const OFFLINE_AFTER_S: i64 = 30;

text_enum! {
    /// What is done in an exam room.
    RoomActKind {
        /// A candidate is let in, after document and photo were looked at.
        Admit = "admit",
        /// Working time stands still.
        Pause = "pause",
        /// It goes on, and the pause is given back.
        Resume = "resume",
        /// Time is given back after an interruption.
        ReturnTime = "return_time",
        /// The candidate may go on at another device.
        ConsentTakeOver = "consent_take_over",
        /// One person finds that a sitting has to end now.
        ProposeSubmit = "propose_submit",
        /// A second person ends it.
        ForceSubmit = "force_submit",
        /// A candidate goes on at another seat of the room.
        ChangeSeat = "change_seat",
        /// Something is said to the candidates.
        Announce = "announce",
        /// A candidate goes on with a paper on paper.
        HandOutPaper = "hand_out_paper",
        /// What was written on it is taken in.
        CollectPaper = "collect_paper",
        /// A candidate sits the test without Safe Exam Browser.
        WaiveSafeBrowser = "waive_safe_browser",
        /// A candidate begins although they are late: one person finds it right, a second one lets them in.
        AdmitLate = "admit_late",
        /// The keys of the papers were read out, to a room that has no network: by who runs the day, and by nobody else.
        ReadOutKey = "read_out_key",
    }
}

text_enum! {
    /// What is to be seen of a seat.
    RoomSeatState {
        /// Nobody has come.
        Expected = "expected",
        /// The candidate was let in, and has not begun.
        Admitted = "admitted",
        /// At work, and heard from a moment ago.
        Working = "working",
        /// At work, and not heard from.
        Offline = "offline",
        /// Working time stands still.
        Paused = "paused",
        /// Goes on on paper.
        OnPaper = "on_paper",
        /// Handed in by the candidate.
        Submitted = "submitted",
        /// Ended by the server or by two persons.
        Closed = "closed",
    }
}

/// What decides about an act at one seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoomSeatFacts {
    /// Whether the key is armed and the test not over.
    pub is_armed: bool,
    /// When candidates may begin.
    pub starts_at: Timestamp,
    /// Until when who is late is let in, with the time that was given back; absent if as long as the test runs.
    pub admits_until: Option<Timestamp>,
    /// How the candidate came.
    pub coming: Coming,
    /// Who found it right that they begin although they are late.
    pub late_proposed_by: Option<AccountId>,
    /// Whether the sitting was opened.
    pub is_opened: bool,
    /// Whether it was handed in or closed.
    pub is_closed: bool,
    /// Since when working time stands still, if it does.
    pub paused_at: Option<Timestamp>,
    /// Seconds that were given back already.
    pub returned_s: u32,
    /// Who found that it has to end now.
    pub submit_proposed_by: Option<AccountId>,
    /// Whether a paper was handed out that is not back.
    pub has_paper: bool,
    /// Whether the candidate may sit the test in Safe Exam Browser alone.
    pub needs_safe_browser: bool,
}

/// Why something is not done at a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RoomRefusal {
    /// The test is not running.
    #[error("the test does not run now")]
    NotRunning,
    /// Candidates are not let in yet.
    #[error("candidates are let in from {from}")]
    TooEarly {
        /// From when they are.
        from: Timestamp,
    },
    /// Who comes now is too late (迟到).
    #[error("candidates were let in until {until}")]
    TooLate {
        /// Until when they were.
        until: Timestamp,
    },
    /// The sitting is over.
    #[error("the sitting is over")]
    SittingOver,
    /// The candidate has not begun.
    #[error("the sitting was not opened")]
    NotOpened,
    /// Working time stands still already.
    #[error("the sitting is paused")]
    IsPaused,
    /// Working time does not stand still.
    #[error("the sitting is not paused")]
    NotPaused,
    /// More than may be given back in all.
    #[error("{left_s} seconds can still be given back")]
    TooMuchTime {
        /// What can still be.
        left_s: u32,
    },
    /// Nobody has found that it has to end.
    #[error("nobody proposed to end the sitting")]
    NotProposed,
    /// The same person cannot be both.
    #[error("a second person is needed")]
    SecondPersonNeeded,
    /// A paper was handed out already.
    #[error("a paper was handed out")]
    HasPaper,
    /// No paper was handed out.
    #[error("no paper was handed out")]
    HasNoPaper,
    /// The candidate needs no Safe Exam Browser anyway.
    #[error("no safe browser is needed")]
    NeedsNoSafeBrowser,
    /// The candidate has begun, or may begin anyway.
    #[error("the candidate is not too late")]
    NotTooLate,
    /// The keys of the papers are not read out: the test has not begun, another test of a paper is still to come, each
    /// begins at a time of their own, or Safe Exam Browser alone shows the paper.
    #[error("the keys of the papers are not read out")]
    KeyKept,
    /// Somebody has decided otherwise about this time.
    #[error("it was decided")]
    ExtensionDecided,
}

impl Refusal for RoomRefusal {
    fn code(&self) -> ProblemCode {
        match self {
            Self::SecondPersonNeeded => ProblemCode::SecondPersonNeeded,
            _ => ProblemCode::WrongState,
        }
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::NotRunning => "wrong-state.room-not-running",
            Self::TooEarly { .. } => "wrong-state.room-too-early",
            Self::TooLate { .. } => "wrong-state.room-too-late",
            Self::SittingOver => "wrong-state.room-sitting-over",
            Self::NotOpened => "wrong-state.room-not-opened",
            Self::IsPaused => "wrong-state.room-is-paused",
            Self::NotPaused => "wrong-state.room-not-paused",
            Self::TooMuchTime { .. } => "wrong-state.room-too-much-time",
            Self::NotProposed => "wrong-state.room-not-proposed",
            Self::HasPaper => "wrong-state.room-has-paper",
            Self::HasNoPaper => "wrong-state.room-has-no-paper",
            Self::NeedsNoSafeBrowser => "wrong-state.room-needs-no-safe-browser",
            Self::NotTooLate => "wrong-state.room-not-too-late",
            Self::KeyKept => "wrong-state.room-key-kept",
            Self::ExtensionDecided => "wrong-state.room-extension-decided",
            Self::SecondPersonNeeded => self.code().as_str(),
        }
    }

    fn params(&self) -> serde_json::Value {
        match self {
            Self::TooEarly { from } => json!({ "from": from }),
            Self::TooLate { until } => json!({ "time": time_of_day(*until) }),
            Self::TooMuchTime { left_s } => json!({ "left_s": left_s }),
            _ => serde_json::Value::Null,
        }
    }
}

/// Whether `person` may do this at a seat at `now`. `minutes` are those of [`RoomActKind::ReturnTime`].
///
/// # Errors
/// [`RoomRefusal`]: the first reason why not.
pub fn judge_room_act(
    kind: RoomActKind,
    seat: &RoomSeatFacts,
    (person, now): (AccountId, Timestamp),
    minutes: u16,
) -> Result<(), RoomRefusal> {
    if kind == RoomActKind::Announce {
        return Ok(());
    }
    if kind == RoomActKind::ReadOutKey {
        return Err(RoomRefusal::KeyKept);
    }
    if kind == RoomActKind::Admit {
        return may_admit(seat, now);
    }
    if kind == RoomActKind::ChangeSeat {
        // A seat is changed before the start, too.
        return if seat.is_closed { Err(RoomRefusal::SittingOver) } else { Ok(()) };
    }
    if kind == RoomActKind::WaiveSafeBrowser {
        return may_waive(seat);
    }
    if kind == RoomActKind::CollectPaper {
        // What was written is taken in when time is over, too.
        return if seat.has_paper { Ok(()) } else { Err(RoomRefusal::HasNoPaper) };
    }
    if seat.is_closed {
        return Err(RoomRefusal::SittingOver);
    }
    if !seat.is_armed || now < seat.starts_at {
        return Err(RoomRefusal::NotRunning);
    }
    match kind {
        RoomActKind::Pause if seat.paused_at.is_some() => Err(RoomRefusal::IsPaused),
        RoomActKind::Resume if seat.paused_at.is_none() => Err(RoomRefusal::NotPaused),
        RoomActKind::ReturnTime => may_return(seat.returned_s, u32::from(minutes) * 60),
        RoomActKind::ConsentTakeOver if !seat.is_opened => Err(RoomRefusal::NotOpened),
        RoomActKind::ForceSubmit => match seat.submit_proposed_by {
            None => Err(RoomRefusal::NotProposed),
            Some(first) if first == person => Err(RoomRefusal::SecondPersonNeeded),
            Some(_) => Ok(()),
        },
        RoomActKind::HandOutPaper if seat.has_paper => Err(RoomRefusal::HasPaper),
        RoomActKind::AdmitLate => may_admit_late(seat, (person, now)),
        _ => Ok(()),
    }
}

/// Who cannot get in is helped before the start, too.
const fn may_waive(seat: &RoomSeatFacts) -> Result<(), RoomRefusal> {
    match seat {
        RoomSeatFacts { is_closed: true, .. } => Err(RoomRefusal::SittingOver),
        RoomSeatFacts { needs_safe_browser: false, .. } => Err(RoomRefusal::NeedsNoSafeBrowser),
        RoomSeatFacts { .. } => Ok(()),
    }
}

fn may_admit(seat: &RoomSeatFacts, now: Timestamp) -> Result<(), RoomRefusal> {
    let from = seat.starts_at.plus_s(-ADMITS_BEFORE_S);
    if seat.is_closed {
        return Err(RoomRefusal::SittingOver);
    }
    if now < from {
        return Err(RoomRefusal::TooEarly { from });
    }
    too_late(seat, now).map_or(Ok(()), |until| Err(RoomRefusal::TooLate { until }))
}

/// Until when a candidate had to come, who comes later and may not begin. Who came in time, or sits there already, is
/// looked at again at any time.
fn too_late(seat: &RoomSeatFacts, now: Timestamp) -> Option<Timestamp> {
    let is_kept_out = !seat.is_opened && may_begin(seat.admits_until, seat.coming, now).is_err();
    seat.admits_until.filter(|_| is_kept_out)
}

fn may_admit_late(seat: &RoomSeatFacts, (person, now): (AccountId, Timestamp)) -> Result<(), RoomRefusal> {
    match seat.late_proposed_by {
        _ if too_late(seat, now).is_none() => Err(RoomRefusal::NotTooLate),
        Some(first) if first == person => Err(RoomRefusal::SecondPersonNeeded),
        Some(_) | None => Ok(()),
    }
}

/// Whether `seconds` more may be given back.
///
/// # Errors
/// [`RoomRefusal::TooMuchTime`] beyond [`MAX_RETURNED_S`] in all.
pub fn may_return(returned_s: u32, seconds: u32) -> Result<(), RoomRefusal> {
    let left_s = MAX_RETURNED_S.saturating_sub(returned_s);
    if seconds <= left_s { Ok(()) } else { Err(RoomRefusal::TooMuchTime { left_s }) }
}

/// Seconds that are given back for a pause: all of it, begun seconds counted whole, up to what may be given back in all.
#[must_use]
pub fn paused_s(paused_at: Timestamp, now: Timestamp, returned_s: u32) -> u32 {
    let ms = now.ms_since(paused_at).max(0);
    let seconds = u32::try_from(ms / 1_000 + i64::from(ms % 1_000 > 0)).unwrap_or(u32::MAX);
    seconds.min(MAX_RETURNED_S.saturating_sub(returned_s))
}

/// When working time ends, as it is told at `now`: while it stands still, the end moves on.
#[must_use]
pub fn told_deadline(deadline: Timestamp, paused_at: Option<Timestamp>, returned_s: u32, now: Timestamp) -> Timestamp {
    paused_at.map_or(deadline, |paused_at| deadline.plus_s(i64::from(paused_s(paused_at, now, returned_s))))
}

/// What is known of a seat, to be seen at a glance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeatGlance {
    /// Whether the candidate was let in.
    pub is_admitted: bool,
    /// Whether the sitting was opened.
    pub is_opened: bool,
    /// Who ended it: the candidate (`true`), or somebody else.
    pub closed_by_candidate: Option<bool>,
    /// Whether working time stands still.
    pub is_paused: bool,
    /// Whether a paper was handed out.
    pub has_paper: bool,
    /// When its device was last heard.
    pub last_seen_at: Option<Timestamp>,
}

/// What is to be seen of a seat at `now`; the most telling of what is true.
#[must_use]
pub fn seat_state(seat: &SeatGlance, now: Timestamp) -> RoomSeatState {
    match seat {
        SeatGlance { closed_by_candidate: Some(true), .. } => RoomSeatState::Submitted,
        SeatGlance { closed_by_candidate: Some(false), .. } => RoomSeatState::Closed,
        SeatGlance { has_paper: true, .. } => RoomSeatState::OnPaper,
        SeatGlance { is_paused: true, .. } => RoomSeatState::Paused,
        SeatGlance { is_opened: true, last_seen_at, .. } if is_offline(*last_seen_at, now) => RoomSeatState::Offline,
        SeatGlance { is_opened: true, .. } => RoomSeatState::Working,
        SeatGlance { is_admitted: true, .. } => RoomSeatState::Admitted,
        SeatGlance { .. } => RoomSeatState::Expected,
    }
}

/// Whether a device is taken to be without a network.
#[must_use]
pub fn is_offline(last_seen_at: Option<Timestamp>, now: Timestamp) -> bool {
    last_seen_at.is_none_or(|seen| now.ms_since(seen) > OFFLINE_AFTER_S * 1_000)
}
