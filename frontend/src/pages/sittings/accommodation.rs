//! One accommodation: what is needed and why, the paper, and the bureau's decision.

use super::accommodation_words::{AccommodationTag, Answers, needs_name, term_name};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        enrolment::words::level_name,
        not_found::NotFoundPage,
        organisation::words::words,
        people::{
            checked::{Checked, CheckedForm, GroupError},
            reason::ReasonField,
        },
        photos::LookedAt,
    },
    platform::{
        actor::Actor,
        client::{self, Outcome},
        creation::CreationKey,
        when,
    },
    ui::{AsyncView, Button, Card, Choices, Dialog, Field, PageHeading, TextInput, Toasts, focus_on},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};
use shared::{
    ids::AccommodationId,
    people::check_reason,
    problem::FieldError,
    sittings::{AccommodationDecision, AccommodationOffice, AccommodationView},
    time::read_date,
};

/// That it is granted.
const YES: &str = "yes";
/// That it is not.
const NO: &str = "no";
/// That it counts for good.
const FOR_GOOD: &str = "for_good";
/// That it counts until a day.
const UNTIL: &str = "until";

/// What is wrong with how long it is to count. A day that is only half written is none, and not for good.
fn term_error(term: &str, until: &str) -> Option<FieldError> {
    match term {
        FOR_GOOD => None,
        UNTIL => read_date(until).is_none().then(|| FieldError::new("/until", "required")),
        _ => Some(FieldError::new("/term", "required")),
    }
}

lazy_page! {
    /// The page.
    AccommodationPage = Accommodation in office;
}

#[component]
fn Accommodation() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<AccommodationId>().ok()));
    move || match id.get() {
        Some(id) => view! { <OneAccommodation id /> }.into_any(),
        None => view! { <NotFoundPage /> }.into_any(),
    }
}

#[component]
fn OneAccommodation(id: AccommodationId) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let fetched: LocalResource<Outcome<AccommodationView>> =
        LocalResource::new(move || async move { client::get(actor, &format!("/accommodations/{id}")).await });
    let again = Callback::new(move |()| fetched.refetch());
    view! {
        <main class="page stack">
            <p class="way-back"><A href="/accommodations">{t!(i18n, sittings.accommodations)}</A></p>
            <AsyncView resource=fetched let:accommodation>
                <Facts accommodation=accommodation.clone() />
                {accommodation.turn.map(|office| view! {
                    <Decide id office has_paper=accommodation.has_paper again />
                })}
            </AsyncView>
        </main>
    }
}

/// Who needs what and why, and what was said to it.
#[component]
fn Facts(accommodation: AccommodationView) -> impl IntoView {
    let i18n = use_i18n();
    let AccommodationView { id, needs, level, applied_at, has_paper, state, .. } = accommodation;
    let (reason, provider_name) = (accommodation.reason.clone(), accommodation.provider_name.clone());
    let (answers, name) = (accommodation.answers.clone(), accommodation.candidate_name.clone());
    view! {
        <div class="row spread">
            <PageHeading text=Signal::stored(name) />
            <AccommodationTag state />
        </div>
        <Card title=words(|locale| td_string!(locale, sittings.accommodation_facts))>
            <dl class="facts">
                <div>
                    <dt>{t!(i18n, sittings.accommodation_needs)}</dt>
                    <dd>{move || needs_name(i18n.get_locale(), needs)}</dd>
                </div>
                <div><dt>{t!(i18n, sittings.accommodation_reason)}</dt><dd>{reason}</dd></div>
                <div><dt>{t!(i18n, sittings.accommodation_school)}</dt><dd>{provider_name}</dd></div>
                <div>
                    <dt>{t!(i18n, sittings.accommodation_level)}</dt>
                    <dd>{move || level_name(i18n.get_locale(), level)}</dd>
                </div>
                <div>
                    <dt>{t!(i18n, sittings.accommodation_applied_at)}</dt>
                    <dd class="num">{move || when::date_time(i18n.get_locale(), applied_at)}</dd>
                </div>
            </dl>
            <p class="muted small">{move || term_name(i18n.get_locale(), &accommodation)}</p>
            <Paper id has_paper />
            <Answers answers />
        </Card>
    }
}

/// The photo of the paper, shown when somebody asks, for each look is audited.
#[component]
fn Paper(id: AccommodationId, has_paper: bool) -> impl IntoView {
    let i18n = use_i18n();
    let is_open = RwSignal::new(false);
    let name = words(|locale| td_string!(locale, sittings.accommodation_paper));
    if !has_paper {
        return view! { <p>{t!(i18n, sittings.accommodation_no_paper)}</p> }.into_any();
    }
    view! {
        <div class="row">
            <Button on_press=move |()| is_open.set(true)>{t!(i18n, sittings.accommodation_look)}</Button>
        </div>
        <Dialog is_open title=name>
            {move || is_open.get().then(|| view! {
                <LookedAt path=format!("/accommodations/{id}/photo/look") name=name.get_untracked() />
            })}
        </Dialog>
    }
    .into_any()
}

/// The decision of an office: without a paper it can only say no.
#[component]
fn Decide(id: AccommodationId, office: AccommodationOffice, has_paper: bool, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    // Where there are two ways, nothing is chosen beforehand.
    let choice = RwSignal::new(if has_paper { "" } else { NO }.to_owned());
    let (term, until) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (reason, key) = (RwSignal::new(String::new()), CreationKey::new());
    let is_granted = Memo::new(move |_| choice.with(|choice| choice == YES));
    let checked = Checked::new(move || {
        let undecided = choice.with(String::is_empty).then(|| FieldError::new("/is_granted", "required"));
        let term = if is_granted.get() { term_error(&term.get(), &until.get()) } else { None };
        undecided.into_iter().chain(term).chain(check_reason(&reason.get(), "/reason").err()).collect()
    });
    let send = Callback::new(move |()| {
        let verb = match office {
            AccommodationOffice::County => "check",
            AccommodationOffice::City => "confirm",
        };
        let path = format!("/accommodations/{id}/{verb}");
        let is_granted = is_granted.get_untracked();
        let has_end = is_granted && term.with_untracked(|term| term == UNTIL);
        let until = until.with_untracked(|until| read_date(until)).filter(|_| has_end);
        let body = AccommodationDecision { is_granted, reason: reason.get_untracked(), until };
        let deciding = key.create(move |key| async move { client::create(actor, &path, &key, &body).await });
        checked.deed.run(deciding, move |_: AccommodationView| {
            toasts.done(t_string!(i18n, sittings.accommodation_decided));
            // The form goes away, and the focus must not go with it.
            focus_on("h1");
            again.run(());
        });
    });
    let options = move || {
        let yes = has_paper.then(|| (YES.to_owned(), t_string!(i18n, sittings.accommodation_yes).to_owned()));
        let no = (NO.to_owned(), t_string!(i18n, sittings.accommodation_no).to_owned());
        yes.into_iter().chain([no]).collect::<Vec<_>>()
    };
    view! {
        <Card title=words(|locale| td_string!(locale, sittings.accommodation_decide))>
            <p>{t!(i18n, sittings.accommodation_decide_about)}</p>
            <CheckedForm checked verb=words(|locale| td_string!(locale, sittings.accommodation_decide)) send>
                <div>
                    <Choices
                        legend=words(|locale| td_string!(locale, sittings.accommodation_decision))
                        value=choice
                        options=Signal::derive(options)
                        on_choose=move |chosen| choice.set(chosen)
                    />
                    <GroupError text=checked.error("/is_granted") />
                </div>
                <Show when=move || is_granted.get()>
                    <Term term until checked />
                </Show>
                <ReasonField value=reason checked />
            </CheckedForm>
        </Card>
    }
}

/// How long it is to count: for good, or until a day that is said then.
#[component]
fn Term(term: RwSignal<String>, until: RwSignal<String>, checked: Checked) -> impl IntoView {
    let i18n = use_i18n();
    let options = move || {
        let for_good = (FOR_GOOD.to_owned(), t_string!(i18n, sittings.accommodation_for_good).to_owned());
        vec![for_good, (UNTIL.to_owned(), t_string!(i18n, sittings.accommodation_until_day).to_owned())]
    };
    view! {
        <div>
            <Choices
                legend=words(|locale| td_string!(locale, sittings.accommodation_term))
                value=term
                options=Signal::derive(options)
                on_choose=move |chosen| term.set(chosen)
            />
            <GroupError text=checked.error("/term") />
        </div>
        <Show when=move || term.with(|term| term == UNTIL)>
            <Field
                id="until"
                label=words(|locale| td_string!(locale, sittings.accommodation_last_day))
                error=checked.error("/until")
            >
                <TextInput value=until kind="date" />
            </Field>
        </Show>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_who_says_so_grants_something_for_good() {
        let wrong = |term, until| term_error(term, until).map(|error| error.pointer);
        assert_eq!((wrong(FOR_GOOD, ""), wrong(UNTIL, "2027-12-31")), (None, None));
        assert_eq!(wrong(UNTIL, "").as_deref(), Some("/until"), "a browser tells nothing of a half-written day");
        assert_eq!(wrong(UNTIL, "2027-12").as_deref(), Some("/until"));
        assert_eq!(wrong("", "").as_deref(), Some("/term"));
    }
}
