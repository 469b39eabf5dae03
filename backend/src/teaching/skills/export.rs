//! Trainings and certificates as files; a number that may be the holder's own is masked.

use super::list::{self, SkillQuery};
use crate::{
    access::{Action, Actor, Permit, actions, authorize_where_held},
    exports::{self, Cell, Filter, List, Part, named, worded},
    learning,
    platform::{Services, error::AppResult, words::word},
};
use actix_web::HttpResponse;
use shared::{
    organisation::DivisionCode,
    page::Page,
    person::mask_numbers,
    teaching::{CertificateKind, SkillCertificateRow, SkillDepartment, SkillLevel, SkillState, SkillTrainingRow},
    time::write_date,
};

/// The list of trainings.
const TRAININGS: &str = "skill_trainings";
/// Its columns.
const TRAINING_COLUMNS: [&str; 16] = [
    "name",
    "project",
    "occupation",
    "occupation_code",
    "level",
    "department",
    "organiser",
    "hours",
    "from_day",
    "to_day",
    "theory_score",
    "practice_score",
    "source",
    "school",
    "state",
    "reason",
];
/// The list of certificates.
const CERTIFICATES: &str = "skill_certificates";
/// Its columns.
const CERTIFICATE_COLUMNS: [&str; 10] = [
    "name",
    "certificate_kind",
    "occupation",
    "level",
    "issuer",
    "certificate_number",
    "issued_on",
    "school",
    "state",
    "reason",
];

actions! {
    /// Take records of skills away as a file that one checks.
    ExportSkills(&'static str) = CheckSkills;
    /// The same of records that one keeps.
    ExportKeptSkills(&'static str) = KeepSkills;
}

/// The trainings of a list, as a file.
///
/// # Errors
/// Those of [`list::trainings`], and `export-too-long`.
pub(in crate::teaching) async fn trainings(
    cx: &Services,
    actor: &Actor,
    query: &SkillQuery,
) -> AppResult<HttpResponse> {
    match authorize_where_held::<ExportSkills>(actor, TRAININGS) {
        Ok(permit) => take_trainings(cx, actor, query, &permit).await,
        Err(_) => take_trainings(cx, actor, query, &authorize_where_held::<ExportKeptSkills>(actor, TRAININGS)?).await,
    }
}

/// The certificates of a list, as a file.
///
/// # Errors
/// Those of [`list::certificates`], and `export-too-long`.
pub(in crate::teaching) async fn certificates(
    cx: &Services,
    actor: &Actor,
    query: &SkillQuery,
) -> AppResult<HttpResponse> {
    match authorize_where_held::<ExportSkills>(actor, CERTIFICATES) {
        Ok(permit) => take_certificates(cx, actor, query, &permit).await,
        Err(_) => {
            let permit = authorize_where_held::<ExportKeptSkills>(actor, CERTIFICATES)?;
            take_certificates(cx, actor, query, &permit).await
        }
    }
}

async fn take_trainings<A: Action>(
    cx: &Services,
    actor: &Actor,
    query: &SkillQuery,
    permit: &Permit<A>,
) -> AppResult<HttpResponse> {
    let list = List::new(TRAININGS, &TRAINING_COLUMNS, filter(cx, query).await?);
    exports::take(cx, permit, list, async |cursor| {
        let page = list::trainings(cx, actor, query.from(cursor)).await?;
        Ok(Page { items: page.items.into_iter().map(training).collect(), next_cursor: page.next_cursor })
    })
    .await
}

async fn take_certificates<A: Action>(
    cx: &Services,
    actor: &Actor,
    query: &SkillQuery,
    permit: &Permit<A>,
) -> AppResult<HttpResponse> {
    let list = List::new(CERTIFICATES, &CERTIFICATE_COLUMNS, filter(cx, query).await?);
    exports::take(cx, permit, list, async |cursor| {
        let page = list::certificates(cx, actor, query.from(cursor)).await?;
        Ok(Page { items: page.items.into_iter().map(certificate).collect(), next_cursor: page.next_cursor })
    })
    .await
}

async fn filter(cx: &Services, query: &SkillQuery) -> AppResult<Filter> {
    let class = match query.class_id {
        // Who may not see it gets no list; its name is in none.
        Some(id) => Some(Part { asked: id.to_string(), shown: learning::class(cx, id).await?.name }),
        None => None,
    };
    let waits = || Part { asked: "true".to_owned(), shown: word("exports.waits_answer").to_owned() };
    Ok(Filter::default()
        .and("division", exports::division(cx, query.division.as_ref().map(DivisionCode::as_str)).await?)
        .and("provider_id", exports::school(cx, query.provider_id).await?)
        .and("class_id", class)
        .and("waits", query.waits.then(waits))
        .and("state", worded("classes.skill", query.state.map(SkillState::as_str))))
}

fn training(row: SkillTrainingRow) -> Vec<Cell> {
    let entry = row.training.entry;
    vec![
        row.display_name.into(),
        entry.project.into(),
        entry.occupation.into(),
        entry.occupation_code.into(),
        named("classes.level", entry.level.map(SkillLevel::as_str)),
        named("classes.department", entry.department.map(SkillDepartment::as_str)),
        entry.organiser.into(),
        u32::from(entry.hours).into(),
        write_date(entry.starts_on).into(),
        write_date(entry.ends_on).into(),
        entry.theory_score.map(u32::from).into(),
        entry.practice_score.map(u32::from).into(),
        named("classes.source", Some(entry.source.as_str())),
        row.school_name.into(),
        named("classes.skill", Some(row.training.state.as_str())),
        mask_numbers(&row.training.reason).into(),
    ]
}

fn certificate(row: SkillCertificateRow) -> Vec<Cell> {
    let entry = row.certificate.entry;
    vec![
        row.display_name.into(),
        match entry.kind {
            CertificateKind::Other => entry.kind_name.into(),
            kind => named("classes.certificate", Some(kind.as_str())),
        },
        entry.occupation.into(),
        named("classes.level", entry.level.map(SkillLevel::as_str)),
        entry.issuer.into(),
        entry.number.into(),
        write_date(entry.issued_on).into(),
        row.school_name.into(),
        named("classes.skill", Some(row.certificate.state.as_str())),
        mask_numbers(&row.certificate.reason).into(),
    ]
}
