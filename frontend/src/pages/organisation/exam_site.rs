//! One exam site: what is known of it, and the form to enter or change it.

use super::{
    division_field::{DivisionField, Lies, named},
    entry_form::{Entering, EntryForm, Line},
    may,
    words::{StateTag, words},
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    platform::{actor::Actor, client},
    ui::{AsyncView, ButtonLink, Card, Choices, Field, PageHeading, TextInput, Toasts},
};
use leptos::prelude::*;
use leptos_router::{
    components::A,
    hooks::{use_navigate, use_params_map, use_query_map},
};
use shared::{
    organisation::{DivisionCode, ExamSiteEntry, ExamSiteView, OpenState},
    rights::Right,
};

lazy_page! {
    /// A new one, at `?division=…`.
    NewExamSitePage = NewExamSite in school;
}
lazy_page! {
    /// One that there is.
    ExamSitePage = KnownExamSite in school;
}

/// The word for a site that a wheelchair gets through.
const ACCESSIBLE: &str = "accessible";
/// The word for one with steps.
const STEPS: &str = "steps";

#[component]
fn NewExamSite() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let code = use_query_map().with_untracked(|query| query.get("division").unwrap_or_default());
    let back = format!("/organisation/{code}");
    let here = LocalResource::new(move || named(actor, code.clone()));
    view! {
        <main class="page stack">
            <p class="way-back"><A href=back>{t!(i18n, organisation.title)}</A></p>
            <PageHeading text=words(|locale| td_string!(locale, organisation.new_exam_site)) />
            <AsyncView resource=here let:here>
                <Form here before=None />
            </AsyncView>
        </main>
    }
}

#[component]
fn KnownExamSite() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let site = LocalResource::new(move || {
        let path = format!("/exam_sites/{}", id.get());
        async move { client::get::<ExamSiteView>(actor, &path).await }
    });
    let title = Signal::derive(move || match site.get() {
        Some(Ok(site)) => site.name,
        _ => t_string!(i18n, organisation.exam_site).to_owned(),
    });
    view! {
        <main class="page stack">
            <p class="way-back"><A href="/organisation">{t!(i18n, organisation.title)}</A></p>
            <PageHeading text=title />
            <AsyncView resource=site let:known>
                <Known known reload=Callback::new(move |()| site.refetch()) />
            </AsyncView>
        </main>
    }
}

#[component]
fn Known(known: ExamSiteView, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let may_edit = may(actor, Right::EditExamSite, &known.division.place());
    let here = Lies { code: known.division, name: known.division_name.clone() };
    let is_accessible = known.is_accessible;
    let access = move || match is_accessible {
        true => t_string!(i18n, organisation.accessible),
        false => t_string!(i18n, organisation.steps),
    };
    let facts = known.clone();
    view! {
        <Card>
            <dl class="facts">
                <div><dt>{t!(i18n, organisation.division)}</dt><dd>{facts.division_name.clone()}</dd></div>
                <div><dt>{t!(i18n, organisation.address)}</dt><dd>{facts.address.clone()}</dd></div>
                <div><dt>{t!(i18n, organisation.capacity)}</dt><dd class="num">{facts.capacity}</dd></div>
                <div><dt>{t!(i18n, organisation.access)}</dt><dd>{access}</dd></div>
                <div><dt>{t!(i18n, organisation.contact_name)}</dt><dd>{facts.contact_name.clone()}</dd></div>
                <div><dt>{t!(i18n, organisation.phone)}</dt><dd class="num">{facts.contact_phone.clone()}</dd></div>
            </dl>
            <p class="row">
                <StateTag state=facts.state />
                <ButtonLink href=format!("/exam_sites/{}/rooms", facts.id)>{t!(i18n, organisation.exam_rooms)}</ButtonLink>
            </p>
        </Card>
        {may_edit.then(|| view! {
            <h2>{t!(i18n, organisation.change)}</h2>
            <Form here before=Some(known) reload />
        })}
    }
}

/// What has been filled in.
#[derive(Clone, Copy)]
struct Draft {
    name: RwSignal<String>,
    division: RwSignal<String>,
    address: RwSignal<String>,
    capacity: RwSignal<String>,
    access: RwSignal<String>,
    contact_name: RwSignal<String>,
    contact_phone: RwSignal<String>,
}

impl Draft {
    fn of(here: &Lies, before: Option<&ExamSiteView>) -> Self {
        let text = |field: fn(&ExamSiteView) -> String| RwSignal::new(before.map(field).unwrap_or_default());
        let is_accessible = before.is_none_or(|view| view.is_accessible);
        Self {
            name: text(|view| view.name.clone()),
            division: RwSignal::new(here.code.to_string()),
            address: text(|view| view.address.clone()),
            capacity: text(|view| view.capacity.to_string()),
            access: RwSignal::new(if is_accessible { ACCESSIBLE } else { STEPS }.to_owned()),
            contact_name: text(|view| view.contact_name.clone()),
            contact_phone: text(|view| view.contact_phone.clone()),
        }
    }

    /// The entry, if it can be read; the server judges the rest.
    fn entry(self, state: OpenState) -> Option<ExamSiteEntry> {
        let given = |text: RwSignal<String>| Some(text.get_untracked()).filter(|text| !text.trim().is_empty());
        Some(ExamSiteEntry {
            name: given(self.name)?,
            division: DivisionCode::parse(&self.division.get_untracked())?,
            address: given(self.address)?,
            capacity: seats(&self.capacity.get_untracked())?,
            is_accessible: self.access.get_untracked() == ACCESSIBLE,
            contact_name: given(self.contact_name)?,
            contact_phone: given(self.contact_phone)?,
            state,
        })
    }
}

/// How many seats somebody typed.
fn seats(text: &str) -> Option<u32> {
    text.trim().parse().ok()
}

/// Enters or changes a site.
#[component]
fn Form(here: Lies, before: Option<ExamSiteView>, #[prop(optional)] reload: Option<Callback<()>>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, navigate) = (expect_context::<Actor>(), expect_context::<Toasts>(), use_navigate());
    let draft = Draft::of(&here, before.as_ref());
    let entering = match &before {
        Some(view) => Entering::change(actor, format!("/exam_sites/{}", view.id), view.version, view.state),
        None => Entering::new(actor, "/exam_sites"),
    };
    let save = Callback::new(move |state: OpenState| {
        let navigate = navigate.clone();
        entering.send(draft.entry(state), move |saved: ExamSiteView| {
            toasts.done(t_string!(i18n, common.done));
            match reload {
                Some(reload) => reload.run(()),
                None => navigate(&format!("/exam_sites/{}", saved.id), Default::default()),
            }
        });
    });
    let capacity_said = entering.deed.field("/capacity");
    let capacity_error = Signal::derive(move || {
        let is_unreadable = entering.was_sent.get() && draft.capacity.with(|typed| seats(typed).is_none());
        if is_unreadable { t_string!(i18n, organisation.bad_capacity).to_owned() } else { capacity_said.get() }
    });
    let access = move || {
        vec![
            (ACCESSIBLE.to_owned(), t_string!(i18n, organisation.accessible).to_owned()),
            (STEPS.to_owned(), t_string!(i18n, organisation.steps).to_owned()),
        ]
    };
    view! {
        <EntryForm entering save>
            <Line id="name" pointer="/name" label=|locale| td_string!(locale, organisation.name) value=draft.name entering />
            <DivisionField here value=draft.division entering />
            <Line
                id="address"
                pointer="/address"
                label=|locale| td_string!(locale, organisation.address)
                value=draft.address
                entering
            />
            <Field id="capacity" label=words(|locale| td_string!(locale, organisation.capacity)) error=capacity_error>
                <TextInput value=draft.capacity keyboard="numeric" />
            </Field>
            <Choices
                legend=words(|locale| td_string!(locale, organisation.access))
                value=draft.access
                options=Signal::derive(access)
                on_choose=move |chosen| draft.access.set(chosen)
            />
            <Line
                id="contact_name"
                pointer="/contact_name"
                label=|locale| td_string!(locale, organisation.contact_name)
                value=draft.contact_name
                entering
            />
            <Line
                id="contact_phone"
                pointer="/contact_phone"
                label=|locale| td_string!(locale, organisation.phone)
                value=draft.contact_phone
                entering
            />
        </EntryForm>
    }
}
