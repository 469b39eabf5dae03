//! One's own data as a sheet to print: sections of rows, every word from the message files.

mod accommodations;
mod corrections;
mod diplomas;
mod discussion;
mod external;
mod incidents;
mod rechecks;

use crate::platform::words::{day, moment, word};
use serde_json::{Value, json};
use shared::{
    own_data::OwnData,
    people::PersonView,
    person::Sex,
    roster::VisitOutcome,
    teaching::CertificateKind,
    time::{Timestamp, write_date},
};
use std::collections::HashMap;

/// Letters of a digest that stand together.
const GROUP: usize = 8;

/// Names of divisions, by their codes.
pub(super) type Divisions = HashMap<String, String>;

/// A table of the sheet: its columns with their widths, and its rows.
struct Section {
    title: &'static str,
    columns: Vec<(&'static str, u8)>,
    rows: Vec<Vec<String>>,
}

impl Section {
    fn new(title: &str, columns: &[(&str, u8)], rows: impl Iterator<Item = Vec<String>>) -> Self {
        let columns = columns.iter().map(|(name, width)| (own(name), *width)).collect();
        Self { title: own(title), columns, rows: rows.collect() }
    }

    fn json(self) -> Value {
        let (headers, widths): (Vec<_>, Vec<_>) = self.columns.into_iter().unzip();
        json!({ "title": self.title, "headers": headers, "widths": widths, "rows": self.rows })
    }
}

/// What the template needs.
pub(super) fn data(data: &OwnData, divisions: &Divisions) -> Value {
    let date = data.at.date_in_china();
    let sections = [
        account(data),
        person(data.person.as_ref(), divisions),
        enrolments(data),
        steps(data),
        courses(data),
        notes(data),
        hand_ins(data),
        quiz_attempts(data),
        external::scores(data),
        inquiries(data),
        reminders(data),
        announcement_readings(data),
        discussion::posts(data),
        discussion::reports(data),
        discussion::readings(data),
        hours(data),
        attendance(data),
        trainings(data),
        skill_certificates(data),
        roster(data),
        visits(data),
        messages(data),
        results(data),
        rechecks::rechecks(data),
        incidents::incidents(data),
        accommodations::accommodations(data),
        receipts(data),
        certificates(data),
        diplomas::diplomas(data),
        corrections::corrections(data),
        consents(data),
        logins(data),
    ];
    json!({
        "title": own("title"),
        "issuer": own("issuer"),
        "intro": own("intro"),
        "page": own("page"),
        "nothing": own("nothing"),
        "taken_at": format!("{} {}", own("taken_at"), moment(data.at)),
        "date": [date.year(), date.month(), date.day()],
        "sections": sections.map(Section::json),
    })
}

fn own(key: &str) -> &'static str {
    word(&format!("own_data.{key}"))
}

fn of(kind: &str, value: &str) -> String {
    word(&format!("{kind}_{value}")).to_owned()
}

fn at(at: Option<Timestamp>) -> String {
    at.map(moment).unwrap_or_default()
}

fn account(data: &OwnData) -> Section {
    let roles: Vec<_> = data.account.roles.iter().map(|held| of("identity.role", held.role.as_str())).collect();
    let row = vec![data.account.display_name.clone(), data.account.login_name.clone(), roles.join(" · ")];
    Section::new("account", &[("name", 2), ("login_name", 3), ("role", 3)], std::iter::once(row))
}

fn person(person: Option<&PersonView>, divisions: &Divisions) -> Section {
    let place = |code: &String| divisions.get(code).unwrap_or(code).clone();
    let row = |person: &PersonView| {
        let documents = person
            .documents
            .iter()
            .map(|document| format!("{} {}", of("roster.document", document.kind.as_str()), document.number_masked));
        vec![
            person.name.clone(),
            person.sex.map(|sex: Sex| of("people.sex", sex.as_str())).unwrap_or_default(),
            person.birth_year.map(|year| year.to_string()).unwrap_or_default(),
            documents.collect::<Vec<_>>().join(" · "),
            person.phone_masked.clone().unwrap_or_default(),
            place(&person.residence_division),
            place(&person.household_division),
        ]
    };
    let columns =
        [("name", 2), ("sex", 2), ("birth_year", 3), ("document", 4), ("phone", 3), ("residence", 4), ("household", 4)];
    Section::new("person", &columns, person.into_iter().map(row))
}

fn enrolments(data: &OwnData) -> Section {
    let rows = data.enrolments.iter().map(|record| {
        vec![
            record.provider_name.clone(),
            of("learning.author", record.level.as_str()),
            of("enrolment.state", record.state.as_str()),
            record.learner_number.clone().unwrap_or_default(),
            write_date(record.enrolled_on),
        ]
    });
    let columns = [("school", 4), ("level", 2), ("state", 2), ("learner_number", 4), ("enrolled_on", 3)];
    Section::new("enrolments", &columns, rows)
}

fn steps(data: &OwnData) -> Section {
    let steps = data.enrolments.iter().flat_map(|record| &record.steps);
    let rows =
        steps.map(|step| vec![moment(step.taken_at), of("enrolment.state", step.to.as_str()), step.reason.clone()]);
    Section::new("steps", &[("at", 3), ("step", 2), ("reason", 5)], rows)
}

fn courses(data: &OwnData) -> Section {
    let rows = data.courses.iter().map(|course| {
        let standing = &course.standing;
        vec![
            course.course.title.clone(),
            course.class_name.clone(),
            format!("{} / {}", standing.completed, standing.task_points),
            standing.studied_minutes.to_string(),
        ]
    });
    Section::new("courses", &[("course", 4), ("class", 4), ("task_points", 3), ("studied", 2)], rows)
}

fn notes(data: &OwnData) -> Section {
    let rows = data.notes.iter().flat_map(|course| {
        course.notes.iter().map(|note| {
            let unit = note.unit_title.clone().unwrap_or_default();
            vec![course.course_title.clone(), unit, note.text.clone(), moment(note.edited_at)]
        })
    });
    Section::new("notes", &[("course", 2), ("unit", 2), ("note_text", 6), ("at", 2)], rows)
}

fn hand_ins(data: &OwnData) -> Section {
    let rows = data.hand_ins.iter().map(|own| {
        let state = of("classes.hand_in", own.hand_in.state().as_str());
        let remark = own.hand_in.mark.as_ref().map(|mark| mark.remark.clone()).unwrap_or_default();
        let unit = format!("{} · {}", own.course_title, own.unit_title);
        vec![unit, own.title.clone(), own.hand_in.text.clone(), state, remark, moment(own.hand_in.handed_in_at)]
    });
    let columns = [("unit", 3), ("assignment", 2), ("handed_in", 4), ("hand_in_state", 2), ("remark", 3), ("at", 2)];
    Section::new("hand_ins", &columns, rows)
}

fn quiz_attempts(data: &OwnData) -> Section {
    let rows = data.quiz_attempts.iter().map(|attempt| {
        let points = format!("{} / {}", attempt.points, attempt.most);
        vec![attempt.class_name.clone(), attempt.title.clone(), points, moment(attempt.handed_in_at)]
    });
    Section::new("quiz_attempts", &[("class", 3), ("quiz", 4), ("quiz_points", 2), ("at", 3)], rows)
}

fn inquiries(data: &OwnData) -> Section {
    let rows = data.inquiries.iter().map(|inquiry| {
        let answer = inquiry.answer.as_ref().map(|answer| answer.text.clone()).unwrap_or_default();
        let (course, unit) = (inquiry.course_title.clone(), inquiry.unit_title.clone());
        vec![course, unit, inquiry.text.clone(), answer, moment(inquiry.asked_at)]
    });
    Section::new("inquiries", &[("course", 2), ("unit", 2), ("asked", 4), ("answer", 4), ("at", 2)], rows)
}

fn reminders(data: &OwnData) -> Section {
    let rows = data.reminders.iter().map(|reminder| {
        let (class, by) = (reminder.class_name.clone(), reminder.by_name.clone());
        let unit = reminder.unit_title.clone().unwrap_or_default();
        vec![class, by, reminder.days.to_string(), unit, moment(reminder.sent_at), at(reminder.read_at)]
    });
    let columns = [("class", 3), ("reminded_by", 2), ("days_away", 2), ("stuck_in", 3), ("at", 3), ("read_at", 3)];
    Section::new("reminders", &columns, rows)
}

fn announcement_readings(data: &OwnData) -> Section {
    let rows = data.announcement_readings.iter();
    let rows = rows.map(|read| vec![read.class_name.clone(), read.title.clone(), moment(read.read_at)]);
    Section::new("announcement_readings", &[("class", 3), ("announcement", 5), ("read_at", 3)], rows)
}

fn hours(data: &OwnData) -> Section {
    let rows = data.class_hours.iter().map(|course| {
        let counted = [course.class_hours, course.needed.into(), course.online_class_hours];
        std::iter::once(course.course_title.clone())
            .chain(counted.map(|hours: u32| hours.to_string()))
            .collect::<Vec<_>>()
    });
    let columns = [("course", 4), ("hours_counted", 2), ("hours_needed", 2), ("hours_online", 2)];
    Section::new("hours", &columns, rows)
}

fn attendance(data: &OwnData) -> Section {
    let rows = data.attendance.iter().map(|meeting| {
        vec![
            moment(meeting.starts_at),
            meeting.class_name.clone(),
            meeting.course_title.clone(),
            of("classes.attendance", meeting.state.as_str()),
            meeting.minutes.to_string(),
        ]
    });
    Section::new("attendance", &[("meeting", 3), ("class", 3), ("course", 3), ("state", 2), ("minutes", 3)], rows)
}

fn trainings(data: &OwnData) -> Section {
    let rows = data.skill_trainings.iter().map(|training| {
        let entry = &training.entry;
        vec![
            entry.occupation.clone(),
            entry.organiser.clone(),
            entry.hours.to_string(),
            format!("{} – {}", write_date(entry.starts_on), write_date(entry.ends_on)),
            of("classes.skill", training.state.as_str()),
        ]
    });
    let columns = [("occupation", 3), ("organiser", 3), ("training_hours", 2), ("days", 4), ("state", 2)];
    Section::new("trainings", &columns, rows)
}

fn skill_certificates(data: &OwnData) -> Section {
    let rows = data.skill_certificates.iter().map(|certificate| {
        let entry = &certificate.entry;
        vec![
            match entry.kind {
                CertificateKind::Other => entry.kind_name.clone(),
                kind => of("classes.certificate", kind.as_str()),
            },
            entry.occupation.clone(),
            entry.level.map(|level| of("classes.level", level.as_str())).unwrap_or_default(),
            entry.issuer.clone(),
            entry.number.clone(),
            write_date(entry.issued_on),
            of("classes.skill", certificate.state.as_str()),
        ]
    });
    let columns = [
        ("certificate_kind", 3),
        ("occupation", 3),
        ("skill_level", 2),
        ("issued_by", 3),
        ("number", 3),
        ("issued_on", 3),
        ("state", 2),
    ];
    Section::new("skill_certificates", &columns, rows)
}

fn roster(data: &OwnData) -> Section {
    let rows = data.roster.iter().map(|known| {
        let details = &known.details;
        vec![
            of("roster.state", known.entry.state.as_str()),
            known.entry.intent.map(|intent| of("roster.intent", intent.as_str())).unwrap_or_default(),
            details.employer.clone(),
            format!("{}{}", details.village, details.residence_address),
            details.note.clone(),
        ]
    });
    let columns = [("state", 2), ("intent", 2), ("employer", 3), ("address", 4), ("note", 4)];
    Section::new("roster", &columns, rows)
}

fn visits(data: &OwnData) -> Section {
    let rows = data.roster.iter().flat_map(|known| &known.visits).map(|visit| {
        let said = match &visit.outcome {
            VisitOutcome::Stated { intent, reason, preferred_time, preferred_place, study_mode, .. } => {
                let mode = study_mode.map(|mode| of("roster.mode", mode.as_str())).unwrap_or_default();
                let intent = of("roster.intent", intent.as_str());
                let said: [&str; 5] = [intent.as_str(), reason, preferred_time, preferred_place, mode.as_str()];
                said.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ")
            }
            VisitOutcome::NotEligible { reason } => reason.clone(),
            _ => String::new(),
        };
        vec![moment(visit.visited_at), of("roster.channel", visit.channel.as_str()), said, visit.note.clone()]
    });
    Section::new("visits", &[("at", 3), ("channel", 2), ("said", 4), ("note", 4)], rows)
}

fn messages(data: &OwnData) -> Section {
    let rows = data.messages.iter().map(|message| {
        vec![
            of("enrolment.text_kind", message.kind.as_str()),
            message.phone_masked.clone(),
            of("enrolment.text_state", message.state.as_str()),
            moment(message.created_at),
            at(message.sent_at),
        ]
    });
    let columns = [("message_kind", 3), ("phone", 3), ("state", 2), ("at", 3), ("sent_at", 3)];
    Section::new("messages", &columns, rows)
}

fn results(data: &OwnData) -> Section {
    let rows = data.results.iter().map(|result| {
        vec![
            result.title.clone(),
            format!("{} / {}", result.score, result.max_score),
            word(&format!("credential.pdf.grade.{}", result.grade.as_str())).to_owned(),
            moment(result.released_at),
        ]
    });
    Section::new("results", &[("exam", 5), ("score", 2), ("grade", 2), ("released", 3)], rows)
}

fn receipts(data: &OwnData) -> Section {
    let rows = data.receipts.iter().map(|receipt| {
        vec![
            receipt.title.clone(),
            receipt.ticket_number.clone(),
            moment(receipt.receipt.closed_at),
            receipt.receipt.answered.to_string(),
            grouped(&receipt.receipt.digest),
        ]
    });
    let columns = [("exam", 3), ("ticket_number", 3), ("closed_at", 3), ("answered", 2), ("digest", 6)];
    Section::new("receipts", &columns, rows)
}

/// A digest in groups, so that it fits into a column.
fn grouped(digest: &str) -> String {
    let letters: Vec<char> = digest.chars().collect();
    letters.chunks(GROUP).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

fn certificates(data: &OwnData) -> Section {
    let rows = data.certificates.iter().map(|certificate| {
        vec![
            certificate.number.clone(),
            certificate.course_title.clone(),
            certificate.score.to_string(),
            word(&format!("credential.pdf.state.{}", certificate.state.as_str())).to_owned(),
            day(certificate.issued_at),
        ]
    });
    let columns = [("number", 4), ("course", 3), ("score", 1), ("state", 2), ("issued_at", 2)];
    Section::new("certificates", &columns, rows)
}

fn consents(data: &OwnData) -> Section {
    let rows = data.privacy.consents.iter().map(|consent| {
        let purpose = word(&format!("privacy.{}", consent.purpose.as_str())).to_owned();
        vec![purpose, own(if consent.is_given { "yes" } else { "no" }).to_owned(), at(consent.at)]
    });
    Section::new("consents", &[("purpose", 4), ("is_given", 2), ("at", 3)], rows)
}

fn logins(data: &OwnData) -> Section {
    let rows = data
        .logins
        .iter()
        .map(|login| vec![login.device.clone(), moment(login.created_at), moment(login.last_used_at)]);
    Section::new("logins", &[("device", 5), ("began", 3), ("last_used", 3)], rows)
}
