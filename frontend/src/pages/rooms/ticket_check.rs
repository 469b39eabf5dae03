//! What the signed code on a ticket shows: whether it was made here, and for this test. It needs no network.

use super::line::RoomLine;
use crate::{
    i18n::{Locale, td_string, use_i18n},
    platform::crypto,
    ui::{Notice, Tone},
};
use leptos::{prelude::*, task::spawn_local};
use shared::sittings::{TicketCode, TicketFinding, judge_ticket_code, ticket_verifier_bytes};

/// Judges the code that a camera saw or a hand scanner typed into the field, leaves the number alone there, and says
/// what it found as long as that number stands there.
#[component]
pub(super) fn TicketCheck(
    /// What stands in the field.
    ticket: RwSignal<String>,
    /// The room.
    line: RoomLine,
) -> impl IntoView {
    let i18n = use_i18n();
    let found = RwSignal::new(None::<(String, TicketFinding)>);
    Effect::new(move |_| {
        let Some(code) = ticket.with(|text| TicketCode::parse(text)) else { return };
        spawn_local(async move {
            let Some(finding) = judged(&code, line).await else { return };
            found.try_set(Some((code.ticket_number.clone(), finding)));
            ticket.try_set(code.ticket_number);
        });
    });
    let finding = Memo::new(move |_| {
        let (number, finding) = found.get()?;
        ticket.with(|ticket| ticket.trim() == number).then_some(finding)
    });
    view! {
        <div role="status">
            {move || finding.get().map(|finding| {
                let text = move || said(i18n.get_locale(), finding);
                view! { <Notice tone=tone(finding)>{text}</Notice> }
            })}
        </div>
    }
}

/// What a code shows in this room; `None` when the page has gone.
async fn judged(code: &TicketCode, line: RoomLine) -> Option<TicketFinding> {
    let known = line.room.try_with_untracked(|room| {
        let room = room.as_ref()?;
        Some((room.exam_session_id, ticket_verifier_bytes(&room.ticket_verifier)))
    });
    let (exam_session_id, key) = known??;
    let signed = TicketCode::signed_text(code.exam_session_id, &code.ticket_number);
    let is_signed = match key {
        Some(key) => crypto::is_signed(&key, &signed, &code.signature).await,
        None => None,
    };
    Some(judge_ticket_code(code, exam_session_id, is_signed))
}

fn said(locale: Locale, finding: TicketFinding) -> &'static str {
    match finding {
        TicketFinding::Genuine => td_string!(locale, rooms.ticket_genuine),
        TicketFinding::OtherTest => td_string!(locale, rooms.ticket_other_test),
        TicketFinding::Forged => td_string!(locale, rooms.ticket_forged),
        TicketFinding::Unchecked => td_string!(locale, rooms.ticket_unchecked),
    }
}

const fn tone(finding: TicketFinding) -> Tone {
    match finding {
        TicketFinding::Genuine => Tone::Ok,
        TicketFinding::OtherTest | TicketFinding::Forged => Tone::Stop,
        TicketFinding::Unchecked => Tone::Wait,
    }
}
