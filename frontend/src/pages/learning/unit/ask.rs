//! 问老师: what was asked at the unit, and a place to ask.

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{
        learning::inquiries::{AnswerShown, OwnInquiry},
        organisation::words::words,
        people::checked::{Checked, CheckedForm},
    },
    platform::{
        actor::Actor,
        client::{self, Outcome, idempotency_key},
    },
    ui::{AsyncView, Card, Field, Look, TextArea, Toasts},
};
use leptos::prelude::*;
use shared::{
    ids::UnitId,
    learning::{InquiryView, MAX_INQUIRY_CHARS, NewInquiry, PublicInquiry, UnitInquiries},
};

/// The card.
#[component]
pub(super) fn AskTeacher(
    /// The unit.
    unit: UnitId,
) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let asked: LocalResource<Outcome<UnitInquiries>> =
        LocalResource::new(move || async move { client::get(actor, &format!("/me/units/{unit}/inquiries")).await });
    let again = Callback::new(move |()| asked.refetch());
    view! {
        <Card title=words(|locale| td_string!(locale, learning.ask_title))>
            <AsyncView resource=asked let:asked>
                <Asked asked again />
                <Ask unit again />
            </AsyncView>
        </Card>
    }
}

/// What was asked, here and by others of the class; nothing if nobody asked.
#[component]
fn Asked(asked: UnitInquiries, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let UnitInquiries { own, public } = asked;
    let own_line = move |inquiry: InquiryView| view! { <li><div class="stack"><OwnInquiry inquiry again /></div></li> };
    let public_line = |PublicInquiry { text, answer, .. }: PublicInquiry| {
        view! { <li><div class="stack"><p class="own-words">{text}</p><AnswerShown answer /></div></li> }
    };
    view! {
        {(!public.is_empty()).then(|| view! {
            <h3>{t!(i18n, learning.asked_public)}</h3>
            <ul class="rows">{public.into_iter().map(public_line).collect_view()}</ul>
        })}
        {(!own.is_empty()).then(|| view! {
            <h3>{t!(i18n, learning.asked_own)}</h3>
            <ul class="rows">{own.into_iter().map(own_line).collect_view()}</ul>
        })}
    }
}

/// The form. It is drawn anew when the question has been taken.
#[component]
fn Ask(unit: UnitId, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let text = RwSignal::new(String::new());
    let checked = Checked::new(move || NewInquiry { text: text.get() }.check().err().into_iter().collect());
    let key = StoredValue::new(idempotency_key());
    let send = Callback::new(move |()| {
        let (asked, key) = (NewInquiry { text: text.get_untracked() }, key.get_value());
        let path = format!("/me/units/{unit}/inquiries");
        let sending = async move { client::create(actor, &path, &key, &asked).await };
        checked.deed.run(sending, move |_: InquiryView| {
            toasts.done(t_string!(i18n, learning.ask_sent));
            again.run(());
        });
    });
    // What was refused is another request once it is changed.
    Effect::watch(move || text.track(), move |_, _, _| key.set_value(idempotency_key()), false);
    let hint = Signal::derive(move || t_string!(i18n, learning.ask_hint, max = MAX_INQUIRY_CHARS));
    view! {
        <CheckedForm checked look=Look::Plain verb=words(|locale| td_string!(locale, learning.ask_send)) send>
            <Field
                id="inquiry"
                label=words(|locale| td_string!(locale, learning.ask_label))
                hint
                error=checked.error("/text")
            >
                <TextArea value=text rows=3 />
            </Field>
        </CheckedForm>
    }
}
