//! What is unusual in the facts of study, for teachers to look at. It proves nothing, and nothing follows from it by
//! itself (DOMAIN §4.7): an adult who knows the matter is quick, and two friends learn side by side.

use crate::{
    ids::{AccountId, CourseVersionId, UnitId},
    learning::StudyInterval,
    people::check_reason,
    problem::FieldError,
    rights::text_enum,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap, HashSet};
use uuid::Uuid;

/// One day, in milliseconds.
const DAY_MS: i64 = 86_400_000;

text_enum! {
    /// What is unusual.
    AnomalyKind {
        /// Exercises of a unit, each right at the first try within seconds of the one before.
        RapidRight = "rapid_right",
        /// Exercises of one unit answered while another unit was being read.
        TwoPlaces = "two_places",
        /// Most of a night read, and no exercise tried.
        NightReading = "night_reading",
        /// The same answers of two learners within a minute, some of them wrong.
        SameAnswers = "same_answers",
        /// A unit read for long, and no answer to what was asked meanwhile.
        SilentReading = "silent_reading",
    }
}

/// From where on something is unusual.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnomalyRules {
    /// Exercises that are right in a row.
    pub rapid_tries: usize,
    /// Seconds between two of them, at most.
    pub rapid_gap_s: i64,
    /// Exercises answered while something else was read.
    pub elsewhere_tries: usize,
    /// The hour in China at which a night begins.
    pub night_begins_h: i64,
    /// How long it lasts, in hours.
    pub night_h: i64,
    /// Minutes of it that are read.
    pub night_min: i64,
    /// Exercises that two learners answered alike.
    pub same_tries: usize,
    /// Of these, answered wrong: right answers are alike by nature.
    pub same_wrong: usize,
    /// Seconds between the answers of the two, at most.
    pub same_gap_s: i64,
    /// Minutes of reading without an answer.
    pub silent_min: i64,
}

impl Default for AnomalyRules {
    /// Few enough to be looked at: a teacher who is shown everything sees nothing.
    fn default() -> Self {
        Self {
            rapid_tries: 5,
            rapid_gap_s: 3,
            elsewhere_tries: 3,
            night_begins_h: 23,
            night_h: 6,
            night_min: 240,
            same_tries: 5,
            same_wrong: 2,
            same_gap_s: 60,
            // Three times as long as it takes until somebody is asked.
            silent_min: 45,
        }
    }
}

/// A stretch of study, as it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StudyFact {
    /// Its row.
    pub id: Uuid,
    /// Who studied.
    pub learner: AccountId,
    /// What.
    pub unit: UnitId,
    /// When.
    pub interval: StudyInterval,
    /// Whether exercises were asked meanwhile (`reading_check`).
    pub is_asked: bool,
}

/// A try at an exercise, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TryFact {
    /// Its row.
    pub id: Uuid,
    /// Who tried.
    pub learner: AccountId,
    /// The unit of the exercise.
    pub unit: UnitId,
    /// The version in which it stood; unknown of the earliest.
    pub version: Option<CourseVersionId>,
    /// Where the exercise stands in it.
    pub exercise: i32,
    /// What was answered.
    pub response: String,
    /// Absent where a person would have to say.
    pub is_right: Option<bool>,
    /// When.
    pub at: Timestamp,
}

/// Something unusual, with the facts that it consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anomaly {
    /// What it is.
    pub kind: AnomalyKind,
    /// The row of the fact that it begins with: facts stay, so this names it for ever.
    pub fact: Uuid,
    /// The row of the other fact that it begins with, where two meet.
    pub with_fact: Option<Uuid>,
    /// Whose study it is.
    pub learner: AccountId,
    /// Whose study it is, too.
    pub other: Option<AccountId>,
    /// The unit whose exercises were answered.
    pub unit: Option<UnitId>,
    /// When it began.
    pub from: Timestamp,
    /// When it ended.
    pub until: Timestamp,
    /// How many exercises; of reading, how many minutes.
    pub count: u32,
}

/// Everything unusual in the study of these learners, the latest first.
#[must_use]
pub fn anomalies(studies: &[StudyFact], tries: &[TryFact], rules: &AnomalyRules) -> Vec<Anomaly> {
    let mut tries: Vec<&TryFact> = tries.iter().collect();
    tries.sort_by_key(|one| (one.at, one.id));
    let mut found = rapid_right(&tries, rules);
    found.extend(two_places(studies, &tries, rules));
    found.extend(night_reading(studies, &tries, rules));
    found.extend(same_answers(&tries, rules));
    found.extend(silent_reading(studies, &tries, rules));
    found.sort_by_key(|anomaly| (std::cmp::Reverse(anomaly.until), anomaly.kind, anomaly.fact));
    found
}

/// Runs of first tries that are right, each soon after the one before. What a person has to judge breaks no run.
fn rapid_right(tries: &[&TryFact], rules: &AnomalyRules) -> Vec<Anomaly> {
    let mut seen = HashSet::new();
    let first = tries.iter().filter(|one| seen.insert((one.learner, one.unit, one.exercise)));
    let mut of_each: BTreeMap<(AccountId, UnitId), Vec<&TryFact>> = BTreeMap::new();
    for one in first.filter(|one| one.is_right.is_some()) {
        of_each.entry((one.learner, one.unit)).or_default().push(one);
    }
    let goes_on = |one: &&TryFact, next: &&TryFact| {
        let is_soon = next.at.ms_since(one.at) <= rules.rapid_gap_s * 1_000;
        one.is_right == Some(true) && next.is_right == Some(true) && is_soon
    };
    let runs = of_each.values().flat_map(|tries| tries.chunk_by(goes_on));
    runs.filter(|run| run.len() >= rules.rapid_tries).filter_map(|run| of_tries(AnomalyKind::RapidRight, run)).collect()
}

/// An anomaly that consists of tries of one learner.
fn of_tries(kind: AnomalyKind, tries: &[&TryFact]) -> Option<Anomaly> {
    let (first, last) = (tries.first()?, tries.last()?);
    Some(Anomaly {
        kind,
        fact: first.id,
        with_fact: None,
        learner: first.learner,
        other: None,
        unit: Some(first.unit),
        from: first.at,
        until: last.at,
        count: count(tries.len()),
    })
}

/// Tries at exercises of one unit within a stretch of study of another one.
fn two_places(studies: &[StudyFact], tries: &[&TryFact], rules: &AnomalyRules) -> Vec<Anomaly> {
    let mut of_each: HashMap<AccountId, Vec<&TryFact>> = HashMap::new();
    for one in tries {
        of_each.entry(one.learner).or_default().push(one);
    }
    let during = |study: &StudyFact| {
        let own = of_each.get(&study.learner).map(Vec::as_slice).unwrap_or_default();
        let within = own.iter().filter(|one| one.unit != study.unit && is_within(one.at, &study.interval));
        let within: Vec<&TryFact> = within.copied().collect();
        let found = of_tries(AnomalyKind::TwoPlaces, &within).filter(|_| within.len() >= rules.elsewhere_tries)?;
        Some(Anomaly { with_fact: Some(study.id), ..found })
    };
    studies.iter().filter_map(during).collect()
}

fn is_within(at: Timestamp, interval: &StudyInterval) -> bool {
    interval.from < at && at < interval.until
}

/// Nights of which most was read, and no exercise tried.
fn night_reading(studies: &[StudyFact], tries: &[&TryFact], rules: &AnomalyRules) -> Vec<Anomaly> {
    let mut nights: BTreeMap<(AccountId, Timestamp), Vec<&StudyFact>> = BTreeMap::new();
    for study in studies {
        for night in [night_of(study.interval.from, rules), night_of(study.interval.until, rules)] {
            let of_night = nights.entry((study.learner, night)).or_default();
            if !of_night.iter().any(|known| known.id == study.id) {
                of_night.push(study);
            }
        }
    }
    let read = |((learner, begin), studies): ((AccountId, Timestamp), Vec<&StudyFact>)| {
        let end = begin.plus_s(rules.night_h * 3_600);
        let clipped = |study: &&StudyFact| {
            let (from, until) = (study.interval.from.max(begin), study.interval.until.min(end));
            (from < until).then_some((study.id, StudyInterval { from, until }))
        };
        let mut parts: Vec<_> = studies.iter().filter_map(clipped).collect();
        parts.sort_by_key(|(id, part)| (part.from, *id));
        let (fact, first) = *parts.first()?;
        let until = parts.iter().map(|(_, part)| part.until).max()?;
        let minutes = parts.iter().map(|(_, part)| part.until.ms_since(part.from)).sum::<i64>() / 60_000;
        let tried = || tries.iter().any(|one| one.learner == learner && begin <= one.at && one.at < end);
        (minutes >= rules.night_min && !tried()).then_some(Anomaly {
            kind: AnomalyKind::NightReading,
            fact,
            with_fact: None,
            learner,
            other: None,
            unit: None,
            from: first.from,
            until,
            count: u32::try_from(minutes).unwrap_or(u32::MAX),
        })
    };
    nights.into_iter().filter_map(read).collect()
}

/// When the night began that an instant belongs to, or the day that follows it.
fn night_of(at: Timestamp, rules: &AnomalyRules) -> Timestamp {
    let today = Timestamp::of_day_in_china(at.date_in_china()).plus_s(rules.night_begins_h * 3_600);
    if at < today { today.plus_ms(-DAY_MS) } else { today }
}

/// Two learners and a unit.
type PairInUnit = (AccountId, AccountId, UnitId);

/// By exercise, how the first who answered it and the second did.
type BothTries<'a> = BTreeMap<i32, (&'a TryFact, &'a TryFact)>;

/// Pairs of learners who answered exercises of a unit alike, at almost the same time.
fn same_answers(tries: &[&TryFact], rules: &AnomalyRules) -> Vec<Anomaly> {
    // The same place may hold another exercise in another version.
    let mut by_answer: BTreeMap<(UnitId, Option<CourseVersionId>, i32, &str), Vec<&TryFact>> = BTreeMap::new();
    for one in tries {
        by_answer.entry((one.unit, one.version, one.exercise, one.response.as_str())).or_default().push(one);
    }
    let mut alike: BTreeMap<PairInUnit, BothTries> = BTreeMap::new();
    for same in by_answer.values() {
        for (nth, one) in same.iter().enumerate() {
            let soon = same[nth + 1..].iter().take_while(|next| next.at.ms_since(one.at) <= rules.same_gap_s * 1_000);
            for next in soon.filter(|next| next.learner != one.learner) {
                let pair = (one.learner.min(next.learner), one.learner.max(next.learner), one.unit);
                alike.entry(pair).or_default().entry(one.exercise).or_insert((*one, *next));
            }
        }
    }
    let pair = |((learner, other, unit), answers): (PairInUnit, BothTries)| {
        let wrong = answers.values().filter(|(one, _)| one.is_right == Some(false)).count();
        let (first, second) = *answers.values().min_by_key(|(one, _)| (one.at, one.id))?;
        let until = answers.values().map(|(_, second)| second.at).max()?;
        (answers.len() >= rules.same_tries && wrong >= rules.same_wrong).then_some(Anomaly {
            kind: AnomalyKind::SameAnswers,
            fact: first.id,
            with_fact: Some(second.id),
            learner,
            other: Some(other),
            unit: Some(unit),
            from: first.at,
            until,
            count: count(answers.len()),
        })
    };
    alike.into_iter().filter_map(pair).collect()
}

/// Stretches of study in which something was asked for long, and nothing of the unit answered.
fn silent_reading(studies: &[StudyFact], tries: &[&TryFact], rules: &AnomalyRules) -> Vec<Anomaly> {
    let minutes = |from: Timestamp, until: Timestamp| until.ms_since(from) / 60_000;
    let silent = |study: &StudyFact| {
        let StudyInterval { from, until } = study.interval;
        let own = tries.iter().filter(|one| one.learner == study.learner && one.unit == study.unit);
        let answers = own.map(|one| one.at).filter(|at| is_within(*at, &study.interval));
        let moments: Vec<Timestamp> = [from].into_iter().chain(answers).chain([until]).collect();
        let parts = moments.windows(2).map(|pair| (pair[0], pair[1]));
        let (from, until) = parts.max_by_key(|(from, until)| (minutes(*from, *until), std::cmp::Reverse(*from)))?;
        (minutes(from, until) >= rules.silent_min).then(|| Anomaly {
            kind: AnomalyKind::SilentReading,
            fact: study.id,
            with_fact: None,
            learner: study.learner,
            other: None,
            unit: Some(study.unit),
            from,
            until,
            count: u32::try_from(minutes(from, until)).unwrap_or(u32::MAX),
        })
    };
    let is_long = |study: &&StudyFact| minutes(study.interval.from, study.interval.until) >= rules.silent_min;
    studies.iter().filter(|study| study.is_asked).filter(is_long).filter_map(silent).collect()
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// What a teacher noted who looked at something unusual.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AnomalyLook {
    /// What came of it.
    pub note: String,
    /// Name of who looked.
    pub by_name: String,
    /// When.
    pub at: Timestamp,
}

/// Something unusual in a class: one of `GET /classes/{id}/anomalies`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AnomalyView {
    /// What it is.
    pub kind: AnomalyKind,
    /// The fact that it begins with.
    pub fact: Uuid,
    /// The other fact that it begins with, where two meet.
    pub with_fact: Option<Uuid>,
    /// Whose study it is.
    pub learner_name: String,
    /// Whose study it is, too.
    pub other_name: Option<String>,
    /// The unit whose exercises were answered.
    pub unit_title: Option<String>,
    /// When it began.
    pub from: Timestamp,
    /// When it ended.
    pub until: Timestamp,
    /// How many exercises; of reading, how many minutes.
    pub count: u32,
    /// What was noted, if somebody has looked at it.
    pub look: Option<AnomalyLook>,
}

/// Body of `POST /classes/{id}/anomalies/looks`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewAnomalyLook {
    /// What it is.
    pub kind: AnomalyKind,
    /// The fact that it begins with.
    pub fact: Uuid,
    /// The other fact that it begins with, where two meet.
    #[serde(default)]
    pub with_fact: Option<Uuid>,
    /// What came of it.
    pub note: String,
}

impl NewAnomalyLook {
    /// The note, as it is kept.
    ///
    /// # Errors
    /// The field that is wrong.
    pub fn check(&self) -> Result<String, FieldError> {
        check_reason(&self.note, "/note")
    }
}

/// The one name of an anomaly, by what it is and the facts that it begins with.
#[must_use]
pub fn anomaly_mark(kind: AnomalyKind, fact: Uuid, with_fact: Option<Uuid>) -> String {
    let with = with_fact.map(|fact| format!("/{fact}")).unwrap_or_default();
    format!("{kind}/{fact}{with}")
}

#[cfg(test)]
mod tests;
