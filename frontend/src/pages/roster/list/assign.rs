//! Sending a surveyor to the persons that are chosen.

use super::Around;
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{actor::Actor, client, deed::Deed},
    ui::{Button, DeedFailure, Field, Look, Select, Toasts, focus_on},
};
use leptos::prelude::*;
use shared::{ids::AccountId, roster::AssignSurveyor};

/// The choice that nobody is sent any more.
const NOBODY: &str = "nobody";

/// The bar above the list.
#[component]
pub(super) fn Assign(
    /// Shows what has become of them.
    assigned: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, deed) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let around = expect_context::<Around>();
    let (surveyor, was_sent) = (RwSignal::new(String::new()), RwSignal::new(false));
    let count = Memo::new(move |_| around.chosen.with(|chosen| chosen.len()));
    let has_chosen = move || count.get() > 0;
    let choose_all =
        move |()| around.chosen.set(around.rows.with_untracked(|rows| rows.iter().map(|row| row.id).collect()));
    let choose_none = move |()| around.chosen.update(|chosen| chosen.clear());
    let send = move |()| {
        was_sent.set(true);
        let surveyor_id = match surveyor.get_untracked().as_str() {
            NOBODY => None,
            surveyor => match surveyor.parse::<AccountId>() {
                Ok(surveyor_id) => Some(surveyor_id),
                Err(_) => return focus_on("#assign_to"),
            },
        };
        let entries: Vec<_> = around.chosen.get_untracked().into_iter().collect();
        let (persons, body) = (entries.len(), AssignSurveyor { surveyor_id, entries });
        let sending = async move { client::send(actor, "/roster/assignments", &body).await };
        deed.run(sending, move |()| {
            toasts.done(match surveyor_id {
                Some(_) => t_string!(i18n, roster.assigned_now, count = persons),
                None => t_string!(i18n, roster.taken_back_now, count = persons),
            });
            was_sent.set(false);
            assigned.run(());
        });
    };
    let surveyors = move || {
        let known = around.surveyors.get().into_iter().map(|known| (known.account_id.to_string(), known.name));
        let nobody = (NOBODY.to_owned(), t_string!(i18n, roster.take_back).to_owned());
        known.chain([nobody]).collect::<Vec<_>>()
    };
    let said = deed.field("/surveyor_id");
    let error = Signal::derive(move || match was_sent.get() && surveyor.with(String::is_empty) {
        true => t_string!(i18n, common.required).to_owned(),
        false => said.get(),
    });
    view! {
        <section class="card assign" aria-label=move || t_string!(i18n, roster.assign_title)>
            <div class="row spread">
                <p role="status">
                    {move || match count.get() {
                        0 => t_string!(i18n, roster.assign_hint).to_owned(),
                        count => t_string!(i18n, roster.chosen, count = count),
                    }}
                </p>
                <div class="row">
                    <Button on_press=choose_all>{t!(i18n, roster.choose_all)}</Button>
                    <Show when=has_chosen>
                        <Button on_press=choose_none>{t!(i18n, roster.choose_none)}</Button>
                    </Show>
                </div>
            </div>
            <Show when=has_chosen>
                <div class="row search">
                    <Field id="assign_to" label=words(|locale| td_string!(locale, roster.assign_to)) error>
                        <Select value=surveyor options=Signal::derive(surveyors) />
                    </Field>
                    <Button look=Look::Primary is_busy=deed.is_busy() on_press=send>{t!(i18n, roster.assign_do)}</Button>
                </div>
                <DeedFailure deed />
            </Show>
        </section>
    }
}
