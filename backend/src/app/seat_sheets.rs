//! The list of staff of a site, and door sheets, sign-in sheets and seat labels of its rooms, printed for the day of a
//! test.

use crate::{
    access::Actor,
    credit_bank::{PRINTS, Printer},
    platform::{
        Services,
        error::AppResult,
        http::Body,
        words::{moment, word},
    },
    sittings::{self, RoomSheet, SeatLine, SeatSheets},
};
use actix_web::{
    HttpResponse,
    http::header::{CACHE_CONTROL, CONTENT_DISPOSITION},
    post,
    web::{Data, Path},
};
use serde_json::{Value, json};
use shared::{
    ids::SeatPlanId,
    problem::Problem,
    sittings::{PrintSeatSheets, form_letter, missing_invigilators},
    time::Timestamp,
};

/// How they are set.
const TEMPLATE: &str = include_str!("seat_sheets/seat_sheets.typ");

/// The sheets of every room of a site, by the plan of seats that holds (PDF). A POST, because each print is noted. 503
/// says why, if this machine has no Chinese font.
#[utoipa::path(tag = "sittings", params(("id" = SeatPlanId, Path)), request_body = PrintSeatSheets, responses(
    (status = 200, body = Vec<u8>, content_type = "application/pdf"), (status = 403, body = Problem),
    (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem),
    (status = 429, body = Problem), (status = 503, body = Problem)))]
#[post("/seat_plans/{id}/sheets")]
pub(super) async fn print_seat_sheets(
    actor: Actor,
    cx: Data<Services>,
    printer: Data<Printer>,
    id: Path<SeatPlanId>,
    body: Body<PrintSeatSheets>,
) -> AppResult<HttpResponse> {
    PRINTS.take(&cx, actor.account_id).await?;
    let site_id = body.0.exam_site_id;
    let (permit, sheets) = sittings::seat_sheets(&cx, &actor, *id, site_id).await?;
    let at = cx.clock.now();
    let pdf = printer.into_inner().set_document(TEMPLATE, data(&sheets, at), format!("{} {site_id} {at}", *id)).await?;
    sittings::note_seat_sheets(&cx, &permit, (*id, site_id)).await?;
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"seat-sheets.pdf\""))
        .content_type("application/pdf")
        .body(pdf))
}

fn text(key: &str) -> &'static str {
    word(&format!("sittings.{key}"))
}

/// What the template needs.
fn data(sheets: &SeatSheets, at: Timestamp) -> Value {
    let date = at.date_in_china();
    json!({
        "title": sheets.title,
        "time": format!("{} – {}", moment(sheets.starts_at), moment(sheets.ends_at)),
        "issuer": word("own_data.issuer"),
        "printed": moment(at),
        "page": word("own_data.page"),
        "date": [date.year(), date.month(), date.day()],
        "door": text("sheet_door"),
        "sign_in": text("watch_list"),
        "labels": text("sheet_labels"),
        "columns": [text("my_seat"), text("my_ticket"), text("watch_name"), text("watch_signature")],
        "invigilators": text("sheet_invigilators"),
        "staff": text("sheet_staff"),
        "staff_columns": [text("sheet_room"), text("sheet_place"), text("sheet_candidates"),
            text("sheet_invigilator"), text("watch_signature")],
        "site_head": text("sheet_site_head"),
        "site": sheets.site_name,
        "rooms": sheets.rooms.iter().map(room).collect::<Vec<_>>(),
    })
}

/// The words of a key, with one thing filled in.
fn filled(key: &str, name: &str, value: &str) -> String {
    text(key).replace(&format!("{{{{ {name} }}}}"), value)
}

fn room(room: &RoomSheet) -> Value {
    json!({
        "number": filled("seat_room", "number", &room.number.to_string()),
        "name": room.name,
        "held": filled("seat_held", "held", &room.seats.len().to_string()),
        "candidates": room.seats.len().to_string(),
        "staff": staff(&room.invigilators),
        "rows": room.seats.iter().map(line).collect::<Vec<_>>(),
    })
}

/// The names of those who watch a room; a line stays empty for each who is still to be found, to be written by hand.
fn staff(invigilators: &[String]) -> Vec<&str> {
    let names = invigilators.iter().map(String::as_str);
    names.chain(std::iter::repeat_n("", missing_invigilators(invigilators.len()))).collect()
}

/// One candidate; their form stands where a person hands out papers, and is empty where all sit the same.
fn line(line: &SeatLine) -> Value {
    let form = line.form.map(|form| filled("seat_form", "form", &form_letter(form).to_string()));
    let moved = line.moved_from.map(|from| filled("seat_moved_from", "from", &from.to_string()));
    json!({ "seat": line.seat.to_string(), "moved": moved.unwrap_or_default(), "ticket": line.ticket_number,
        "name": line.candidate_name, "form": form.unwrap_or_default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_named_where_there_are_several() {
        let (ticket_number, candidate_name) = ("20261122000001".to_owned(), "张三".to_owned());
        let candidate = SeatLine { seat: 7, moved_from: None, ticket_number, candidate_name, form: None };
        assert_eq!((&line(&candidate)["form"], &line(&candidate)["moved"]), (&json!(""), &json!("")));
        let moved = line(&SeatLine { moved_from: Some(4), ..candidate.clone() });
        assert_eq!((&moved["seat"], &moved["moved"]), (&json!("7"), &json!("（原 4 号）")));
        let other = line(&SeatLine { form: Some(1), ..candidate });
        assert_eq!((&other["seat"], &other["form"]), (&json!("7"), &json!("B 卷")));
    }

    #[test]
    fn a_room_has_a_line_for_each_who_watches_it_and_for_who_is_missing() {
        let sheet = |names: &[&str]| RoomSheet {
            number: 3,
            name: "二楼 203".to_owned(),
            invigilators: names.iter().map(|name| (*name).to_owned()).collect(),
            seats: Vec::new(),
        };
        assert_eq!(room(&sheet(&[]))["staff"], json!(["", ""]));
        assert_eq!(room(&sheet(&["王芳"]))["staff"], json!(["王芳", ""]));
        assert_eq!(room(&sheet(&["王芳", "陈刚", "沈丽"]))["staff"], json!(["王芳", "陈刚", "沈丽"]));
    }

    #[test]
    fn the_template_prints_the_form_and_the_staff() {
        assert!(["row.form", "row.moved", "room.staff"].iter().all(|told| TEMPLATE.contains(told)));
    }
}
