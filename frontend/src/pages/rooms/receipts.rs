//! Prints the receipt of one candidate, for who is asked about it.

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{
        organisation::words::words,
        people::checked::{Checked, CheckedForm},
    },
    platform::{actor::Actor, client, file},
    ui::{Card, Field, Look, TextInput},
};
use leptos::prelude::*;
use shared::delivery::PrintReceipt;

/// The form.
#[component]
pub(super) fn Receipts(
    /// The path of the exam session.
    path: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let ticket = RwSignal::new(String::new());
    let asked = move || PrintReceipt { ticket_number: ticket.get() };
    let checked = Checked::new(move || asked().checked().err().unwrap_or_default());
    let path = format!("{path}/receipts");
    let send = Callback::new(move |()| {
        let (path, body) = (path.clone(), untrack(asked));
        let name = format!("{}.pdf", t_string!(i18n, rooms.receipts));
        let printing = async move { client::post_for_bytes(actor, &path, &body).await };
        checked.deed.run(printing, move |bytes: Vec<u8>| file::save_bytes(&name, "application/pdf", &bytes));
    });
    view! {
        <Card title=words(|locale| td_string!(locale, rooms.receipts))>
            <p>{t!(i18n, rooms.receipts_about)}</p>
            <CheckedForm checked look=Look::Plain verb=words(|locale| td_string!(locale, rooms.receipts_print)) send>
                <Field
                    id="receipt_ticket"
                    label=words(|locale| td_string!(locale, rooms.receipts_ticket))
                    error=checked.error("/ticket_number")
                >
                    <TextInput value=ticket keyboard="numeric" />
                </Field>
            </CheckedForm>
        </Card>
    }
}
