//! Everything that the system knows of whoever asks; each feature tells its own part.

mod sheet;

use crate::{
    access::{Actor, Entrant},
    credit_bank::{self, Printer},
    delivery, enrolment,
    identity::{self, Identity},
    learning, messages, organisation, people,
    platform::{Services, error::AppResult, http::Allowance},
    results, roster, sittings, teaching,
};
use actix_web::{
    HttpResponse, get,
    http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE},
    web::Data,
};
use shared::{own_data::OwnData, problem::Problem};

/// How often somebody may ask for everything: each time every feature is asked.
const ALL: Allowance = Allowance::by_the_minute("own-data", 60);
/// How the sheet is set.
const TEMPLATE: &str = include_str!("own_data/own_data.typ");

/// One's own data as a file.
#[utoipa::path(tag = "identity", responses((status = 200, body = OwnData), (status = 429, body = Problem)))]
#[get("/me/data")]
pub(super) async fn get_own_data(
    actor: Actor,
    identity: Data<Identity>,
    cx: Data<Services>,
) -> AppResult<HttpResponse> {
    ALL.take(&cx, actor.account_id).await?;
    let data = gather(&cx, &identity, &actor).await?;
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"chengxi-own-data.json\""))
        .json(data))
}

/// The same on paper (PDF). 503 says why, if this machine has no Chinese font.
#[utoipa::path(tag = "identity", responses(
    (status = 200, body = Vec<u8>, content_type = "application/pdf"), (status = 429, body = Problem),
    (status = 503, body = Problem)))]
#[get("/me/data/pdf")]
pub(super) async fn get_own_data_pdf(
    actor: Actor,
    identity: Data<Identity>,
    cx: Data<Services>,
    printer: Data<Printer>,
) -> AppResult<HttpResponse> {
    ALL.take(&cx, actor.account_id).await?;
    let data = gather(&cx, &identity, &actor).await?;
    let codes = data.person.iter().flat_map(|person| [&person.residence_division, &person.household_division]);
    let divisions = organisation::division_names(&cx, codes.map(String::as_str)).await?;
    let ident = format!("{} {}", actor.account_id, data.at);
    let pdf = printer.into_inner().set_document(TEMPLATE, sheet::data(&data, &divisions), ident).await?;
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((CONTENT_TYPE, "application/pdf"))
        .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"chengxi-own-data.pdf\""))
        .body(pdf))
}

async fn gather(cx: &Services, identity: &Identity, actor: &Actor) -> AppResult<OwnData> {
    let id = actor.account_id;
    let record = enrolment::record_of(cx, id).await?;
    let (person, roster, messages) = match record {
        Some(record) => (
            Some(people::masked(cx, record.person_id).await?),
            roster::entries_of(cx, record.person_id).await?,
            messages::own_of_person(cx, record.person_id).await?,
        ),
        None => (None, Vec::new(), Vec::new()),
    };
    let skills = teaching::own_skill_record(cx, actor).await?;
    Ok(OwnData {
        at: cx.clock.now(),
        account: identity.me(&Entrant { actor: actor.clone(), need: None, only: None }).await?,
        logins: identity.logins(actor).await?,
        privacy: identity::consents(cx, id).await?,
        person,
        enrolments: enrolment::own_records(cx, id).await?,
        courses: learning::courses_ever(cx, id).await?,
        notes: learning::notes_of(cx, id).await?,
        hand_ins: learning::hand_ins_of(cx, id).await?,
        quiz_attempts: learning::quiz_attempts_of(cx, id).await?,
        external_subjects: learning::external_subjects_of(cx, id).await?,
        inquiries: learning::inquiries_of(cx, id, None).await?,
        reminders: learning::reminders_of(cx, id).await?,
        announcement_readings: learning::announcement_readings_of(cx, id).await?,
        discussion: learning::discussion_of(cx, id).await?,
        class_hours: teaching::hours_ever_of(cx, id).await?,
        attendance: teaching::attendance_of(cx, id).await?,
        skill_trainings: skills.trainings,
        skill_certificates: skills.certificates,
        roster,
        messages,
        receipts: delivery::receipts_of(cx, id).await?,
        results: results::released(cx, id).await?,
        rechecks: results::rechecks_of(cx, id).await?,
        incidents: sittings::incidents_of(cx, id).await?,
        accommodations: sittings::accommodations_of(cx, id).await?,
        certificates: credit_bank::certificates_of(cx, id).await?,
        diplomas: credit_bank::diplomas_of(cx, id).await?,
        corrections: enrolment::corrections_of(cx, actor).await?,
    })
}
