//! Planning an exam session: from the draft to the armed key.

use super::{
    accommodations::granted_on,
    calendar::text_of,
    entity::{exam_session, sitting},
    exam_rules,
    facts::move_exam_session,
    forms, plan_check, quotas,
    seeing::{seen_by, seen_divisions},
    store,
    views::views,
    work::waiting,
};
use crate::{
    access::{Actor, Permit, actions},
    learning, organisation, papers,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, decode_cursor, once, page},
    },
};
use serde::Deserialize;
use shared::{
    delivery::check_browser_keys,
    ids::{AccountId, ExamSessionId},
    organisation::DivisionCode,
    page::{Page, PageQuery},
    problem::ProblemCode,
    rights::Right,
    sittings::{
        ExamNeeds, ExamSessionState, ExamSessionView, NewExamSession, ReviewsWait, check_closing, check_quotas,
        form_in_turn, may_confirm, may_end_registration, may_move, may_run_tests, nth_ticket_number,
    },
    time::Timestamp,
    work::ExamWait,
};
use std::{collections::HashSet, ops::RangeInclusive};

/// Characters of a title.
const TITLE_CHARS: usize = 100;
/// Working time in minutes.
const DURATION_MIN: RangeInclusive<u16> = 10..=300;

actions! {
    /// Plan an exam session and change its state.
    PlanExamSession(ExamSessionId) = PlanExamSession;
    /// Be one of the two persons who arm the release of the key.
    ArmExamSession(ExamSessionId) = ArmExamSession;
}

/// The division that runs a test: the one that is named, if the actor plans tests there, or else the actor's own.
///
/// # Errors
/// `forbidden` for who plans nowhere; the field of a division that runs no tests, or where the actor plans none.
pub(super) async fn owner(cx: &Services, actor: &Actor, named: Option<DivisionCode>) -> AppResult<String> {
    let own = seen_divisions(actor, &[Right::PlanExamSession]).into_iter().next();
    let own = own.ok_or(AppError::Problem(ProblemCode::Forbidden))?;
    let Some(named) = named else { return Ok(own) };
    let is_theirs = may_run_tests(named) && actor.has_any(&[Right::PlanExamSession], &named.place());
    if is_theirs && organisation::has_division(cx, named.as_str()).await? {
        Ok(named.to_string())
    } else {
        Err(AppError::field("/division", "not-found"))
    }
}

/// Plans an exam session, as a draft, in `division`.
///
/// # Errors
/// The fields that are wrong.
pub async fn create(
    cx: &Services,
    permit: &Permit<PlanExamSession>,
    division: &str,
    key: &IdempotencyKey,
    new: &NewExamSession,
) -> AppResult<ExamSessionId> {
    check(cx, new).await?;
    let person = permit.person()?;
    cx.db
        .write(permit, async |tx| {
            once(tx, person, key, new, async || {
                let id = *permit.target();
                store::insert_exam_session(tx.conn(), draft(id, division, new, person)?).await?;
                note_uses(tx, id, new).await?;
                Ok(id)
            })
            .await
        })
        .await
}

/// A plan as it is stored first.
pub(super) fn draft(
    id: ExamSessionId,
    division: &str,
    new: &NewExamSession,
    created_by: AccountId,
) -> AppResult<exam_session::Model> {
    Ok(exam_session::Model {
        id,
        title: new.title.trim().to_owned(),
        course_id: new.course_id,
        paper_id: new.paper_id,
        other_papers: forms::text_of(&new.other_paper_ids)?,
        division: division.to_owned(),
        starts_at: new.starts_at,
        kind: new.kind.as_str().to_owned(),
        duration_min: i32::from(new.duration_min),
        closes_at: new.closes_at,
        hard_stop_at: new.hard_stop_at,
        calendar: text_of(new.calendar.as_ref())?,
        rules: exam_rules::text_of(new.rules.as_ref())?,
        quotas: quotas::text_of(&new.quotas)?,
        reviewed_up_to: new.reviewed_up_to.map(|office| office.as_str().to_owned()),
        browser_exam_keys: exam_rules::exam_keys_text_of(&new.browser_exam_keys)?,
        state: ExamSessionState::Draft.as_str().to_owned(),
        version: 1,
        created_by,
        opened_first_by: None,
        armed_first_by: None,
        released_first_by: None,
        scored_at: None,
        to_mark: 0,
        cancelled_by: None,
        cancelled_at: None,
        cancelled_because: None,
        exam_window_id: None,
    })
}

/// Whether an exam session can be planned so.
pub(super) async fn check(cx: &Services, new: &NewExamSession) -> AppResult<()> {
    if new.title.trim().is_empty() {
        return Err(AppError::field("/title", "required"));
    }
    if new.title.chars().count() > TITLE_CHARS {
        return Err(AppError::field("/title", "too-long"));
    }
    if !DURATION_MIN.contains(&new.duration_min) {
        return Err(AppError::field("/duration_min", "out-of-range"));
    }
    if new.starts_at <= cx.clock.now() {
        return Err(AppError::field("/starts_at", "in-the-past"));
    }
    let mut wrong = new.rules.map(|rules| rules.check(new.duration_min)).unwrap_or_default();
    wrong.extend(check_closing(new.kind, (new.starts_at, new.duration_min), new.closes_at).err());
    wrong.extend(new.calendar.into_iter().flat_map(|calendar| calendar.check(new.starts_at.date_in_china())));
    wrong.extend(check_quotas(&new.quotas));
    wrong.extend(check_browser_keys(&new.browser_exam_keys));
    if !wrong.is_empty() {
        return Err(AppError::Invalid(wrong));
    }
    learning::course(cx, new.course_id).await.map_err(|error| error.at_field("/course_id"))?;
    forms::check(cx, new).await
}

/// Says that the papers of a plan are planned for it, if it is a unified test: forms need not differ from what is only
/// practised.
pub(super) async fn note_uses(tx: &Tx, id: ExamSessionId, new: &NewExamSession) -> AppResult<()> {
    if !new.kind.counts() {
        return Ok(());
    }
    for paper_id in [new.paper_id].iter().chain(&new.other_paper_ids) {
        papers::note_use(tx, id, *paper_id).await?;
    }
    Ok(())
}

/// Which exam sessions a client asks for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub(super) struct ExamSessionQuery {
    /// Only those that wait for this.
    waits: Option<ExamWait>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Rows wanted; at most 200, 50 unless told.
    limit: Option<u16>,
}

/// The exam sessions that the actor may know of, or those of them whose turn is theirs; the last to start first.
///
/// # Errors
/// `forbidden` if the actor's roles let them know of none anywhere.
pub(super) async fn list(cx: &Services, actor: &Actor, query: ExamSessionQuery) -> AppResult<Page<ExamSessionView>> {
    let divisions = seen_by(actor);
    if divisions.is_empty() {
        return Err(AppError::Problem(ProblemCode::Forbidden));
    }
    let of_page = PageQuery { cursor: query.cursor, limit: query.limit };
    let after: Option<(Timestamp, ExamSessionId)> = decode_cursor(&of_page)?;
    let within = match query.waits {
        Some(wait) => waiting(cx, actor, wait).await?,
        None => Some(store::below(&divisions)),
    };
    let Some(within) = within else { return Ok(Page { items: Vec::new(), next_cursor: None }) };
    let rows = store::list_exam_sessions_within(cx.db.read(), within, after, of_page.rows() + 1).await?;
    let rows = page(rows, &of_page, |row| (row.starts_at, row.id));
    Ok(Page { items: views(cx, Some(actor), rows.items).await?, next_cursor: rows.next_cursor })
}

/// Lets learners register: the first person's call finds the plan right, a second person's opens it as it stands. A plan
/// that is changed in between begins anew. Where nothing rests on the test, one person is enough, here and at arming.
///
/// # Errors
/// `wrong-state` unless it is a draft, or if its plan cannot be right; `second-person-needed` if the first person calls again.
pub async fn open_registration(cx: &Services, permit: &Permit<PlanExamSession>) -> AppResult<()> {
    let person = permit.person()?;
    let has_paper = plan_check::has_paper(cx, *permit.target()).await?;
    cx.db
        .write(permit, async |tx| {
            let row = store::lock_exam_session(tx.conn(), *permit.target()).await?.ok_or_else(AppError::not_found)?;
            let exam_session = super::facts::facts_of_exam_session(row.clone())?;
            may_move(exam_session.state, ExamSessionState::Registering).map_err(AppError::refused)?;
            plan_check::goes_on(tx, &row, has_paper).await?;
            match row.opened_first_by {
                None if exam_session.kind.needs_second_person() => {
                    tx.note("person", 1);
                    let column = exam_session::Column::OpenedFirstBy;
                    store::set_first_person(tx.conn(), exam_session.id, column, person).await
                }
                first => {
                    first.map_or(Ok(()), |first| may_confirm(first, person)).map_err(AppError::refused)?;
                    move_exam_session(tx, &exam_session, ExamSessionState::Registering).await
                }
            }
        })
        .await
}

/// Ends registration and creates a sitting for each learner who is registered and has none.
/// Repeating it creates what is missing and nothing else.
///
/// # Errors
/// `wrong-state` unless it is registering or arranged, and while learners still register as they were told or registrations
/// wait for a review; `out-of-range` when ticket numbers run out.
pub async fn arrange(cx: &Services, permit: &Permit<PlanExamSession>) -> AppResult<()> {
    cx.db
        .write(permit, async |tx| {
            let exam_session = super::lock_exam_session(tx, *permit.target()).await?;
            if exam_session.state == ExamSessionState::Registering {
                may_end_registration(exam_session.registration, tx.now().date_in_china()).map_err(AppError::refused)?;
                nobody_waits(tx, exam_session.id).await?;
            }
            if exam_session.state != ExamSessionState::Arranged {
                move_exam_session(tx, &exam_session, ExamSessionState::Arranged).await?;
            }
            create_sittings(cx, tx, exam_session.id).await
        })
        .await
}

/// Refuses to go on as long as an office has to look at a registration.
async fn nobody_waits(tx: &Tx, id: ExamSessionId) -> AppResult<()> {
    let waiting = store::count_to_review(tx.conn(), &[id]).await?.remove(&id).unwrap_or_default();
    match u64::try_from(waiting).unwrap_or_default() {
        0 => Ok(()),
        waiting => Err(AppError::refused(ReviewsWait { waiting })),
    }
}

pub(super) async fn create_sittings(cx: &Services, tx: &Tx, id: ExamSessionId) -> AppResult<()> {
    let exam_session = store::find_exam_session(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
    let seated = store::list_sittings_of(tx.conn(), id).await?;
    let seated: HashSet<_> = seated.into_iter().map(|sitting| sitting.account_id).collect();
    let mut missing = store::list_admitted(tx.conn(), id).await?;
    missing.retain(|account_id| !seated.contains(account_id));
    tx.note("sittings", missing.len());
    if missing.is_empty() {
        return Ok(());
    }
    let year = u8::try_from(exam_session.starts_at.in_china().year().rem_euclid(100)).unwrap_or_default();
    let count = i32::try_from(missing.len()).map_err(AppError::internal)?;
    let prefix =
        nth_ticket_number(year, &exam_session.division, 0).unwrap_or_default().chars().take(6).collect::<String>();
    let first = store::take_tickets(tx.conn(), &prefix, count).await?;
    let granted = granted_on(tx.conn(), &missing, exam_session.starts_at.date_in_china()).await?;
    let papers = forms::papers_of(&exam_session)?;
    let mut rows = Vec::with_capacity(missing.len());
    for (nth, account_id) in (first..).zip(missing) {
        let nth = u32::try_from(nth).map_err(AppError::internal)?;
        let ticket_number = nth_ticket_number(year, &exam_session.division, nth);
        let ticket_number = ticket_number.ok_or_else(|| AppError::internal("ticket numbers have run out"))?;
        let needs = granted.get(&account_id).copied().unwrap_or_default();
        let paper_id = papers[form_in_turn(nth, papers.len())];
        let sitting = new_sitting(cx, &exam_session, (account_id, needs), ticket_number)?;
        rows.push(sitting::Model { paper_id, ..sitting });
    }
    store::insert_sittings(tx.conn(), rows).await
}

fn new_sitting(
    cx: &Services,
    exam_session: &exam_session::Model,
    (account_id, needs): (AccountId, ExamNeeds),
    ticket_number: String,
) -> AppResult<sitting::Model> {
    let duration_min = u16::try_from(exam_session.duration_min).map_err(AppError::internal)?;
    Ok(sitting::Model {
        id: cx.ids.new_id(),
        exam_session_id: exam_session.id,
        account_id,
        paper_id: exam_session.paper_id,
        ticket_number,
        seed: i64::try_from(cx.ids.seed()).map_err(AppError::internal)?,
        extra_min: i32::from(needs.extra_min(duration_min)),
        needs_separate_room: needs.needs_separate_room,
        needs_large_print: needs.needs_large_print,
        needs_accessible: needs.needs_accessible,
        epoch: 0,
        device: None,
        opened_at: None,
        epoch_opened_at: None,
        closed_at: None,
        by_candidate: false,
        answered: 0,
        digest: String::new(),
        withdrawn_at: None,
        returned_s: 0,
        paused_at: None,
        extended_s: 0,
    })
}

/// Topic of the event that an exam session is armed: from now on it takes its course by itself.
pub const EXAM_SESSION_ARMED: &str = "exam_session.armed";

/// Arms the release of the key: the first person's call is noted, a second person's arms it.
///
/// # Errors
/// `wrong-state` unless it is arranged, or if its plan cannot be right or its paper's key was split and not handed over;
/// `second-person-needed` if the first person calls again.
pub async fn arm(cx: &Services, permit: &Permit<ArmExamSession>) -> AppResult<()> {
    let person = permit.person()?;
    let has_paper = plan_check::has_paper(cx, *permit.target()).await?;
    cx.db
        .write(permit, async |tx| {
            let id = *permit.target();
            let row = store::lock_exam_session(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            let exam_session = super::facts::facts_of_exam_session(row.clone())?;
            may_move(exam_session.state, ExamSessionState::Armed).map_err(AppError::refused)?;
            plan_check::goes_on(tx, &row, has_paper).await?;
            for paper_id in &exam_session.papers {
                papers::refuse_unfinished_ceremony(tx, *paper_id).await?;
            }
            match row.armed_first_by {
                None if exam_session.kind.needs_second_person() => {
                    tx.note("person", 1);
                    let column = exam_session::Column::ArmedFirstBy;
                    store::set_first_person(tx.conn(), id, column, person).await
                }
                first => {
                    first.map_or(Ok(()), |first| may_confirm(first, person)).map_err(AppError::refused)?;
                    tx.emit(EXAM_SESSION_ARMED, serde_json::json!({ "exam_session_id": id }));
                    move_exam_session(tx, &exam_session, ExamSessionState::Armed).await
                }
            }
        })
        .await
}
