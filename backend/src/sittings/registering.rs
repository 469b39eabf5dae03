//! What is written down of who registers: where they come from, and who has to look at it.

use super::{entity::registration, facts::ExamSessionFacts};
use crate::{
    learning,
    platform::{Services, error::AppResult},
};
use shared::{
    ids::{AccountId, CourseId, ProviderId},
    organisation::DivisionCode,
    sittings::QualificationReview,
    time::Timestamp,
};

/// Where a learner comes from: their class of the course.
#[derive(Clone, Copy)]
pub(super) struct Home {
    pub(super) division: DivisionCode,
    pub(super) provider_id: ProviderId,
}

/// Who registers somebody.
#[derive(Clone, Copy)]
pub(super) enum By {
    /// They do themselves.
    Candidate,
    /// Their school, which has looked at it.
    School,
    /// The exam office, after whom nobody looks.
    ExamOffice,
}

/// Where a learner comes from; `None` if they never studied the course in a class.
pub(super) async fn home_of(cx: &Services, course_id: CourseId, account_id: AccountId) -> AppResult<Option<Home>> {
    let classes = learning::classes_by_learner(cx.db.read(), course_id, &[account_id]).await?;
    let home = |class: &learning::LearnerClass| {
        Some(Home { division: DivisionCode::parse(&class.division)?, provider_id: class.provider_id })
    };
    Ok(classes.get(&account_id).and_then(home))
}

/// A registration that begins now. Who comes from no school is reviewed by nobody.
pub(super) fn row(
    exam_session: &ExamSessionFacts,
    account_id: AccountId,
    (home, by): (Option<Home>, By),
    now: Timestamp,
) -> registration::Model {
    let last = exam_session.reviewed_up_to.filter(|_| home.is_some());
    let review = match by {
        By::Candidate => QualificationReview::begun(last, false),
        By::School => QualificationReview::begun(last, true),
        By::ExamOffice => last.map(|_| QualificationReview::Approved),
    };
    registration::Model {
        exam_session_id: exam_session.id,
        account_id,
        registered_at: now,
        division: home.map(|home| home.division.to_string()),
        provider_id: home.map(|home| home.provider_id),
        review: review.map(|review| review.as_str().to_owned()),
        review_reason: None,
        withdrawn_at: None,
    }
}
