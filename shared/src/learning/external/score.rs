//! What a tool reports of a learner (AGS 2.0 §3.4), and what completes an activity.

use super::ExternalLink;
use crate::{
    ids::ExternalSubjectId,
    points::Points,
    problem::{FieldError, ProblemCode, Refusal},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// How far the clock of a tool may be ahead of ours, in seconds.
const MAX_AHEAD_S: i64 = 300;
/// The most points of a score.
const MAX_SCORE: f64 = 1_000_000.0;

/// How far a learner is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ActivityProgress {
    /// Nothing was begun.
    Initialized,
    /// It was begun.
    Started,
    /// Something was done.
    InProgress,
    /// Something was handed in, and may be again.
    Submitted,
    /// It was done.
    Completed,
}

/// How far the scoring is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum GradingProgress {
    /// The score stands.
    FullyGraded,
    /// It is under way.
    Pending,
    /// A person has to look.
    PendingManual,
    /// It failed.
    Failed,
    /// There is nothing to score.
    NotReady,
}

/// A score as a tool sends it. What it says beside, as a comment, is not kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ScoreMessage {
    /// As whom the tool knows the learner.
    pub user_id: String,
    /// When the tool scored it, in RFC 3339.
    pub timestamp: String,
    /// How far the learner is.
    pub activity_progress: ActivityProgress,
    /// How far the scoring is.
    pub grading_progress: GradingProgress,
    /// The points.
    #[serde(default)]
    pub score_given: Option<f64>,
    /// The most that there are.
    #[serde(default)]
    pub score_maximum: Option<f64>,
}

/// A score that is in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExternalScore {
    /// When the tool scored it.
    pub scored_at: Timestamp,
    /// Whether the learner has completed the activity.
    pub is_completed: bool,
    /// The points and the most that there are; absent unless the score stands.
    pub points: Option<(Points, Points)>,
}

impl ScoreMessage {
    /// Whose score it is, and what it says. One of a time to come would have every score until then refused.
    ///
    /// # Errors
    /// The fields that are wrong.
    pub fn check(&self, now: Timestamp) -> Result<(ExternalSubjectId, ExternalScore), Vec<FieldError>> {
        let mut errors = Vec::new();
        let subject = self.user_id.parse::<ExternalSubjectId>().ok();
        if subject.is_none() {
            errors.push(FieldError::new("/userId", "not-found"));
        }
        let scored_at = self.timestamp.parse::<Timestamp>().ok();
        match scored_at {
            None => errors.push(FieldError::new("/timestamp", "wrong-type")),
            Some(at) if at > now.plus_s(MAX_AHEAD_S) => errors.push(FieldError::new("/timestamp", "clock-ahead")),
            Some(_) => {}
        }
        let given = hundredths(self.score_given, 0.0).unwrap_or_else(|| {
            errors.push(FieldError::new("/scoreGiven", "out-of-range"));
            None
        });
        let most = hundredths(self.score_maximum, 0.01).unwrap_or_else(|| {
            errors.push(FieldError::new("/scoreMaximum", "out-of-range"));
            None
        });
        if given.is_some() && self.score_maximum.is_none() {
            errors.push(FieldError::new("/scoreMaximum", "required"));
        }
        match (subject, scored_at) {
            (Some(subject), Some(scored_at)) if errors.is_empty() => {
                let is_completed = self.activity_progress == ActivityProgress::Completed;
                let points = given.zip(most).filter(|_| self.grading_progress == GradingProgress::FullyGraded);
                Ok((subject, ExternalScore { scored_at, is_completed, points }))
            }
            _ => Err(errors),
        }
    }
}

/// A number of points in hundredths, if one is given; none if it is less than `least` or beyond all measure.
fn hundredths(points: Option<f64>, least: f64) -> Option<Option<Points>> {
    let Some(points) = points else { return Some(None) };
    if !(least..=MAX_SCORE).contains(&points) {
        return None;
    }
    // MAX_SCORE in hundredths is a twentieth of what fits.
    Some(Some(Points((points * 100.0).round() as i32)))
}

/// What becomes of a score that came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScoreVerdict {
    /// It is a new fact.
    New,
    /// It came before.
    Repeat,
}

/// Why a score is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScoreRefusal {
    /// The tool has reported a later one, or another one of this moment (AGS 2.0 §3.4.2).
    #[error("there is a later score")]
    Outdated,
}

impl Refusal for ScoreRefusal {
    fn code(&self) -> ProblemCode {
        ProblemCode::WrongState
    }

    fn message_key(&self) -> &'static str {
        "wrong-state.score-outdated"
    }
}

/// Whether a score is taken, after the last one of the same learner and activity.
///
/// # Errors
/// [`ScoreRefusal`].
pub fn judge_score(last: Option<&ExternalScore>, new: &ExternalScore) -> Result<ScoreVerdict, ScoreRefusal> {
    match last {
        Some(last) if last == new => Ok(ScoreVerdict::Repeat),
        Some(last) if new.scored_at <= last.scored_at => Err(ScoreRefusal::Outdated),
        _ => Ok(ScoreVerdict::New),
    }
}

/// Whether a score completes an activity, by the link that the learner's version of the unit holds: by the per cent that
/// it asks for, whichever tool reported the score. What was done once stays done, whatever is reported later.
#[must_use]
pub fn score_completes(score: &ExternalScore, link: &ExternalLink) -> bool {
    let reaches =
        |(given, most): (Points, Points)| i64::from(given.0) * 100 >= i64::from(most.0) * i64::from(link.needs_pct);
    score.is_completed && (link.needs_pct == 0 || score.points.is_some_and(reaches))
}
