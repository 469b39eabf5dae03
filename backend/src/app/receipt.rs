//! The receipt of a sitting (回执) on paper: for its candidate, and for the office that runs the day.

use crate::{
    access::{Actor, Candidate},
    credit_bank::{PRINTS, Printer, qr_of},
    delivery::{self, ReceiptPermit, ReceiptSheet},
    platform::{
        Services,
        error::AppResult,
        http::Body,
        words::{moment, to_the_second, word},
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
    delivery::{PrintReceipt, receipt_code},
    ids::{ExamSessionId, SittingId},
    problem::Problem,
    time::Timestamp,
};

/// How it is set.
const TEMPLATE: &str = include_str!("receipt/receipt.typ");
/// Letters of a digest that stand together.
const GROUP: usize = 8;

/// The candidate's own receipt (PDF). A POST, because each print is noted. 503 says why, if this machine has no Chinese
/// font.
#[utoipa::path(tag = "delivery", params(("id" = SittingId, Path)), responses(
    (status = 200, body = Vec<u8>, content_type = "application/pdf"), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
#[post("/sittings/{id}/receipt")]
pub(super) async fn print_own_receipt(
    candidate: Candidate,
    cx: Data<Services>,
    printer: Data<Printer>,
    id: Path<SittingId>,
) -> AppResult<HttpResponse> {
    let found = delivery::own_receipt(&cx, &candidate, *id).await?;
    PRINTS.take(&cx, candidate.account_id()).await?;
    print(&cx, printer, found).await
}

/// The receipt of one candidate (PDF), by their ticket, for who runs the day: what was handed in is held against it. A
/// POST, because each print is noted.
#[utoipa::path(tag = "delivery", params(("id" = ExamSessionId, Path)), request_body = PrintReceipt, responses(
    (status = 200, body = Vec<u8>, content_type = "application/pdf"), (status = 403, body = Problem),
    (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem),
    (status = 429, body = Problem), (status = 503, body = Problem)))]
#[post("/exam_sessions/{id}/receipts")]
pub(super) async fn print_candidate_receipt(
    actor: Actor,
    cx: Data<Services>,
    printer: Data<Printer>,
    id: Path<ExamSessionId>,
    body: Body<PrintReceipt>,
) -> AppResult<HttpResponse> {
    let found = delivery::candidate_receipt(&cx, &actor, *id, &body.0).await?;
    PRINTS.take(&cx, actor.account_id).await?;
    print(&cx, printer, found).await
}

async fn print(
    cx: &Services,
    printer: Data<Printer>,
    (permit, sheet): (ReceiptPermit, ReceiptSheet),
) -> AppResult<HttpResponse> {
    let (at, id) = (cx.clock.now(), sheet.receipt.sitting_id);
    let code = receipt_code(&sheet.ticket_number, &sheet.receipt, sheet.entries);
    let files = vec![("/qr.svg", qr_of(&code)?.into_bytes())];
    let pdf = printer.into_inner().set_with(TEMPLATE, data(&sheet, &code, at), files, format!("{id} {at}")).await?;
    delivery::note_receipt(cx, &permit, id).await?;
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"receipt.pdf\""))
        .content_type("application/pdf")
        .body(pdf))
}

fn text(key: &str) -> &'static str {
    word(&format!("delivery.{key}"))
}

/// The words of a key that count something.
fn counted(key: &str, count: u64) -> String {
    text(key).replace("{{ count }}", &count.to_string())
}

/// What the template needs: facts of the sitting, and nothing of what was asked or answered.
fn data(sheet: &ReceiptSheet, code: &str, at: Timestamp) -> Value {
    let (receipt, date) = (&sheet.receipt, at.date_in_china());
    let ended = text(if receipt.by_candidate { "receipt_by_candidate" } else { "receipt_by_server" });
    let fact = |key: &str, value: &str| json!({ "label": text(key), "value": value });
    json!({
        "kind": text("receipt_title"),
        "title": sheet.title,
        "issuer": word("own_data.issuer"),
        "printed": moment(at),
        "date": [date.year(), date.month(), date.day()],
        "facts": [
            fact("receipt_course", &sheet.course_title),
            fact("name", &sheet.candidate_name),
            fact("ticket", &sheet.ticket_number),
            fact("closed_at", &to_the_second(receipt.closed_at)),
            fact("receipt_ended", ended),
            fact("answered", &counted("items_count", receipt.answered.into())),
            fact("receipt_entries", &counted("receipt_entries_count", sheet.entries)),
        ],
        "digest_label": text("digest"),
        "digest": grouped(&receipt.digest),
        "notes": [text("receipt_says"), text("receipt_check")],
        "qr_alt": text("receipt_code"),
        "code": code,
    })
}

/// A digest in groups, so that it can be read aloud.
fn grouped(digest: &str) -> String {
    let letters: Vec<char> = digest.chars().collect();
    letters.chunks(GROUP).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::delivery::Receipt;
    use uuid::Uuid;

    #[test]
    fn a_receipt_says_how_the_sitting_ended_and_what_was_handed_in() {
        let receipt = Receipt {
            sitting_id: SittingId(Uuid::from_u128(7)),
            closed_at: Timestamp(0),
            by_candidate: false,
            answered: 3,
            digest: "0123456789abcdef".to_owned(),
        };
        let [title, course_title, candidate_name, ticket_number] = ["T", "C", "N", "1"].map(str::to_owned);
        let sheet = ReceiptSheet { title, course_title, candidate_name, ticket_number, receipt, entries: 5 };
        let data = data(&sheet, "CXR1", Timestamp(0));
        let value = |nth: usize| data["facts"][nth]["value"].as_str().unwrap().to_owned();
        assert_eq!((value(3).as_str(), value(4).as_str()), ("1970-01-01 08:00:00", text("receipt_by_server")));
        assert_eq!((value(5), value(6)), ("3 题".to_owned(), "5 条".to_owned()));
        assert_eq!((&data["digest"], &data["code"]), (&json!("01234567 89abcdef"), &json!("CXR1")));
    }
}
