//! 电话联系名单: whom of a class to call, to print or to go through; a whole phone for a reason.

use super::{
    class::{Reminded, place_of},
    study_words::{StudyTag, state_name, why},
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        organisation::{may, words::words},
        people::checked::{Checked, CheckedForm},
    },
    platform::{
        actor::Actor,
        client::{self, Outcome, query},
    },
    ui::{AsyncView, Button, Choices, Column, Dialog, Field, Icon, PageHeading, Symbol, Table, TextInput, focus_on},
};
use leptos::{context::Provider, prelude::*};
use leptos_router::{components::A, hooks::use_params_map};
use shared::{
    ids::ClassId,
    learning::{CallRow, ClassPlan, RevealPhone, RevealedPhone, StudyState},
    people::check_reason,
    rights::Right,
};

lazy_page! {
    /// The page.
    CallsPage = Calls in school;
}

#[component]
fn Calls() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let plan: LocalResource<Outcome<ClassPlan>> = LocalResource::new(move || {
        let path = format!("/classes/{}/plan", id.get());
        async move { client::get(actor, &path).await }
    });
    let back = move || format!("/classes/{}?part=progress", id.get());
    view! {
        <main class="page wide stack">
            <p class="way-back no-print"><A href=back>{t!(i18n, classes.class)}</A></p>
            <PageHeading text=words(|locale| td_string!(locale, classes.calls)) />
            <p class="muted small no-print">{t!(i18n, classes.calls_about)}</p>
            <AsyncView resource=plan let:plan>
                <p><b>{plan.class.name.clone()}</b></p>
                <List class_id=plan.class.id may_call=may(actor, Right::AddressClass, &place_of(&plan.class)) />
            </AsyncView>
        </main>
    }
}

/// What the rows need.
#[derive(Clone, Copy)]
struct Around {
    may_call: bool,
    /// Whom the dialog is about.
    called: RwSignal<Option<CallRow>>,
    is_open: RwSignal<bool>,
}

/// The learners in the state that is chosen; first those who are away.
#[component]
fn List(class_id: ClassId, may_call: bool) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let state = RwSignal::new(StudyState::Away.as_str().to_owned());
    let calls: LocalResource<Outcome<Vec<CallRow>>> = LocalResource::new(move || {
        let path = format!("/classes/{class_id}/call_list?{}", query(&[("state", Some(state.get()))]));
        async move { client::get(actor, &path).await }
    });
    let around = Around { may_call, called: RwSignal::new(None), is_open: RwSignal::new(false) };
    let options = move || {
        let locale = i18n.get_locale();
        let option = |state: &StudyState| (state.as_str().to_owned(), state_name(locale, *state).to_owned());
        let everybody = (String::new(), t_string!(i18n, common.all).to_owned());
        StudyState::ALL.iter().map(option).chain([everybody]).collect::<Vec<_>>()
    };
    view! {
        <div class="no-print stack">
            <Choices
                legend=words(|locale| td_string!(locale, classes.state))
                value=state
                options=Signal::derive(options)
                on_choose=move |chosen| state.set(chosen)
            />
            <div class="row">
                <Button on_press=move |()| drop(window().print())>
                    <Icon symbol=Symbol::Print />
                    {t!(i18n, classes.print_calls)}
                </Button>
            </div>
        </div>
        <AsyncView resource=calls let:rows>
            <Provider value=around><Rows rows /></Provider>
        </AsyncView>
        <Dialog is_open=around.is_open title=words(|locale| td_string!(locale, classes.call))>
            {move || around.called.get().map(|row| view! { <Reveal class_id row /> })}
        </Dialog>
    }
}

#[component]
fn Rows(rows: Vec<CallRow>) -> impl IntoView {
    let columns = vec![
        Column::text(words(|locale| td_string!(locale, people.name))),
        Column::text(words(|locale| td_string!(locale, people.phone))),
        Column::text(words(|locale| td_string!(locale, classes.progress))),
        Column::text(words(|locale| td_string!(locale, classes.reminder))),
    ];
    view! {
        <Table
            caption=words(|locale| td_string!(locale, classes.calls))
            columns
            rows=Signal::stored(rows)
            key=|row| row.account_id
            row
            empty=words(|locale| td_string!(locale, classes.study_none))
        />
    }
}

fn row(called: CallRow) -> impl IntoView {
    let i18n = use_i18n();
    let Around { may_call, called: chosen, is_open } = expect_context::<Around>();
    let CallRow { display_name, phone_masked, state, course_title, reason, last_reminder, .. } = called.clone();
    let has_phone = phone_masked.is_some();
    let phone = move || phone_masked.clone().unwrap_or_else(|| t_string!(i18n, people.unknown).to_owned());
    let name = display_name.clone();
    let call = (may_call && has_phone).then(|| {
        let press = move |()| {
            chosen.set(Some(called.clone()));
            is_open.set(true);
        };
        view! {
            <Button on_press=press>
                {t!(i18n, classes.call)}
                <span class="visually-hidden">" " {name}</span>
            </Button>
        }
    });
    view! {
        <th scope="row">{display_name}</th>
        <td><div class="row"><span class="num">{phone}</span> {call}</div></td>
        <td>
            <div>
                <StudyTag state /> " " {course_title}
                <p class="small">{move || why(i18n.get_locale(), &reason)}</p>
            </div>
        </td>
        <td><div>{last_reminder.map(|last| view! { <Reminded last /> })}</div></td>
    }
}

/// Asks what for, then shows the phone; drawn anew whenever the dialog opens.
#[component]
fn Reveal(class_id: ClassId, row: CallRow) -> impl IntoView {
    let i18n = use_i18n();
    let revealed = RwSignal::new(None::<RevealedPhone>);
    let path = format!("/classes/{class_id}/learners/{}/phone_reveals", row.account_id);
    view! {
        <p><b>{row.display_name}</b></p>
        {move || match revealed.get() {
            None => view! { <Ask path=path.clone() revealed /> }.into_any(),
            Some(RevealedPhone { phone }) => {
                let href = format!("tel:{phone}");
                view! {
                    <div id="revealed" class="stack" tabindex="-1">
                        <p class="num"><a href=href>{phone}</a></p>
                        <p class="muted">{t!(i18n, classes.call_noted)}</p>
                    </div>
                }
                .into_any()
            }
        }}
    }
}

#[component]
fn Ask(path: String, revealed: RwSignal<Option<RevealedPhone>>) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let note = RwSignal::new(String::new());
    let checked = Checked::new(move || check_reason(&note.get(), "/note").err().into_iter().collect());
    let send = Callback::new(move |()| {
        let (path, wanted) = (path.clone(), RevealPhone { note: note.get_untracked() });
        let asking = async move { client::post(actor, &path, &wanted).await };
        checked.deed.run(asking, move |whole: RevealedPhone| {
            revealed.set(Some(whole));
            focus_on("#revealed");
        });
    });
    view! {
        <p>{t!(i18n, classes.call_about)}</p>
        <CheckedForm checked verb=words(|locale| td_string!(locale, classes.call_show)) send>
            <Field
                id="note"
                label=words(|locale| td_string!(locale, people.note))
                hint=words(|locale| td_string!(locale, people.note_hint))
                error=checked.error("/note")
            >
                <TextInput value=note />
            </Field>
        </CheckedForm>
    }
}
