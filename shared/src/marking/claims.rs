//! Who marks which response: claims that end by themselves, so that two markers never work on one
//! response and none is lost with a marker who went home.

use crate::{
    ids::AccountId,
    points::Points,
    problem::{ProblemCode, Refusal},
    time::Timestamp,
};
use uuid::Uuid;

/// One row of the rule table: how responses are shared out among markers from one day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClaimRules {
    /// Seconds that a claim holds after the last sign of life of its marker.
    pub lease_s: i64,
    /// Most responses that a marker gets at once.
    pub at_once: u16,
}

impl ClaimRules {
    /// 330000, from 2026-09-01; both are ours to say. A response takes a minute or two, so ten are
    /// half a claim's time, and the last ones of a test do not all lie with one marker.
    #[must_use]
    pub const fn zhejiang_2026() -> Self {
        Self { lease_s: 20 * 60, at_once: 10 }
    }
}

/// What a marker has of a response. Before `until` nobody else may take it; after that it remains
/// theirs until somebody does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Who holds the response.
    pub marker: AccountId,
    /// From when on another may take it.
    pub until: Timestamp,
}

impl Claim {
    /// The claim of a marker who gave a sign of life at `now`.
    #[must_use]
    pub const fn renewed(marker: AccountId, now: Timestamp, rules: &ClaimRules) -> Self {
        Self { marker, until: now.plus_s(rules.lease_s) }
    }

    /// Whether `marker` may have at `now` what is claimed so.
    #[must_use]
    pub fn yields_to(&self, marker: AccountId, now: Timestamp) -> bool {
        self.marker == marker || self.until <= now
    }
}

/// A response that waits for points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenResponse {
    /// The response.
    pub id: Uuid,
    /// Whether the marker who asks wrote it: nobody marks themselves.
    pub is_own: bool,
    /// The last claim on it.
    pub claim: Option<Claim>,
}

impl OpenResponse {
    fn is_with(&self, marker: AccountId) -> bool {
        self.claim.is_some_and(|claim| claim.marker == marker)
    }

    fn is_for(&self, marker: AccountId, now: Timestamp) -> bool {
        !self.is_own && self.claim.is_none_or(|claim| claim.yields_to(marker, now))
    }
}

/// What a marker who asks for work at `now` claims: first what they have already, then, in the given
/// order, what nobody has.
#[must_use]
pub fn share_out(open: &[OpenResponse], marker: AccountId, now: Timestamp, rules: &ClaimRules) -> Vec<Uuid> {
    let for_marker = open.iter().filter(|response| response.is_for(marker, now));
    let (held, free): (Vec<&OpenResponse>, Vec<_>) = for_marker.partition(|response| response.is_with(marker));
    held.into_iter().chain(free).take(usize::from(rules.at_once)).map(|response| response.id).collect()
}

/// What is known of a response that somebody gives points to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResponseFacts {
    /// What it is worth, once somebody or a rule has said.
    pub points: Option<Points>,
    /// The marker who said so.
    pub marked_by: Option<AccountId>,
    /// The last claim on it.
    pub claim: Option<Claim>,
}

/// What becomes of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkVerdict {
    /// It is stored.
    Store,
    /// It is stored already; the reply was lost.
    Repeated,
}

/// Why a mark does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MarkRefusal {
    /// The response has its points.
    #[error("the response is marked already")]
    AlreadyMarked,
    /// Nobody has claimed the response.
    #[error("the response is not claimed")]
    NotClaimed,
    /// Another marker has it, perhaps since the claim of this one ran out.
    #[error("another marker has claimed the response")]
    ClaimedByAnother,
}

impl Refusal for MarkRefusal {
    fn code(&self) -> ProblemCode {
        match self {
            Self::AlreadyMarked => ProblemCode::WrongState,
            Self::NotClaimed | Self::ClaimedByAnother => ProblemCode::NotClaimed,
        }
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::AlreadyMarked => "wrong-state.already-marked",
            Self::NotClaimed => "not-claimed",
            Self::ClaimedByAnother => "not-claimed.by-another",
        }
    }
}

/// Whether `marker` may say that a response is worth `points`. A claim that ran out still counts as
/// long as nobody has taken the response over.
///
/// # Errors
/// [`MarkRefusal`].
pub fn judge_mark(response: &ResponseFacts, marker: AccountId, points: Points) -> Result<MarkVerdict, MarkRefusal> {
    if response.points.is_some() {
        let is_repeat = response.points == Some(points) && response.marked_by == Some(marker);
        return if is_repeat { Ok(MarkVerdict::Repeated) } else { Err(MarkRefusal::AlreadyMarked) };
    }
    match response.claim {
        Some(claim) if claim.marker == marker => Ok(MarkVerdict::Store),
        Some(_) => Err(MarkRefusal::ClaimedByAnother),
        None => Err(MarkRefusal::NotClaimed),
    }
}

#[cfg(test)]
mod tests;
