//! The classes that the reader may see.

use super::words::{StateTag, form_name, state_name};
use crate::{
    i18n::{t, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        exports::Export,
        organisation::{steps::place_query, within::Within, words::words},
    },
    platform::{
        actor::Actor,
        client::{self, Outcome, query},
    },
    ui::{
        ButtonLink, Column, EmptyState, Field, Look, PageHeading, Paged, PagedView, Select, Symbol, Table, TextInput,
    },
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_query_map};
use shared::{
    learning::{ClassForm, ClassRow, ClassState},
    page::Page,
    rights::{Right, places},
};

lazy_page! {
    /// The page; `?state=…` shows one state at first.
    ClassesPage = Classes in school;
}

/// What is shown.
#[derive(Clone, Copy)]
struct Filter {
    state: RwSignal<String>,
    form: RwSignal<String>,
    within: RwSignal<String>,
    name: RwSignal<String>,
}

impl Filter {
    fn new(state: Option<ClassState>) -> Self {
        let empty = || RwSignal::new(String::new());
        let state = RwSignal::new(state.map(ClassState::as_str).unwrap_or_default().to_owned());
        Self { state, form: empty(), within: empty(), name: empty() }
    }

    fn of_rows(self, cursor: Option<String>) -> String {
        let name = self.name.get().trim().to_owned();
        let [division, school] = self.within.with(|within| place_query(within));
        let parts = [
            division,
            school,
            ("state", Some(self.state.get())),
            ("form", Some(self.form.get())),
            ("name", Some(name)),
            ("cursor", cursor),
        ];
        query(&parts)
    }
}

#[component]
fn Classes() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let has = move |right| actor.me().is_some_and(|me| places(&me.roles, right).next().is_some());
    let may_plan = has(Right::KeepClasses);
    view! {
        <main class="page wide stack">
            <div class="row spread">
                <PageHeading text=words(|locale| td_string!(locale, classes.title)) />
                {may_plan.then(|| view! {
                    <ButtonLink href="/classes/new" look=Look::Primary>{t!(i18n, classes.add)}</ButtonLink>
                })}
            </div>
            {if has(Right::ReadClasses) {
                view! { <Found /> }.into_any()
            } else {
                view! { <EmptyState text=words(|locale| td_string!(locale, classes.none_yours)) symbol=Symbol::Board /> }
                    .into_any()
            }}
        </main>
    }
}

/// The classes, and what narrows them down.
#[component]
fn Found() -> impl IntoView {
    let actor = expect_context::<Actor>();
    let asked = use_query_map().with_untracked(|query| query.get("state"));
    let filter = Filter::new(asked.as_deref().and_then(ClassState::parse));
    let classes = Paged::new(move |cursor| {
        let path = format!("/classes?{}", untrack(|| filter.of_rows(cursor)));
        async move {
            let page: Outcome<Page<ClassRow>> = client::get(actor, &path).await;
            page
        }
    });
    Effect::watch(move || filter.of_rows(None), move |_, _, _| classes.reload(), false);
    view! {
        <Narrow filter />
        <Export
            name=words(|locale| td_string!(locale, exports.list_classes))
            path=move |()| format!("/classes/exports?{}", filter.of_rows(None))
        />
        <PagedView paged=classes empty=words(|locale| td_string!(locale, classes.none))>
            <Rows classes />
        </PagedView>
    }
}

/// State, form, place and name.
#[component]
fn Narrow(filter: Filter) -> impl IntoView {
    let i18n = use_i18n();
    let typed = RwSignal::new(String::new());
    let states = move || {
        let option = |state: &ClassState| (state.as_str().to_owned(), state_name(i18n.get_locale(), *state).to_owned());
        ClassState::ALL.iter().map(option).collect::<Vec<_>>()
    };
    let forms = move || {
        let option = |form: &ClassForm| (form.as_str().to_owned(), form_name(i18n.get_locale(), *form).to_owned());
        ClassForm::ALL.iter().map(option).collect::<Vec<_>>()
    };
    let search = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        filter.name.set(typed.get_untracked());
    };
    view! {
        <form class="row search" role="search" on:submit=search>
            <Within value=filter.within has_schools=true />
            <Field id="state" label=words(|locale| td_string!(locale, classes.state))>
                <Select value=filter.state options=Signal::derive(states) empty=words(|locale| td_string!(locale, common.all)) />
            </Field>
            <Field id="form" label=words(|locale| td_string!(locale, classes.form))>
                <Select value=filter.form options=Signal::derive(forms) empty=words(|locale| td_string!(locale, common.all)) />
            </Field>
            <Field id="name_part" label=words(|locale| td_string!(locale, classes.name_part))>
                <TextInput value=typed on_leave=move |()| filter.name.set(typed.get_untracked()) />
            </Field>
        </form>
    }
}

#[component]
fn Rows(classes: Paged<ClassRow>) -> impl IntoView {
    let columns = vec![
        Column::text(words(|locale| td_string!(locale, classes.name))),
        Column::text(words(|locale| td_string!(locale, classes.state))),
        Column::text(words(|locale| td_string!(locale, classes.form))),
        Column::text(words(|locale| td_string!(locale, enrolment.school))),
        Column::text(words(|locale| td_string!(locale, classes.tutor))),
        Column::number(words(|locale| td_string!(locale, classes.learners))),
    ];
    view! {
        <Table
            caption=words(|locale| td_string!(locale, classes.list))
            columns
            rows=classes.rows()
            key=|class| (class.id, class.state, class.learners)
            row
        />
    }
}

fn row(class: ClassRow) -> impl IntoView {
    let i18n = use_i18n();
    let ClassRow { form, learners, capacity, tutor_name, .. } = class;
    let tutor =
        move || tutor_name.clone().unwrap_or_else(|| td_string!(i18n.get_locale(), classes.no_tutor).to_owned());
    view! {
        <th scope="row"><A href=format!("/classes/{}", class.id)>{class.name}</A></th>
        <td><StateTag state=class.state /></td>
        <td>{move || form_name(i18n.get_locale(), form)}</td>
        <td>{class.provider_name}</td>
        <td>{tutor}</td>
        <td class="n">{format!("{learners} / {capacity}")}</td>
    }
}
