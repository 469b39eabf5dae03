//! A learner's own certificates, and the way to the diploma.

use super::{entity::certificate, graduation, print::Sheet, store, views::views};
use crate::{
    access::{Actor, Permit, actions, authorize},
    learning,
    platform::{
        Services,
        error::{AppError, AppResult},
    },
    results,
};
use shared::{
    credit_bank::{CertificateState, CertificateView, CourseTowardsDiploma, GraduationProgress, courses_counted},
    ids::{AccountId, CertificateId, CourseId},
    learning::{CourseLevel, CourseView, MyCourse},
    results::MyResult,
    rights::Place,
};

actions! {
    /// See one's own certificates and one's way to the diploma.
    ReadOwnCertificates(AccountId) = ReadOwnRecord;
}

fn permit_own(actor: &Actor) -> AppResult<AccountId> {
    let account = actor.account_id;
    let permit: Permit<ReadOwnCertificates> = authorize(actor, account, &Place::Own { account })?;
    Ok(*permit.target())
}

/// A learner's certificates, the newest first.
///
/// # Errors
/// If the store fails.
pub async fn certificates_of(cx: &Services, account_id: AccountId) -> AppResult<Vec<CertificateView>> {
    views(store::list_of(cx.db.read(), account_id).await?)
}

/// The actor's own certificates.
pub(super) async fn list_own(cx: &Services, actor: &Actor) -> AppResult<Vec<CertificateView>> {
    certificates_of(cx, permit_own(actor)?).await
}

/// One of the actor's own certificates.
async fn find_own(cx: &Services, actor: &Actor, id: CertificateId) -> AppResult<certificate::Model> {
    let account = permit_own(actor)?;
    let row = store::find(cx.db.read(), id).await?.filter(|row| row.account_id == account);
    row.ok_or_else(AppError::not_found)
}

/// Number and signed document of one of the actor's own certificates.
pub(super) async fn own_document(cx: &Services, actor: &Actor, id: CertificateId) -> AppResult<(String, String)> {
    let row = find_own(cx, actor, id).await?;
    Ok((row.number, row.document))
}

/// One of the actor's own certificates, to print.
pub(super) async fn own_sheet(cx: &Services, actor: &Actor, id: CertificateId) -> AppResult<Sheet> {
    Ok(Sheet::of(find_own(cx, actor, id).await?))
}

/// The actor's own way to the diploma.
pub(super) async fn own_graduation(cx: &Services, actor: &Actor) -> AppResult<GraduationProgress> {
    let account = permit_own(actor)?;
    let studied = learning::courses_ever(cx, account).await?;
    let mut results = results::released(cx, account).await?;
    results.retain(|result| result.kind.counts());
    let certificates = certificates_of(cx, account).await?;
    let courses = learning::courses(cx).await?.into_iter().filter(|course| belongs(course, &studied));
    let courses: Vec<_> = courses.map(|course| towards_diploma(course, &studied, &results, &certificates)).collect();
    let (counted, needed) =
        courses_counted(&courses.iter().map(|course| (course.role, course.is_counted)).collect::<Vec<_>>());
    let own = graduation::own(cx, account).await?;
    Ok(GraduationProgress { courses, counted, needed, gaps: own.gaps, listed: own.listed, diploma: own.diploma })
}

/// Whether a course is of the learner's level: the highest of those studied, any if none is.
fn belongs(course: &CourseView, studied: &[MyCourse]) -> bool {
    let has = |level| studied.iter().any(|mine| mine.course.level == level);
    let level = if has(CourseLevel::Senior) {
        Some(CourseLevel::Senior)
    } else {
        studied.first().map(|mine| mine.course.level)
    };
    course.published_version.is_some() && level.is_none_or(|level| course.level == level)
}

fn towards_diploma(
    course: CourseView,
    studied: &[MyCourse],
    results: &[MyResult],
    certificates: &[CertificateView],
) -> CourseTowardsDiploma {
    let certificate = telling(course.id, certificates);
    CourseTowardsDiploma {
        course_id: course.id,
        course_title: course.title,
        role: course.role,
        standing: studied.iter().find(|mine| mine.course.id == course.id).map(|mine| mine.standing.clone()),
        best_score: results.iter().filter(|result| result.course_id == course.id).map(|result| result.score).max(),
        has_passed: results.iter().any(|result| result.course_id == course.id && result.has_passed),
        is_counted: certificate.is_some_and(|certificate| certificate.state == CertificateState::Approved),
        certificate: certificate.cloned(),
    }
}

/// The certificate that tells most of a course: the approved one, else the newest in force, else
/// the newest.
fn telling(course_id: CourseId, certificates: &[CertificateView]) -> Option<&CertificateView> {
    certificates.iter().filter(|certificate| certificate.course_id == course_id).min_by_key(|certificate| {
        match certificate.state {
            CertificateState::Approved => 0,
            CertificateState::Revoked | CertificateState::Superseded => 2,
            CertificateState::Issued | CertificateState::Submitted | CertificateState::Returned => 1,
        }
    })
}
