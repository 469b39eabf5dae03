//! A study record as a sheet to print, every word from the message files.

use super::Study;
use crate::platform::{
    Services,
    words::{day, moment, word},
};
use serde_json::{Value, json};
use shared::{
    credit_bank::{CertificateNumber, number_grouped},
    learning::{NotYet, RecordedHours, StudyRecord},
    time::Timestamp,
};

/// What the template needs.
pub(super) fn data(cx: &Services, study: &Study, number: &CertificateNumber, issued_at: Timestamp) -> Value {
    let date = issued_at.date_in_china();
    let address = cx.config.public_url.split_once("://").map_or("", |(_, rest)| rest);
    let courses: Vec<Value> = study.courses.iter().map(|record| course(study, record)).collect();
    json!({
        "title": text("title"),
        "number": number.as_str(),
        "number_label": text("number"),
        "number_grouped": number_grouped(number.as_str()),
        "intro": text("intro"),
        "person": person(study),
        "courses": courses,
        "nothing": text("nothing"),
        "about_hours": text("about_hours"),
        "qr_alt": text("qr"),
        "scan": text("scan"),
        "or_at": text("or_at"),
        "address": format!("{address}/verify"),
        "issuer": word("own_data.issuer"),
        "issued": format!("{} {}", text("issued_at"), moment(issued_at)),
        "seal": text("seal"),
        "note": text("note"),
        "page": word("own_data.page"),
        "date": [date.year(), date.month(), date.day()],
    })
}

fn text(key: &str) -> &'static str {
    word(&format!("study_proof.{key}"))
}

/// A fact with its label; a wide one has the line to itself.
fn fact(label: &str, value: impl Into<String>, is_wide: bool) -> Value {
    json!({ "label": text(label), "value": value.into(), "wide": is_wide })
}

/// Who it is, every number masked.
fn person(study: &Study) -> Vec<Value> {
    let mut facts = vec![fact("name", study.name.as_str(), false)];
    let document = study.person.as_ref().and_then(|person| person.documents.first());
    if let Some(document) = document {
        let kind = word(&format!("roster.document_{}", document.kind.as_str()));
        facts.push(fact("document", format!("{kind} {}", document.number_masked), false));
    }
    if let Some(record) = &study.record {
        let level = word(&format!("learning.author_{}", record.level.as_str()));
        let state = word(&format!("enrolment.state_{}", record.state.as_str()));
        facts.push(fact("learner_number", record.learner_number.as_str(), false));
        facts.push(fact("record", format!("{level} · {state}"), false));
        facts.push(fact("school", study.schools.get(&record.provider_id).cloned().unwrap_or_default(), true));
    }
    facts
}

fn course(study: &Study, record: &StudyRecord) -> Value {
    let met = study.met.get(&record.course.id).map(|met| (met.class_hours, met.online_minutes));
    let (face_to_face, met_online_min) = met.unwrap_or_default();
    let hours = RecordedHours::of(record, face_to_face, met_online_min);
    let standing = &record.standing;
    let version = text("version").replace("{number}", &record.version.to_string());
    let school = study.schools.get(&record.provider_id).map_or("", String::as_str);
    json!({
        "title": format!("{} · {}", record.course.code, record.course.title),
        "facts": [
            fact("course_version", version, false),
            fact("class", format!("{} · {school}", record.class_name), false),
            fact("online", hours.online.to_string(), false),
            fact("face_to_face", of(hours.face_to_face, hours.needed_face_to_face), false),
            fact("total", of(hours.total(), hours.needed), false),
            fact("days", days(record.studied_at), false),
            fact("units", of(standing.completed.into(), standing.task_points.into()), false),
            fact("exercises", of(record.exercises_done, record.exercises), false),
            fact("standing", reason(record.not_yet.as_ref()), true),
        ],
    })
}

/// So many of so many.
fn of(done: u32, all: u32) -> String {
    format!("{done} / {all}")
}

fn days(studied_at: Option<(Timestamp, Timestamp)>) -> String {
    studied_at.map_or_else(|| text("not_begun").to_owned(), |(first, last)| format!("{} – {}", day(first), day(last)))
}

/// Where the learner stands, and why not further.
fn reason(not_yet: Option<&NotYet>) -> String {
    let fill = |key: &str, missing: u16, unit: &str, left: u16| {
        let missing = text(key).replace("{missing}", &missing.to_string());
        missing.replace("{left}", &left.to_string()).replace("{unit}", unit)
    };
    match not_yet {
        None => text("complete").to_owned(),
        Some(NotYet::Unprepared) => text("unprepared").to_owned(),
        Some(NotYet::Begin { missing, .. }) => fill("begin", *missing, "", 0),
        Some(NotYet::Read { missing, unit }) => fill("read", *missing, &unit.title, 0),
        Some(NotYet::Exercise { missing, unit, left }) => fill("exercise", *missing, &unit.title, *left),
        Some(NotYet::Activity { missing, unit, left }) => fill("activity", *missing, &unit.title, *left),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::{ids::UnitId, learning::UnitProgress};

    fn unit() -> UnitProgress {
        UnitProgress {
            id: UnitId(uuid::Uuid::nil()),
            title: "第一课".to_owned(),
            minutes: 10,
            read_pct: 100,
            reading_left_s: 0,
            exercises: 6,
            exercises_done: 4,
            activities: 0,
            activities_done: 0,
            is_complete: false,
        }
    }

    #[test]
    fn every_standing_has_its_sentence() {
        let reasons = [
            None,
            Some(NotYet::Unprepared),
            Some(NotYet::Begin { missing: 3, unit: unit() }),
            Some(NotYet::Read { missing: 3, unit: unit() }),
            Some(NotYet::Exercise { missing: 3, unit: unit(), left: 2 }),
            Some(NotYet::Activity { missing: 3, unit: unit(), left: 2 }),
        ];
        let sentences = reasons.map(|not_yet| reason(not_yet.as_ref()));
        assert!(sentences.iter().all(|words| !words.is_empty() && !words.contains('{')), "{sentences:?}");
        for sentence in &sentences[4..] {
            assert!(sentence.contains("第一课") && sentence.contains('2'), "{sentences:?}");
        }
    }

    #[test]
    fn every_word_of_the_sheet_is_there() {
        let keys = ["title", "number", "intro", "nothing", "about_hours", "qr", "scan", "or_at", "issued_at", "seal"];
        let labels = ["name", "document", "learner_number", "record", "school", "course_version", "class", "online"];
        let more = ["face_to_face", "total", "days", "units", "exercises", "standing", "note", "version", "not_begun"];
        for key in keys.into_iter().chain(labels).chain(more) {
            assert!(!text(key).is_empty(), "{key}");
        }
    }
}
