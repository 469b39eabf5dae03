//! The register of diplomas: searched by number or name, with what the bureau that issued one does with it.

use super::DiplomaTag;
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        enrolment::words::level_name,
        exports::Export,
        organisation::{may, steps::place_query, within::Within, words::words},
        people::{
            checked::{Checked, CheckedForm},
            reason::ReasonField,
            sought_name::{SoughtName, SoughtNameField},
        },
        reasoned::{EndWithReason, EndWords},
        waits::{OnlyWaiting, waits},
    },
    platform::{
        actor::Actor,
        client::{self, Outcome, query},
        deed::Deed,
        file, when,
    },
    ui::{
        Button, Column, DeedFailure, Dialog, Field, Look, PageHeading, Paged, PagedView, Table, TextInput, Toasts,
        focus_on,
    },
};
use leptos::{context::Provider, prelude::*};
use shared::{
    credit_bank::{DiplomaNumber, DiplomaState, DiplomaView, ExtractDiploma, number_grouped},
    page::Page,
    people::check_reason,
    rights::{Place, Right},
};

lazy_page! {
    /// The page.
    DiplomasPage = Diplomas in office;
}

/// Asks for the list anew.
#[derive(Clone, Copy)]
struct Reload(Callback<()>);

#[component]
fn Diplomas() -> impl IntoView {
    let actor = expect_context::<Actor>();
    let waits = waits();
    let (number, name) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let within = RwSignal::new(String::new());
    let filter = move || {
        let [division, school] = within.with(|within| place_query(within));
        [("number", Some(number.get())), ("name", Some(name.get())), ("waits", waits.get()), division, school]
    };
    let diplomas = Paged::new(move |cursor| {
        let [number, name, waits, division, school] = untrack(filter);
        let path = format!("/diplomas?{}", query(&[number, name, waits, division, school, ("cursor", cursor)]));
        async move {
            let page: Outcome<Page<DiplomaView>> = client::get(actor, &path).await;
            page
        }
    });
    // Leaving a field as it was asks for nothing.
    let asked = Memo::new(move |_| filter());
    Effect::watch(move || asked.get(), move |_, _, _| diplomas.reload(), false);
    let reload = Reload(Callback::new(move |()| diplomas.reload()));
    let columns = StoredValue::new(vec![
        Column::text(words(|locale| td_string!(locale, graduation.name))),
        Column::text(words(|locale| td_string!(locale, graduation.diploma_number))),
        Column::text(words(|locale| td_string!(locale, graduation.school))),
        Column::text(words(|locale| td_string!(locale, graduation.issued_on))),
        Column::text(words(|locale| td_string!(locale, graduation.state))),
        Column::text(words(|locale| td_string!(locale, graduation.deeds))),
    ]);
    let export = move |()| format!("/diplomas/exports?{}", query(&untrack(filter)));
    view! {
        <main class="page wide stack">
            <PageHeading text=words(|locale| td_string!(locale, graduation.register)) />
            {move || waits.get().map(|_| view! {
                <OnlyWaiting words=words(|locale| td_string!(locale, graduation.to_revoke)) everything="/diplomas" />
            })}
            <Search number name />
            <div class="row search"><Within value=within has_schools=true /></div>
            <Export name=words(|locale| td_string!(locale, exports.list_diplomas)) path=export />
            <Provider value=reload>
                <PagedView paged=diplomas empty=words(|locale| td_string!(locale, graduation.register_none))>
                    <Table
                        caption=words(|locale| td_string!(locale, graduation.register))
                        columns=columns.get_value()
                        rows=diplomas.rows()
                        key=|diploma| (diploma.id, diploma.state, diploma.extracts)
                        row=|diploma| view! { <Cells diploma /> }
                    />
                </PagedView>
            </Provider>
        </main>
    }
}

/// Asks by number and name, which go to the given signals. They stand in the address that is asked for: what is no
/// number of a diploma is refused at once, and sent nowhere.
#[component]
fn Search(number: RwSignal<String>, name: RwSignal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let (typed, is_wrong, sought) = (RwSignal::new(String::new()), RwSignal::new(false), SoughtName::of(name));
    let seek_number = move || {
        let text = typed.with_untracked(|typed| typed.trim().to_owned());
        let is_right = text.is_empty() || DiplomaNumber::parse(&text).is_some();
        is_wrong.set(!is_right);
        if is_right {
            number.set(text);
        }
        is_right
    };
    let leave = move |()| _ = seek_number();
    let search = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if seek_number() {
            sought.search();
        } else {
            focus_on("#diploma-number");
        }
    };
    let error = Signal::derive(move || match is_wrong.get() {
        true => t_string!(i18n, graduation.check_number_wrong).to_owned(),
        false => String::new(),
    });
    view! {
        <form class="card stack" novalidate on:submit=search>
            <Field id="diploma-number" label=words(|locale| td_string!(locale, graduation.search_number)) error>
                <TextInput value=typed keyboard="numeric" on_leave=leave />
            </Field>
            <SoughtNameField
                id="diploma-name"
                label=words(|locale| td_string!(locale, graduation.search_name))
                sought
            />
            <div class="row"><Button look=Look::Primary is_submit=true>{t!(i18n, graduation.search)}</Button></div>
        </form>
    }
}

#[component]
fn Cells(diploma: DiplomaView) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let (level, issued_on, extracts) = (diploma.level, diploma.issued_on, diploma.extracts);
    // The office that issued it stands in the first digits of its number.
    let issuer = diploma.number.get(..6).unwrap_or_default();
    let keeps = may(actor, Right::KeepDiplomas, &Place::division(issuer)) && diploma.state != DiplomaState::Revoked;
    view! {
        <th scope="row">
            {diploma.holder_name.clone()}
            <p class="small muted num">{diploma.learner_number.clone()}</p>
        </th>
        <td class="num">
            {number_grouped(&diploma.number)}
            <p class="small muted">{diploma.issuer.clone()}</p>
        </td>
        <td>
            {diploma.school.clone()}
            <p class="small muted">{move || level_name(i18n.get_locale(), level)}</p>
        </td>
        <td class="num">{move || when::day(i18n.get_locale(), issued_on)}</td>
        <td>
            <DiplomaTag state=diploma.state />
            <p class="small muted">{diploma.reason.clone()}</p>
            {(extracts > 0).then(|| view! {
                <p class="small muted">{move || t_string!(i18n, graduation.extracts, count = extracts)}</p>
            })}
        </td>
        <td>{keeps.then(|| view! { <Deeds diploma /> })}</td>
    }
}

/// What the bureau does with a diploma.
#[component]
fn Deeds(diploma: DiplomaView) -> impl IntoView {
    let i18n = use_i18n();
    let Reload(reload) = expect_context();
    let (actor, deed, is_open) = (expect_context::<Actor>(), Deed::new(), RwSignal::new(false));
    let id = diploma.id;
    let says = EndWords {
        name: |locale| td_string!(locale, graduation.revoke),
        about: |locale| td_string!(locale, graduation.about_revoke),
        done: |locale| td_string!(locale, graduation.decided_toast),
    };
    let keep = move |()| {
        let path = format!("/diplomas/{id}/keep");
        deed.run(async move { client::post(actor, &path, &()).await }, move |_: DiplomaView| {
            // The button goes away, and the focus must not go with it.
            focus_on("h1");
            reload.run(());
        });
    };
    view! {
        <div class="row tight">
            <EndWithReason path=format!("/diplomas/{id}/revoke") says reload />
            {(diploma.state == DiplomaState::InQuestion).then(|| view! {
                <Button is_busy=deed.is_busy() on_press=keep>{t!(i18n, graduation.keep)}</Button>
            })}
            <Button on_press=move |()| is_open.set(true)>{t!(i18n, graduation.extract)}</Button>
        </div>
        <DeedFailure deed />
        <Dialog is_open title=words(|locale| td_string!(locale, graduation.extract))>
            <Extract path=format!("/diplomas/{id}/extracts") is_open reload />
        </Dialog>
    }
}

/// Asks why another paper is needed, and saves it.
#[component]
fn Extract(path: String, is_open: RwSignal<bool>, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let reason = RwSignal::new(String::new());
    let checked = Checked::new(move || check_reason(&reason.get(), "/reason").err().into_iter().collect());
    let send = Callback::new(move |()| {
        let (path, request) = (path.clone(), ExtractDiploma { reason: reason.get_untracked() });
        let said = td_string!(i18n.get_locale_untracked(), graduation.extract_toast);
        let printing = async move { client::post_for_bytes(actor, &path, &request).await };
        checked.deed.run(printing, move |bytes: Vec<u8>| {
            file::save_bytes("diploma-extract.pdf", "application/pdf", &bytes);
            is_open.set(false);
            toasts.done(said);
            focus_on("h1");
            reload.run(());
        });
    });
    view! {
        <p>{t!(i18n, graduation.about_extract)}</p>
        <CheckedForm checked verb=words(|locale| td_string!(locale, graduation.extract)) send>
            <ReasonField value=reason checked />
        </CheckedForm>
    }
}
