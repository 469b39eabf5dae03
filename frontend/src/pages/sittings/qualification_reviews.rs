//! Registrations that wait for the reader's office: approved at once or one by one, or refused for a reason.

use super::state::office_name;
use crate::{
    i18n::{t, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        organisation::words::words,
        people::{
            checked::{Checked, CheckedForm},
            reason::ReasonField,
        },
    },
    platform::{
        actor::Actor,
        client::{self, Outcome, query},
        deed::Deed,
        when,
    },
    ui::{Button, DeedFailure, Dialog, Look, PageHeading, Paged, PagedView, Toasts, focus_on},
};
use leptos::prelude::*;
use shared::{
    page::Page,
    people::check_reason,
    sittings::{MAX_REVIEWED, RegistrationKey, RegistrationToReview, RegistrationsReviewed, ReviewRegistrations},
};

lazy_page! {
    /// The page.
    QualificationReviewsPage = QualificationReviews in office;
}

#[component]
fn QualificationReviews() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let waiting = Paged::new(move |cursor| {
        let path = format!("/qualification_reviews?{}", query(&[("cursor", cursor)]));
        async move {
            let page: Outcome<Page<RegistrationToReview>> = client::get(actor, &path).await;
            page
        }
    });
    view! {
        <main class="page stack">
            <PageHeading text=words(|locale| td_string!(locale, sittings.qualification_reviews)) />
            <p class="muted">{t!(i18n, sittings.qualification_reviews_lead)}</p>
            <PagedView paged=waiting empty=words(|locale| td_string!(locale, sittings.qualification_reviews_none))>
                <Waiting waiting />
            </PagedView>
        </main>
    }
}

/// The key of a registration.
const fn key(registration: &RegistrationToReview) -> RegistrationKey {
    RegistrationKey { exam_session_id: registration.exam_session_id, account_id: registration.account_id }
}

/// Approves registrations, as many at once as one request decides; how many it were.
async fn approved(actor: Actor, registrations: Vec<RegistrationKey>) -> Outcome<u32> {
    let mut approved = 0;
    for some in registrations.chunks(MAX_REVIEWED) {
        let request = ReviewRegistrations { registrations: some.to_vec(), is_approved: true, reason: String::new() };
        let told: RegistrationsReviewed = client::post(actor, "/qualification_reviews", &request).await?;
        approved += told.reviewed;
    }
    Ok(approved)
}

#[component]
fn Waiting(waiting: Paged<RegistrationToReview>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, deed) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let (rows, has_more) = (waiting.rows(), waiting.has_more());
    let reload = Callback::new(move |()| waiting.reload());
    let approve = Callback::new(move |registrations: Vec<RegistrationKey>| {
        let locale = i18n.get_locale_untracked();
        deed.run(approved(actor, registrations), move |count: u32| {
            toasts.done(td_string!(locale, sittings.registrations_approved, count = count));
            // The list is drawn anew, and the focus must not be lost.
            focus_on("h1");
            reload.run(());
        });
    });
    let approve_shown = move |()| approve.run(rows.with_untracked(|rows| rows.iter().map(key).collect()));
    let verb = move || match has_more.get() {
        true => td_string!(i18n.get_locale(), sittings.approve_shown, count = rows.with(Vec::len)),
        false => td_string!(i18n.get_locale(), sittings.approve_all).to_owned(),
    };
    view! {
        <DeedFailure deed />
        <div class="row">
            <Button look=Look::Primary is_busy=deed.is_busy() on_press=approve_shown>{verb}</Button>
        </div>
        <ul class="rows">
            <For
                each=move || rows.get()
                key=|row: &RegistrationToReview| (row.exam_session_id, row.account_id, row.office)
                let:registration
            >
                <Row registration approve reload />
            </For>
        </ul>
    }
}

/// One registration, with what can be decided of it.
#[component]
fn Row(
    registration: RegistrationToReview,
    approve: Callback<Vec<RegistrationKey>>,
    reload: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (key, is_refusing) = (key(&registration), RwSignal::new(false));
    let RegistrationToReview { exam_session_title, starts_at, candidate_name, office, .. } = registration;
    let (for_approval, for_refusal) = (candidate_name.clone(), candidate_name.clone());
    view! {
        <li>
            <div class="stack">
                <p><b>{candidate_name}</b></p>
                <p>{exam_session_title}</p>
                <p class="muted small num">
                    {move || office_name(i18n.get_locale(), office)} " · "
                    {move || when::date_time(i18n.get_locale(), starts_at)}
                </p>
                <div class="row">
                    <Button on_press=move |()| approve.run(vec![key])>
                        {t!(i18n, sittings.approve_registration)}
                        <span class="visually-hidden">" " {for_approval}</span>
                    </Button>
                    <Button look=Look::Danger on_press=move |()| is_refusing.set(true)>
                        {t!(i18n, sittings.refuse_registration)}
                        <span class="visually-hidden">" " {for_refusal}</span>
                    </Button>
                </div>
                <Dialog is_open=is_refusing title=words(|locale| td_string!(locale, sittings.refuse_registration))>
                    <Refuse registration=key is_open=is_refusing reload />
                </Dialog>
            </div>
        </li>
    }
}

/// Asks why a registration is refused.
#[component]
fn Refuse(registration: RegistrationKey, is_open: RwSignal<bool>, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let reason = RwSignal::new(String::new());
    let checked = Checked::new(move || check_reason(&reason.get(), "/reason").err().into_iter().collect());
    let send = Callback::new(move |()| {
        let (registrations, reason) = (vec![registration], reason.get_untracked());
        let request = ReviewRegistrations { registrations, is_approved: false, reason };
        let said = td_string!(i18n.get_locale_untracked(), sittings.registration_refused);
        let refusing = async move { client::post(actor, "/qualification_reviews", &request).await };
        checked.deed.run(refusing, move |_: RegistrationsReviewed| {
            is_open.set(false);
            toasts.done(said);
            // The list is drawn anew, and the focus must not be lost.
            focus_on("h1");
            reload.run(());
        });
    });
    view! {
        <p>{t!(i18n, sittings.about_refuse_registration)}</p>
        <CheckedForm
            checked
            look=Look::Danger
            verb=words(|locale| td_string!(locale, sittings.refuse_registration))
            send
        >
            <ReasonField value=reason checked />
        </CheckedForm>
    }
}
