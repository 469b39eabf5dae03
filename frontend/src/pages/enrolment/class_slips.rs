//! The slips of a class: a code for each learner who has not activated their account yet, printed in one go.

use super::{
    record::slip::Slip,
    stayed::{Stayed, StayedNotice, note},
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, Outcome, idempotency_key},
        deed::Deed,
        whole_list::whole_list,
    },
    ui::{AsyncView, Button, Card, ConfirmDialog, DeedFailure, Icon, Look, PageHeading, Symbol, Toasts, focus_on},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};
use serde::de::IgnoredAny;
use shared::{
    enrolment::{ActivationSlip, EnrolmentRow, EnrolmentView},
    ids::StudentRecordId,
};

lazy_page! {
    /// The page.
    ClassSlipsPage = ClassSlips in school;
}

/// A learner of the class who has not activated their account.
#[derive(Clone, Debug, PartialEq)]
struct Waiting {
    record: StudentRecordId,
    name: String,
    /// Whether a code can go to their phone.
    may_text: bool,
}

#[component]
fn ClassSlips() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let waiting = LocalResource::new(move || waiting(actor, id.get()));
    view! {
        <main class="page stack">
            <p class="way-back"><A href=move || format!("/classes/{}", id.get())>{t!(i18n, classes.class)}</A></p>
            <PageHeading text=words(|locale| td_string!(locale, enrolment.class_slips)) />
            <AsyncView
                resource=waiting
                is_empty=Vec::is_empty
                empty=words(|locale| td_string!(locale, enrolment.class_slips_none))
                let:learners
            >
                <Slips class=id.get_untracked() learners />
            </AsyncView>
        </main>
    }
}

/// The learners of a class who have an account, from registration on, and have not activated it.
async fn waiting(actor: Actor, class: String) -> Outcome<Vec<Waiting>> {
    let rows: Vec<EnrolmentRow> = whole_list(actor, "/enrolments", &[("class_id", Some(class))]).await?;
    let is_waiting = |row: &EnrolmentRow| row.account_id.is_some() && row.state.is_running() && !row.is_activated;
    let mut waiting = Vec::new();
    for row in rows.into_iter().filter(is_waiting) {
        let record: EnrolmentView = client::get(actor, &format!("/enrolments/{}", row.id)).await?;
        waiting.push(Waiting { record: row.id, name: row.name, may_text: record.may_text });
    }
    Ok(waiting)
}

/// Who waits, and their slips once the codes are issued.
#[component]
fn Slips(class: String, learners: Vec<Waiting>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let (deed, is_asking) = (Deed::new(), RwSignal::new(false));
    let issued = RwSignal::new(Vec::<ActivationSlip>::new());
    let number = learners.len();
    let names = learners.iter().map(|learner| learner.name.as_str()).collect::<Vec<_>>().join(" ");
    let with_phone: Vec<_> = learners.into_iter().filter(|learner| learner.may_text).collect();
    let class = StoredValue::new(class);
    let issue = move |()| {
        let path = class.with_value(|class| format!("/classes/{class}/activation_codes"));
        let issuing = async move {
            let slips: Vec<ActivationSlip> = client::post(actor, &path, &serde_json::json!({})).await?;
            Ok(slips)
        };
        deed.run(issuing, move |slips| {
            // The page may be gone.
            issued.try_set(slips);
            toasts.done(t_string!(i18n, common.done));
        });
    };
    let is_left = move || issued.with(Vec::is_empty);
    let is_printable = move || !issued.with(Vec::is_empty) && !deed.is_busy().get();
    view! {
        <Card>
            <p>{move || td_string!(i18n.get_locale(), enrolment.class_slips_of, count = number)} " " {names}</p>
            {move || issued.get().into_iter().map(|issued| view! { <Slip issued /> }).collect_view()}
            <DeedFailure deed />
            <div class="row">
                <Show when=is_left>
                    <Button look=Look::Primary is_busy=deed.is_busy() on_press=move |()| is_asking.set(true)>
                        {t!(i18n, enrolment.class_slips_issue)}
                    </Button>
                </Show>
                <Show when=is_printable>
                    <Button on_press=move |()| drop(window().print())>
                        <Icon symbol=Symbol::Print />
                        {t!(i18n, enrolment.class_slips_print)}
                    </Button>
                </Show>
            </div>
            {(!with_phone.is_empty()).then(|| view! { <TextAll learners=with_phone /> })}
            <ConfirmDialog
                is_open=is_asking
                title=words(|locale| td_string!(locale, enrolment.class_slips_title))
                text=words(|locale| td_string!(locale, enrolment.issue_about))
                confirm=words(|locale| td_string!(locale, enrolment.issue))
                on_confirm=issue
            />
        </Card>
    }
}

/// Sends a code to the phone of each. Who presses again after the network was away sends no message twice.
#[component]
fn TextAll(learners: Vec<Waiting>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let (deed, is_asking, is_over) = (Deed::new(), RwSignal::new(false), RwSignal::new(false));
    let stayed = RwSignal::new(Vec::<Stayed>::new());
    let number = learners.len();
    let keyed: Vec<_> = learners.into_iter().map(|learner| (learner, idempotency_key())).collect();
    let keyed = StoredValue::new(keyed);
    let send = move |()| {
        stayed.set(Vec::new());
        deed.run(text_all(actor, keyed.get_value()), move |left: Vec<Stayed>| {
            toasts.done(t_string!(i18n, enrolment.class_texts_done, count = number - left.len()));
            stayed.set(left);
            is_over.set(true);
            // The button goes away, and the focus must not go with it.
            focus_on("h1");
        });
    };
    view! {
        <StayedNotice stayed />
        <DeedFailure deed />
        <Show when=move || !is_over.get()>
            <div class="row no-print">
                <Button is_busy=deed.is_busy() on_press=move |()| is_asking.set(true)>
                    {t!(i18n, enrolment.class_texts, count = number)}
                </Button>
            </div>
        </Show>
        <ConfirmDialog
            is_open=is_asking
            title=words(|locale| td_string!(locale, enrolment.class_texts_title))
            text=words(|locale| td_string!(locale, enrolment.class_texts_about))
            confirm=words(|locale| td_string!(locale, enrolment.text_code))
            on_confirm=send
        />
    }
}

/// Has a code sent to each, under a key of its own; those for whom it was not.
async fn text_all(actor: Actor, learners: Vec<(Waiting, String)>) -> Outcome<Vec<Stayed>> {
    let mut stayed = Vec::new();
    for (learner, key) in learners {
        let path = format!("/enrolments/{}/activation_texts", learner.record);
        let sent = client::create(actor, &path, &key, &serde_json::json!({})).await;
        note(&mut stayed, learner.name, sent.map(|_: IgnoredAny| ()))?;
    }
    Ok(stayed)
}
