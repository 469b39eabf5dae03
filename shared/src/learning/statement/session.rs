//! Sessions by the rules of cmi5: a unit is launched and initialized, things are done in it, it is terminated. What a
//! learner did in a unit without a longer pause is one session.

use super::{DeedKind, StudyDeed, StudySession, named_id};
use crate::{
    ids::{AccountId, CourseId, UnitId},
    learning::{IntervalRules, StudyInterval},
    time::Timestamp,
};
use std::{collections::BTreeMap, mem};

/// Whose sessions, and of what.
type Of = (AccountId, CourseId, UnitId);

/// What was done, each deed of a unit in its session, and what began and ended these. Reading that may go on is told once
/// it has ended, and so is the end of a session; until then both are known by what they began with.
///
/// The pause after which somebody has left is that between two heartbeats (`rules`).
#[must_use]
pub fn in_sessions(deeds: Vec<StudyDeed>, now: Timestamp, rules: IntervalRules) -> Vec<StudyDeed> {
    let gap_ms = rules.max_gap_s.saturating_mul(1_000);
    let has_ended = move |until: Timestamp| until.plus_ms(gap_ms) < now;
    let sessions = sessions(&deeds, gap_ms);
    let mut told = Vec::with_capacity(deeds.len());
    for (of, open) in &sessions {
        told.extend(open.iter().flat_map(|session| bounds(*of, *session, has_ended(session.until))));
    }
    let is_told = |deed: &StudyDeed| !matches!(deed.kind, DeedKind::Read { .. }) || has_ended(deed.at);
    let placed = |deed: StudyDeed| StudyDeed { session: session_of(&sessions, &deed), ..deed };
    told.extend(deeds.into_iter().filter(is_told).map(placed));
    told
}

/// The sessions of each learner and unit, in order.
fn sessions(deeds: &[StudyDeed], gap_ms: i64) -> BTreeMap<Of, Vec<StudyInterval>> {
    let mut sessions: BTreeMap<Of, Vec<StudyInterval>> = BTreeMap::new();
    for deed in deeds {
        if let (Some(unit), Some(span)) = (deed.kind.unit(), span(deed)) {
            sessions.entry((deed.learner, deed.course_id, unit)).or_default().push(span);
        }
    }
    for of_unit in sessions.values_mut() {
        *of_unit = joined(mem::take(of_unit), gap_ms);
    }
    sessions
}

/// From when until when somebody was there to do it; nothing of what only follows from other deeds.
fn span(deed: &StudyDeed) -> Option<StudyInterval> {
    match &deed.kind {
        DeedKind::Read { ms, .. } => Some(StudyInterval { from: deed.at.plus_ms(ms.saturating_neg()), until: deed.at }),
        DeedKind::Answered { .. } | DeedKind::HandedIn { .. } => Some(StudyInterval { from: deed.at, until: deed.at }),
        _ => None,
    }
}

/// Spans without longer pauses between them become one.
fn joined(mut spans: Vec<StudyInterval>, gap_ms: i64) -> Vec<StudyInterval> {
    spans.sort_unstable_by_key(|span| (span.from, span.until));
    let mut joined: Vec<StudyInterval> = Vec::with_capacity(spans.len());
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.from.ms_since(last.until) <= gap_ms => last.until = last.until.max(span.until),
            _ => joined.push(span),
        }
    }
    joined
}

/// The session in which a deed was done.
fn session_of(sessions: &BTreeMap<Of, Vec<StudyInterval>>, deed: &StudyDeed) -> Option<StudySession> {
    let of = (deed.learner, deed.course_id, deed.kind.unit()?);
    let of_unit = sessions.get(&of)?;
    let begun = of_unit.partition_point(|session| session.from <= deed.at);
    let found = of_unit.get(begun.checked_sub(1)?)?;
    (deed.at <= found.until).then(|| named(of, *found))
}

fn named((learner, course, unit): Of, session: StudyInterval) -> StudySession {
    let id = named_id(&format!("session/{learner}/{course}/{unit}/{}", session.from.0));
    StudySession { id, from: session.from }
}

/// What begins a session and, if it is over, what ends it.
fn bounds(of: Of, open: StudyInterval, has_ended: bool) -> impl Iterator<Item = StudyDeed> {
    let ((learner, course_id, unit), session) = (of, Some(named(of, open)));
    let deed = move |at: Timestamp, kind: DeedKind| StudyDeed { learner, course_id, at, kind, session };
    let end = DeedKind::Terminated { unit, ms: open.until.ms_since(open.from) };
    let begin = [DeedKind::Launched { unit }, DeedKind::Initialized { unit }];
    let end = has_ended.then(|| deed(open.until, end));
    begin.into_iter().map(move |kind| deed(open.from, kind)).chain(end)
}

#[cfg(test)]
mod tests;
