//! Certificates as officers, auditors and their holders see them.

use super::{
    entity::certificate,
    print::Sheet,
    store::{self, Narrowed},
};
use crate::{
    access::Actor,
    identity,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{decode_cursor, page},
    },
};
use serde::Deserialize;
use shared::{
    credit_bank::{CertificateState, CertificateView},
    identity::ConsentPurpose,
    ids::{CertificateId, CourseId, ExamSessionId},
    page::{Page, PageQuery},
    problem::ProblemCode,
    results::Grade,
    rights::{self, Place, Right},
    work::CertificateWait,
};
use std::collections::{HashMap, HashSet};

/// Rights that let somebody know of certificates at a place.
const SEEING: &[Right] = &[Right::IssueCertificate, Right::AuditCertificate];

/// Which certificates a client asks for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub(super) struct CertificateQuery {
    /// Only those in this state.
    state: Option<CertificateState>,
    /// Only those that wait for this.
    waits: Option<CertificateWait>,
    /// Only those of this exam session.
    exam_session_id: Option<ExamSessionId>,
    /// Only those of this course.
    course_id: Option<CourseId>,
    /// Only those in whose holders' names this stands.
    name: Option<String>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Rows wanted; at most 200, 50 unless told.
    limit: Option<u16>,
}

pub(super) fn may_see(actor: &Actor, place: &Place) -> bool {
    actor.has_any(SEEING, place)
}

pub(super) fn state_of(row: &certificate::Model) -> AppResult<CertificateState> {
    CertificateState::parse(&row.state).ok_or_else(|| AppError::internal(format!("certificate in {}", row.state)))
}

pub(super) fn grade_of(row: &certificate::Model) -> AppResult<Grade> {
    Grade::parse(&row.grade).ok_or_else(|| AppError::internal(format!("grade {}", row.grade)))
}

/// The divisions at which the actor has one of these rights.
pub(super) fn divisions_of(actor: &Actor, wanted: &[Right]) -> Vec<String> {
    let held = actor.roles.iter().filter(|held| wanted.iter().any(|right| rights::carries(held.role, *right)));
    held.filter_map(|held| match &held.place {
        Place::Division { code } => Some(code.clone()),
        Place::Provider { .. }
        | Place::Class { .. }
        | Place::ServicePoint { .. }
        | Place::Course { .. }
        | Place::Own { .. } => None,
    })
    .collect()
}

/// Certificates at the places of the actor's roles, the newest first.
///
/// # Errors
/// `forbidden` if no role of the actor lets them see any.
pub(super) async fn list(cx: &Services, actor: &Actor, query: CertificateQuery) -> AppResult<Page<CertificateView>> {
    let prefixes = divisions_of(actor, SEEING);
    if prefixes.is_empty() {
        return Err(AppError::Problem(ProblemCode::Forbidden));
    }
    let of_page = PageQuery { cursor: query.cursor, limit: query.limit };
    let after: Option<CertificateId> = decode_cursor(&of_page)?;
    let waits = query.waits.map(|CertificateWait::Revocation| store::awaiting_revocation(actor.account_id));
    let name = query.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let narrowed = Narrowed { exam_session_id: query.exam_session_id, course_id: query.course_id, name };
    let wanted = (query.state, narrowed.condition().add_option(waits));
    let rows = store::list_below(cx.db.read(), &prefixes, wanted, after, of_page.rows() + 1).await?;
    let found = page(rows, &of_page, |row| row.id);
    Ok(Page { items: staff_views(cx, found.items).await?, next_cursor: found.next_cursor })
}

/// A certificate at a place of the actor's roles, to print.
///
/// # Errors
/// `not-found` if there is none that the actor may see.
pub(super) async fn sheet(cx: &Services, actor: &Actor, id: CertificateId) -> AppResult<Sheet> {
    let row = store::find(cx.db.read(), id).await?.filter(|row| may_see(actor, &Place::division(&row.division)));
    Ok(Sheet::of(row.ok_or_else(AppError::not_found)?))
}

/// One certificate.
///
/// # Errors
/// `not-found`.
pub(super) async fn view(cx: &Services, id: CertificateId) -> AppResult<CertificateView> {
    let row = store::find(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    staff_views(cx, vec![row]).await?.pop().ok_or_else(AppError::not_found)
}

/// Rows as staff see them: with what is proposed of them, and what their holders do not agree to.
async fn staff_views(cx: &Services, rows: Vec<certificate::Model>) -> AppResult<Vec<CertificateView>> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let accounts: Vec<_> = rows.iter().map(|row| row.account_id).collect();
    let declining = identity::declining(cx, ConsentPurpose::CreditBank, &accounts).await?;
    let declined = rows.iter().filter(|row| declining.contains(&row.account_id)).map(|row| row.id);
    let declined: HashSet<CertificateId> = declined.collect();
    let proposals = store::list_proposals(cx.db.read(), &ids).await?.into_iter();
    let mut reasons: HashMap<_, _> = proposals.map(|proposal| (proposal.certificate_id, proposal.reason)).collect();
    let told = |view: CertificateView| CertificateView {
        revocation_because: reasons.remove(&view.id),
        is_sharing_declined: declined.contains(&view.id),
        ..view
    };
    Ok(views(rows)?.into_iter().map(told).collect())
}

/// Rows as everybody may see them.
///
/// # Errors
/// If a row holds what no release wrote.
pub(super) fn views(rows: Vec<certificate::Model>) -> AppResult<Vec<CertificateView>> {
    let view = |row: certificate::Model| {
        Ok(CertificateView {
            id: row.id,
            course_id: row.course_id,
            exam_session_id: row.exam_session_id,
            score: row.score,
            grade: grade_of(&row)?,
            state: state_of(&row)?,
            issued_at: row.issued_at,
            number: row.number,
            holder_name: row.holder_name,
            course_title: row.course_title,
            exam_session_title: row.exam_session_title,
            reason: row.reason,
            revocation_because: None,
            is_sharing_declined: false,
        })
    };
    rows.into_iter().map(view).collect()
}
