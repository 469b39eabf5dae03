//! What candidates are told by text: that they may not sit a test, that it is put off or called off, and that they sit
//! elsewhere. A job does it, for there may be tens of thousands; whoever has no phone reads the same on their page.

use super::{
    entity::{exam_session, seat},
    store,
};
use crate::{
    access::{JobName, Permit, actions},
    enrolment,
    messages::{self, NewMessage},
    people,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        jobs::{Run, Step, Work},
        words::moment,
    },
};
use serde::{Deserialize, Serialize};
use shared::{
    ids::{AccountId, ExamSessionId, SeatPlanId, SittingId},
    messages::MessageKind,
    time::Timestamp,
};
use std::collections::{HashMap, HashSet};

/// Topic of the event that candidates have to be told something; the payload is an [`ExamNews`].
pub const EXAM_NEWS: &str = "exam_session.news";
/// Candidates whom one transaction tells.
const CHUNK: usize = 200;

actions! {
    /// Tell the candidates of a test by text.
    TellCandidates(ExamSessionId) = SendMessages;
}

/// Tells candidates by text.
pub struct TellCandidatesByText;

/// What [`TellCandidatesByText`] is about.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub struct ExamNews {
    exam_session_id: ExamSessionId,
    news: News,
    /// Who decided it.
    decided_by: AccountId,
}

/// What there is to tell.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(super) enum News {
    /// The test begins later than at this moment.
    Postponed(Timestamp),
    /// The test, which was to begin at this moment, does not take place.
    Cancelled(Timestamp),
    /// Another plan of seats holds, instead of the first of these two.
    Reseated([SeatPlanId; 2]),
    /// The registration of this learner is refused.
    Refused(AccountId),
}

/// Has the candidates of a test told, once the write is done.
pub(super) fn tell(tx: &Tx, exam_session_id: ExamSessionId, news: News, decided_by: AccountId) -> AppResult<()> {
    let told = ExamNews { exam_session_id, news, decided_by };
    tx.emit(EXAM_NEWS, serde_json::to_value(told).map_err(AppError::internal)?);
    Ok(())
}

impl Work for TellCandidatesByText {
    type Input = ExamNews;
    const KIND: &'static str = "tell_candidates";

    async fn run(cx: Services, run: Run, told: ExamNews) -> AppResult<Step> {
        let row =
            store::find_exam_session(cx.db.read(), told.exam_session_id).await?.ok_or_else(AppError::not_found)?;
        if !messages::is_offered(&cx) || expires_at(&row, told.news) <= cx.clock.now() {
            return Ok(Step::Done);
        }
        let candidates = concerned(&cx, &told).await?;
        let permit = Permit::<TellCandidates>::for_job(JobName::TellCandidates, told.exam_session_id);
        let (mut chunks, mut last): (u32, Option<AccountId>) = run.saved()?;
        loop {
            // By their ids, so that a run which begins again knows whom the one before had told.
            let ahead = candidates.iter().copied().filter(|candidate| Some(*candidate) > last);
            let chunk: Vec<AccountId> = ahead.take(CHUNK).collect();
            if chunk.is_empty() {
                return Ok(Step::Done);
            }
            let news = texts(&cx, &row, &told, &chunk).await?;
            (chunks, last) = (chunks + 1, chunk.last().copied());
            cx.db
                .write(&permit, async |tx| {
                    messages::queue_all(&cx, tx, &news).await?;
                    run.save(tx, chunks, chunks, &last).await
                })
                .await?;
        }
    }
}

/// From when on the news would come too late.
const fn expires_at(row: &exam_session::Model, news: News) -> Timestamp {
    match news {
        News::Cancelled(was_at) => was_at,
        News::Postponed(_) | News::Reseated(_) | News::Refused(_) => row.starts_at,
    }
}

/// Whom the news concerns, by id: who is registered, who sits elsewhere, or who was refused.
async fn concerned(cx: &Services, told: &ExamNews) -> AppResult<Vec<AccountId>> {
    let (conn, id) = (cx.db.read(), told.exam_session_id);
    let mut candidates = match told.news {
        News::Postponed(_) | News::Cancelled(_) => store::list_registered(conn, id).await?,
        News::Reseated(plans) => {
            let moved = moved(cx, plans).await?;
            let sittings = store::list_sittings_of(conn, id).await?.into_iter();
            sittings.filter(|sitting| moved.contains(&sitting.id)).map(|sitting| sitting.account_id).collect()
        }
        News::Refused(learner) => vec![learner],
    };
    candidates.sort_unstable();
    Ok(candidates)
}

/// Whose place by the second of two plans is another than by the first.
async fn moved(cx: &Services, [before, after]: [SeatPlanId; 2]) -> AppResult<HashSet<SittingId>> {
    let by_plan = async |plan: SeatPlanId| -> AppResult<HashMap<SittingId, seat::Model>> {
        let rows = store::list_all_seats(cx.db.read(), plan).await?;
        Ok(rows.into_iter().map(|row| (row.sitting_id, row)).collect())
    };
    let (before, after) = (by_plan(before).await?, by_plan(after).await?);
    let moved = after.iter().filter(|(sitting, row)| {
        let earlier = before.get(*sitting);
        earlier.is_some_and(|earlier| earlier.place() != row.place())
    });
    Ok(moved.map(|(sitting, _)| *sitting).collect())
}

/// The texts to those of these candidates who have a phone.
async fn texts(
    cx: &Services,
    row: &exam_session::Model,
    told: &ExamNews,
    candidates: &[AccountId],
) -> AppResult<Vec<NewMessage>> {
    let learners = enrolment::learners_of(cx, candidates).await?;
    let persons: Vec<_> = learners.into_values().map(|learner| learner.person_id).collect();
    let mut parameters = vec![("exam", row.title.clone())];
    let kind = match told.news {
        News::Postponed(was_at) => {
            parameters.extend([("from", moment(was_at)), ("to", moment(row.starts_at))]);
            MessageKind::ExamPostponed
        }
        News::Cancelled(was_at) => {
            parameters.push(("from", moment(was_at)));
            MessageKind::ExamCancelled
        }
        News::Reseated(_) => {
            parameters.push(("from", moment(row.starts_at)));
            MessageKind::ExamReseated
        }
        News::Refused(_) => MessageKind::ExamRefused,
    };
    let text = |(person_id, phone)| NewMessage {
        person_id,
        phone,
        kind,
        parameters: parameters.clone(),
        expires_at: expires_at(row, told.news),
        asked_by: told.decided_by,
    };
    Ok(people::phones(cx, &persons).await?.into_iter().map(text).collect())
}
