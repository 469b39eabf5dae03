//! The admission ticket (准考证) on one page of paper, for the candidate who prints it.

use crate::{
    access::Actor,
    credit_bank::{PRINTS, Printer, qr_of},
    enrolment, identity, people,
    platform::{
        Services,
        error::AppResult,
        words::{moment, word},
    },
    sittings::{self, TicketSheet},
};
use actix_web::{
    HttpResponse,
    http::header::{CACHE_CONTROL, CONTENT_DISPOSITION},
    post,
    web::{Data, Path},
};
use serde_json::{Value, json};
use shared::{
    delivery::FocusPolicy,
    ids::{AccountId, SittingId},
    person::mask_to_start,
    problem::Problem,
    sittings::{ExamRules, MySeat},
    time::Timestamp,
};

/// How it is set.
const TEMPLATE: &str = include_str!("ticket/ticket.typ");
/// Points of its letters.
const SIZE: u8 = 12;
/// The same for who reads in larger letters.
const LARGE_SIZE: u8 = 18;

/// The candidate's own admission ticket (PDF), in larger letters for who needs them. A POST, because each print is noted.
/// 503 says why, if this machine has no Chinese font.
#[utoipa::path(tag = "sittings", params(("id" = SittingId, Path)), responses(
    (status = 200, body = Vec<u8>, content_type = "application/pdf"), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
#[post("/sittings/{id}/ticket")]
pub(super) async fn print_own_ticket(
    actor: Actor,
    cx: Data<Services>,
    printer: Data<Printer>,
    id: Path<SittingId>,
) -> AppResult<HttpResponse> {
    let (permit, sheet) = sittings::own_ticket(&cx, &actor, *id).await?;
    PRINTS.take(&cx, actor.account_id).await?;
    let (at, account_id) = (cx.clock.now(), sheet.sitting.account_id);
    let holder =
        Holder { name: identity::name_of(&cx, account_id).await?, document: document_of(&cx, account_id).await? };
    let files = vec![("/qr.svg", qr_of(&sheet.ticket_code)?.into_bytes())];
    let pdf =
        printer.into_inner().set_with(TEMPLATE, data(&sheet, &holder, at), files, format!("{} {at}", *id)).await?;
    sittings::note_ticket(&cx, &permit).await?;
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"ticket.pdf\""))
        .content_type("application/pdf")
        .body(pdf))
}

/// Whose ticket it is.
struct Holder {
    name: String,
    /// Their document, its number hidden but for the start; none of who has no record.
    document: Option<String>,
}

/// The document by which somebody is let in. A ticket lies about: the end of the number, which tells birthdays and serves
/// as a password elsewhere, is not on it.
async fn document_of(cx: &Services, account_id: AccountId) -> AppResult<Option<String>> {
    let Some(record) = enrolment::record_of(cx, account_id).await? else { return Ok(None) };
    let person = people::masked(cx, record.person_id).await?;
    let document = person.documents.first();
    Ok(document.map(|document| {
        let kind = word(&format!("roster.document_{}", document.kind.as_str()));
        format!("{kind} {}", mask_to_start(&document.number_masked))
    }))
}

fn text(key: &str) -> &'static str {
    word(&format!("sittings.{key}"))
}

/// The words of a key, with one number filled in.
fn filled(key: &str, name: &str, value: impl ToString) -> String {
    text(key).replace(&format!("{{{{ {name} }}}}"), &value.to_string())
}

/// What the template needs.
fn data(sheet: &TicketSheet, holder: &Holder, at: Timestamp) -> Value {
    let (sitting, date) = (&sheet.sitting, at.date_in_china());
    let fact = |key: &str, value: &str| json!({ "label": text(key), "value": value });
    let mut facts = vec![
        fact("my_name", &holder.name),
        fact("my_ticket", &sitting.ticket_number),
        fact("my_login_code", &sheet.login_code),
        fact("ticket_course", &sheet.course_title),
        fact("my_starts", &moment(sitting.starts_at)),
        fact("my_ends", &moment(sitting.told_deadline(at))),
    ];
    if let Some(document) = &holder.document {
        facts.insert(1, fact("ticket_document", document));
    }
    match &sheet.seat {
        Some(seat) => facts.extend(places(seat)),
        None => facts.push(fact("my_seat", text("ticket_no_seat"))),
    }
    json!({
        "kind": text("my_ticket_title"),
        "title": sitting.title,
        "issuer": word("own_data.issuer"),
        "printed": moment(at),
        "date": [date.year(), date.month(), date.day()],
        "size": if sitting.needs_large_print { LARGE_SIZE } else { SIZE },
        "facts": facts,
        "qr_alt": text("my_ticket_code"),
        "rules": rules(sitting.rules),
    })
}

fn places(seat: &MySeat) -> [Value; 3] {
    let fact = |key: &str, value: String| json!({ "label": text(key), "value": value });
    let room = filled("seat_room", "number", seat.room_number);
    [
        fact("my_site", format!("{} {}", seat.site_name, seat.address)),
        fact("my_room", format!("{room} {}", seat.room_name)),
        fact("my_seat", format!("{} {}", seat.seat, text("my_seat_not_by_ticket"))),
    ]
}

/// What a candidate must know and bring, in a sentence each.
fn rules(rules: ExamRules) -> Vec<String> {
    let minutes = |key: &str, none: &str, minutes: Option<u16>| match minutes {
        Some(minutes) => filled(key, "minutes", minutes),
        None => text(none).to_owned(),
    };
    let focus = text(match rules.focus_policy {
        FocusPolicy::Record => "rule_focus_record_says",
        FocusPolicy::Warn => "rule_focus_warn_says",
        FocusPolicy::Tell => "rule_focus_tell_says",
    });
    let code = rules.asks_entry_code.then(|| text("rule_code_says").to_owned());
    let admission = rules.needs_admission.then(|| text("rule_admission_says").to_owned());
    let browser = rules.needs_safe_browser.then(|| text("rule_safe_browser_says").to_owned());
    let mut said = vec![
        text("ticket_bring").to_owned(),
        minutes("rule_late_says", "rule_late_none", rules.late_limit_min),
        minutes("rule_leave_says", "rule_leave_none", rules.leave_before_end_min),
    ];
    said.extend(browser.into_iter().chain(admission).chain(code));
    said.extend([focus, text("ticket_try")].map(str::to_owned));
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ticket_says_what_the_candidate_must_know() {
        let rules = rules(ExamRules { late_limit_min: Some(15), asks_entry_code: true, ..ExamRules::lenient() });
        assert_eq!(rules.len(), 6);
        assert!(rules[1].contains("15") && rules.iter().all(|rule| !rule.is_empty() && !rule.contains('{')));
    }

    #[test]
    fn it_says_what_lets_nobody_begin() {
        let strict = ExamRules { needs_admission: true, needs_safe_browser: true, ..ExamRules::lenient() };
        assert_eq!(rules(strict).len(), rules(ExamRules::lenient()).len() + 2);
    }

    #[test]
    fn the_ticket_says_where_to_go() {
        let [site_name, address, room_name] = ["S", "A", "R"].map(str::to_owned);
        let seat = MySeat { site_name, address, room_number: 3, room_name, seat: 7, has_changed: false };
        let [site, room, seat] = places(&seat);
        assert_eq!((&site["value"], &room["value"]), (&json!("S A"), &json!("第 3 考场 R")));
        assert!(seat["value"].as_str().unwrap().starts_with("7 "));
    }
}
