//! 报名登记表 and 报名承诺书 of a record, printed to be signed and sealed.

use crate::{
    access::Actor,
    credit_bank::{PRINTS, Printer},
    enrolment, organisation,
    platform::{
        Services,
        error::AppResult,
        words::{day, moment, word},
    },
};
use actix_web::{
    HttpResponse,
    http::header::{CACHE_CONTROL, CONTENT_DISPOSITION},
    post,
    web::{Data, Path},
};
use serde_json::{Value, json};
use shared::{
    enrolment::{AttachmentKind, EnrolmentView},
    ids::StudentRecordId,
    problem::Problem,
    time::{Timestamp, write_date},
};
use std::collections::HashMap;

/// How it is set.
const TEMPLATE: &str = include_str!("application_form/application_form.typ");
/// What somebody promises, in its order.
const PROMISES: [&str; 6] = ["letter_true", "letter_once", "letter_study", "letter_exam", "letter_free", "letter_data"];

/// The application form of a record with the letter of commitment (PDF), for the office of its school. A POST, because
/// each print is noted. 503 says why, if this machine has no Chinese font.
#[utoipa::path(tag = "enrolment", params(("id" = StudentRecordId, Path)), responses(
    (status = 200, body = Vec<u8>, content_type = "application/pdf"), (status = 403, body = Problem),
    (status = 404, body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
#[post("/enrolments/{id}/form")]
pub(super) async fn print_enrolment_form(
    actor: Actor,
    cx: Data<Services>,
    printer: Data<Printer>,
    id: Path<StudentRecordId>,
) -> AppResult<HttpResponse> {
    PRINTS.take(&cx, actor.account_id).await?;
    let (permit, view) = enrolment::printable(&cx, &actor, *id).await?;
    let codes = [&view.person.residence_division, &view.person.household_division];
    let divisions = organisation::division_names(&cx, codes.into_iter().map(String::as_str)).await?;
    let at = cx.clock.now();
    let ident = format!("{} {at}", view.record.id);
    let pdf = printer.into_inner().set_document(TEMPLATE, data(&view, &divisions, at), ident).await?;
    enrolment::note_print(&cx, &permit).await?;
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"application-form.pdf\""))
        .content_type("application/pdf")
        .body(pdf))
}

fn text(key: &str) -> &'static str {
    word(&format!("enrolment.{key}"))
}

fn fact(label: &str, value: impl Into<String>) -> Value {
    json!({ "label": word(label), "value": value.into() })
}

/// What the template needs.
fn data(view: &EnrolmentView, divisions: &HashMap<String, String>, at: Timestamp) -> Value {
    let date = at.date_in_china();
    json!({
        "title": text("form_title"),
        "issuer": word("own_data.issuer"),
        "printed": moment(at),
        "page": word("own_data.page"),
        "date": [date.year(), date.month(), date.day()],
        "photo": text("form_photo"),
        "person_title": text("form_person"),
        "person": person(view, divisions),
        "number_hint": text("form_number_hint"),
        "study_title": text("form_study"),
        "study": study(view),
        "signatures": text("form_signatures"),
        "opinions": [text("form_declared"), text("form_by_school"), text("form_by_county")],
        "signed_on": text("form_signed_on"),
        "letter_title": text("letter_title"),
        "letter_intro": text("letter_intro"),
        "promises": PROMISES.map(text),
        "letter_facts": [
            fact("people.name", view.record.name.as_str()),
            fact("enrolment.form_number", document(view)),
            fact("enrolment.school", view.record.provider_name.as_str()),
            fact("enrolment.level", level(view)),
        ],
        "letter_signers": [text("letter_signed"), text("letter_witness")],
    })
}

fn level(view: &EnrolmentView) -> &'static str {
    word(&format!("learning.author_{}", view.record.level.as_str()))
}

/// The document in force, its number masked.
fn document(view: &EnrolmentView) -> String {
    let document = view.person.documents.first();
    let line = document.map(|document| {
        let kind = word(&format!("roster.document_{}", document.kind.as_str()));
        format!("{kind} {}", document.number_masked)
    });
    line.unwrap_or_default()
}

fn person(view: &EnrolmentView, divisions: &HashMap<String, String>) -> Vec<Value> {
    let person = &view.person;
    let place = |code: &String| divisions.get(code).unwrap_or(code).clone();
    let sex = person.sex.map(|sex| word(&format!("people.sex_{}", sex.as_str()))).unwrap_or_default();
    let schooling = match view.education_level {
        Some(level) => word(&format!("roster.{}", level.name_key())),
        None if view.is_literate => text("literate"),
        None => "",
    };
    vec![
        fact("people.name", view.record.name.as_str()),
        fact("people.sex", sex),
        fact("people.birth_year", person.birth_year.map(|year| year.to_string()).unwrap_or_default()),
        fact("enrolment.age", view.age.to_string()),
        fact("enrolment.form_number", document(view)),
        fact("people.phone", person.phone_masked.clone().unwrap_or_default()),
        fact("enrolment.schooling", schooling),
        fact("people.residence", place(&person.residence_division)),
        fact("people.household", place(&person.household_division)),
    ]
}

fn study(view: &EnrolmentView) -> Vec<Value> {
    let record = &view.record;
    let there = |kind: &AttachmentKind| view.attachments.iter().any(|photo| photo.kind == *kind);
    let kinds = AttachmentKind::ALL.iter().copied().filter(there);
    let papers: Vec<_> = kinds.map(|kind| text(&format!("attachment_{}", kind.as_str()))).collect();
    vec![
        fact("enrolment.school", record.provider_name.as_str()),
        fact("enrolment.level", level(view)),
        fact("enrolment.enrolled_on", write_date(record.enrolled_on)),
        fact("enrolment.learner_number", record.learner_number.clone().unwrap_or_default()),
        fact("enrolment.form_papers", papers.join(word("common.list_comma"))),
        fact("enrolment.form_entered", format!("{}  {}", view.entered_by_name, day(view.entered_at))),
    ]
}
