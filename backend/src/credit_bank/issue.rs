//! Issuing: everybody in an exam session who studied, passed and is identified.

use super::{
    audit::{checked_reason, move_on},
    document,
    entity::{certificate, certificate_event},
    status, store,
};
use crate::{
    access::{Permit, actions},
    identity, learning, organisation,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
    results::{self, ReleasedResult},
    sittings::{self, ExamSessionFacts},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use shared::{
    credit_bank::{
        CertificateNumber, CertificateNumberParts, CertificateRefusal, CertificateState, CertificateStep,
        CredentialFacts, course_digits, division_digits, level_digit, may_issue,
    },
    ids::{AccountId, CertificateId, CourseId, ExamSessionId, SittingId},
    learning::{CourseStanding, CourseView, Gate},
    rights::Place,
    time::Timestamp,
};
use std::collections::BTreeMap;

/// Counter of places in the status lists.
pub(super) const STATUS_COUNTER: &str = "status";
/// Significant digits of a city's code.
const CITY_DIGITS: usize = 4;

actions! {
    /// Issue the certificates of an exam session.
    IssueForExamSession(ExamSessionId) = IssueCertificate;
    /// Issue another certificate in the place of one.
    Reissue(CertificateId) = IssueCertificate;
}

/// Somebody who qualifies.
pub(super) struct Candidate {
    result: ReleasedResult,
    holder_name: String,
    division: String,
    edition: i32,
    /// Why it is issued anew; empty for the first edition.
    reason: String,
}

/// The released result of a sitting, if it is worth a certificate. What that rests on stays so until the write ends.
///
/// # Errors
/// `not-found` if there is no such result, or if a store fails.
pub(super) async fn hold_eligibility(
    cx: &Services,
    tx: &Tx,
    sitting_id: SittingId,
) -> AppResult<Result<ReleasedResult, CertificateRefusal>> {
    let result = results::hold_released_for(tx, sitting_id).await?.ok_or_else(AppError::not_found)?;
    let is_identified = identity::hold_identity_is_verified(tx, result.account_id).await?;
    let standing = learning::hold_standing_ever(cx, tx, result.account_id, result.course_id).await?;
    Ok(may_issue(has_studied(standing), result.has_passed, is_identified).map(|()| result))
}

fn has_studied(standing: Option<CourseStanding>) -> bool {
    standing.is_some_and(|standing| standing.gate == Gate::Open)
}

/// Issues another certificate in the place of one, with the name and the result as they are now.
/// What becomes of the old one says [`next_state`]; one that counts does so until the city approves
/// the new one.
///
/// # Errors
/// `wrong-state` if the state does not allow it or it was done already, a refusal if the holder does
/// not qualify, and a field error without reason.
pub async fn reissue(
    cx: &Services,
    permit: &Permit<Reissue>,
    key: &IdempotencyKey,
    reason: &str,
) -> AppResult<CertificateId> {
    let (id, officer, reason) = (*permit.target(), permit.person()?, checked_reason(reason)?);
    let old = store::find(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let exam_session = sittings::exam_session_facts(cx, old.exam_session_id).await?;
    let course = learning::course(cx, old.course_id).await?;
    let batch = Batch { cx, officer, exam_session, course };
    cx.db
        .write(permit, async |tx| {
            once(tx, officer, key, &(id, reason), async || {
                // Waits until nobody else issues, and keeps others waiting.
                store::take_numbers(tx.conn(), STATUS_COUNTER, 0).await?;
                let newest = store::find_newest_edition(tx.conn(), old.sitting_id).await?;
                if newest.is_some_and(|newest| newest.id != id) {
                    return Err(AppError::refused(CertificateRefusal::AlreadyReissued));
                }
                let successor = successor(cx, tx, &old, reason).await?;
                move_on(cx, tx, id, CertificateStep::Reissue, reason, officer).await?;
                let issued = batch.issue_to(tx, vec![&successor]).await?;
                issued.first().copied().ok_or_else(|| AppError::internal("nothing was issued"))
            })
            .await
        })
        .await
}

/// Who gets the certificate in the place of `old`, from facts that stay as they are until the write ends.
async fn successor(cx: &Services, tx: &Tx, old: &certificate::Model, reason: &str) -> AppResult<Candidate> {
    let result = hold_eligibility(cx, tx, old.sitting_id).await?.map_err(AppError::refused)?;
    Ok(Candidate {
        holder_name: identity::hold_name_of(tx, old.account_id).await?,
        division: old.division.clone(),
        edition: old.edition + 1,
        reason: reason.to_owned(),
        result,
    })
}

/// Somebody who sat the test.
pub(super) struct Sat {
    sitting_id: SittingId,
    /// The city that would audit.
    division: String,
}

/// Those of these who may qualify, each with their city.
pub(super) async fn passed(
    cx: &Services,
    exam_session: &ExamSessionFacts,
    released: &[ReleasedResult],
) -> AppResult<Vec<Sat>> {
    let mut passed = Vec::with_capacity(released.len());
    for result in released.iter().filter(|result| result.has_passed) {
        let division = auditing_city(cx, &exam_session.place, result.account_id, result.course_id).await?;
        passed.push(Sat { sitting_id: result.sitting_id, division });
    }
    Ok(passed)
}

/// The city that audits: that of the exam session, or of the learner's school where the province
/// runs the test.
async fn auditing_city(cx: &Services, place: &Place, account_id: AccountId, course_id: CourseId) -> AppResult<String> {
    let (Place::Division { code: division } | Place::Provider { division, .. } | Place::Class { division, .. }) = place
    else {
        return Err(AppError::internal("an exam session lies at a person"));
    };
    let city = |division: &str| division.chars().take(CITY_DIGITS).collect::<String>();
    if division.len() >= CITY_DIGITS {
        return Ok(city(division));
    }
    match learning::provider_of(cx, account_id, course_id).await? {
        Some(provider) => Ok(city(&organisation::provider(cx, provider).await?.division)),
        None => Ok(division.clone()),
    }
}

/// What an officer issues for one exam session.
pub(super) struct Batch<'a> {
    pub(super) cx: &'a Services,
    pub(super) officer: AccountId,
    pub(super) exam_session: ExamSessionFacts,
    pub(super) course: CourseView,
}

impl Batch<'_> {
    /// Issues to those who qualify and have none; how many, and how many have theirs already.
    pub(super) async fn issue_missing(&self, tx: &Tx, sat: &[Sat]) -> AppResult<(usize, usize)> {
        // Taking no place still locks the counter: nobody else issues until this write ends.
        store::take_numbers(tx.conn(), STATUS_COUNTER, 0).await?;
        let sittings: Vec<_> = sat.iter().map(|sat| sat.sitting_id).collect();
        let certified = store::list_certified(tx.conn(), &sittings).await?;
        let mut candidates = Vec::with_capacity(sat.len());
        for sat in sat.iter().filter(|sat| !certified.contains(&sat.sitting_id)) {
            if let Ok(result) = hold_eligibility(self.cx, tx, sat.sitting_id).await? {
                let holder_name = identity::hold_name_of(tx, result.account_id).await?;
                let (division, reason) = (sat.division.clone(), String::new());
                candidates.push(Candidate { result, holder_name, division, edition: 1, reason });
            }
        }
        let issued = self.issue_to(tx, candidates.iter().collect()).await?;
        Ok((issued.len(), certified.len()))
    }

    /// Issues to each of these; the certificates.
    async fn issue_to(&self, tx: &Tx, missing: Vec<&Candidate>) -> AppResult<Vec<CertificateId>> {
        let places = store::take_numbers(tx.conn(), STATUS_COUNTER, count(&missing)?).await?;
        let numbers = self.take_certificate_numbers(tx, &missing).await?;
        let mut rows = Vec::with_capacity(missing.len());
        for ((candidate, number), place) in missing.into_iter().zip(numbers).zip(places) {
            rows.push(self.certificate(candidate, &number, place, tx.now())?);
        }
        let events: Vec<_> = rows.iter().map(|row| event_of(self.cx, row, self.officer, tx.now())).collect();
        let issued: Vec<_> = rows.iter().map(|row| row.id).collect();
        store::insert_certificates(tx.conn(), rows).await?;
        store::insert_events(tx.conn(), events).await?;
        tx.note("issued", issued.len());
        Ok(issued)
    }

    /// A number for each candidate, in order; serials run within a year and a city.
    async fn take_certificate_numbers(&self, tx: &Tx, candidates: &[&Candidate]) -> AppResult<Vec<CertificateNumber>> {
        let year = u16::try_from(tx.now().date_in_china().year()).map_err(AppError::internal)?;
        let mut wanted = BTreeMap::new();
        for candidate in candidates {
            *wanted.entry(candidate.division.as_str()).or_insert(0_i64) += 1;
        }
        let mut serials = BTreeMap::new();
        for (division, count) in wanted {
            let range = store::take_numbers(tx.conn(), &format!("serial:{year}:{division}"), count).await?;
            serials.insert(division, range);
        }
        let number = |candidate: &&Candidate| {
            let serial = serials.get_mut(candidate.division.as_str()).and_then(Iterator::next);
            let serial = serial.and_then(|serial| u32::try_from(serial + 1).ok());
            serial
                .and_then(|serial| CertificateNumber::build(&self.number_parts(year, &candidate.division, serial)))
                .ok_or_else(|| AppError::internal("the certificate numbers of the year are used up"))
        };
        candidates.iter().map(number).collect()
    }

    fn number_parts(&self, year: u16, division: &str, serial: u32) -> CertificateNumberParts {
        CertificateNumberParts {
            year,
            division: division_digits(division),
            level: level_digit(self.course.level),
            course: course_digits(&self.course.code),
            serial,
        }
    }

    fn certificate(
        &self,
        candidate: &Candidate,
        number: &CertificateNumber,
        status_index: i64,
        issued_at: Timestamp,
    ) -> AppResult<certificate::Model> {
        let (id, result): (CertificateId, _) = (self.cx.ids.new_id(), &candidate.result);
        let (list, place) = status::place(status_index);
        let facts = CredentialFacts {
            certificate_id: id,
            number: number.to_string(),
            issuer_id: document::issuer_id(self.cx),
            holder_name: candidate.holder_name.clone(),
            salt: URL_SAFE_NO_PAD.encode(self.cx.ids.secret::<16>()),
            course_id: self.course.id,
            course_code: self.course.code.clone(),
            course_title: self.course.title.clone(),
            exam_session_title: self.exam_session.title.clone(),
            score: result.score,
            max_score: result.max_score,
            grade: result.grade,
            issued_at,
            status_list: status::list_url(&self.cx.config.public_url, list),
            status_index: u64::try_from(place).map_err(AppError::internal)?,
        };
        let texts = document::texts_for(&self.course.title, self.course.level);
        Ok(certificate::Model {
            id,
            number: facts.number.clone(),
            status_index,
            account_id: result.account_id,
            course_id: self.course.id,
            exam_session_id: self.exam_session.id,
            sitting_id: result.sitting_id,
            division: candidate.division.clone(),
            state: CertificateState::Issued.as_str().to_owned(),
            version: 1,
            reason: candidate.reason.clone(),
            course_title: self.course.title.clone(),
            exam_session_title: self.exam_session.title.clone(),
            score: result.score,
            grade: result.grade.as_str().to_owned(),
            document: document::signed(self.cx, &facts, &texts)?,
            issued_by: self.officer,
            issued_at,
            edition: candidate.edition,
            holder_name: candidate.holder_name.clone(),
        })
    }
}

fn count(candidates: &[&Candidate]) -> AppResult<i64> {
    i64::try_from(candidates.len()).map_err(AppError::internal)
}

fn event_of(cx: &Services, row: &certificate::Model, actor_id: AccountId, at: Timestamp) -> certificate_event::Model {
    certificate_event::Model {
        id: cx.ids.uuid(),
        certificate_id: row.id,
        state: row.state.clone(),
        reason: row.reason.clone(),
        actor_id,
        at,
    }
}
