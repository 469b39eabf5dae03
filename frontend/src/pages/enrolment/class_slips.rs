//! The slips of a class: a code for each learner who has not activated their account yet, printed in one go.

use super::record::slip::Slip;
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, Outcome, query},
        deed::Deed,
    },
    ui::{AsyncView, Button, Card, ConfirmDialog, DeedFailure, Icon, Look, PageHeading, Symbol, Toasts},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};
use shared::{
    enrolment::{ActivationSlip, EnrolmentRow},
    page::{MAX_PAGE_ROWS, Page},
};

lazy_page! {
    /// The page.
    ClassSlipsPage = ClassSlips in school;
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

/// The names of a class's learners who have an account, from registration on, and have not activated it.
async fn waiting(actor: Actor, class: String) -> Outcome<Vec<String>> {
    let (mut waiting, mut cursor) = (Vec::new(), None);
    loop {
        let rows = Some(MAX_PAGE_ROWS.to_string());
        let asked = query(&[("class_id", Some(class.clone())), ("limit", rows), ("cursor", cursor)]);
        let page: Page<EnrolmentRow> = client::get(actor, &format!("/enrolments?{asked}")).await?;
        let is_waiting = |row: &EnrolmentRow| row.account_id.is_some() && row.state.is_running() && !row.is_activated;
        waiting.extend(page.items.into_iter().filter(is_waiting).map(|row| row.name));
        cursor = page.next_cursor;
        if cursor.is_none() {
            return Ok(waiting);
        }
    }
}

/// Who waits, and their slips once the codes are issued.
#[component]
fn Slips(class: String, learners: Vec<String>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let (deed, is_asking) = (Deed::new(), RwSignal::new(false));
    let issued = RwSignal::new(Vec::<ActivationSlip>::new());
    let number = learners.len();
    let names = learners.join(" ");
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
