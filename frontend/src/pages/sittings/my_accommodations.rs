//! What the learner needs at tests: applied for once, with a photo of a paper, and where it stands.

mod apply;

use super::accommodation_words::{AccommodationTag, Answers, needs_name, term_name};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{organisation::words::words, photos::TakePhoto},
    platform::{
        actor::Actor,
        client::{self, Outcome},
        deed::Deed,
    },
    ui::{Button, Card, ConfirmDialog, DeedFailure, FailureNotice, Toasts, focus_on},
};
use apply::Apply;
use leptos::prelude::*;
use shared::{
    ids::AccommodationId,
    sittings::{AccommodationView, may_add_paper, may_take_back},
};

/// A card with all of them, and the way to apply.
#[component]
pub(super) fn MyAccommodations() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let fetched: LocalResource<Outcome<Vec<AccommodationView>>> =
        LocalResource::new(move || client::get(actor, "/me/accommodations"));
    let again = Callback::new(move |()| fetched.refetch());
    let known = move || match fetched.get()? {
        Ok(found) => {
            let may_apply = found.iter().all(|one| one.state.turn().is_none());
            let rows = found.into_iter().map(|accommodation| view! { <One accommodation again /> }).collect_view();
            Some(view! { {rows} {may_apply.then(|| view! { <Apply again /> })} }.into_any())
        }
        Err(failure) => Some(view! { <FailureNotice failure /> }.into_any()),
    };
    view! {
        <div class="no-print">
            <Card title=words(|locale| td_string!(locale, sittings.my_accommodations))>
                <p>{t!(i18n, sittings.my_accommodations_about)}</p>
                {known}
            </Card>
        </div>
    }
}

#[component]
fn One(accommodation: AccommodationView, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (id, needs, state) = (accommodation.id, accommodation.needs, accommodation.state);
    let has_paper = accommodation.has_paper;
    let answers = accommodation.answers.clone();
    let may_add = may_add_paper(state).is_ok();
    let added = Callback::new(move |_: Vec<AccommodationView>| again.run(()));
    let about_paper = move || match has_paper {
        true => t_string!(i18n, sittings.accommodation_paper_added),
        false => t_string!(i18n, sittings.accommodation_add_paper),
    };
    view! {
        <div class="stack">
            <p class="row spread">
                <b>{move || needs_name(i18n.get_locale(), needs)}</b>
                <AccommodationTag state />
            </p>
            <p class="muted small">{move || term_name(i18n.get_locale(), &accommodation)}</p>
            <Answers answers />
            {may_add.then(|| view! {
                <p>{about_paper}</p>
                <div class="row">
                    <TakePhoto
                        path=format!("/me/accommodations/{id}/photo")
                        name=words(|locale| td_string!(locale, sittings.accommodation_paper))
                        added
                    />
                </div>
            })}
            {may_take_back(state).is_ok().then(|| view! { <Withdraw id again /> })}
        </div>
    }
}

/// Takes it back.
#[component]
fn Withdraw(id: AccommodationId, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, deed) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let is_asking = RwSignal::new(false);
    let withdraw = move |()| {
        let path = format!("/me/accommodations/{id}/withdraw");
        let said = t_string!(i18n, sittings.accommodation_withdrawn_toast).to_owned();
        let withdrawing = async move { client::post(actor, &path, &serde_json::json!({})).await };
        deed.run(withdrawing, move |_: Vec<AccommodationView>| {
            toasts.done(said);
            // The button goes away, and the focus must not go with it.
            focus_on("h1");
            again.run(());
        });
    };
    view! {
        <DeedFailure deed />
        <div class="row">
            <Button is_busy=deed.is_busy() on_press=move |()| is_asking.set(true)>
                {t!(i18n, sittings.accommodation_withdraw)}
            </Button>
        </div>
        <ConfirmDialog
            is_open=is_asking
            title=words(|locale| td_string!(locale, sittings.accommodation_withdraw_ask))
            text=words(|locale| td_string!(locale, sittings.accommodation_withdraw_about))
            confirm=words(|locale| td_string!(locale, sittings.accommodation_withdraw))
            on_confirm=withdraw
        />
    }
}
