//! 学习记录证明: printed by whose it is, and by the office of their school.

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{actor::Actor, client, deed::Deed, file},
    ui::{Button, Card, DeedFailure, Icon, Symbol},
};
use leptos::prelude::*;

/// The card that prints.
#[component]
pub(in crate::pages) fn StudyProofCard(
    /// Where it is printed.
    #[prop(into)]
    path: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed) = (expect_context::<Actor>(), Deed::new());
    let print = move |()| {
        let (path, name) = (path.clone(), format!("{}.pdf", t_string!(i18n, credit_bank.study_proof)));
        let printing = async move { client::post_for_bytes(actor, &path, &serde_json::json!({})).await };
        deed.run(printing, move |bytes: Vec<u8>| file::save_bytes(&name, "application/pdf", &bytes));
    };
    view! {
        <Card title=words(|locale| td_string!(locale, credit_bank.study_proof))>
            <p>{t!(i18n, credit_bank.study_proof_about)}</p>
            <div class="row">
                <Button is_busy=deed.is_busy() on_press=print>
                    <Icon symbol=Symbol::Download />
                    {t!(i18n, credit_bank.study_proof_print)}
                </Button>
            </div>
            <DeedFailure deed />
        </Card>
    }
}
