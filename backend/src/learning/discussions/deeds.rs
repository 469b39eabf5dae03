//! What is done about posts: a teacher keeps order, a learner reports a post, who wrote one takes it back.

use super::{KeepOrder, deeds_of, in_class};
use crate::{
    access::Permit,
    learning::{
        entity::{discussion_deed, discussion_post},
        store,
        study::StudyCourses,
    },
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::{AccountId, ClassId, DiscussionPostId},
    learning::{
        ModeratePost, PostDeed, PostFacts, ReportPost, judge_moderation, may_report_post, may_take_back_post,
        post_state, waits_for_teacher,
    },
};

/// Hides a post from the class, shows it again, or finds one in order that was reported.
///
/// # Errors
/// The field `/reason`; `wrong-state`, also if it is their own and not to be hidden.
pub(super) async fn moderate(cx: &Services, permit: &Permit<KeepOrder>, said: &ModeratePost) -> AppResult<()> {
    let reason = said.check().map_err(|error| AppError::Invalid(vec![error]))?;
    let (id, by) = (*permit.target(), permit.person()?);
    cx.db
        .write(permit, async |tx| {
            let post = Locked::find(tx, id).await?;
            let deed = judge_moderation(&post.facts()?, said.step, by).map_err(AppError::refused)?;
            tx.note("step", said.step.as_str());
            post.add(cx, tx, (deed, by), &reason).await
        })
        .await
}

/// Tells the teachers of a post. Telling it again while it waits changes nothing.
///
/// # Errors
/// `not-found` if it is of no class that the learner is in; the field `/reason`; `wrong-state` if it is gone or their
/// own.
pub(super) async fn report(
    cx: &Services,
    permit: &Permit<StudyCourses>,
    id: DiscussionPostId,
    said: &ReportPost,
) -> AppResult<()> {
    let reason = said.check().map_err(|error| AppError::Invalid(vec![error]))?;
    let by = *permit.target();
    cx.db
        .write(permit, async |tx| {
            let post = Locked::find(tx, id).await?;
            in_class(tx.conn(), post.class_id, by).await?;
            may_report_post(&post.facts()?, by).map_err(AppError::refused)?;
            tx.note("reported", id.to_string());
            if is_reported_by(&post.deeds, by) {
                return Ok(());
            }
            post.add(cx, tx, (PostDeed::Reported, by), &reason).await
        })
        .await
}

/// Takes back what the learner wrote: nobody reads it any more, but teachers while a report of it waits.
///
/// # Errors
/// `not-found` if it is not their own, `wrong-state` if it was taken back.
pub(super) async fn take_back(cx: &Services, permit: &Permit<StudyCourses>, id: DiscussionPostId) -> AppResult<()> {
    let by = *permit.target();
    cx.db
        .write(permit, async |tx| {
            let post = Locked::find(tx, id).await?;
            if post.row.account_id != by {
                return Err(AppError::not_found());
            }
            may_take_back_post(post.facts()?.state).map_err(AppError::refused)?;
            tx.note("taken_back", id.to_string());
            post.add(cx, tx, (PostDeed::TakenBack, by), "").await
        })
        .await
}

/// Whether reports of the post are settled by it.
pub(super) fn settles_report(row: &discussion_deed::Model) -> bool {
    PostDeed::parse(&row.deed).is_some_and(PostDeed::settles_report)
}

/// Whether a report of theirs waits, of what was done about a post in order.
pub(super) fn is_reported_by(deeds: &[discussion_deed::Model], by: AccountId) -> bool {
    let since_settled = deeds.iter().rev().take_while(|row| !settles_report(row));
    since_settled.filter(|row| row.account_id == by).any(|row| row.deed == PostDeed::Reported.as_str())
}

/// A post about which nobody else does anything until the write ends.
struct Locked {
    row: discussion_post::Model,
    class_id: ClassId,
    deeds: Vec<discussion_deed::Model>,
}

impl Locked {
    async fn find(tx: &Tx, id: DiscussionPostId) -> AppResult<Self> {
        let row = store::find_post(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
        let topic = store::lock_topic(tx.conn(), row.topic_id).await?.ok_or_else(AppError::not_found)?;
        let deeds = store::list_deeds(tx.conn(), &[id]).await?;
        Ok(Self { row, class_id: topic.class_id, deeds })
    }

    fn facts(&self) -> AppResult<PostFacts> {
        let deeds = deeds_of(&self.deeds)?;
        let (state, waits) = (post_state(&deeds), waits_for_teacher(&deeds));
        Ok(PostFacts { state, written_by: self.row.account_id, waits })
    }

    /// Adds what was done, and by whom.
    async fn add(&self, cx: &Services, tx: &Tx, (deed, by): (PostDeed, AccountId), reason: &str) -> AppResult<()> {
        let row = discussion_deed::Model {
            id: cx.ids.uuid(),
            post_id: self.row.id,
            number: i32::try_from(self.deeds.len() + 1).map_err(AppError::internal)?,
            deed: deed.as_str().to_owned(),
            reason: reason.to_owned(),
            account_id: by,
            done_at: tx.now(),
        };
        store::insert_deed(tx.conn(), row).await
    }
}
