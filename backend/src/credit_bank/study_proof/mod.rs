//! 学习记录证明: what somebody has studied, printed for themselves or by the office of their school, and checked by
//! anybody by its number.

pub(super) mod routes;
mod sheet;

use super::{
    entity::study_proof,
    print::Printer,
    public::{address_of, qr_of},
    store,
};
use crate::{
    access::{Actor, Permit, actions, authorize},
    enrolment::{self, LearnerFacts},
    identity, learning, organisation, people,
    platform::{
        Services,
        db::Permission,
        error::{AppError, AppResult},
    },
    teaching,
};
use sha2::{Digest, Sha256};
use shared::{
    credit_bank::{CertificateNumber, PublicStudyProof, is_study_proof, study_proof_number},
    ids::{AccountId, CourseId, ProviderId, StudentRecordId},
    learning::StudyRecord,
    people::PersonView,
    rights::Place,
    teaching::CourseHours,
    time::Timestamp,
};
use std::{collections::HashMap, sync::Arc};

/// How it is set.
const TEMPLATE: &str = include_str!("study_proof.typ");
/// Digits of a city's code, which stand in the number.
const CITY_DIGITS: usize = 4;
/// The province, for whom no school has taken in yet.
const PROVINCE: &str = "33";

actions! {
    /// Print one's own study record.
    PrintOwnStudy(AccountId) = ReadOwnRecord;
    /// Print the study record of a learner of one's school.
    PrintStudy(StudentRecordId) = KeepEnrolments;
}

/// A print.
pub(super) struct Print {
    /// Its number.
    pub(super) number: CertificateNumber,
    /// The file.
    pub(super) pdf: Vec<u8>,
}

/// What is printed.
struct Study {
    name: String,
    person: Option<PersonView>,
    record: Option<LearnerFacts>,
    courses: Vec<StudyRecord>,
    /// Class hours of meetings, course by course.
    met: HashMap<CourseId, CourseHours>,
    schools: HashMap<ProviderId, String>,
}

impl Study {
    async fn of(cx: &Services, account_id: AccountId) -> AppResult<Self> {
        let record = enrolment::record_of(cx, account_id).await?;
        let person = match &record {
            Some(record) => Some(people::masked(cx, record.person_id).await?),
            None => None,
        };
        let name = match &person {
            Some(person) => person.name.clone(),
            None => identity::name_of(cx, account_id).await?,
        };
        let met = teaching::presences_of(cx, account_id).await?;
        let courses = learning::study_records(cx, account_id, &met).await?;
        let hours = teaching::hours_ever_of(cx, account_id).await?;
        let of_courses = courses.iter().map(|course| course.provider_id);
        let schools: Vec<ProviderId> = of_courses.chain(record.iter().map(|record| record.provider_id)).collect();
        Ok(Self {
            name,
            person,
            record,
            courses,
            met: hours.into_iter().map(|course| (course.course_id, course)).collect(),
            schools: organisation::provider_names(cx, schools).await?,
        })
    }

    /// Significant digits of where the learner's school lies.
    fn division(&self) -> &str {
        let of_record = self.record.as_ref().map(|record| record.division.as_str());
        of_record.or_else(|| Some(self.courses.first()?.division.as_str())).unwrap_or(PROVINCE)
    }
}

/// Prints the actor's own study record.
///
/// # Errors
/// `forbidden` if the actor is no learner; `unavailable` if nothing is printed here.
pub(super) async fn print_own(cx: &Services, actor: &Actor, printer: Arc<Printer>) -> AppResult<Print> {
    let account = actor.account_id;
    let permit: Permit<PrintOwnStudy> = authorize(actor, account, &Place::Own { account })?;
    print(cx, printer, &permit, account).await
}

/// Prints the study record of a learner of the actor's school.
///
/// # Errors
/// `not-found` or `forbidden`; `wrong-state` while the learner has no account, `unavailable` if nothing is printed
/// here.
pub(super) async fn print_of_record(
    cx: &Services,
    actor: &Actor,
    printer: Arc<Printer>,
    id: StudentRecordId,
) -> AppResult<Print> {
    let (permit, account) = enrolment::permit_learner::<PrintStudy>(cx, actor, id).await?;
    // The print tells where they learn now: who learns at another school by now is that school's to print for.
    let now = enrolment::record_of(cx, account).await?.ok_or_else(AppError::not_found)?;
    let place = Place::Provider { id: now.provider_id, division: now.division };
    let _: Permit<PrintStudy> = authorize(actor, now.record_id, &place).map_err(|_| AppError::not_found())?;
    print(cx, printer, &permit, account).await
}

/// Prints, and keeps number and digest. A print that was not kept was given to nobody.
async fn print(
    cx: &Services,
    printer: Arc<Printer>,
    permit: &impl Permission,
    account_id: AccountId,
) -> AppResult<Print> {
    let issued_at = cx.clock.now();
    let study = Study::of(cx, account_id).await?;
    let number = free_number(cx, study.division(), issued_at).await?;
    let data = sheet::data(cx, &study, &number, issued_at);
    let files = vec![("/qr.svg", qr_of(&address_of(cx, number.as_str()))?.into_bytes())];
    let pdf = printer.set_with(TEMPLATE, data, files, number.to_string()).await?;
    let digest = hex::encode(Sha256::digest(&pdf));
    cx.db
        .write(permit, async |tx| {
            let row = study_proof::Model { number: number.to_string(), digest: digest.clone(), issued_at };
            store::insert_study_proof(tx.conn(), row).await?;
            tx.note("number", number.as_str());
            Ok(())
        })
        .await?;
    Ok(Print { number, pdf })
}

/// A number that no print has. It is drawn, not counted: who has one knows no other.
async fn free_number(cx: &Services, division: &str, now: Timestamp) -> AppResult<CertificateNumber> {
    let year = u16::try_from(now.date_in_china().year()).map_err(AppError::internal)?;
    let city: String = division.chars().take(CITY_DIGITS).collect();
    let city = format!("{city:0<CITY_DIGITS$}").parse::<u16>().map_err(AppError::internal)?;
    loop {
        let drawn = study_proof_number(year, city, cx.ids.seed());
        let number = drawn.ok_or_else(|| AppError::internal("a number with too many digits"))?;
        if store::find_study_proof(cx.db.read(), number.as_str()).await?.is_none() {
            return Ok(number);
        }
    }
}

/// What anybody may know of a print.
///
/// # Errors
/// `not-found`.
pub(super) async fn check(cx: &Services, number: &str) -> AppResult<PublicStudyProof> {
    let number = CertificateNumber::parse(number).filter(is_study_proof).ok_or_else(AppError::not_found)?;
    let row = store::find_study_proof(cx.db.read(), number.as_str()).await?.ok_or_else(AppError::not_found)?;
    Ok(PublicStudyProof { number: row.number, digest: row.digest, issued_at: row.issued_at })
}
