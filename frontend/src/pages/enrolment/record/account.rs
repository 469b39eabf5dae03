//! The learner's account: whether it is in use, and the code that opens it the first time, on paper or by text.

use super::{place_of, slip::Slip, texts::Texts};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::organisation::{may, words::words},
    platform::{
        actor::Actor,
        client::{self, idempotency_key},
        deed::Deed,
    },
    ui::{Button, Card, ConfirmDialog, DeedFailure, Icon, Symbol, Tag, Toasts, Tone, focus_on},
};
use leptos::prelude::*;
use shared::{
    enrolment::{ActivationSlip, EnrolmentView},
    ids::StudentRecordId,
    messages::MessageView,
    rights::Right,
};

/// The card; nothing before the record is registered.
#[component]
pub(super) fn AccountCard(view: EnrolmentView, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let may_issue = may(actor, Right::KeepEnrolments, &place_of(&view.record));
    view.account_id.map(|_| {
        let messages = view.messages.clone();
        view! {
            <Card title=words(|locale| td_string!(locale, enrolment.account))>
                {if view.is_activated {
                    view! { <p><Tag tone=Tone::Ok>{t!(i18n, enrolment.activated)}</Tag></p> }.into_any()
                } else {
                    view! { <p><Tag tone=Tone::Wait>{t!(i18n, enrolment.not_activated)}</Tag></p> }.into_any()
                }}
                {may_issue.then(|| view! { <Issue view reload /> })}
                <Texts messages reload />
            </Card>
        }
    })
}

/// Issues a code, and shows it once.
#[component]
fn Issue(view: EnrolmentView, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed) = (expect_context::<Actor>(), Deed::new());
    let is_asking = RwSignal::new(false);
    let slip = RwSignal::new(None::<ActivationSlip>);
    let (id, is_activated, may_text) = (view.record.id, view.is_activated, view.may_text);
    let has_phone = view.person.phone_masked.is_some();
    let issue = move |()| {
        let path = format!("/enrolments/{id}/activation_codes");
        let issuing = async move { client::post(actor, &path, &serde_json::json!({})).await };
        deed.run(issuing, move |issued: ActivationSlip| {
            slip.set(Some(issued));
            focus_on("#slip");
        });
    };
    // The slip hides the day's other work until it is put away; then the record is fetched again.
    let put_away = move |()| {
        slip.set(None);
        reload.run(());
    };
    let about = Signal::derive(move || match is_activated {
        true => t_string!(i18n, enrolment.reissue_about).to_owned(),
        false => t_string!(i18n, enrolment.issue_about).to_owned(),
    });
    view! {
        {move || match slip.get() {
            Some(issued) => view! {
                <Slip issued id="slip" />
                <div class="row no-print">
                    <Button on_press=move |()| drop(window().print())>
                        <Icon symbol=Symbol::Print />
                        {t!(i18n, enrolment.print_slip)}
                    </Button>
                    <Button on_press=put_away>{t!(i18n, enrolment.put_away)}</Button>
                </div>
            }
            .into_any(),
            None => view! {
                <p class="muted small">{move || about.get()}</p>
                <div class="row">
                    <Button is_busy=deed.is_busy() on_press=move |()| is_asking.set(true)>
                        {t!(i18n, enrolment.issue)}
                    </Button>
                    {may_text.then(|| view! { <SendCode id deed reload /> })}
                </div>
                {(!may_text).then(|| view! { <NoText has_phone /> })}
            }
            .into_any(),
        }}
        <DeedFailure deed />
        <ConfirmDialog
            is_open=is_asking
            title=words(|locale| td_string!(locale, enrolment.issue_title))
            text=about
            confirm=words(|locale| td_string!(locale, enrolment.issue))
            on_confirm=issue
        />
    }
}

/// Says why no code can be sent to the learner's phone.
#[component]
fn NoText(has_phone: bool) -> impl IntoView {
    let i18n = use_i18n();
    let words = move || match has_phone {
        true => t_string!(i18n, enrolment.text_not_offered),
        false => t_string!(i18n, enrolment.text_no_phone),
    };
    view! { <p class="muted small">{words}</p> }
}

/// Sends a code to the learner's phone.
#[component]
fn SendCode(id: StudentRecordId, deed: Deed, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let is_asking = RwSignal::new(false);
    let key = idempotency_key();
    let send = move |()| {
        let (path, key) = (format!("/enrolments/{id}/activation_texts"), key.clone());
        let sending = async move { client::create(actor, &path, &key, &serde_json::json!({})).await };
        deed.run(sending, move |_: MessageView| {
            toasts.done(t_string!(i18n, enrolment.text_asked));
            reload.run(());
        });
    };
    view! {
        <Button is_busy=deed.is_busy() on_press=move |()| is_asking.set(true)>
            {t!(i18n, enrolment.text_code)}
        </Button>
        <ConfirmDialog
            is_open=is_asking
            title=words(|locale| td_string!(locale, enrolment.text_title))
            text=words(|locale| td_string!(locale, enrolment.text_about))
            confirm=words(|locale| td_string!(locale, enrolment.text_code))
            on_confirm=send
        />
    }
}
