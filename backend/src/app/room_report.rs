//! The report of an exam room (考场情况记录), printed when the test is over and signed on paper.

use crate::{
    access::Actor,
    credit_bank::{PRINTS, Printer},
    delivery::{self, RoomReport},
    platform::{
        Services,
        error::AppResult,
        words::{moment, word},
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
    delivery::{RoomActLine, RoomSeat},
    ids::{ExamRoomId, ExamSessionId},
    problem::Problem,
    time::Timestamp,
};

/// The heads of the table of seats, and of that of acts.
const SEAT_COLUMNS: [&str; 8] =
    ["seat", "ticket", "candidate", "state", "admitted_at", "ended_at", "focus", "late_column"];
const ACT_COLUMNS: [&str; 5] = ["at", "act", "ticket", "by", "reason"];
/// How it is set.
const TEMPLATE: &str = include_str!("room_report/room_report.typ");

/// What happened in a room, by seat and by time (PDF). A POST, because each print is noted. 503 says why, if this
/// machine has no Chinese font.
#[utoipa::path(tag = "delivery", params(("id" = ExamSessionId, Path), ("room_id" = ExamRoomId, Path)), responses(
    (status = 200, body = Vec<u8>, content_type = "application/pdf"), (status = 403, body = Problem),
    (status = 404, body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
#[post("/exam_sessions/{id}/rooms/{room_id}/report")]
pub(super) async fn print_room_report(
    actor: Actor,
    cx: Data<Services>,
    printer: Data<Printer>,
    path: Path<(ExamSessionId, ExamRoomId)>,
) -> AppResult<HttpResponse> {
    let (id, room_id) = *path;
    let (permit, report) = delivery::room_report(&cx, &actor, (id, room_id)).await?;
    PRINTS.take(&cx, actor.account_id).await?;
    let at = cx.clock.now();
    let pdf = printer.into_inner().set_document(TEMPLATE, data(&report, at), format!("{id} {room_id} {at}")).await?;
    delivery::note_room_report(&cx, &permit, id).await?;
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"room-report.pdf\""))
        .content_type("application/pdf")
        .body(pdf))
}

fn text(key: &str) -> &'static str {
    word(&format!("rooms.{key}"))
}

/// What the template needs.
fn data(report: &RoomReport, at: Timestamp) -> Value {
    let (room, date) = (&report.room, at.date_in_china());
    let counts = [
        ("expected", room.counts.expected),
        ("admitted", room.counts.admitted),
        ("over", room.counts.over),
        ("absent", room.counts.expected.saturating_sub(started(&room.seats))),
    ];
    let seat_columns = SEAT_COLUMNS.map(text);
    let act_columns = ACT_COLUMNS.map(text);
    let number = text("room").replace("{{ number }}", &room.number.to_string());
    json!({
        "title": room.title,
        "time": format!("{} – {}", moment(room.starts_at), moment(room.ends_at)),
        "issuer": word("own_data.issuer"),
        "printed": moment(at),
        "page": word("own_data.page"),
        "date": [date.year(), date.month(), date.day()],
        "kind": text("report_title"),
        "place": format!("{}  {number}  {}", room.site_name, room.name),
        "counts": counts.map(|(key, number)| json!([text(key), number.to_string()])),
        "seat_columns": seat_columns,
        "seats": room.seats.iter().map(seat).collect::<Vec<_>>(),
        "late_note": if room.seats.iter().any(|seat| seat.late_answers > 0) { text("late_note") } else { "" },
        "acts_title": text("report_acts"),
        "act_columns": act_columns,
        "acts": report.acts.iter().map(act).collect::<Vec<_>>(),
        "no_acts": text("report_no_acts"),
        "watched_by": format!("{}{}", text("report_invigilators"), report.invigilators.join("  ")),
        "signatures": text("report_signatures"),
    })
}

fn started(seats: &[RoomSeat]) -> u32 {
    u32::try_from(seats.iter().filter(|seat| seat.opened_at.is_some()).count()).unwrap_or(u32::MAX)
}

fn seat(seat: &RoomSeat) -> Value {
    let time = |at: Option<Timestamp>| at.map(hour).unwrap_or_default();
    let focus = text("focus_short")
        .replace("{{ times }}", &seat.focus_losses.to_string())
        .replace("{{ seconds }}", &seat.focus_lost_s.to_string());
    let moved = seat.moved_from.map(|from| text("moved_from").replace("{{ from }}", &from.to_string()));
    json!([
        format!("{}{}", seat.seat, moved.unwrap_or_default()),
        seat.ticket_number,
        seat.candidate_name,
        text(&format!("state_{}", seat.state.as_str())),
        time(seat.admitted_at),
        time(seat.closed_at),
        if seat.focus_losses > 0 { focus } else { String::new() },
        if seat.late_answers > 0 { seat.late_answers.to_string() } else { String::new() },
    ])
}

fn act(line: &RoomActLine) -> Value {
    let minutes = line.minutes.map(|minutes| text("minutes").replace("{{ minutes }}", &minutes.to_string()));
    let seat = line.seat.map(|seat| text("moved_to").replace("{{ number }}", &seat.to_string()));
    let told = [minutes, seat, line.text.clone()].into_iter().flatten().collect::<Vec<_>>().join("; ");
    json!([
        hour(line.acted_at),
        text(&format!("act_{}", line.kind.as_str())),
        line.ticket_number.clone().unwrap_or_else(|| text("whole_room").to_owned()),
        line.by_name,
        told,
    ])
}

fn hour(at: Timestamp) -> String {
    let time = at.in_china().time();
    format!("{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second())
}
