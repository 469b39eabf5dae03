//! Words of acts and seats.

use crate::{
    i18n::{Locale, td_string},
    ui::Tone,
};
use shared::{
    delivery::{RoomActKind, RoomSeatState},
    time::Timestamp,
};

/// What is done.
pub(super) fn act_name(locale: Locale, kind: RoomActKind) -> &'static str {
    match kind {
        RoomActKind::Admit => td_string!(locale, rooms.act_admit),
        RoomActKind::Pause => td_string!(locale, rooms.act_pause),
        RoomActKind::Resume => td_string!(locale, rooms.act_resume),
        RoomActKind::ReturnTime => td_string!(locale, rooms.act_return_time),
        RoomActKind::ConsentTakeOver => td_string!(locale, rooms.act_consent_take_over),
        RoomActKind::ProposeSubmit => td_string!(locale, rooms.act_propose_submit),
        RoomActKind::ForceSubmit => td_string!(locale, rooms.act_force_submit),
        RoomActKind::ChangeSeat => td_string!(locale, rooms.act_change_seat),
        RoomActKind::Announce => td_string!(locale, rooms.act_announce),
        RoomActKind::HandOutPaper => td_string!(locale, rooms.act_hand_out_paper),
        RoomActKind::CollectPaper => td_string!(locale, rooms.act_collect_paper),
        RoomActKind::WaiveSafeBrowser => td_string!(locale, rooms.act_waive_safe_browser),
        RoomActKind::AdmitLate => td_string!(locale, rooms.act_admit_late),
        RoomActKind::ReadOutKey => td_string!(locale, rooms.act_read_out_key),
    }
}

/// How a seat is.
pub(super) fn state_name(locale: Locale, state: RoomSeatState) -> &'static str {
    match state {
        RoomSeatState::Expected => td_string!(locale, rooms.state_expected),
        RoomSeatState::Admitted => td_string!(locale, rooms.state_admitted),
        RoomSeatState::Working => td_string!(locale, rooms.state_working),
        RoomSeatState::Offline => td_string!(locale, rooms.state_offline),
        RoomSeatState::Paused => td_string!(locale, rooms.state_paused),
        RoomSeatState::OnPaper => td_string!(locale, rooms.state_on_paper),
        RoomSeatState::Submitted => td_string!(locale, rooms.state_submitted),
        RoomSeatState::Closed => td_string!(locale, rooms.state_closed),
    }
}

/// Whether somebody has to look there.
pub(super) fn tone(state: RoomSeatState) -> Tone {
    match state {
        RoomSeatState::Offline => Tone::Stop,
        RoomSeatState::Paused | RoomSeatState::OnPaper => Tone::Wait,
        RoomSeatState::Working | RoomSeatState::Submitted => Tone::Ok,
        RoomSeatState::Expected | RoomSeatState::Admitted | RoomSeatState::Closed => Tone::default(),
    }
}

/// Minutes and seconds from one moment to another.
pub(super) fn minutes_between(from: Timestamp, now: Timestamp) -> String {
    let seconds = now.ms_since(from).max(0) / 1_000;
    format!("{:02}:{:02}", seconds / 60, seconds % 60)
}

/// The time of a day, to the minute.
pub(super) fn hour(at: Timestamp) -> String {
    let at = at.in_china();
    format!("{:02}:{:02}", at.hour(), at.minute())
}
