//! Requests of persons to have their data corrected, and their answers.

use super::{
    checked::{Checked, CheckedForm},
    reason::ReasonField,
    words::{kind_name, sex_name},
};
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        exports::Export,
        organisation::{steps::place_query, within::Within, words::words},
        roster::education::education_name,
    },
    platform::{
        actor::Actor,
        client::{self, Outcome, query},
        deed::Deed,
        when,
    },
    ui::{
        Button, Choices, Column, ConfirmDialog, DeedFailure, Dialog, Look, PageHeading, Paged, PagedView, Table, Tag,
        Toasts, Tone,
    },
};
use leptos::{context::Provider, prelude::*};
use leptos_router::components::A;
use shared::{
    ids::CorrectionRequestId,
    page::Page,
    people::{CorrectionField, CorrectionState, CorrectionView, RefuseCorrection, StatedWhole, check_reason},
    person::Sex,
};

lazy_page! {
    /// The page.
    CorrectionsPage = Corrections in school;
}

/// What the rows need.
#[derive(Clone, Copy)]
struct Around {
    requests: Paged<CorrectionView>,
}

/// What a field is called.
pub(in crate::pages) fn field_name(locale: Locale, field: CorrectionField) -> &'static str {
    match field {
        CorrectionField::Name => td_string!(locale, people.name),
        CorrectionField::Document => td_string!(locale, people.document),
        CorrectionField::Phone => td_string!(locale, people.phone),
        CorrectionField::Sex => td_string!(locale, people.sex),
        CorrectionField::BirthDate => td_string!(locale, people.birth_date),
        CorrectionField::Household => td_string!(locale, people.household),
        CorrectionField::Education => td_string!(locale, enrolment.schooling),
    }
}

/// What stood or is to stand in a field, in words.
pub(in crate::pages) fn value_name(locale: Locale, field: CorrectionField, text: &str) -> String {
    let words = match field {
        CorrectionField::Sex => Sex::parse(text).map(|sex| sex_name(locale, sex)),
        CorrectionField::Education => Some(education_name(locale, text)),
        _ => None,
    };
    words.unwrap_or(text).to_owned()
}

/// What a state is called.
pub(in crate::pages) fn state_name(locale: Locale, state: CorrectionState) -> &'static str {
    match state {
        CorrectionState::Open => td_string!(locale, people.correction_open),
        CorrectionState::Accepted => td_string!(locale, people.correction_accepted),
        CorrectionState::Refused => td_string!(locale, people.correction_refused),
        CorrectionState::Withdrawn => td_string!(locale, people.correction_withdrawn),
    }
}

/// How a state looks.
pub(in crate::pages) const fn tone_of(state: CorrectionState) -> Tone {
    match state {
        CorrectionState::Open => Tone::Wait,
        CorrectionState::Accepted => Tone::Ok,
        CorrectionState::Refused => Tone::Stop,
        CorrectionState::Withdrawn => Tone::Plain,
    }
}

#[component]
fn Corrections() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let state = RwSignal::new(CorrectionState::Open.as_str().to_owned());
    let within = RwSignal::new(String::new());
    let asked = move |cursor: Option<String>| {
        let [division, school] = within.with(|within| place_query(within));
        query(&[division, school, ("state", Some(state.get())), ("cursor", cursor)])
    };
    let requests = Paged::new(move |cursor| {
        let path = format!("/corrections?{}", untrack(|| asked(cursor)));
        async move {
            let page: Outcome<Page<CorrectionView>> = client::get(actor, &path).await;
            page
        }
    });
    Effect::watch(move || asked(None), move |_, _, _| requests.reload(), false);
    let options = move || {
        let locale = i18n.get_locale();
        let option = |state: &CorrectionState| (state.as_str().to_owned(), state_name(locale, *state).to_owned());
        let all = (String::new(), t_string!(i18n, common.all).to_owned());
        CorrectionState::ALL.iter().map(option).chain([all]).collect::<Vec<_>>()
    };
    view! {
        <main class="page wide stack">
            <PageHeading text=words(|locale| td_string!(locale, people.corrections)) />
            <p>{t!(i18n, people.corrections_text)}</p>
            <Choices
                legend=words(|locale| td_string!(locale, people.state))
                value=state
                options=Signal::derive(options)
                on_choose=move |chosen| state.set(chosen)
            />
            <div class="row search"><Within value=within has_schools=true /></div>
            <Export
                name=words(|locale| td_string!(locale, exports.list_corrections))
                path=move |()| format!("/corrections/exports?{}", asked(None))
            />
            <Provider value=Around { requests }>
                <PagedView paged=requests empty=words(|locale| td_string!(locale, people.correction_none))>
                    <Rows requests />
                </PagedView>
            </Provider>
        </main>
    }
}

#[component]
fn Rows(requests: Paged<CorrectionView>) -> impl IntoView {
    let columns = vec![
        Column::text(words(|locale| td_string!(locale, people.name))),
        Column::text(words(|locale| td_string!(locale, people.correction_field))),
        Column::text(words(|locale| td_string!(locale, people.correction_former))),
        Column::text(words(|locale| td_string!(locale, people.correction_stated))),
        Column::text(words(|locale| td_string!(locale, people.reason))),
        Column::text(words(|locale| td_string!(locale, people.correction_at))),
        Column::text(words(|locale| td_string!(locale, people.correction_due))),
        Column::text(words(|locale| td_string!(locale, people.state))),
        Column::text(words(|locale| td_string!(locale, people.act))),
    ];
    view! {
        <Table
            caption=words(|locale| td_string!(locale, people.correction_list))
            columns
            rows=requests.rows()
            key=|request| (request.id, request.state)
            row
        />
    }
}

fn row(request: CorrectionView) -> impl IntoView {
    let i18n = use_i18n();
    let (field, state, asked_at, kind) = (request.field, request.state, request.asked_at, request.document_kind);
    let (due_on, is_overdue, is_by_office) = (request.due_on, request.is_overdue, request.is_by_office);
    let kind = move || kind.map(|kind| format!("{} ", kind_name(i18n.get_locale(), kind)));
    let value = move |text: String| move || value_name(i18n.get_locale(), field, &text);
    let acts = match state {
        CorrectionState::Open => view! { <Acts request=request.clone() /> }.into_any(),
        _ => request.answer.clone().into_any(),
    };
    view! {
        <th scope="row"><A href=format!("/people/{}", request.person_id)>{request.person_name}</A></th>
        <td>{move || field_name(i18n.get_locale(), field)}</td>
        <td class="num">{value(request.former)}</td>
        <td class="num">{kind}{value(request.stated)}</td>
        <td>{request.reason}</td>
        <td class="num">{move || when::date(i18n.get_locale(), asked_at)}</td>
        <td class="num">
            {(!is_by_office).then_some(move || when::day(i18n.get_locale(), due_on))}
            {is_overdue.then(|| view! { " " <Tag tone=Tone::Stop>{t!(i18n, people.correction_overdue)}</Tag> })}
        </td>
        <td>
            <Tag tone=tone_of(state)>{move || state_name(i18n.get_locale(), state)}</Tag>
            {is_by_office.then(|| view! { <p class="small">{t!(i18n, people.correction_by_office)}</p> })}
        </td>
        <td><div class="row">{acts}</div></td>
    }
}

#[component]
fn Acts(request: CorrectionView) -> impl IntoView {
    let field = request.field;
    view! {
        {field.is_masked().then(|| view! { <LookAt id=request.id field /> })}
        <Accept id=request.id />
        <Refuse id=request.id />
    }
}

/// What looking at a stated number or date is called.
fn look_name(locale: Locale, field: CorrectionField) -> &'static str {
    match field {
        CorrectionField::BirthDate => td_string!(locale, people.correction_look_date),
        _ => td_string!(locale, people.correction_look),
    }
}

/// Shows what is stated whole, while the dialog stands open.
#[component]
fn LookAt(id: CorrectionRequestId, field: CorrectionField) -> impl IntoView {
    let i18n = use_i18n();
    let is_open = RwSignal::new(false);
    let name = move || look_name(i18n.get_locale(), field);
    view! {
        <Button on_press=move |()| is_open.set(true)>{name}</Button>
        <Dialog is_open title=Signal::derive(move || name().to_owned())>
            <Whole id />
        </Dialog>
    }
}

/// Drawn anew whenever the dialog opens; what it shows is dropped when the dialog closes.
#[component]
fn Whole(id: CorrectionRequestId) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed, whole) = (expect_context::<Actor>(), Deed::new(), RwSignal::new(None::<String>));
    let show = move |()| {
        let path = format!("/corrections/{id}/look");
        let looking = async move { client::ask(actor, &path).await };
        deed.run(looking, move |seen: StatedWhole| whole.set(Some(seen.stated)));
    };
    view! {
        <p>{t!(i18n, people.reveal_text)}</p>
        <p class="num" role="status">{move || whole.get()}</p>
        <DeedFailure deed />
        <div class="row">
            <Button is_busy=deed.is_busy() on_press=show>{t!(i18n, people.correction_show)}</Button>
        </div>
    }
}

#[component]
fn Accept(id: CorrectionRequestId) -> impl IntoView {
    let i18n = use_i18n();
    let (deed, is_asking) = (Deed::new(), RwSignal::new(false));
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let Around { requests } = expect_context::<Around>();
    let accept = move |()| {
        let path = format!("/corrections/{id}/accept");
        let accepting = async move { client::ask(actor, &path).await };
        deed.run(accepting, move |_: CorrectionView| {
            toasts.done(t_string!(i18n, people.correction_done));
            requests.reload();
        });
    };
    view! {
        <Button is_busy=deed.is_busy() on_press=move |()| is_asking.set(true)>
            {t!(i18n, people.correction_accept)}
        </Button>
        <DeedFailure deed />
        <ConfirmDialog
            is_open=is_asking
            title=words(|locale| td_string!(locale, people.correction_accept))
            text=words(|locale| td_string!(locale, people.correction_accept_text))
            confirm=words(|locale| td_string!(locale, people.correction_accept))
            on_confirm=accept
        />
    }
}

#[component]
fn Refuse(id: CorrectionRequestId) -> impl IntoView {
    let i18n = use_i18n();
    let is_open = RwSignal::new(false);
    view! {
        <Button look=Look::Danger on_press=move |()| is_open.set(true)>{t!(i18n, people.correction_refuse)}</Button>
        <Dialog is_open title=words(|locale| td_string!(locale, people.correction_refuse))>
            <RefuseForm id is_open />
        </Dialog>
    }
}

/// Says why.
#[component]
fn RefuseForm(id: CorrectionRequestId, is_open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let Around { requests } = expect_context::<Around>();
    let reason = RwSignal::new(String::new());
    let checked = Checked::new(move || check_reason(&reason.get(), "/reason").err().into_iter().collect());
    let send = Callback::new(move |()| {
        let refusal = RefuseCorrection { reason: reason.get_untracked() };
        let refusing = async move { client::post(actor, &format!("/corrections/{id}/refuse"), &refusal).await };
        checked.deed.run(refusing, move |_: CorrectionView| {
            is_open.set(false);
            toasts.done(t_string!(i18n, common.done));
            requests.reload();
        });
    });
    view! {
        <p>{t!(i18n, people.correction_refuse_text)}</p>
        <CheckedForm checked verb=words(|locale| td_string!(locale, people.correction_refuse)) send>
            <ReasonField value=reason checked />
        </CheckedForm>
    }
}
