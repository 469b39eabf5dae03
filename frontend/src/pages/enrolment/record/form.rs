//! 报名登记表 and 报名承诺书, printed to be signed and sealed.

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{actor::Actor, client, deed::Deed, file},
    ui::{Button, Card, DeedFailure, Icon, Symbol},
};
use leptos::prelude::*;
use shared::ids::StudentRecordId;

/// The card that prints them.
#[component]
pub(super) fn FormCard(id: StudentRecordId) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed) = (expect_context::<Actor>(), Deed::new());
    let print = move |()| {
        let (path, name) = (format!("/enrolments/{id}/form"), format!("{}.pdf", t_string!(i18n, enrolment.form_title)));
        let printing = async move { client::post_for_bytes(actor, &path, &serde_json::json!({})).await };
        deed.run(printing, move |bytes: Vec<u8>| file::save_bytes(&name, "application/pdf", &bytes));
    };
    view! {
        <Card title=words(|locale| td_string!(locale, enrolment.form_print))>
            <p>{t!(i18n, enrolment.form_about)}</p>
            <div class="row">
                <Button is_busy=deed.is_busy() on_press=print>
                    <Icon symbol=Symbol::Download />
                    {t!(i18n, enrolment.form_download)}
                </Button>
            </div>
            <DeedFailure deed />
        </Card>
    }
}
